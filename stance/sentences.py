"""Text to sentences: a list of spans, found by rules about full stops, quotes, abbreviations and lines.

A text is first cut into blocks (a paragraph, a heading, a list item), then each block at the marks that end a
sentence. Every step is one pass, so time grows with the length of the text and with nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from stance.records import Span
from stance.resources import load_list, load_table

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[-*+•·–—▪◦‣●■►○]|\(?\d{1,3}[.)]|\(?[a-zA-Z]\))\s+\S")
_OPEN_LINE_END = re.compile(
    r"(?:[,;–—-]|\b(?:the|an?|of|and|or|to|in|on|at|by|for|from|with|as|that|his|her|their|its))$", re.I
)
# A mark and what closes after it. Matched greedily and never rejected, so the scan cannot backtrack.
_MARK = re.compile(r"[.!?…]+[\"”’'»)\]}]*")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_OPENERS = "\"“‘'«([{"
_LONGEST_TOKEN = 40
# A heading and a line or two below it are no wrapped paragraph, unless they are as wide as one.
_FEW_LINES, _NARROWEST_COLUMN = 4, 45
_MULTIDOT = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}\.?")
_PARTY_TAG = re.compile(r"(?:D|R|I|L|G|Dem|Rep)-[A-Z]")

# George F. Will, Elaine R. May, John Q. Long: words that open sentences and are surnames too.
_NAMES_THAT_OPEN = frozenset(("will", "may", "do", "so", "you", "an", "no", "can", "in", "more", "such"))
_NAMES_WITH_MARK = frozenset(("yahoo!", "jeb!", "jeopardy!", "panic!", "oklahoma!", "hamilton!"))


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the lists say: abbreviations by what follows them, words that open sentences, quotations' verbs."""

    before_names: frozenset[str]
    before_numbers: frozenset[str]
    may_end: frozenset[str]
    openers: frozenset[str]
    after_initial: frozenset[str]
    clock: frozenset[str]
    name_speaks: re.Pattern[str]


@cache
def _rules() -> _Rules:
    abbreviations = load_table("abbreviations")
    openers = load_list("sentence_openers")
    verbs = "|".join(sorted(load_list("speech_verbs")))
    return _Rules(
        before_names=frozenset(word for word, kind in abbreviations.items() if kind == "name"),
        before_numbers=frozenset(word for word, kind in abbreviations.items() if kind == "number"),
        may_end=frozenset(word for word, kind in abbreviations.items() if kind == "end"),
        openers=openers,
        after_initial=openers - _NAMES_THAT_OPEN,
        clock=load_list("clock_words"),
        # "Trump asked." goes on after a quotation; "Trump replied that" begins anew.
        name_speaks=re.compile(
            rf"(?:[A-Z][\w’'.-]{{0,30}}\s+){{1,4}}(?:{verbs})\b(?!\s+(?:that|the|an?|his|her|he|she|it|they|[“\"]))"
        ),
    )


def split_sentences(text: str) -> list[Span]:
    """Split a text into sentences.

    Returns:
        Spans `(start, end)` in code points, in reading order, not overlapping. `text[start:end]` neither begins nor
        ends with white space, and every other character of the text lies in exactly one span.

    >>> text = "Sen. Sanders voted no. The bill failed."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Sen. Sanders voted no.', 'The bill failed.']
    """
    return [sentence for block in _blocks(text) for sentence in _split_block(text, *block)]


def _blocks(text: str) -> Iterator[Span]:
    """Runs of lines that belong together: wrapped lines are joined, headings and list items stand alone."""
    for paragraph in _paragraphs(text):
        width = max(end - start for start, end in paragraph)
        if len(paragraph) < _FEW_LINES:
            width = max(width, _NARROWEST_COLUMN)
        block_start = paragraph[0][0]
        for before, line in pairwise(paragraph):
            if _ends_block(text, before, line, width):
                yield block_start, before[1]
                block_start = line[0]
        yield block_start, paragraph[-1][1]


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """Lines without their outer white space, grouped by the blank lines between them."""
    lines: list[Span] = []
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        if lines:
            gap = text[lines[-1][1] : start]
            if gap.count("\n") > 1 or gap.count("\r") > 1 or "\u2029" in gap:
                yield lines
                lines = []
        lines.append((start, start + len(stripped)))
    if lines:
        yield lines


def _ends_block(text: str, before: Span, line: Span, width: int) -> bool:
    """Whether the break between two lines of a paragraph was meant, not made by wrapping at `width`."""
    if _BULLET.match(text, line[0], line[1]):
        return True
    first = text[line[0]]
    if first.islower() or _OPEN_LINE_END.search(text, max(before[0], before[1] - 8), before[1]):
        return False
    if text[before[1] - 1] == "." and _token_before(text, before[0], before[1] - 1).lower() in _rules().before_names:
        return False
    # A wrapped line is broken only where the next word does not fit: a shorter one is a heading or a paragraph's end.
    space = text.find(" ", line[0], line[1])
    next_word = (space if space >= 0 else line[1]) - line[0]
    return before[1] - before[0] + 1 + next_word <= width


def _split_block(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut one block at the marks that end a sentence."""
    for match in _MARK.finditer(text, start, end):
        stop = match.end()
        following = stop
        while following < end and text[following].isspace():
            following += 1
        if stop < following < end and _ends_sentence(text, start, match.group(), match.start(), following):
            yield start, stop
            start = following
    if start < end:
        yield start, end


def _ends_sentence(text: str, start: int, mark: str, at: int, following: int) -> bool:
    """Whether `mark` at `at` ends the sentence that began at `start`, with the next word at `following`."""
    head = text[following : following + _LONGEST_TOKEN].lstrip(_OPENERS)
    if not head or head[0].islower() or head[0] in ",;:)]":
        return False
    rules = _rules()
    token = _token_before(text, start, at)
    opener = _opening_word(head)
    if mark[0] in "!?" and "." not in mark:
        if token.lower() + mark[0] in _NAMES_WITH_MARK:
            return opener in rules.openers
        quoted = mark[-1] in "\"”’'»"
        return not (quoted and opener not in rules.openers and rules.name_speaks.match(text, following))
    if mark.startswith(("..", "…")):
        return token[-1:] not in ("[", "(") and opener != "i"
    if not mark.startswith(".") or mark.strip(".)]}"):
        return True
    return _full_stop_ends(token, opener, head, inside=at - len(token) > start, bracket=len(mark) > 1)


def _full_stop_ends(token: str, opener: str, head: str, *, inside: bool, bracket: bool) -> bool:
    """Whether a single full stop after `token` ends a sentence rather than an abbreviation."""
    rules = _rules()
    word = token.lower()
    if not inside and (word.isdigit() or len(word) == 1):
        return False  # "1. The bill": a number before a list item
    if _PARTY_TAG.match(token):
        return opener in rules.openers or not bracket
    if head[0].isdigit() or head[0] in "#$£€":
        return word not in rules.before_numbers and word not in rules.before_names
    if head[0] in "–—-&/":
        return word not in rules.may_end and "." not in word
    if word in rules.before_names:
        return False
    if word in ("a.m", "p.m"):
        return opener not in rules.clock
    if word in rules.may_end:
        return opener in rules.openers
    if (len(word) == 1 and word.isalpha()) or _MULTIDOT.fullmatch(word):
        return opener in rules.after_initial and not (word == "i" and opener == "i")
    return True


def _token_before(text: str, start: int, at: int) -> str:
    """The characters before `at` back to white space, without opening quotes and brackets; at most 40."""
    begin = max(start, at - _LONGEST_TOKEN)
    parts = text[begin:at].rsplit(None, 1)
    return parts[-1].lstrip(_OPENERS) if parts and not text[at - 1].isspace() else ""


def _opening_word(head: str) -> str:
    match = _WORD.match(head)
    return match.group().lower() if match else ""
