"""Templates to pages: one self-contained HTML file each, which its own policy forbids to load anything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from stance.errors import OutputError
from stance.reading.decode import without_surrogates
from stance.records import SIGNS

_REPLACED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), "�")


def page(name: str, **values: Any) -> Iterator[str]:
    """Pieces of the page that `NAME.html.j2` makes, with the script `NAME.js`.

    Args:
        name: Of the template and its script.
        values: What the template needs; texts are escaped where they stand.

    Raises:
        OutputError: Jinja is not installed.
    """
    template = _environment().get_template(f"{name}.html.j2")
    script = _asset(f"{name}.js")
    policy = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    yield from template.generate(style=_asset("style.css"), script=script, policy=policy, **values)


def clean(text: str) -> str:
    r"""Text that may stand in HTML: control characters and lone surrogates, which may not, are replaced.

    >>> clean("a\x00b\nc")
    'a\ufffdb\nc'
    """
    return without_surrogates(text).translate(_REPLACED)


def signed(value: float) -> str:
    """A net stance as it is shown.

    >>> signed(0.4), signed(-0.6), signed(0)
    ('+0.40', '−0.60', '0.00')
    """
    return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0.00"


def _asset(name: str) -> str:
    return files("stance.report").joinpath("templates", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Any:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise OutputError(
            f"expected the package jinja2 for HTML pages, found it missing ({error}); "
            'pip install "political-stance[report]", or choose another --format'
        ) from error
    environment = Environment(
        loader=PackageLoader("stance.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(clean=clean, signed=signed)
    environment.globals["SIGNS"] = SIGNS
    return environment
