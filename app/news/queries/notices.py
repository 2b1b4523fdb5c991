"""Reading notices. What the public may see of them is decided in `public_notices`."""

from datetime import datetime

from sqlalchemy import Select, exists, func, not_, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from app.core import crypto
from app.core.database import db
from app.news.details import ItemStatus, Urgency
from app.news.models import Notice, notice_districts


def public_notices(now: datetime) -> Select[Notice]:
    """Notices with a public page, whether they are still valid or not."""
    return select(Notice).where(
        Notice.status == ItemStatus.PUBLISHED, Notice.published_at <= now, Notice.valid_from <= now
    )


def valid_notices(now: datetime) -> Select[Notice]:
    """Notices that hold at a moment: not expired, not replaced."""
    return public_notices(now).where(Notice.valid_until > now, Notice.replaced_by_id.is_(None))


def next_change_of_notices(now: datetime) -> datetime | None:
    """When the next notice begins or ends by itself."""
    conditions = [Notice.status == ItemStatus.PUBLISHED, Notice.valid_until > now]
    moments = union_all(
        select(func.min(Notice.valid_until).label("at")).where(*conditions),
        select(func.min(Notice.valid_from)).where(*conditions, Notice.valid_from > now),
        select(func.min(Notice.published_at)).where(*conditions, Notice.published_at > now),
    ).subquery()
    return min((at for at in db.session.scalars(select(moments.c.at)) if at is not None), default=None)


def urgent_notices(now: datetime) -> tuple[list[Notice], list[datetime]]:
    """Notices for the banner of every page, newest first, and the moments at which that will change by itself.

    One statement, since every page asks it; those that lie ahead are read for their moments only.
    """
    query = select(Notice).where(
        Notice.status == ItemStatus.PUBLISHED,
        Notice.urgency == Urgency.URGENT,
        Notice.valid_until > now,
        Notice.replaced_by_id.is_(None),
    )
    rows = list(db.session.scalars(query.order_by(Notice.published_at.desc(), Notice.id.desc()).limit(20)))
    begins = {row.id: max(row.valid_from, row.published_at or row.valid_from) for row in rows}
    shown = [row for row in rows if begins[row.id] <= now]
    turns = [row.valid_until if begins[row.id] <= now else begins[row.id] for row in rows]
    return shown[:3], turns


def notices_valid(now: datetime, *, limit: int = 100) -> list[Notice]:
    """All valid notices, the urgent first."""
    order = (Notice.urgency == Urgency.URGENT).desc(), Notice.published_at.desc(), Notice.id.desc()
    query = valid_notices(now).options(joinedload(Notice.unit), selectinload(Notice.districts))
    return list(db.session.scalars(query.order_by(*order).limit(limit)))


def notices_over(now: datetime, *, limit: int = 20) -> list[Notice]:
    """Notices that have ended or were replaced, newest end first."""
    over = or_(Notice.valid_until <= now, Notice.replaced_by_id.is_not(None))
    query = public_notices(now).where(over).options(joinedload(Notice.unit), selectinload(Notice.districts))
    return list(db.session.scalars(query.order_by(Notice.valid_until.desc(), Notice.id.desc()).limit(limit)))


def find_public_notice(slug: str, now: datetime) -> Notice | None:
    """A public notice with everything its page shows."""
    query = public_notices(now).where(Notice.slug == slug)
    return db.session.scalar(
        query.options(joinedload(Notice.unit), joinedload(Notice.replaced_by), selectinload(Notice.districts))
    )


def find_notice_by_code(typed: str) -> Notice | None:
    """The notice that carries a code, in any state that was ever public, with the one that replaced it."""
    query = select(Notice).where(
        Notice.code == crypto.read_code(typed),
        Notice.status.in_([ItemStatus.PUBLISHED, ItemStatus.WITHDRAWN]),
    )
    return db.session.scalar(query.options(joinedload(Notice.unit), joinedload(Notice.replaced_by)))


def newest_version_of(notice: Notice) -> Notice:
    """The last in the row of replacements; the chain is followed at most 20 steps."""
    for _step in range(20):
        if notice.replaced_by_id is None:
            break
        query = select(Notice).where(Notice.id == notice.replaced_by_id).options(joinedload(Notice.unit))
        notice = db.session.scalars(query).one()
    return notice


def notices_of_district(district_code: str, now: datetime, *, limit: int = 5) -> list[Notice]:
    """Valid notices for a kecamatan, those for the whole regency included."""
    here = exists().where(
        notice_districts.c.notice_id == Notice.id, notice_districts.c.region_code == district_code
    )
    anywhere = exists().where(notice_districts.c.notice_id == Notice.id)
    query = valid_notices(now).where(or_(here, not_(anywhere)))
    return list(db.session.scalars(query.order_by(Notice.published_at.desc()).limit(limit)))
