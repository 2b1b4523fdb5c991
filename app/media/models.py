"""Photos: what they show, who made them, in which sizes they lie ready."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Model, choice
from app.media.details import PeopleShown, PhotoState
from app.people.models import Person
from app.regions.models import Unit


class Photo(Model):
    """A photo that was taken in: turned upright, stripped of everything but its pixels.

    key: hash of the cleaned picture, the name of its files. width and height in pixels, of the same.
    widths and kinds: the copies that lie ready; made_at: when all of them did (until then there is one small
    JPEG). neutral_at: when a person looked whether it could be read as a campaign. focus: per cent from the left
    and from the top.
    """

    __tablename__ = "photos"
    __table_args__ = (
        UniqueConstraint("unit_id", "key", name="uq_photos_unit_key"),
        CheckConstraint("width > 0 AND height > 0", name="has_size"),
        Index("ix_photos_unit_uploaded", "unit_id", "uploaded_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    width: Mapped[int]
    height: Mapped[int]
    widths: Mapped[list[Any]] = mapped_column(default=list)
    kinds: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[PhotoState] = mapped_column(choice(PhotoState), default=PhotoState.INCOMPLETE)
    caption: Mapped[str] = mapped_column(default="")
    alt: Mapped[str] = mapped_column(default="")
    decorative: Mapped[bool] = mapped_column(default=False)
    credit: Mapped[str] = mapped_column(default="")
    people: Mapped[PeopleShown] = mapped_column(choice(PeopleShown), default=PeopleShown.NOBODY)
    consent_note: Mapped[str] = mapped_column(default="")  # who agreed to be shown, and how
    neutral_at: Mapped[datetime | None]
    neutral_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    focus_x: Mapped[int] = mapped_column(default=50)
    focus_y: Mapped[int] = mapped_column(default=50)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    uploaded_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    removed_reason: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit] = relationship(lazy="raise")
    uploaded_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[uploaded_by_id])
