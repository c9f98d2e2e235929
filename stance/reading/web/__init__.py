"""Articles at http(s) addresses: fetched politely, within limits, and never from inside the user's own network."""

from stance.reading.web.address import is_address
from stance.reading.web.article import read_address

__all__ = ["is_address", "read_address"]
