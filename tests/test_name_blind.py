"""The model never sees who the target is, or who else is named."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stance.compiled import CompiledModel
from stance.records import Target
from stance.storage import load

NAMES = [
    "Sanders",
    "Hillary Clinton",
    "O’Rourke",
    "J.D. Vance",
    "al-Sadr",
    "Rosa de la Cruz",
    "Li",
    "Van Houten-Okafor Jr.",
]
SENTENCES = [
    "{} was booed, but voters still trust {}.",
    "“{} lied,” said Gov. Dana Whitfield, who praised Tom Ash.",
    "Embattled Senator {}’s campaign collapsed after {} attacked Smith.",
    "{}",
    "Nobody in Ohio (not even {}) won: {}, {} and others lost!",
]


@pytest.fixture(scope="module")
def model(toy_model: Path) -> CompiledModel:
    return load(toy_model, CompiledModel)


def filled(sentence: str, name: str) -> Target:
    spans, text = [], ""
    for index, part in enumerate(sentence.split("{}")):
        if index:
            spans.append((len(text), len(text) + len(name)))
            text += name
        text += part
    return Target(text, tuple(spans))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_another_name_changes_no_probability(model: CompiledModel, sentence: str) -> None:
    probabilities = model.predict_proba([filled(sentence, name) for name in NAMES])
    np.testing.assert_allclose(probabilities, np.tile(probabilities[0], (len(NAMES), 1)), atol=1e-9)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    before=st.text(max_size=40),
    after=st.text(max_size=40),
    names=st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True),
)
def test_whatever_stands_around_it(model: CompiledModel, before: str, after: str, names: list[str]) -> None:
    first, second = model.predict_proba([filled(f"{before} {{}} {after}", name) for name in names])
    np.testing.assert_allclose(first, second, atol=1e-9)


def test_other_people_are_masked(model: CompiledModel) -> None:
    rows = [
        Target(f"Sanders praised {other} in Iowa.", ((0, 7),)) for other in ("Clinton", "Dana Whitfield", "Kim Ngo")
    ]
    probabilities = model.predict_proba(rows)
    np.testing.assert_allclose(probabilities, np.tile(probabilities[0], (3, 1)), atol=1e-9)


def test_who_is_the_target_matters(model: CompiledModel) -> None:
    text = "Voters booed Ash and cheered Bell."
    ash, bell = model.predict_proba([Target(text, ((13, 16),)), Target(text, ((29, 33),))])
    assert np.abs(ash - bell).max() > 0.05


TITLES = ["", "Sen. ", "Senator ", "Mr. ", "Vice President ", "Lt. Gov. ", "Prime Minister "]


@pytest.mark.parametrize("sentence", SENTENCES[:2])
def test_a_title_before_the_name_changes_no_probability(model: CompiledModel, sentence: str) -> None:
    rows = []
    for title in TITLES:
        bare = filled(sentence, "Vance")
        mentions = [(start + i * len(title), end + i * len(title)) for i, (start, end) in enumerate(bare.mentions, 1)]
        rows.append(Target(sentence.replace("{}", title + "Vance"), tuple(mentions)))
    probabilities = model.predict_proba(rows)
    np.testing.assert_allclose(probabilities, np.tile(probabilities[0], (len(TITLES), 1)), atol=1e-9)


def test_the_title_of_somebody_else_changes_no_probability(model: CompiledModel) -> None:
    rows = [Target(f"Sanders praised {title}Dana Whitfield in Iowa.", ((0, 7),)) for title in TITLES]
    probabilities = model.predict_proba(rows)
    np.testing.assert_allclose(probabilities, np.tile(probabilities[0], (len(TITLES), 1)), atol=1e-9)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("Democratic", "Republican"),
        ("liberal", "conservative"),
        ("Labour", "Tory"),
        ("Mr.", "Mrs."),
        ("Muslim", "Christian"),
    ],
)
def test_party_creed_and_courtesy_title_are_not_seen_either(said: str, instead: str) -> None:
    import stance

    sentences = [f"Voters jeered the {word} candidate Vance on Monday." for word in (said, instead)]
    rows = [(sentence, "Vance") for sentence in sentences]
    left, right = stance.load().predict_proba(rows)
    assert abs(left - right).max() < 1e-9
