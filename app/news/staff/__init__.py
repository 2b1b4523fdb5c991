"""News in the staff area."""

from app.news.staff import (
    articles,
    corrections,
    notices,
    posters,
    previews,
    releases,
    reviewing,
    translations,
    workflow,
    writing,
)
from app.news.staff.room import blueprint

__all__ = [
    "articles",
    "blueprint",
    "corrections",
    "notices",
    "posters",
    "previews",
    "releases",
    "reviewing",
    "translations",
    "workflow",
    "writing",
]
