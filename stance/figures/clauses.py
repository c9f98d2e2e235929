"""Clauses around a pronoun: whom their grammar makes it mean, or keeps it from meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stance.figures.discourse import Discourse
from stance.figures.marks import Mark
from stance.figures.relations import begins_description
from stance.figures.vocabulary import speech_end
from stance.resources import load_list, load_table

_CLAUSE = re.compile(
    r"[,;:—–]|\b(?:that|when|because|if|while|but|and|since|after|before|although|who|which|whether|until|as|or|than|to)\b"
)
# A second verb of the same subject: "put it down and just held on to her", "was first to call on him to go".
_SAME_SUBJECT = re.compile(
    r",? (?:and|but|or) (?:(?:then|also|later|just|even|never|again|once|still|\w+ly) )?"
    rf"(?:\w+ed|was|were|had|has|did|{'|'.join(sorted(load_list('deeds')))})\b"
    r"|\b(?:(?:first|last|only)(?: \w+){0,3}|wants?|wanted|refused|declined|tried|vowed|promised|failed|sought|managed|"
    r"decided|plans?|planned|hopes?|hoped|threatened|agreed|chose|began|continued|ready|eager|likely|able|willing|set|"
    r"going) to\b"
)
_PARENTHESIS = re.compile(r"^, [^,]{1,80},")
_RELATIVE = re.compile(r"[^.;]{0,40}?\bwho\b")
_OPENING = re.compile(
    r"(?:In|At|On|Under|With|Like|Unlike|After|Before|During|Despite|For|As|Following|Throughout|From|By|Through|Upon|"
    r"Over|Since|Until|Because of|True to|"
    r"According to|Thanks to|Alongside|Among|Amid|Within|Outside|Inside|Beyond|Besides|"
    r"Near|Early|Late|Later|Earlier|Soon|Shortly|Just|Long|Weeks|Months|Years|[A-Z][a-z]+ing)\b"
)
_ASKED = re.compile(
    r"(?:Asked|Pressed|Questioned|Quizzed)\b[^.?!“”\"]{0,40}?\b(?:whether|if|why|how|what|when|about)\b"
)
_PARTICIPLE = re.compile(
    r"(?:Born|Raised|Educated|Asked|Pressed|Questioned|Elected|Appointed|Flanked|Backed|Accompanied|Introduced|Joined|"
    r"Challenged|Quizzed|Cheered|Heckled|Married|(?!During|Following|According)[A-Z][a-z]+ing)\b"
)
_ASIDE_BEFORE = re.compile(r", (?:(?:once|then|now|formerly|long|already|until recently) )?$")
_LONGEST_ASIDE = 20
_REST_OF_APPOSITIVE = re.compile(r"^[^,]{0,40}, ")
_TITLES_BEFORE = re.compile(r"(?:[A-Z][\w.]*\s){0,3}$")
_INNER_QUOTATION = re.compile(r"(?<=[\s(])['‘](?=\w)[^“”\"]*?['’](?!\w)")
# "Of Rademacher, he said", "Nancy Pelosi, he recalled, once phoned him"
_TOPIC = re.compile(r"(?:Of|About|On) (?:[A-Z][\w.]*\s)*$")
_PLAIN_WORD = re.compile(r"\s(?P<word>[a-z]+)\b")
_INTERVIEWED = re.compile(r"(?:Asked|Pressed|Questioned|Quizzed)\b")
# "The Speaker asked him to withdraw the remark, which he did."
_AS_ASKED = re.compile(
    r"\b(?:asked|told|urged|ordered|begged|advised|invited|instructed|persuaded|forced|pressed|directed|commanded|"
    r"called on|called upon)\s$"
)
_DOES_AFTER = re.compile(r"\s(?:\w+ly\s)?(?:did|does|refused to do|declined to do|has done|later did|then did)\b")
_ANSWERS = re.compile(r"\s(?:answered|replied|responded|shot back)\b")
_ASKS = re.compile(r"\s(?:\w+ly\s)?(?:asked|asks|wanted to know|demanded|inquired|enquired)\b")
_FINITE = re.compile(r"\b(?:was|were|is|are|had|has|said|says|would|could)\b")
_LONGEST_CLAUSE = 300
_LONGEST_OPENING, _LONGEST_PHRASE = 30, 120


def cataphor(discourse: Discourse, start: int, sentence: int, *, possessor: bool) -> Mark | None:
    """Whom "In her closing statement, Harris" means: the subject that a sentence's opening phrase leads up to."""
    begin, end = discourse.sentences[sentence]
    asked = _ASKED.match(discourse.text, begin, start)
    if not asked and (not possessor or start - begin > _LONGEST_OPENING or not _OPENING.match(discourse.text, begin)):
        return None
    marks = discourse.within(start, min(end, start + _LONGEST_PHRASE))
    mark = next((one for one in marks if _follows_comma(discourse.text, one.start)), None)
    if mark is None and not asked:
        mark = next((one for one in marks if not discourse.text.startswith(("'s", "’s"), one.end)), None)
    return None if mark is None or (not asked and _FINITE.search(discourse.text, start, mark.start)) else mark


def named_in_quotation(discourse: Discourse, start: int) -> Iterator[int]:
    """Whom the quotation that ends right before a position names: "“Dana voted for it,” she said"."""
    quote = discourse.quote_at(start - 2)
    if quote < 0:
        return
    begin, end = discourse.quotes[quote]
    inner = _INNER_QUOTATION.search(discourse.text, begin + 1, end)
    for mark in discourse.within(begin, end):
        if mark.kind != "description" and not (inner and inner.start() < mark.start < inner.end()):
            yield mark.person


def spoken_of(discourse: Discourse, start: int, end: int) -> int | None:
    """Whom a speaker speaks of who is a pronoun right after the name: "Of Quint, he said", "Quint, he said, left"."""
    text = discourse.text
    if not text.endswith(", ", 0, start):
        return None
    mark = next(discourse.before(start), None)
    if mark is None or mark.end != start - len(", "):
        return None
    begin, _ = discourse.sentences[mark.sentence]
    return mark.person if _is_aside(text, start, end) or _TOPIC.fullmatch(text, begin, mark.start) else None


def _is_aside(text: str, start: int, end: int) -> bool:
    """Whether commas part a pronoun and a verb of saying from the clause around: ", he recalled,"."""
    speech = speech_end(text, end) if text.endswith(", ", 0, start) else -1
    return speech >= 0 and text.startswith(",", speech)


def does_as_asked(discourse: Discourse, start: int, end: int, sentence: int) -> int | None:
    """Whom somebody has asked to do what "which he did" says was done: "asked him to leave, which he did"."""
    text = discourse.text
    if not text.endswith(" which ", 0, start) or not _DOES_AFTER.match(text, end):
        return None
    for mark in discourse.before(start):
        if mark.sentence != sentence:
            return None
        asked = _AS_ASKED.search(text, max(0, mark.start - 20), mark.start)
        if asked and text.startswith(" to ", mark.end):
            return mark.person
    return None


def is_attributive(text: str, mark: Mark) -> bool:
    """Whether a name says whose somebody is: "the late Quint staffer"."""
    if mark.kind == "pronoun" or not text.startswith(" ", mark.end):
        return False
    following = _PLAIN_WORD.match(text, mark.end)
    return following is not None and following["word"] in load_table("role_nouns")


def is_of_interviewed(discourse: Discourse, sentence: int) -> bool:
    """Whether a sentence opens with a question to whoever spoke last: "Asked about his successor, he"."""
    return bool(_INTERVIEWED.match(discourse.text, discourse.sentences[sentence][0]))


def who_asked(discourse: Discourse, start: int, end: int) -> int | None:
    """Who asked what somebody answers right after a position: never the one who answers."""
    if not _ANSWERS.match(discourse.text, end):
        return None
    for mark in discourse.before(start):
        if _ASKS.match(discourse.text, mark.end):
            return mark.person
        if start - mark.end > _LONGEST_CLAUSE:
            return None
    return None


def _follows_comma(text: str, start: int) -> bool:
    """Whether a comma stands before a name and the capitalised words of its title."""
    begin = max(0, start - 40)
    match = _TITLES_BEFORE.search(text[begin:start])
    return text.endswith(",", 0, begin + match.start() - 1 if match else start)


def follows_participle(discourse: Discourse, start: int, sentence: int) -> bool:
    """Whether a subject is whom the sentence's opening tells of: "Born in Burnie to Dana Quint, she"."""
    begin = discourse.sentences[sentence][0]
    if not discourse.text.endswith(", ", begin, start):
        return False
    return bool(_PARTICIPLE.match(discourse.text, begin)) and not _FINITE.search(discourse.text, begin, start)


def apposed_to(discourse: Discourse, start: int, end: int) -> int | None:
    """Who stands before "his successor" as its apposition, and so is not "his" person: "Al Quint, his successor"."""
    if discourse.text.rfind(", ", max(0, start - _LONGEST_ASIDE), start) < 0:  # as before most possessives
        return None
    aside = _ASIDE_BEFORE.search(discourse.text, max(0, start - _LONGEST_ASIDE), start)
    if aside is None or not begins_description(discourse.text, end):
        return None
    mark = next(discourse.before(start), None)
    return mark.person if mark and mark.end == aside.start() else None


def same_clause_subject(discourse: Discourse, start: int, sentence: int) -> int | None:
    """Who is the subject of the clause that an object pronoun stands in: never the one it means."""
    for mark in discourse.before(start):
        if mark.sentence != sentence or start - mark.end > _LONGEST_CLAUSE:
            return None
        between = _PARENTHESIS.sub(" ", discourse.text[mark.end : start].removesuffix(" to "), count=1)
        if _follows_comma(discourse.text, mark.start):
            # "His deputy, Lord Wexcombe, patted him"; "Al Quint, his successor in the House, patted him"
            between = _REST_OF_APPOSITIVE.sub("", between)
        if mark.kind == "pronoun" and _is_aside(discourse.text, mark.start, mark.end):
            continue  # "Nancy Pelosi, he recalled, phoned him": the subject is Pelosi
        if _RELATIVE.match(between):
            return mark.person
        if mark.role == "subject":
            if not discourse.text.endswith("that ", 0, mark.start):  # whose verb the second one is were in doubt
                between = _SAME_SUBJECT.sub(" ", between)
            return None if _CLAUSE.search(between) else mark.person
    return None
