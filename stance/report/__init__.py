"""Pages for a browser (extra `report`): one file each, nothing loaded from anywhere."""

from stance.report.corpus_page import corpus_page
from stance.report.evaluation_page import evaluation_page
from stance.report.page import article_page
from stance.report.site import write_page, write_site

__all__ = ["article_page", "corpus_page", "evaluation_page", "write_page", "write_site"]
