"""How stances look: a sign and a word each, and colour only on top of them."""

from __future__ import annotations

from stance.records import SIGNS, Stance
from stance.render.screen import Screen

STYLES: dict[str, str] = {"support": "green", "oppose": "red", "neutral": "dim"}

_PLAIN_SIGNS: dict[str, str] = {"support": "+", "oppose": "-", "neutral": "o"}
_STEPS = 5


def sign(stance: str, screen: Screen) -> str:
    """The sign of a stance, of ASCII where the screen has nothing better."""
    signs = SIGNS if screen.shows("".join(SIGNS.values())) else _PLAIN_SIGNS
    return signs[stance]


def side(net: float) -> Stance:
    """The stance that a net of supporting and opposing sentences comes down on."""
    if net == 0:
        return "neutral"
    return "support" if net > 0 else "oppose"


def gauge(net: float, screen: Screen) -> str:
    """A net stance from -1 to 1 as its number and one to five signs.

    >>> gauge(0.58, Screen()), gauge(-1, Screen()), gauge(0, Screen())
    ('+0.58 ▲▲▲', '-1.00 ▼▼▼▼▼', ' 0.00 ●')
    """
    steps = max(1, round(abs(net) * _STEPS))
    number = f"{net:+.2f}" if net else " 0.00"
    return f"{number} {sign(side(net), screen) * steps}"
