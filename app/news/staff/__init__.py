"""News in the staff area."""

from app.news.staff import articles, notices
from app.news.staff.room import blueprint

__all__ = ["articles", "blueprint", "notices"]
