"""Blocks that look at grammar, speech and spelling; and how features are scaled before fitting."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from stance import datasets
from stance.features.blocks import BLOCKS
from stance.features.characters import LONGEST, SHORTEST, character_ngrams
from stance.features.emissions import Emissions
from stance.features.governors import governors
from stance.features.lexicon_files import read_lexicon
from stance.features.masking import build_view
from stance.features.outcomes import changes, outcomes
from stance.features.pronouns import FIRST_PERSON, SECOND_PERSON, SUBJECT, mention_kinds
from stance.features.relations import possession, relate
from stance.features.speech import speaking, speech_roles
from stance.features.view import View
from stance.pipeline import informativeness
from stance.records import Target
from stance.shipped import shipped

LEXICON = read_lexicon(shipped("data", "lexicon"))


def view_of(marked: str) -> View:
    """The view of a sentence whose target stands in square brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    return build_view([Target(marked.replace("[", "").replace("]", ""), ((start, end),))], LEXICON)


def keys(emissions: Emissions) -> set[int]:
    return set(emissions.key.tolist())


def words(view: View, emissions: Emissions) -> set[str]:
    text = view.texts[0]
    token = view.token[emissions.token]
    return {text[a:b] for a, b in zip(view.tokens.start[token], view.tokens.end[token], strict=True)}


def of_words(view: View, values: np.ndarray, token: np.ndarray) -> dict[str, bool]:
    """Values by the word whose token in the view they belong to."""
    at = view.token[token]
    found = [view.texts[0][a:b] for a, b in zip(view.tokens.start[at], view.tokens.end[at], strict=True)]
    return dict(zip(found, values.tolist(), strict=True))


def test_governors_jump_over_helpers_and_apposition() -> None:
    view = view_of("Critics said [Vance], a former judge, was not invited to Paris.")
    assert {"invited", "said"} <= words(view, governors(view))
    assert not {"was", "not", "a"} & words(view, governors(view))


def test_a_negator_that_was_jumped_changes_a_governor() -> None:
    plain, negated = view_of("[Vance] was praised."), view_of("[Vance] was not praised.")
    assert keys(governors(plain)) & keys(governors(negated))
    assert keys(governors(plain)) - keys(governors(negated))


@pytest.mark.parametrize(
    ("marked", "word", "negated"),
    [
        ("[Vance] is more honest than most.", "honest", False),
        ("[Vance] is far less honest than most.", "honest", True),
        ("The court cleared [Vance] of fraud.", "fraud", True),
        ("The court convicted [Vance] of fraud.", "fraud", False),
        ("Few admire [Vance].", "admire", True),
        ("Brook is more honest than [Vance].", "honest", True),
        ("Brook is less honest than [Vance].", "honest", False),
        ("More than a hundred honest people met [Vance].", "honest", False),
        ("Brook is more honest than the man who last week met [Vance].", "honest", False),
    ],
)
def test_words_that_deny_what_follows_and_comparisons_that_turn_it_over(marked: str, word: str, negated: bool) -> None:
    view = view_of(marked)
    matches = view.matches
    relation = relate(view, (matches.agent != 0) | (matches.patient != 0) | (matches.word != 0))
    assert of_words(view, relation.negated, relation.hit)[word] is negated


@pytest.mark.parametrize(
    ("marked", "how"),
    [
        ("[Vance] later said the bill was dead.", "follows"),
        ("The bill was dead, said [Vance].", "precedes"),
        ("[Vance], a former judge, said the bill was dead.", "after apposition"),
        ("“[My] door is open to all of them.”", "first person"),
        ("Ada Brook told reporters that she had met [Vance] at the county fair on Sunday.", None),
    ],
)
def test_who_speaks(marked: str, how: str | None) -> None:
    view = view_of(marked)
    found = {name for name, speaks in speaking(view).items() if speaks.any()}
    assert found == ({how} if how else set())


def test_first_person_speaks_and_is_a_kind_of_its_own() -> None:
    kinds = {"I": FIRST_PERSON, "He": SUBJECT, "You": SECOND_PERSON}
    for word, kind in kinds.items():
        view = view_of(f"“[{word}] never took a cent.”")
        assert mention_kinds(view)[1].tolist() == [kind]
        assert speaking(view)["first person"].tolist() == [kind == FIRST_PERSON]


@pytest.mark.parametrize(
    ("marked", "word", "rival"),
    [
        ("The paper called Vance honest and [Brook] a liar.", "honest", True),
        ("The paper called Vance honest and [Brook] a liar.", "liar", False),
        ("They met [Vance] and the honest Mary Brook.", "honest", True),
        ("Vance was honest, but [Brook] lied.", "honest", True),
        ("Vance spoke, honest as [Brook] is.", "honest", False),
    ],
)
def test_a_word_may_belong_to_a_nearer_person(marked: str, word: str, rival: bool) -> None:
    view = view_of(marked)
    relation = relate(view, (view.matches.word != 0) | (view.matches.agent != 0))
    assert of_words(view, relation.rival, relation.hit)[word] is rival


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[His] critics called it a lie.", 3),
        ("[Vance]'s critics called it a lie.", 3),
        ("Voters doubt [her] record.", 2),
        ("Voters doubt [Vance]'s record.", 2),
        ("Voters doubt [her].", 0),
        ("Voters doubt [him].", 0),
    ],
)
def test_possessive_pronouns_possess_as_names_do(marked: str, kind: int) -> None:
    assert possession(view_of(marked)).max() == kind


@pytest.mark.parametrize(
    ("marked", "outcome"),
    [
        ("[Vance] cut the murder rate by a third.", {"cut": 1}),
        ("[Vance] cut school meals.", {"cut": -1}),
        ("Under [Vance], unemployment has risen.", {"risen": -1}),
        ("Under [Vance], wages have risen and crime has fallen.", {"risen": 1, "fallen": 1}),
        ("[Vance] cut a ribbon, and crime was not on the agenda.", {}),
        ("[Vance] spoke of crime, rose and left.", {}),
        ("[Vance] spoke of crime for an hour and then the curtain of the old town hall fell.", {}),
    ],
)
def test_a_change_is_as_good_as_what_it_does_to_what(marked: str, outcome: dict[str, int]) -> None:
    view = view_of(marked)
    found = changes(view)
    assert of_words(view, found.outcome, found.at) == outcome
    assert set(outcome) == words(view, outcomes(view))


def test_an_outcome_is_told_by_its_sign_and_by_where_the_target_stands() -> None:
    fallen, risen = view_of("Under [Vance], crime has fallen."), view_of("Under [Vance], crime has risen.")
    elsewhere = view_of("Crime has fallen, [Vance] said.")
    assert not keys(outcomes(fallen)) & keys(outcomes(risen))
    assert not keys(outcomes(fallen)) & keys(outcomes(elsewhere))
    assert keys(outcomes(fallen)) == keys(outcomes(view_of("Under [Vance], wages have risen.")))


def test_leaning_words_count_apart_where_the_target_speaks() -> None:
    spoken, heard = view_of("The bill is corrupt, said [Vance]."), view_of("The bill is corrupt, as is [Vance].")
    assert keys(speech_roles(spoken)).isdisjoint(keys(speech_roles(heard)))


def test_characters_are_those_of_scikit_learn_and_only_without_a_position() -> None:
    text = "#NotMeUs now, Bernie"
    view = build_view([Target(text, ()), Target("Bernie ran.", ((0, 6),))], LEXICON)
    found = character_ngrams(view)
    assert set(found.row.tolist()) == {0}
    vectorizer = CountVectorizer(analyzer="char_wb", ngram_range=(SHORTEST, LONGEST))
    counts = vectorizer.fit_transform([text])
    assert len(keys(found)) == counts.shape[1]
    assert found.key.size == counts.sum()


def test_blocks_that_are_counted_emit_ones() -> None:
    targets = [row.target for row in datasets.load_labelled("own", "dev")] + [Target("Lock her up!")]
    view = build_view(targets, LEXICON)
    for block in BLOCKS:
        if block.weighing == "tfidf":
            emissions = block.emit(view)
            assert emissions.value.size
            assert (emissions.value == 1).all(), block.name


def test_no_text_no_characters() -> None:
    assert character_ngrams(build_view([Target("", ())], LEXICON)).key.size == 0


def test_features_that_tell_classes_apart_weigh_more() -> None:
    labels = np.array(["oppose", "support"] * 4)
    telling, even = (labels == "oppose").astype(float), np.repeat([1.0, 0.0], 4)
    scale = informativeness(csr_matrix(np.column_stack([telling, even, np.ones(8)])), labels)
    assert scale[0] > 1 > scale[1]
    assert scale[2] == 1, "what every row has tells by its value, as an encoder's states do"
    assert informativeness(csr_matrix((8, 0)), labels).shape == (0,)
