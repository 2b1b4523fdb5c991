"""Signatures of the public."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Model, choice
from app.pledges.details import SignWay
from app.pledges.models.declarations import Pledge
from app.regions.models import Region

_DOUBTFUL = (
    "(repeat_of_id IS NOT NULL OR flagged_at IS NOT NULL) AND sorted_out_at IS NULL AND struck_at IS NULL"
)
_LIVING = "struck_at IS NULL AND repeat_of_id IS NULL"
# Whose name may stand in the public list. A query must say it in these words, or SQLite does not see that the index
# below holds all it wants and sorts the whole declaration.
LISTED = f"{_LIVING} AND shown AND way <> 'belum_terverifikasi'"


class StrikeRun(Model):
    """Signatures struck together: by which conditions, why, by whom; and whether it was taken back."""

    __tablename__ = "pledge_strike_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    conditions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str]
    count: Mapped[int]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    undo_reason: Mapped[str] = mapped_column(default="")


class PledgeSignature(Model):
    """A signature of the public. Name, phone and salt are emptied when the person asks or time has passed.

    repeat_of_id: a further try by a number that has signed already; to whoever sent it it looks like any other.
    flagged_at: one of too many from one network at once. Neither counts; their lines in the log are sorted out as
    a number without names (sorted_out_at). run_id: the run that struck it. check_code: printed and public; the
    manage code in the person's link is kept hashed.
    """

    __tablename__ = "pledge_signatures"
    __table_args__ = (
        Index(
            "uq_pledge_signatures_living",
            "pledge_id",
            "phone_hash",
            "name_key",
            unique=True,
            sqlite_where=text(_LIVING),
            postgresql_where=text(_LIVING),
        ),
        Index(
            "ix_pledge_signatures_counts",
            "pledge_id",
            "way",
            "district_code",
            sqlite_where=text(_LIVING),
            postgresql_where=text(_LIVING),
        ),
        Index(
            "ix_pledge_signatures_shown",
            "pledge_id",
            "id",
            sqlite_where=text(LISTED),
            postgresql_where=text(LISTED),
        ),
        Index("ix_pledge_signatures_phone", "pledge_id", "phone_hash"),
        Index("ix_pledge_signatures_network", "pledge_id", "network_hash", "signed_at"),
        Index(
            "ix_pledge_signatures_doubtful",
            "pledge_id",
            sqlite_where=text(_DOUBTFUL),
            postgresql_where=text(_DOUBTFUL),
        ),
        UniqueConstraint("pledge_id", "submission_key", name="uq_pledge_signatures_submission"),
        CheckConstraint("way = 'kertas' OR submission_key IS NOT NULL", name="public_has_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    name: Mapped[str]
    name_key: Mapped[str]
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_hash: Mapped[str | None]
    phone_end: Mapped[str] = mapped_column(default="")  # the last three digits, to find it at the desk
    district_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    shown: Mapped[bool] = mapped_column(default=False)
    way: Mapped[SignWay] = mapped_column(choice(SignWay))
    submission_key: Mapped[str | None]  # hashed
    check_code: Mapped[str] = mapped_column(unique=True)
    manage_hash: Mapped[str | None] = mapped_column(unique=True)
    signed_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    struck_at: Mapped[datetime | None]
    struck_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    strike_reason: Mapped[str] = mapped_column(default="")
    erased_at: Mapped[datetime | None]
    repeat_of_id: Mapped[int | None] = mapped_column(ForeignKey("pledge_signatures.id"))
    consent: Mapped[str] = mapped_column(default="")  # version of the text agreed to; paper: the sheet's own
    network_hash: Mapped[str | None]
    flagged_at: Mapped[datetime | None]
    sorted_out_at: Mapped[datetime | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("pledge_strike_runs.id"), index=True)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[str]

    district: Mapped[Region] = relationship(lazy="raise")
    pledge: Mapped[Pledge] = relationship(lazy="raise")

    @property
    def is_living(self) -> bool:
        return self.struck_at is None and self.repeat_of_id is None

    @property
    def counts(self) -> bool:
        """Whether it stands in the numbers of the page."""
        return self.is_living and self.flagged_at is None


class PledgeCode(Model):
    """A code sent to the number of a signature; there is a row only where somebody has asked for one.

    begun_at: when the first was asked for. code_hash: keyed; empty when there is nothing to be right, as for a
    further try of a number that has signed. codes: how many were sent. tries: how often this one was typed wrongly.
    """

    __tablename__ = "pledge_codes"

    signature_id: Mapped[int] = mapped_column(ForeignKey("pledge_signatures.id"), primary_key=True)
    begun_at: Mapped[datetime]
    sent_at: Mapped[datetime]
    code_hash: Mapped[str] = mapped_column(default="")
    codes: Mapped[int] = mapped_column(default=1)
    tries: Mapped[int] = mapped_column(default=0)
