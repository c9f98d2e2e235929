"""Whether a mark ends a sentence, by what stands before and after it."""

from __future__ import annotations

import re

from stance.sentences.rules import LONGEST_TOKEN, OPENERS, name_speaks, rules, token_before

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_MULTIDOT = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}\.?")
_ROMAN = re.compile(r"[IVX]{1,5}|[ivx]{1,5}")
# Abbreviations that name countries and cities: what follows is no surname, unlike what follows a person's initials.
_PLACE_INITIALS = frozenset(("u.s", "u.k", "u.n", "e.u", "d.c", "l.a", "u.a.e", "n.y", "n.j"))
# "Munn St." after one of these, "Lowell, Mass.": an address or a town is complete, whatever word follows.
_ADDRESS = re.compile(
    r"\b(?:on|at|along|near|off|from|down|up|to|of|and|\d{1,5}\w*)\s(?:[A-Z]\w*\s){1,3}(?:St|Ave|Blvd|Rd)$"
)
_IN_STATE = re.compile(r"[A-Z][\w’'-]*,\s[A-Z][\w.]*$")
# Letters that count, name no person: "Plan B."
_LETTERED = frozenset(("plan", "exhibit", "section", "part", "title", "class", "appendix", "group", "option", "phase",
                       "grade", "type", "figure", "schedule", "team", "vitamin", "hepatitis", "count"))  # fmt: skip
_LONGEST_ADDRESS = 60
# A full stop whose space was lost: "resigned.Her deputy".
_LOST_SPACE = re.compile(r"(?:[a-z]{2}|[a-z][”\"’)])$")
_NEXT_WORD = re.compile(r"[“\"‘]?(?:[A-Z][a-z]*(?:[’'][a-z]+)?|[A-Z]\w+)(?=[\s,])")
_PARTY_TAG = re.compile(r"(?:D|R|I|L|G|Dem|Rep)-[A-Z]")
_NAMES_WITH_MARK = frozenset(("yahoo!", "jeb!", "jeopardy!", "panic!", "oklahoma!", "hamilton!"))


def lost_space(text: str, at: int, stop: int) -> bool:
    """Whether a full stop between lower-case letters and a capitalised word ends a sentence: no address, no file."""
    if not _NEXT_WORD.match(text, stop) or not _LOST_SPACE.search(text, max(0, at - 2), at):
        return False
    token = token_before(text, 0, at)
    return not any(char in token for char in "./@:#_\\")


def ends_plainly(text: str, start: int, mark: str, at: int, following: int) -> bool:
    """Whether a full stop ends a sentence as most do: after a quotation or a word that nothing abbreviates, before a
    capital letter. What `ends_sentence` says of these, at less cost."""
    letter = text[following]
    if letter in OPENERS:
        letter = text[following + 1 : following + 2]
    if not "A" <= letter <= "Z":
        return False
    if mark != ".":
        return mark in (".”", '."')
    space = text.rfind(" ", max(start, at - LONGEST_TOKEN), at)
    return space >= 0 and _is_plain(text[space + 1 : at], rules().abbreviated)


def ends_sentence(text: str, start: int, mark: str, at: int, following: int) -> bool:
    """Whether `mark` at `at` ends the sentence that began at `start`, with the next word at `following`."""
    head = text[following : following + LONGEST_TOKEN].lstrip(OPENERS)
    if not head or head[0].islower() or head[0] in ",;:)]." or head.lstrip("–—- ")[:1].islower():
        return False
    lists = rules()
    token = token_before(text, start, at)
    inside = at - len(token) > start
    if mark == "." and inside and head[0].isalpha() and _is_plain(token, lists.abbreviated):
        return True
    opener = _opening_word(head)
    if mark[0] in "!?" and "." not in mark:
        if token.lower() + mark[0] in _NAMES_WITH_MARK:
            return opener in lists.openers
        quoted = mark[-1] in "\"”’'»"
        return not (quoted and opener not in lists.openers and name_speaks().match(text, following))
    if mark.startswith(("..", "…")):
        return token[-1:] not in ("[", "(") and opener != "i"
    if not mark.startswith(".") or mark.strip(".)]}"):
        return True
    if len(mark) == 1 and inside and _is_complete(text, start, at, token, head):
        return True
    return _full_stop_ends(token, opener, head, inside=inside, bracket=len(mark) > 1)


def _is_plain(token: str, abbreviated: frozenset[str]) -> bool:
    """Whether a token is a word that nothing abbreviates, as most are that stand before a full stop."""
    return len(token) > 1 and token.isalpha() and token.lower() not in abbreviated


def _is_complete(text: str, start: int, at: int, token: str, head: str) -> bool:
    """Whether what stands before a full stop tells that the abbreviation or letter before it ends the sentence."""
    if not head[0].isupper() or len(token) > 5 or text[at + 1 : at + 3].endswith("("):
        return False
    before = text[max(start, at - _LONGEST_ADDRESS) : at]
    if len(token) == 1:
        words = before.split()
        last = words[-2] if len(words) > 1 else ""
        if token == "I":  # the pronoun, and nobody's initial: "so did I."
            return last.islower() and not _initial(head)
        return last.lower() in _LETTERED
    if token in ("St", "Ave", "Blvd", "Rd"):
        return bool(_ADDRESS.search(before))
    return token.lower() in rules().may_end and bool(_IN_STATE.search(before))


def _initial(head: str) -> bool:
    """Whether a name in initials follows: "M. Pei"."""
    return head[1:2] == "."


def _full_stop_ends(token: str, opener: str, head: str, *, inside: bool, bracket: bool) -> bool:
    """Whether a single full stop after `token` ends a sentence rather than an abbreviation."""
    lists = rules()
    word = token.lower()
    if not inside and (word.isdigit() or len(word) == 1 or _ROMAN.fullmatch(token)):
        return False  # "1. The bill", "III. The reckoning": a number before a list item or a chapter
    if _PARTY_TAG.match(token):
        return opener in lists.openers or not bracket
    if head[0].isdigit() or head[0] in "#$£€":
        return word not in lists.before_numbers and word not in lists.before_names
    if head[0] in "–—-&/":
        return word not in lists.may_end and "." not in word
    if word in lists.before_names:
        return False
    if word in ("a.m", "p.m"):
        return opener not in lists.clock
    if word in lists.may_end:
        return opener in lists.openers
    if (len(word) == 1 and word.isalpha()) or _MULTIDOT.fullmatch(word):
        able = lists.openers if word in _PLACE_INITIALS else lists.after_initial
        return opener in able and not (word == "i" and opener == "i")
    return True


def _opening_word(head: str) -> str:
    match = _WORD.match(head)
    return match.group().lower() if match else ""
