"""News for everyone: articles, notices, feeds."""

from app.news.public import articles, feeds, notices
from app.news.public.room import blueprint

__all__ = ["articles", "blueprint", "feeds", "notices"]
