"""For every sentence of a news article and every politician named in it: support, oppose or neutral.

>>> import stance
>>> model = stance.load()
>>> [(row.figure, row.stance) for row in model.analyze("Voters booed Sen. Dana Whitfield.")]
[('Dana Whitfield', 'oppose')]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from stance.analysis import Options
    from stance.errors import StanceError
    from stance.figures import find_figures
    from stance.frames import to_frame
    from stance.marked import Analysis
    from stance.model import Model, load
    from stance.records import Figure, Mention, Prediction, Reason

__all__ = [
    "Analysis",
    "Figure",
    "Mention",
    "Model",
    "Options",
    "Prediction",
    "Reason",
    "StanceError",
    "find_figures",
    "load",
    "to_frame",
]

_HOMES = {
    "Analysis": "stance.marked",
    "Figure": "stance.records",
    "Mention": "stance.records",
    "Model": "stance.model",
    "Options": "stance.analysis",
    "Prediction": "stance.records",
    "Reason": "stance.records",
    "StanceError": "stance.errors",
    "find_figures": "stance.figures",
    "load": "stance.model",
    "to_frame": "stance.frames",
}


def __getattr__(name: str) -> Any:
    # Public names load their module on first use, so that importing the package costs nothing.
    if name not in _HOMES:
        raise AttributeError(f"module 'stance' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
