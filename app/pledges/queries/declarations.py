"""Declarations. Public or not is decided in one place: `public_pledges`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, select
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.queries import quiet_stage
from app.core.database import db
from app.core.slugs import subject_of_old_slug
from app.events.models import Event
from app.pledges.details import PledgeStatus, SignatoryPart
from app.pledges.models import Pledge, PledgePoint, Signatory
from app.pledges.rules.text import PARTS


def public_pledges(now: datetime) -> Select[Pledge]:
    """What the public may see at a moment; page, list, search, sitemap and API all start here."""
    return select(Pledge).where(Pledge.status != PledgeStatus.DRAFT, Pledge.created_at <= now)


def find_public(slug: str, now: datetime) -> Pledge | None:
    """A public pledge with unit, event, points and signatories."""
    return db.session.scalar(whole(public_pledges(now).where(Pledge.slug == _typed(slug))))


def _typed(text: str) -> str:
    """Text from an address as a database takes it: PostgreSQL knows no NUL."""
    return text.replace("\x00", "")


def find_public_id(slug: str, now: datetime) -> int | None:
    """The id of a public pledge; for deeds that need no more of it."""
    query = public_pledges(now).where(Pledge.slug == _typed(slug)).with_only_columns(Pledge.id)
    return db.session.scalar(query)


def find_public_plain(slug: str, now: datetime) -> Pledge | None:
    """A public pledge without its parts, for small answers."""
    return db.session.scalar(
        public_pledges(now).where(Pledge.slug == _typed(slug)).options(joinedload(Pledge.unit))
    )


def find_public_by_id(pledge_id: int, now: datetime) -> Pledge | None:
    """A public pledge with its unit."""
    return db.session.scalar(
        public_pledges(now).where(Pledge.id == pledge_id).options(joinedload(Pledge.unit))
    )


def slug_for_old(slug: str, now: datetime) -> str | None:
    """The present slug of a public pledge that once had this one."""
    found = subject_of_old_slug(Pledge, _typed(slug))
    if found is None:
        return None
    return db.session.scalar(public_pledges(now).where(Pledge.id == found).with_only_columns(Pledge.slug))


def listed_pledges(now: datetime, *, limit: int = 60) -> list[Pledge]:
    """Public pledges for the list: those being signed first, then by day, newest first."""
    query = (
        public_pledges(now)
        .options(joinedload(Pledge.unit))
        .order_by(case((_is_being_signed(now), 0), else_=1), Pledge.on.desc(), Pledge.id.desc())
    )
    return list(db.session.scalars(query.limit(limit)))


def open_pledge(now: datetime) -> Pledge | None:
    """The pledge that the front page shows: being signed, the newest first. Its counts: `counts_of`."""
    query = (
        public_pledges(now)
        .where(_is_being_signed(now))
        .options(joinedload(Pledge.unit))
        .order_by(Pledge.on.desc(), Pledge.id.desc())
    )
    return db.session.scalar(query.limit(1))


def pledges_of_event(event_id: int, now: datetime) -> list[Pledge]:
    """Public pledges signed at an event, with their signatories."""
    query = public_pledges(now).where(Pledge.event_id == event_id).options(selectinload(Pledge.signatories))
    return list(db.session.scalars(query.order_by(Pledge.id)))


def all_pledges_of_event(event_id: int) -> list[Pledge]:
    """Pledges of an event, drafts too, for staff."""
    return list(db.session.scalars(select(Pledge).where(Pledge.event_id == event_id).order_by(Pledge.id)))


def successor_of(pledge_id: int) -> Pledge | None:
    """The declaration whose text replaces that of another, a draft too."""
    query = select(Pledge).where(Pledge.replaces_id == pledge_id)
    return db.session.scalar(query.options(joinedload(Pledge.unit)).execution_options(populate_existing=True))


@dataclass(frozen=True)
class Versions:
    """The text before and the text after one, where the public may see them."""

    before: Pledge | None
    after: Pledge | None


def versions_of(pledge: Pledge, now: datetime) -> Versions:
    """Of a pledge that was loaded whole."""
    return Versions(_seen(pledge.replaces, now), _seen(pledge.replaced_by, now))


def _seen(pledge: Pledge | None, now: datetime) -> Pledge | None:
    """As `public_pledges` decides."""
    public = pledge is not None and pledge.status is not PledgeStatus.DRAFT and pledge.created_at <= now
    return pledge if public else None


def points_of(pledge_id: int) -> list[str]:
    """The texts of the points in order."""
    query = select(PledgePoint.text).where(PledgePoint.pledge_id == pledge_id)
    return list(db.session.scalars(query.order_by(PledgePoint.position)))


def signatories_of(pledge_id: int) -> list[Signatory]:
    """The institutions in order."""
    query = select(Signatory).where(Signatory.pledge_id == pledge_id)
    return list(db.session.scalars(query.order_by(Signatory.order)))


def _is_being_signed(now: datetime) -> Any:
    return and_(
        Pledge.status == PledgeStatus.OPEN,
        Pledge.opens_at.is_(None) | (Pledge.opens_at <= now),
        Pledge.closes_at.is_(None) | (Pledge.closes_at > now),
    )


def whole(query: Select[Pledge]) -> Select[Pledge]:
    return query.options(
        joinedload(Pledge.unit),
        joinedload(Pledge.event),
        joinedload(Pledge.session),
        joinedload(Pledge.photo),
        joinedload(Pledge.replaces),
        joinedload(Pledge.replaced_by),
        selectinload(Pledge.points),
        selectinload(Pledge.signatories),
    )


def with_signatories(pledge: Pledge) -> Pledge:
    """The same declaration with its institutions loaded."""
    query = select(Pledge).where(Pledge.id == pledge.id).options(selectinload(Pledge.signatories))
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def shown_signatories(pledge: Pledge, *, quiet: bool, part: SignatoryPart | None = None) -> list[Signatory]:
    """The institutions in order, of one part or of all; in masa tenang without the teams of the pairs, all of them."""
    return [
        row
        for row in pledge.signatories
        if (part is None or row.part is part) and not (quiet and row.ballot_number is not None)
    ]


def canonical_values(pledge: Pledge) -> dict[str, Any]:
    """What `rules.text.canonical_text` asks for; the points must be loaded."""
    return {
        **{name: getattr(pledge, name) for name in PARTS},
        "points": [point.text for point in pledge.points],
    }


# Masa tenang


def is_quiet(now: datetime) -> bool:
    """Whether a masa tenang or a voting day is under way: pairs are neither shown nor promoted."""
    return quiet_stage(now) is not None


# Events, for tying a pledge to one


def find_event(event_id: int) -> Event | None:
    return db.session.get(Event, event_id)


def events_to_choose(unit_ids: frozenset[int], *, also: int | None = None) -> list[Event]:
    """The newest events of the units with their sessions, and one more that is chosen already."""
    query = select(Event).where(Event.unit_id.in_(unit_ids) | (Event.id == also))
    query = query.options(selectinload(Event.sessions))
    return list(db.session.scalars(query.order_by(Event.starts_at.desc()).limit(60)))
