"""Frozen sentence encoders (extra `encoder`): the states of a transformer as features beside the words."""

from stance.encoder.loading import load_encoder
from stance.encoder.states import Encoder

__all__ = ["Encoder", "load_encoder"]
