"""Addresses that never die: readable slugs, and the old ones that lead to the new."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, db
from app.core.text import slugify


class OldSlug(Model):
    """A slug that something once had."""

    __tablename__ = "old_slugs"
    __table_args__ = (UniqueConstraint("kind", "slug", name="uq_old_slugs_kind_slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # the table's name
    slug: Mapped[str]
    subject_id: Mapped[int]
    changed_at: Mapped[datetime]


def free_slug(model: Any, title: str) -> str:
    """A slug for `title` that no row of `model` has or had; a number is added when it must be."""
    wanted = slugify(title)
    used = set(db.session.scalars(select(model.slug).where(model.slug.startswith(wanted, autoescape=True))))
    used |= set(
        db.session.scalars(
            select(OldSlug.slug).where(
                OldSlug.kind == model.__tablename__, OldSlug.slug.startswith(wanted, autoescape=True)
            )
        )
    )
    if wanted not in used:
        return wanted
    number = 2
    while f"{wanted}-{number}" in used:
        number += 1
    return f"{wanted}-{number}"


def remember_slug(row: Any, *, now: datetime) -> None:
    """Keep the present slug of `row` alive as an address before it changes."""
    db.session.add(OldSlug(kind=row.__tablename__, slug=row.slug, subject_id=row.id, changed_at=now))


def subject_of_old_slug(model: Any, slug: str) -> int | None:
    """The id of the row that once had this slug."""
    return db.session.scalar(
        select(OldSlug.subject_id).where(OldSlug.kind == model.__tablename__, OldSlug.slug == slug)
    )
