from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stance.features.tokens import CAPITAL, MARK, NUMBER, UPPER, tokenize


def words(text: str) -> list[str]:
    tokens = tokenize([text])
    return [text[start:end] for start, end in zip(tokens.start, tokens.end, strict=True)]


def test_words_marks_possessives_and_initials() -> None:
    assert words("Sen. J. O’Rourke's well-liked aide—he won't quit!") == [
        "Sen", ".", "J.", "O’Rourke", "'s", "well", "liked", "aide", "—", "he", "won't", "quit", "!",
    ]  # fmt: skip


def test_numbers_share_one_key_and_keep_their_marks_inside() -> None:
    assert words("1,234.5 votes, 40%") == ["1,234.5", "votes", ",", "40", "%"]
    tokens = tokenize(["1,234.5 40"])
    assert tokens.word[0] == tokens.word[1]
    assert (tokens.flags & NUMBER).all()


def test_handles_and_hashtags_are_one_word() -> None:
    assert words("@JoeBiden said #MAGA") == ["@JoeBiden", "said", "#MAGA"]


def test_case_and_curly_quotes_do_not_change_a_word() -> None:
    tokens = tokenize(["Don’t DON'T don't"])
    assert len(set(tokens.word.tolist())) == 1
    assert (tokens.flags & CAPITAL).astype(bool).tolist() == [True, True, False]
    assert (tokens.flags & UPPER).astype(bool).tolist() == [False, True, False]


def test_texts_keep_their_own_tokens() -> None:
    tokens = tokenize(["A b", "", "c."])
    assert tokens.first.tolist() == [0, 2, 2, 4]
    assert tokens.text.tolist() == [0, 0, 2, 2]
    assert (tokens.flags & MARK).astype(bool).tolist() == [False, False, False, True]


@given(st.lists(st.text(max_size=60), max_size=5))
def test_tokens_are_ordered_slices_that_hold_every_letter(texts: list[str]) -> None:
    tokens = tokenize(texts)
    for index, text in enumerate(texts):
        mine = slice(tokens.first[index], tokens.first[index + 1])
        spans = list(zip(tokens.start[mine].tolist(), tokens.end[mine].tolist(), strict=True))
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        covered = {position for start, end in spans for position in range(start, end)}
        assert {position for position, character in enumerate(text) if character.isalnum()} <= covered


@given(st.lists(st.text(max_size=40), min_size=2, max_size=4))
def test_a_text_has_the_same_tokens_alone_and_in_a_batch(texts: list[str]) -> None:
    together = tokenize(texts)
    for index, text in enumerate(texts):
        mine = slice(together.first[index], together.first[index + 1])
        assert tokenize([text]).word.tolist() == together.word[mine].tolist()
