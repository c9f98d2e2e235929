"""Namesakes of known figures: whoever a text tells to be somebody else, by office, state, party or trade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from stance.figures.identity import office_fits
from stance.figures.known import KnownFigure, KnownFigures
from stance.figures.names import Name
from stance.resources import load_list, load_table

# Titles that hundreds have at a time.
_STATEWIDE = frozenset(("governor", "lieutenant governor", "senator", "representative"))
SEATS: Final = _STATEWIDE | {"mayor"}
# Those of which the table of known figures tells all that an American figure has had; a senator may be a state's.
_TABLED = frozenset(("mayor", "governor"))
# ", D-Ohio", " (R-La.)", ", Republican of Ohio"
_TAG = re.compile(
    r",? \(?(?P<party>[DR])-(?P<state>[A-Z][\w.]*)|, (?P<name>Democrat|Republican) of (?P<of>[A-Z]\w+(?: [A-Z]\w+)?)"
)
_OF_PLACE = re.compile(r" of (?P<place>[A-Z]\w+(?: [A-Z]\w+)?)")
_PARTIES = {"D": "Democratic", "R": "Republican"}
_LONGEST_WORK, _LONGEST_TRADE = 80, 25


@cache
def _work() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Work told after a name (", 44, a retired plumber"), and before one ("the Leeds plumber")."""
    trades = "|".join(map(re.escape, sorted(load_list("trades"), key=len, reverse=True)))
    # "a former baker" may be in office now
    after = rf", (?:\d{{1,3}}, )?(?:an?|the) (?:(?!former\b|once\b|one-time\b)[\w’'-]+ ){{0,3}}?(?:{trades})\b(?!-)"
    return re.compile(after), re.compile(rf"(?:^|(?<!former) )(?:{trades}) $", re.IGNORECASE)


def is_somebody_else(text: str, name: Name, figure: KnownFigure) -> bool:
    """Whether what stands beside a known figure's name tells a seat, state, party or trade that is not theirs."""
    return _verdict(text, name, figure) < 0


def strangers(text: str, names: Sequence[Name], known: KnownFigures) -> frozenset[str]:
    """Ids of the figures whose namesakes alone the text speaks of."""
    told: dict[str, set[int]] = {}
    for name, figure in _known_by_full_name(names, known):
        told.setdefault(figure.id, set()).add(_verdict(text, name, figure))
    return frozenset(id for id, verdicts in told.items() if -1 in verdicts and 1 not in verdicts)


def _known_by_full_name(names: Sequence[Name], known: KnownFigures) -> Iterator[tuple[Name, KnownFigure]]:
    for name in names:
        figure = known.named(name.form.named) if len(name.form.words) > 1 else None
        if figure is not None:
            yield name, figure


def _verdict(text: str, name: Name, figure: KnownFigure) -> int:
    """1 where the text tells a seat or state of the figure's, -1 where another's or a trade, else 0."""
    seats = [office.title for office in figure.offices if office_fits(name.form.title, office.title)]
    home = _home_verdict(text, name, figure, seats)
    if home:
        return home
    if name.form.title and seats:
        return 1
    if name.form.title in _TABLED and (figure.country == "US" or _OF_PLACE.match(text, name.end)):
        return -1
    after, before = _work()
    led_by = text[max(0, name.start - _LONGEST_TRADE) : name.start]
    return -1 if after.match(text, name.end, name.end + _LONGEST_WORK) or before.search(led_by) else 0


def _home_verdict(text: str, name: Name, figure: KnownFigure, seats: Sequence[str]) -> int:
    """By the party tag or the place after the name: 1 for the figure's state, -1 for another, 0 for none told."""
    tag = _TAG.match(text, name.end)
    if tag:
        state = load_table("states").get((tag["state"] or tag["of"]).replace(".", ""), "")
        party = _PARTIES[(tag["party"] or tag["name"])[0]]
        homes = [office.title for office in figure.offices if " of " in office.title or " from " in office.title]
        if state and any(title.endswith(state) for title in homes):
            return 1
        if state and any(office_fits(seat, title) for title in homes for seat in _STATEWIDE):
            return -1
        return -1 if figure.party in _PARTIES.values() and figure.party != party else 0
    place = _OF_PLACE.match(text, name.end)
    if place is None or name.form.title not in SEATS or not seats:
        return 0
    elsewhere = load_table("states").get(place["place"], "") if name.form.title in _STATEWIDE else place["place"]
    if not elsewhere:
        return 0
    return 1 if any(elsewhere in seat or place["place"].split()[0] in seat for seat in seats) else -1
