"""From what the user names to documents and rows of tables: the only door through which data comes in."""

from stance.reading.access import Access
from stance.reading.converting import converted
from stance.reading.decode import MAX_ARTICLE_BYTES, Note
from stance.reading.documents import Source, find_articles, given_text, read_article, read_documents, row_document
from stance.reading.inputs import ARTICLE_SUFFIXES, find_inputs, is_address
from stance.reading.remote import state
from stance.reading.tables import TABLE_SUFFIXES, TableRow, is_table, read_table

__all__ = [
    "ARTICLE_SUFFIXES",
    "MAX_ARTICLE_BYTES",
    "TABLE_SUFFIXES",
    "Access",
    "Note",
    "Source",
    "TableRow",
    "converted",
    "find_articles",
    "find_inputs",
    "given_text",
    "is_address",
    "is_table",
    "read_article",
    "read_documents",
    "read_table",
    "row_document",
    "state",
]
