"""The two sides of a race for a seat that the text does not tell: "the incumbent", "the challenger"."""

from __future__ import annotations

from collections.abc import Sequence

from stance.figures.discourse import Discourse

# Seats that are run for, as the titles of those who sit in them say.
_SEATS = frozenset(
    (
        *("senator", "representative", "congressman", "congresswoman", "governor", "mayor", "sheriff", "mp", "mla"),
        *("state senator", "state representative", "assemblyman", "assemblywoman", "councilman", "councilwoman"),
    )
)


def side_of_race(discourse: Discourse, words: Sequence[str], start: int) -> int | None:
    """Whom "the incumbent" or "the challenger" means: of the main persons one alone has a seat.

    Args:
        words: The description's words in lower case.
    """
    if words[-1] not in ("incumbent", "challenger") or words[-1] in discourse.bearers:
        return None
    if len(words) > 1 or discourse.quote_at(start) >= 0:
        return None
    met = {mark.person for mark in discourse.before(start)}
    sitting = [person for person in discourse.main if _sits(discourse, person)]
    if len(sitting) != 1:
        return None
    sought = sitting
    if words[-1] == "challenger":
        sought = [person for person in discourse.main if person != sitting[0]]
    here = discourse.sentence_at(start)
    named = {mark.person for mark in discourse.before(start) if mark.sentence == here and mark.role == "subject"}
    return sought[0] if len(sought) == 1 and sought[0] in met - named else None


def _sits(discourse: Discourse, person: int) -> bool:
    profile = discourse.profiles[person]
    return "former" not in profile.words and not _SEATS.isdisjoint(profile.told)
