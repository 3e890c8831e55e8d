"""Facts found in an article: productions, places, dates, people and sources, each with where it stands."""

from tracker.articles.article import Article, read_article
from tracker.articles.extraction import extract
from tracker.articles.model import Extraction, KnownTitle

__all__ = ["Article", "Extraction", "KnownTitle", "extract", "read_article"]
