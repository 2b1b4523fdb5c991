"""The audit log: who did what for which unit, with what changed and why. Rows are never changed or deleted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, db


class AuditEntry(Model):
    """One deed of staff. Holds ids and masked values, never a citizen's name or phone."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    tag: Mapped[str] = mapped_column(index=True)
    by_id: Mapped[int | None] = mapped_column(index=True)
    unit_id: Mapped[int | None] = mapped_column(index=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[int | None]
    subject_name: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(default="")


# A log that its keepers could edit would prove nothing.
APPEND_ONLY = {
    "sqlite": [
        (
            "CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries "
            "BEGIN SELECT RAISE(ABORT, 'audit log is append-only'); END"
        ),
        (
            "CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries "
            "BEGIN SELECT RAISE(ABORT, 'audit log is append-only'); END"
        ),
    ],
    "postgresql": [
        (
            "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'audit log is append-only'; END $$"
        ),
        (
            "CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        ),
    ],
}


def record(
    tag: str,
    *,
    by: Any,
    now: datetime,
    subject: Any = None,
    unit_id: int | None = None,
    name: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Write one entry in the current transaction.

    tag: `feature:subject:action`. by: the acting person (an object with `id`) or None for the house itself.
    subject: the row it was done to; flushed first so that it has an id. before/after: declared fields only.
    """
    db.session.flush()
    db.session.add(
        AuditEntry(
            at=now,
            tag=tag,
            by_id=getattr(by, "id", None),
            unit_id=unit_id if unit_id is not None else getattr(subject, "unit_id", None),
            subject_kind=getattr(subject, "__tablename__", ""),
            subject_id=getattr(subject, "id", None),
            subject_name=name[:200],
            before=_plain(before),
            after=_plain(after),
            reason=reason,
        )
    )


def _plain(values: Mapping[str, object] | None) -> dict[str, Any]:
    return {
        key: value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
        for key, value in (values or {}).items()
    }


def changed(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """Only the fields that differ, as the two halves of an audit entry."""
    keys = [key for key in after if before.get(key) != after[key]]
    return {key: before.get(key) for key in keys}, {key: after[key] for key in keys}
