"""Texts to states: what a frozen transformer makes of the mention, of the words around it, and of the sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stance.encoder.store import States, StateStore
from stance.features.masked_text import MaskedText

LAYERS = 3
"""Last layers averaged for mention and window; the very last one alone is tuned to whole sentences."""

WINDOW = 8
"""Word pieces on either side of a mention that belong to its window."""

_BATCH = 64

_PROBE = MaskedText("Smith praised Jones, and critics of Smith stayed away.", ((0, 5), (40, 45)))
"""What an encoder is known by: other weights, or another way to read them, make other states of it."""


class Encoder:
    """A frozen transformer.

    Attributes:
        name: As given to `load_encoder`.
        dimension: Numbers in the state of one text: those of mention, window and sentence.
    """

    def __init__(self, name: str, transformer: Any, tokenizer: Any, longest: int) -> None:
        self.name = name
        self.dimension = 3 * int(transformer.config.hidden_size)
        self._transformer = transformer
        self._tokenizer = tokenizer
        self._longest = longest
        self._store: StateStore | None = None

    @contextmanager
    def remembering(self, folder: Path) -> Iterator[None]:
        """Within this context, states are kept in a file in `folder`, and no text is encoded twice.

        Raises:
            OutputError: The file cannot be written.
        """
        probe = np.round(self._encode([_PROBE])[0].astype(np.float64), 2) + 0.0
        digest = hashlib.sha256(f"{self.name} {probe.tolist()}".encode()).hexdigest()[:16]
        with StateStore(folder / f"states-{digest}.sqlite", self.dimension) as self._store:
            try:
                yield
            finally:
                self._store = None

    def states(self, texts: Sequence[MaskedText]) -> States:
        """State of each text, shape (n_texts, dimension). Every distinct text is encoded once."""
        distinct = list(dict.fromkeys(texts))
        known = self._store.find(distinct) if self._store else {}
        missing = sorted((text for text in distinct if text not in known), key=lambda text: len(text.text))
        for batch in _progress([missing[first : first + _BATCH] for first in range(0, len(missing), _BATCH)]):
            found = dict(zip(batch, self._encode(batch), strict=True))
            if self._store:
                self._store.keep(found)
            known |= found
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(len(texts), self.dimension)

    def _encode(self, texts: Sequence[MaskedText]) -> States:
        import torch

        read = self._tokenizer(
            [text.text for text in texts],
            return_offsets_mapping=True,
            padding=True,
            truncation=True,
            max_length=self._longest,
            return_tensors="pt",
        )
        offsets = read.pop("offset_mapping").numpy()
        with torch.inference_mode():
            output = self._transformer(**read, output_hidden_states=True)
        layers = torch.stack(output.hidden_states[-LAYERS:]).mean(0).numpy()
        last, attended = output.last_hidden_state.numpy(), read["attention_mask"].numpy().astype(bool)
        return np.array(
            [
                np.concatenate([*_around(layers[i], offsets[i], attended[i], text), last[i][attended[i]].mean(0)])
                for i, text in enumerate(texts)
            ],
            dtype=np.float32,
        )


def _around(layers: States, offsets: npt.NDArray[Any], attended: npt.NDArray[Any], text: MaskedText) -> list[States]:
    """Mean state of the mentions' word pieces, and of the pieces near them; of all pieces where there is none."""
    start, end = offsets.T
    pieces = attended & (end > start)
    inside = np.zeros_like(pieces)
    for begin, stop in text.mentions:
        inside |= pieces & (start < stop) & (end > begin)
    if not inside.any():
        inside = pieces if pieces.any() else attended
    near = np.convolve(inside, np.ones(2 * WINDOW + 1), mode="full")[WINDOW:-WINDOW] > 0
    return [layers[inside].mean(0), layers[near & attended].mean(0)]


def _progress(batches: list[list[MaskedText]]) -> Iterator[list[MaskedText]]:
    """The batches, with a bar on standard error where somebody watches and it takes a while."""
    if len(batches) < 10:
        yield from batches
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(batches, "encoding", console=console, disable=not console.is_terminal, transient=True)
