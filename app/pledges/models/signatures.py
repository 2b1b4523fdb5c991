"""Signatures of the public."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Model, choice
from app.pledges.details import SignWay
from app.pledges.models.declarations import Pledge
from app.regions.models import Region

_LIVING = "struck_at IS NULL AND repeat_of_id IS NULL"


class PledgeSignature(Model):
    """A signature of the public. Name, phone and salt are emptied when the person asks or time has passed.

    repeat_of_id: a further try by a number that has signed already; to whoever sent it it looks like any other,
    and it counts nowhere. check_code: printed and public; the manage code in the person's link is kept hashed.
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
            sqlite_where=text(f"{_LIVING} AND shown AND way <> 'belum_terverifikasi'"),
            postgresql_where=text(f"{_LIVING} AND shown AND way <> 'belum_terverifikasi'"),
        ),
        Index("ix_pledge_signatures_phone", "pledge_id", "phone_hash"),
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
    sheet: Mapped[str] = mapped_column(default="")  # where on paper
    consent: Mapped[str] = mapped_column(default="")  # version of the text agreed to; paper: the sheet's own
    network_hash: Mapped[str | None]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[str]

    district: Mapped[Region] = relationship(lazy="raise")
    pledge: Mapped[Pledge] = relationship(lazy="raise")

    @property
    def is_living(self) -> bool:
        return self.struck_at is None and self.repeat_of_id is None
