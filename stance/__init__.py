"""For every sentence of a news article and every politician named in it: support, oppose or neutral."""

__version__ = "0.1.0"
