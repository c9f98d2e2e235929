"""Pronouns to persons: by gender, nearness and role; in doubt none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stance.figures.descriptions import resolve_relation
from stance.figures.discourse import Discourse, Mark, Role
from stance.figures.vocabulary import speech_verb

_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]ers?|[Hh]is|[Hh]imself|[Hh]erself)\b(?![’']?-)")
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b(?![-&.])")
_AFTER_OBJECT = re.compile(
    r"\s*(?:$|[^\w\s]|(?:to|in|on|for|at|with|as|and|of|from|by|that|than|but|or|into|about|over|when|while|if|because|"
    r"before|after|is|was|the|a|an|up|out|off|down|back|away|through|against|without|during|under|who|not|more|too|"
    r"again|openly|instead|directly|personally|so|he|she|his|her|it|they|what|how|why|where|whether|since|until|like|"
    r"for|this|last|next|yesterday|today|there|here|publicly|once|twice|ever|never|all|would|could|should)\b)"
)
_CLAUSE = re.compile(
    r"[,;:—–]|\b(?:that|when|because|if|while|but|and|since|after|before|although|who|which|whether|until|as|or|than|to)\b"
)
_REPORTED = re.compile(
    r"\b(?:said|says|added|asked whether|think|thought|believed|insisted|argued|conceded|that) (?:that )?$"
)
_PARENTHESIS = re.compile(r"^, [^,]{1,80},")
_RELATIVE = re.compile(r"[^.;]{0,40}?\bwho\b")
_OPENING = re.compile(
    r"(?:In|At|On|Under|With|Like|Unlike|After|Before|During|Despite|For|As|Following|Throughout|From|By|Through|Upon|"
    r"Over|Since|Until|Because of|[A-Z][a-z]+ing)\b"
)
_FINITE = re.compile(r"\b(?:was|were|is|are|had|has|said|says|would|could)\b")
_FARTHEST = 3
_MARGIN = 0.3
_PER_SENTENCE = 2.5
_UNKNOWN_MARGIN = 0.5
_GENDER = 0.5
_SALIENT = 0.2
_SUBJ = 3.0
_PAR = 1.0
_SPECIFIC = 0.0
_PER_PARAGRAPH = 1.5
_LEAST = 3.0


def find_pronouns(text: str) -> list[tuple[int, int, str]]:
    """Third-person pronouns as start, end, lower-case word."""
    return [(*match.span(), match.group().lower()) for match in _PRONOUN.finditer(text)]


def resolve_pronoun(discourse: Discourse, start: int, end: int, word: str) -> None:
    """Link one pronoun, or the description it begins ("his former rival"), if one person is plainly meant."""
    role = role_of_pronoun(discourse.text, end, word)
    person = _antecedent(discourse, start, word, role)
    if role == "possessor" and resolve_relation(discourse, start, end, person):
        return
    if person is not None:
        discourse.add(start, end, person, "pronoun", role)


def _antecedent(discourse: Discourse, start: int, word: str, role: Role) -> int | None:
    """Whom a pronoun means, or None in doubt; learns the gender of a person whose name does not tell it."""
    gender = "m" if word in ("he", "him", "his", "himself") else "f"
    scores: dict[int, float] = {}
    for mark, score in _candidates(discourse, start, word, role):
        person = discourse.persons[mark.person]
        if person.gender not in ("", gender):
            continue
        score += _GENDER if person.gender else 0.0
        score += min(1.5, _SALIENT * len(person.names))
        if mark.person not in scores:
            scores[mark.person] = score
        else:  # named more than once nearby: a little likelier
            scores[mark.person] = max(score, scores[mark.person]) + 0.3
    if not scores:
        return None
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    lead = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0.0)
    if ranked[0][1] < _LEAST or lead < _MARGIN:
        return None
    best = ranked[0][0]
    person = discourse.persons[best]
    if not person.gender:
        if len(ranked) > 1 and lead < _UNKNOWN_MARGIN:
            return None
        person.gender = gender
    return best


def role_of_pronoun(text: str, end: int, word: str) -> Role:
    """`her` is a possessor before a noun, an object else."""
    if word in ("he", "she"):
        return "subject"
    if word in ("him", "himself", "herself"):
        return "object"
    if word in ("his", "hers"):
        return "possessor"
    return "object" if _AFTER_OBJECT.match(text, end) else "possessor"


def _candidates(discourse: Discourse, start: int, word: str, role: Role) -> Iterator[tuple[Mark, float]]:
    """Mentions before the pronoun that it may refer to, with what speaks for each."""
    here = discourse.sentence_at(start)
    quote = discourse.quote_at(start)
    speaker = discourse.speakers[quote] if quote >= 0 else None
    reflexive = word.endswith("self")
    barred = _same_clause_subject(discourse, start, here) if role == "object" and not reflexive else None
    says = quote < 0 and role == "subject" and bool(speech_verb().match(discourse.text, start + len(word)))
    reported = bool(_REPORTED.search(discourse.text[max(0, start - 40) : start]))
    for mark in discourse.before(start):
        distance = here - mark.sentence
        if distance > _FARTHEST:
            return
        if says and mark.quote >= 0 and not distance:
            continue  # who speaks is not the "Clinton" of his own words
        if mark.person == speaker or mark.person == barred:
            continue
        apart = discourse.paragraph[here] - discourse.paragraph[mark.sentence]
        if reflexive and distance:
            return
        if apart > 1:
            continue
        score = 8.0 - _PER_SENTENCE * distance - _PER_PARAGRAPH * apart
        score += {"subject": _SUBJ, "possessor": 0.8, "object": 0.0}[mark.role]
        score += _PAR * (mark.role == role)
        score += 1.5 * (reported and not distance and mark.role == "subject")
        if mark.quote != quote:
            score -= 1.5 * (mark.quote >= 0) + 0.5 * (quote >= 0)
        yield mark, score
    ahead = _cataphor(discourse, start, here) if role == "possessor" and quote < 0 else None
    if ahead:
        yield ahead, 8.0 + _SUBJ + 1.0


def _cataphor(discourse: Discourse, start: int, sentence: int) -> Mark | None:
    """Whom "In her closing statement, Harris" means: the subject that a sentence's opening phrase leads up to."""
    begin, end = discourse.sentences[sentence]
    if start - begin > 30 or not _OPENING.match(discourse.text, begin):
        return None
    mark = next(iter(discourse.within(start, min(end, start + 80))), None)
    plain = mark and discourse.text[mark.end : mark.end + 2] not in ("'s", "’s")
    return mark if mark and plain and not _FINITE.search(discourse.text, start, mark.start) else None


def _same_clause_subject(discourse: Discourse, start: int, sentence: int) -> int | None:
    """Who is the subject of the clause that an object pronoun stands in: never the one it means."""
    for mark in discourse.before(start):
        if mark.sentence != sentence:
            return None
        between = _PARENTHESIS.sub(" ", discourse.text[mark.end : start], count=1)
        if _RELATIVE.match(between):
            return mark.person
        if mark.role == "subject":
            return None if _CLAUSE.search(between) else mark.person
    return None


def resolve_first_person(discourse: Discourse) -> None:
    """Link I, me and my in quotations to their speakers."""
    for quote, speaker in zip(discourse.quotes, discourse.speakers, strict=True):
        if speaker is None:
            continue
        for match in _FIRST_PERSON.finditer(discourse.text, *quote):
            if not discourse.taken(*match.span()):
                word = match.group().lower()
                if word == "my" and resolve_relation(discourse, *match.span(), speaker):
                    continue
                role: Role = "subject" if word == "i" else "possessor" if word in ("my", "mine") else "object"
                discourse.add(*match.span(), speaker, "pronoun", role)


def find_speakers(discourse: Discourse) -> None:
    """Who says each quotation: named after it, before it, or the one who spoke just before in the paragraph."""
    for index, (start, end) in enumerate(discourse.quotes):
        first, last = discourse.sentence_at(start), discourse.sentence_at(max(start, end - 1))
        tail_end = discourse.sentences[last][1]
        if index + 1 < len(discourse.quotes):
            tail_end = max(end, min(tail_end, discourse.quotes[index + 1][0]))
        head_start = discourse.sentences[first][0]
        if index:
            head_start = min(start, max(head_start, discourse.quotes[index - 1][1]))
        speaker = _speaker_after(discourse, end, tail_end)
        if speaker is None:
            speaker = _speaker_before(discourse, head_start, start)
        if speaker is None and index:
            speaker = _speaker_continued(discourse, index, head_start)
        discourse.speakers[index] = speaker


def _speaker_after(discourse: Discourse, start: int, end: int) -> int | None:
    """`,” X said`, `,” said X`."""
    text, verb = discourse.text, speech_verb()
    for mark in discourse.within(start, min(end, start + 90)):
        if verb.match(text, mark.end) or _verb_before(text, start, mark.start):
            return mark.person
        if (
            mark.role == "subject"
            and re.match(r",[^.]{0,80}?,", text[mark.end : end])
            and verb.search(text, mark.end, end)
        ):
            return mark.person
    return None


def _verb_before(text: str, start: int, end: int) -> bool:
    """Whether only a verb of saying and a title stand between the quotation and the name."""
    between = text[start:end]
    match = speech_verb().match(between if between[:1].isspace() else " " + between.lstrip(',”" '))
    if not match:
        return False
    rest = between[match.end() :].strip()
    return not rest or rest[0].isupper() or rest.startswith(("the ", "former ", "a ", "an ")) or len(rest.split()) <= 4


def _speaker_before(discourse: Discourse, start: int, end: int) -> int | None:
    """`X said, “`, `X told reporters that he was “`: the first subject before a verb of saying."""
    subject = next((mark for mark in discourse.within(start, end) if mark.role == "subject"), None)
    if subject and speech_verb().search(discourse.text, subject.end, end):
        return subject.person
    return None


def _speaker_continued(discourse: Discourse, index: int, head_start: int) -> int | None:
    """The speaker of the quotation before, where this one follows it in the same paragraph with nothing between."""
    before, here = discourse.quotes[index - 1], discourse.quotes[index]
    if speech_verb().search(discourse.text, here[1], discourse.sentences[discourse.sentence_at(here[1] - 1)][1]):
        return None  # somebody else is said to speak, though not plainly who
    same = discourse.paragraph[discourse.sentence_at(before[0])] == discourse.paragraph[discourse.sentence_at(here[0])]
    return discourse.speakers[index - 1] if same and here[0] - head_start < 3 else None
