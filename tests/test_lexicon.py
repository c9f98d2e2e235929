from pathlib import Path

import numpy as np
import pytest

from stance.features.inflection import inflect_verb, read_irregular
from stance.features.lexicon import FUNCTIONS, Lexicon
from stance.features.lexicon_files import read_lexicon
from stance.features.matching import Matches, match
from stance.features.tokens import tokenize

TABLES = {
    "verbs.tsv": "lemma agent patient strength|praise 0 1 3|throw_weight_behind 0 1 3|throw 0 -1 1|beat 1 -1 2",
    "words.tsv": "form pos polarity strength|asleep_at_the_wheel phrase -1 3|bully noun -1 2",
    "irregular.tsv": "lemma past participle gerund third|throw threw thrown throwing throws"
    "|beat beat beaten/beat beating beats",
    "functions.tsv": "form kind|not negator|instead_of comparison",
    "names.tsv": "form kind|hillary first-name|georgia first-name|georgia not-a-person",
}


def table(text: str) -> str:
    """A table as the files have it: lines, tabs, spaces inside phrases, `|` between alternatives."""
    return text.replace("|", "\n").replace(" ", "\t").replace("_", " ").replace("/", "|") + "\n"


@pytest.fixture
def small(tmp_path: Path) -> Lexicon:
    for name, text in TABLES.items():
        (tmp_path / name).write_text(table(text), encoding="utf-8")
    return read_lexicon(tmp_path)


def matched(lexicon: Lexicon, text: str) -> Matches:
    return matched_in(lexicon, [text])


def matched_in(lexicon: Lexicon, texts: list[str]) -> Matches:
    tokens = tokenize(texts)
    return match(lexicon, lexicon.words.facts(texts, tokens), tokens.text)


def found(lexicon: Lexicon, text: str) -> dict[str, tuple[int, int, int]]:
    tokens, matches = tokenize([text]), matched(lexicon, text)
    return {
        text[tokens.start[at] : tokens.end[matches.last[at]]]: (
            int(matches.agent[at]), int(matches.patient[at]), int(matches.word[at]),
        )
        for at in np.flatnonzero((matches.agent != 0) | (matches.patient != 0) | (matches.word != 0))
    }  # fmt: skip


def test_inflected_forms_are_found(small: Lexicon) -> None:
    assert found(small, "praises PRAISED praising bullies") == {
        "praises": (0, 3, 0), "PRAISED": (0, 3, 0), "praising": (0, 3, 0), "bullies": (0, 0, -2),
    }  # fmt: skip


def test_longest_phrase_wins_and_passes_over_articles_and_possessives(small: Lexicon) -> None:
    assert found(small, "She threw all her weight behind him") == {"threw": (0, -1, 0)}
    assert found(small, "She threw her weight behind him") == {"threw her weight behind": (0, 3, 0)}
    assert found(small, "asleep at wheel") == {"asleep at wheel": (0, 0, -3)}


def test_phrases_do_not_cross_texts(small: Lexicon) -> None:
    assert matched_in(small, ["he threw weight", "behind him"]).patient.tolist() == [0, -1, 0, 0, 0]


def test_participles_are_told_from_other_forms(small: Lexicon) -> None:
    assert matched(small, "beaten beat beating").participle.tolist() == [True, True, False]


def test_closed_classes(small: Lexicon) -> None:
    matches = matched(small, "not instead of it")
    assert matches.has("negator").tolist() == [True, False, False, False]
    assert matches.has("comparison").tolist() == [False, True, False, False]


def test_a_name_may_be_a_persons_and_a_places(small: Lexicon) -> None:
    matches = matched(small, "Hillary in Georgia")
    assert matches.has("first-name").tolist() == [True, False, True]
    assert matches.has("not-a-person").tolist() == [False, False, True]


def test_the_lexicon_of_the_project_is_sound(lexicon: Lexicon) -> None:
    """Ranges, and no key twice; the files themselves are checked by test_data."""
    assert (np.diff(lexicon.keys.astype(object)) > 0).all()
    assert np.abs(lexicon.values[:, :3]).max() == 3
    assert (lexicon.function_values[:, 0] < 1 << len(FUNCTIONS)).all()


def test_irregular_alternatives() -> None:
    irregular = {"beat": ("beat", "beaten|beat", "beating", "beats")}
    assert [form for form, _ in inflect_verb("beat up", irregular)] == [
        "beat up", "beats up", "beat up", "beaten up", "beat up", "beating up",
    ]  # fmt: skip


def test_irregular_table_reads(tmp_path: Path) -> None:
    (tmp_path / "irregular.tsv").write_text(table(TABLES["irregular.tsv"]), encoding="utf-8")
    assert read_irregular(tmp_path / "irregular.tsv")["throw"] == ("threw", "thrown", "throwing", "throws")
