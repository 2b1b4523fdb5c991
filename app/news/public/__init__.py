"""News for everyone: articles, notices, feeds."""

from app.news.public import articles, fact_checks, feeds, notices, subscriptions
from app.news.public.room import blueprint

__all__ = ["articles", "blueprint", "fact_checks", "feeds", "notices", "subscriptions"]
