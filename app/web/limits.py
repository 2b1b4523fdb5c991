"""How often somebody may try: counted in the database, so that every process sees the same number."""

from datetime import datetime, timedelta

from sqlalchemy import Index, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import crypto
from app.core.database import Model, db, transactional


class Attempt(Model):
    """One try at something that is limited. Who tried is kept as a keyed hash only."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_who", "subject", "who", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]


def attempts_since(subject: str, who: str, *, since: datetime, enough: int = 1000) -> int:
    """How many tries at `subject` by `who` (an address, an account) are on record since a moment.

    No more than `enough` are counted, or a hall behind one address would make every next try slower.
    """
    hashed = crypto.keyed_hash(who, purpose="attempts")
    found = select(Attempt.id).where(Attempt.subject == subject, Attempt.who == hashed, Attempt.at >= since)
    return db.session.scalar(select(func.count()).select_from(found.limit(enough).subquery())) or 0


@transactional
def note_attempt(subject: str, who: str, *, now: datetime) -> None:
    """Put one try on record."""
    db.session.add(Attempt(subject=subject, who=crypto.keyed_hash(who, purpose="attempts"), at=now))


@transactional
def forget_attempts(subject: str, who: str) -> None:
    """Clear the record after success."""
    hashed = crypto.keyed_hash(who, purpose="attempts")
    db.session.execute(delete(Attempt).where(Attempt.subject == subject, Attempt.who == hashed))


@transactional
def sweep_attempts(now: datetime) -> None:
    """Drop records that no limit looks at any more."""
    db.session.execute(delete(Attempt).where(Attempt.at < now - timedelta(days=2)))
