"""The data that comes with stance is sound: no duplicates, no contradictions, everything in its range."""

import csv
import importlib.util
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from stance import datasets
from stance.features.lexicon import FUNCTIONS
from stance.features.tokens import tokenize
from stance.features.words import LONGEST_PHRASE
from stance.resources import load_list
from stance.rows import merge_rows
from stance.shipped import shipped

LEXICON = shipped("data", "lexicon")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_verbs_are_in_range_and_stand_once() -> None:
    verbs = rows(LEXICON / "verbs.tsv")
    assert not [name for name, n in Counter(row["lemma"] for row in verbs).items() if n > 1]
    for row in verbs:
        assert row["agent"] in ("-1", "0", "1"), row
        assert row["patient"] in ("-1", "0", "1"), row
        assert row["strength"] in ("1", "2", "3"), row
        assert row["lemma"] == row["lemma"].strip().lower(), row


def test_words_are_in_range_and_never_contradict() -> None:
    words = rows(LEXICON / "words.tsv")
    assert not [name for name, n in Counter((row["form"], row["pos"]) for row in words).items() if n > 1]
    polarities: dict[str, set[str]] = {}
    for row in words:
        assert row["polarity"] in ("-1", "1"), row
        assert row["strength"] in ("1", "2", "3"), row
        assert row["pos"] in ("adj", "noun", "adv", "phrase"), row
        polarities.setdefault(row["form"], set()).add(row["polarity"])
    assert not [form for form, found in polarities.items() if len(found) > 1]


@pytest.mark.parametrize("name", ["functions.tsv", "names.tsv"])
def test_closed_classes_are_known_and_stand_once(name: str) -> None:
    functions = rows(LEXICON / name)
    assert {row["kind"] for row in functions} <= set(FUNCTIONS)
    assert len({(row["form"], row["kind"]) for row in functions}) == len(functions)


def test_no_entry_is_too_long_to_be_matched() -> None:
    forms = [row["form"] for row in rows(LEXICON / "words.tsv")] + [row["lemma"] for row in rows(LEXICON / "verbs.tsv")]
    tokens = tokenize(forms)
    long = [form for form, n in zip(forms, tokens.first[1:] - tokens.first[:-1], strict=True) if n > LONGEST_PHRASE + 3]
    assert not long


@pytest.mark.parametrize("name", ["person_verbs", "speech_verbs", "quoting_verbs"])
def test_verbs_of_persons_are_single_words(name: str) -> None:
    # The search for persons finds words and looks them up: an entry of two words would never be met.
    assert not [verb for verb in load_list(name) if not re.fullmatch(r"\w+", verb)]


def test_the_corpus_splits_share_no_sentence() -> None:
    splits = {split: datasets.load_labelled("own", split) for split in ("train", "dev", "test")}
    sentences = {split: {row.target.sentence for row in found} for split, found in splits.items()}
    assert not sentences["train"] & sentences["dev"]
    assert not sentences["train"] & sentences["test"]
    assert not sentences["dev"] & sentences["test"]
    assert len(sentences["test"]) == 300


@pytest.mark.parametrize("split", ["train", "dev", "test"])
def test_the_corpus_does_not_contradict_itself(split: str) -> None:
    found = datasets.load_labelled("own", split)
    kept, n_equal, n_contradictory = merge_rows(found)
    assert (len(kept), n_equal, n_contradictory) == (len(found), 0, 0)


def test_labels_are_positions_and_nothing_else() -> None:
    """Sentences of published sets are not ours to ship."""
    form = r"(?:(?:train|valid)\t)?\d+\t\d+\t\d+\t[-+0x](?:\t\[\[\d+,\d+\](?:,\[\d+,\d+\])+\])?"
    for path in shipped("data", "labels").glob("*.tsv"):
        text = path.read_text(encoding="utf-8").splitlines()
        assert text[0].removesuffix("\tmentions") in ("split\tline\tstart\tend\tlabel", "line\tstart\tend\tlabel")
        assert all(re.fullmatch(form, line) for line in text[1:])
        assert len(set(text)) == len(text)


def test_resolved_labels_are_labels_with_further_mentions() -> None:
    labels, resolved = (
        shipped("data", "labels", name).read_text(encoding="utf-8").splitlines()[1:]
        for name in ("train.tsv", "resolved.tsv")
    )
    assert {line.rpartition("\t")[0] for line in resolved} <= set(labels)
    for line in resolved:
        _, _, start, end, _, mentions = line.split("\t")
        assert any(begin < int(end) and int(start) < stop for begin, stop in json.loads(mentions)), line


def test_sentence_cases_cover_their_texts() -> None:
    """Each case's sentences stand in its text in order, with nothing but white space around them."""
    cases = [json.loads(line) for line in shipped("data", "sentence_cases.jsonl").read_text("utf-8").splitlines()]
    assert len({case["text"] for case in cases}) == len(cases) == 100
    for case in cases:
        assert set(case) == {"text", "sentences"}
        assert all(sentence and sentence == sentence.strip() for sentence in case["sentences"]), case
        pattern = r"\s*".join(map(re.escape, case["sentences"]))
        assert re.fullmatch(rf"\s*{pattern}\s*", case["text"]), case


def build_gold() -> Any:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("build_gold", shipped("data", "build_gold.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_seeds_are_what_their_annotations_say() -> None:
    module = build_gold()
    annotated = sorted(shipped("seeds").glob("*.ann"))
    assert len(annotated) >= 6
    for path in annotated:
        text, gold = module.build(path.read_text(encoding="utf-8"), f"seeds/{path.stem}.txt")
        assert path.with_suffix(".txt").read_text(encoding="utf-8") == text
        lines = path.with_suffix(".gold.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == gold
        assert 20 <= len({row["start"] for row in gold}) <= 40


QUOTED = """@ a = Ann Lee
@ b = Bo Ray
«a»“{I|a|pronoun} like {Ray|b|name},” {Lee|a|name} said.\ta=0 b=+
{Ray|b|name} won the voters’ favor.\tb=+

«-»“{Ray|b|name} won.\tb=+
And {he|b|pronoun} knows it.\tb=0

An ‘odd’ ally, «b»‘the voters’ friend, not {Lee|a|name}’s,’ she said of {Lee|a|name}.\ta=-
"""


def test_quotations_of_annotated_articles_have_their_speakers() -> None:
    module = build_gold()
    text, rows, quotations = module.read(QUOTED, "a.txt")
    assert "«" not in text
    assert [(text[quote["start"] : quote["end"]], quote["speaker"]) for quote in quotations] == [
        ("“I like Ray,”", "Ann Lee"),
        ("“Ray won. And he knows it.", None),
        ("‘the voters’ friend, not Lee’s,’", "Bo Ray"),
    ]
    assert [(row["in_quote"], row["speaker"]) for row in rows] == [
        (True, "Ann Lee"), (True, "Ann Lee"), (False, None), (True, None), (True, None), (True, "Bo Ray")
    ]  # fmt: skip
    unmarked = module.read(re.sub("«.»", "", QUOTED), "a.txt")
    assert unmarked.text == text
    assert not any("in_quote" in row or "speaker" in row for row in unmarked.rows)


@pytest.mark.parametrize("line", ["«a» Lee left.", "{Lee|a} left.", "{Lee|a|name} left.\tb=0", "{Lee|a|name} left."])
def test_annotations_that_do_not_read_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"marks that do not read|mentions of"):
        build_gold().build(f"@ a = Ann Lee\n{line}\n", "a.txt")
