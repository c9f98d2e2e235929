"""Pages for a browser (extra `report`): one file each, nothing loaded from anywhere."""

from stance.report.page import article_page

__all__ = ["article_page"]
