"""Keys and words are found whichever way is taken: searched or indexed, met for the first time or known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.features import words
from stance.features.lexicon import Lexicon
from stance.features.lookup import KeyIndex
from stance.features.tokens import tokenize
from stance.features.words import WordFacts

KEYS = st.integers(0, 2**64 - 1) | st.sampled_from([0, 1, 2**32, 2**63, 2**64 - 2, 2**64 - 1])


@given(st.sets(KEYS, max_size=60), st.lists(KEYS, max_size=60), st.integers(0, 3))
def test_every_key_is_found_where_it_stands_and_no_other(keys: set[int], others: list[int], before: int) -> None:
    sorted_keys = np.array(sorted(keys), dtype=np.uint64)
    index = KeyIndex(sorted_keys)
    wanted = np.array([*sorted_keys.tolist(), *others], dtype=np.uint64)
    place = {key: at for at, key in enumerate(sorted_keys.tolist())}
    for _ in range(1 + before):  # the first searches do without the index that later ones use
        assert index.find(wanted).tolist() == [place.get(key, -1) for key in wanted.tolist()]


def test_keys_that_are_no_hashes_are_found_too() -> None:
    keys = np.arange(5000, dtype=np.uint64)
    index = KeyIndex(keys)
    for _ in range(2):
        assert (index.find(np.append(keys, np.uint64(5000))) == np.append(np.arange(5000), -1)).all()


def facts(lexicon: Lexicon, texts: list[str]) -> list[tuple[int, ...]]:
    found: WordFacts = lexicon.words.facts(texts, tokenize(texts))
    return list(zip(*(column.tolist() for column in (found.word, found.symbol, found.functions, found.entry,
                                                     found.traits)), strict=True))  # fmt: skip


@pytest.mark.parametrize("most", [500_000, 40])
def test_words_are_the_same_alone_and_in_company(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(words, "_MOST_WORDS", most)
    texts = [
        "Sen. Whitfield praised the Democratic mayor's plan; she “did not” vote.",
        "Ms. Duarte, I’m told, is no crook!",
        "A bill nobody praised: praising is cheap, isn't it?",
        "",
    ]
    fresh = Lexicon(**lexicon.arrays())
    together = facts(fresh, texts)
    assert together == [fact for text in texts for fact in facts(fresh, [text])]
    assert together == facts(Lexicon(**lexicon.arrays()), texts)
    levelled = facts(fresh, ["Democratic Republican", "Mr. Ms."])
    assert levelled[0][:2] == levelled[1][:2]
    assert levelled[2][:2] == levelled[4][:2]
