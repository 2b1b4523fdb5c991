"""What minutes and reports share, and the versions of them that were signed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.core.database import Model, choice
from app.events.models import Event
from app.people.models import Person
from app.records.details import SheetKind, SheetStatus


class Sheet:
    """One of a kind for each event, written on for as long as it is a draft.

    number: of the version that is being written or was signed last, from 1. renewal_reason: why a signed
    version is being replaced. version: counts saves, to notice two writers.
    """

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    status: Mapped[SheetStatus] = mapped_column(choice(SheetStatus), default=SheetStatus.DRAFT)
    renewal_reason: Mapped[str] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @declared_attr
    def event(cls) -> Mapped[Event]:  # noqa: N805
        return relationship(Event, lazy="raise")


class SealedSheet(Model):
    """A signed version: what it said (content), the PDF that was kept, and who signed. Never changed again.

    digest: SHA-256 over content; pdf_sha256: over the file, whose name it is. reason: why it replaces the one
    before it, empty for the first.
    """

    __tablename__ = "sealed_sheets"
    __table_args__ = (
        UniqueConstraint("event_id", "kind", "number", name="uq_sealed_sheets_event_kind_number"),
        CheckConstraint("number = 1 OR reason <> ''", name="reason_for_change"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[SheetKind] = mapped_column(choice(SheetKind))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    digest: Mapped[str]
    pdf_sha256: Mapped[str]
    pdf_size: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime]
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    signed_name: Mapped[str]  # as it stands on the paper

    event: Mapped[Event] = relationship(lazy="raise")
    signed_by: Mapped[Person] = relationship(lazy="raise")


# What was signed stays as it was, whoever holds the database password of the portal.
SEALED_FOR_GOOD = {
    "sqlite": [
        (
            "CREATE TRIGGER sealed_sheets_no_update BEFORE UPDATE ON sealed_sheets "
            "BEGIN SELECT RAISE(ABORT, 'a sealed sheet is not changed'); END"
        ),
        (
            "CREATE TRIGGER sealed_sheets_no_delete BEFORE DELETE ON sealed_sheets "
            "BEGIN SELECT RAISE(ABORT, 'a sealed sheet is not changed'); END"
        ),
    ],
    "postgresql": [
        (
            "CREATE FUNCTION refuse_sealed_sheet_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a sealed sheet is not changed'; END $$"
        ),
        (
            "CREATE TRIGGER sealed_sheets_for_good BEFORE UPDATE OR DELETE ON sealed_sheets "
            "FOR EACH ROW EXECUTE FUNCTION refuse_sealed_sheet_change()"
        ),
    ],
}
