"""Articles at http(s) addresses: fetched politely, within limits, and never from inside the user's own network."""

from stance.reading.web.article import read_address

__all__ = ["read_address"]
