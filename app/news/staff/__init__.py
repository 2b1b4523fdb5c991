"""News in the staff area."""

from app.news.staff import (
    article_workflow,
    articles,
    corrections,
    notices,
    posters,
    previews,
    releases,
    reviewing,
    translations,
    writing,
)
from app.news.staff.room import blueprint

__all__ = [
    "article_workflow",
    "articles",
    "blueprint",
    "corrections",
    "notices",
    "posters",
    "previews",
    "releases",
    "reviewing",
    "translations",
    "writing",
]
