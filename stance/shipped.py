"""Where the files that come with stance lie: data, models and seeds.

In a checkout they are folders beside the package; an installed package carries them inside itself.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """Path of a file or folder that comes with stance.

    >>> shipped("data", "figures.csv").name
    'figures.csv'
    """
    installed = _PACKAGE / "_shipped"
    root = installed if installed.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)
