"""Reading pledges. Public or not is decided in one place: `public_pledges`."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.queries import quiet_stage
from app.core import crypto
from app.core.database import db
from app.core.slugs import subject_of_old_slug
from app.core.text import fold_name
from app.events.models import Event
from app.people.details import OrganisationKind
from app.people.models import Organisation
from app.pledges.details import (
    DistrictCount,
    InclusionProof,
    LeafKind,
    PledgeCounts,
    PledgeStatus,
    SignatoryState,
    SignWay,
)
from app.pledges.models import (
    Pledge,
    PledgeCheckpoint,
    PledgeLog,
    PledgeLogEntry,
    PledgeLogKey,
    PledgeLogNode,
    PledgeSignature,
    Signatory,
)
from app.pledges.rules import log
from app.regions.models import Region

NAMES_ON_PAGE = 40
ENTRIES_ON_PAGE = 1000


def public_pledges(now: datetime) -> Select[Pledge]:
    """What the public may see at a moment; page, list, search, sitemap and API all start here."""
    return select(Pledge).where(Pledge.status != PledgeStatus.DRAFT, Pledge.created_at <= now)


def find_public(slug: str, now: datetime) -> Pledge | None:
    """A public pledge with unit, event, points and signatories."""
    return db.session.scalar(_whole(public_pledges(now).where(Pledge.slug == _typed(slug))))


def _typed(text: str) -> str:
    """Text from an address as a database takes it: PostgreSQL knows no NUL."""
    return text.replace("\x00", "")


def find_public_plain(slug: str, now: datetime) -> Pledge | None:
    """A public pledge without its parts, for small answers."""
    return db.session.scalar(
        public_pledges(now).where(Pledge.slug == _typed(slug)).options(joinedload(Pledge.unit))
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


def _is_being_signed(now: datetime) -> Any:
    return and_(
        Pledge.status == PledgeStatus.OPEN,
        Pledge.opens_at.is_(None) | (Pledge.opens_at <= now),
        Pledge.closes_at.is_(None) | (Pledge.closes_at > now),
    )


def _whole(query: Select[Pledge]) -> Select[Pledge]:
    return query.options(
        joinedload(Pledge.unit),
        joinedload(Pledge.event),
        selectinload(Pledge.points),
        selectinload(Pledge.signatories),
    )


# Counting


def _living(*pledge_ids: int) -> Any:
    return and_(
        PledgeSignature.pledge_id.in_(pledge_ids),
        PledgeSignature.struck_at.is_(None),
        PledgeSignature.repeat_of_id.is_(None),
    )


def counts_of(pledge_id: int) -> PledgeCounts:
    """Living signatures by way and by kecamatan (most first), in one statement."""
    rows = db.session.execute(
        select(
            PledgeSignature.way,
            PledgeSignature.district_code,
            Region.name,
            Region.slug,
            func.count().label("n"),
        )
        .join(Region, Region.code == PledgeSignature.district_code)
        .where(_living(pledge_id))
        .group_by(PledgeSignature.way, PledgeSignature.district_code, Region.name, Region.slug)
    ).all()
    by_way = dict.fromkeys(SignWay, 0)
    districts: dict[str, DistrictCount] = {}
    for row in rows:
        by_way[row.way] += row.n
        before = districts[row.district_code].count if row.district_code in districts else 0
        districts[row.district_code] = DistrictCount(row.district_code, row.name, row.slug, before + row.n)
    ordered = sorted(districts.values(), key=lambda district: (-district.count, district.name))
    return PledgeCounts(sum(by_way.values()), by_way, tuple(ordered))


def counts_by_way(pledge_ids: Sequence[int]) -> dict[int, PledgeCounts]:
    """Living signatures by way of several pledges, in one statement; without kecamatan."""
    found = {pledge_id: dict.fromkeys(SignWay, 0) for pledge_id in pledge_ids}
    if found:
        rows = db.session.execute(
            select(PledgeSignature.pledge_id, PledgeSignature.way, func.count().label("n"))
            .where(_living(*pledge_ids))
            .group_by(PledgeSignature.pledge_id, PledgeSignature.way)
        )
        for row in rows:
            found[row.pledge_id][row.way] = row.n
    return {key: PledgeCounts(sum(ways.values()), ways, ()) for key, ways in found.items()}


def pledges_in_district(district_code: str, now: datetime, *, limit: int = 3) -> list[tuple[Pledge, int]]:
    """Public pledges with how many people of a kecamatan signed each, newest first."""
    counted = (
        select(PledgeSignature.pledge_id, func.count().label("n"))
        .where(
            PledgeSignature.district_code == district_code,
            PledgeSignature.struck_at.is_(None),
            PledgeSignature.repeat_of_id.is_(None),
        )
        .group_by(PledgeSignature.pledge_id)
        .subquery()
    )
    query = public_pledges(now).add_columns(counted.c.n).join(counted, counted.c.pledge_id == Pledge.id)
    rows = db.session.execute(query.order_by(Pledge.on.desc(), Pledge.id.desc()).limit(limit)).all()
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True)
class ShownName:
    """A name in the public list."""

    id: int
    name: str
    district: str
    way: SignWay


def page_of_names(pledge_id: int, *, below: int | None = None) -> tuple[list[ShownName], int | None]:
    """Names of those who chose to be shown and whom an officer has made sure of, newest first.

    below: continue under this id. Gives the names and where the next page continues, None at the end.
    """
    query = (
        select(PledgeSignature.id, PledgeSignature.name, Region.name.label("district"), PledgeSignature.way)
        .join(Region, Region.code == PledgeSignature.district_code)
        .where(
            _living(pledge_id),
            PledgeSignature.shown,
            PledgeSignature.way != SignWay.UNVERIFIED,
            PledgeSignature.erased_at.is_(None),
        )
        .order_by(PledgeSignature.id.desc())
        .limit(NAMES_ON_PAGE + 1)
    )
    if below is not None:
        query = query.where(PledgeSignature.id < below)
    rows = [ShownName(*row) for row in db.session.execute(query)]
    more = len(rows) > NAMES_ON_PAGE
    rows = rows[:NAMES_ON_PAGE]
    return rows, rows[-1].id if more else None


# Receipts and checks


def find_receipt(manage_code: str) -> PledgeSignature | None:
    """The signature that a person's own link opens, with pledge and kecamatan."""
    query = select(PledgeSignature).where(PledgeSignature.manage_hash == crypto.token_hash(manage_code))
    return db.session.scalar(
        query.options(joinedload(PledgeSignature.pledge), joinedload(PledgeSignature.district))
    )


def find_checked(check_code: str) -> PledgeSignature | None:
    """The signature of a public check code, with its pledge."""
    query = select(PledgeSignature).where(PledgeSignature.check_code == check_code)
    return db.session.scalar(query.options(joinedload(PledgeSignature.pledge)))


def entry_of(commitment: str) -> PledgeLogEntry | None:
    """The line of the log that tells of a signing."""
    query = select(PledgeLogEntry).where(
        PledgeLogEntry.commitment == commitment,
        PledgeLogEntry.kind.in_([LeafKind.SIGNATURE, LeafKind.INSTITUTION]),
    )
    return db.session.scalar(query)


# The log


def log_keys(pledge: Pledge) -> list[str]:
    """The public keys that a reader of this log needs, as verifier keys, the present one first."""
    query = select(PledgeLogKey.public).where(PledgeLogKey.unit_id == pledge.unit_id)
    rows = db.session.scalars(query.order_by(PledgeLogKey.number.desc()))
    return [log.verifier_key(pledge.origin, base64.b64decode(public)) for public in rows]


def number_of_commitment(pledge_id: int, commitment: str) -> int | None:
    """The number of the sealed line that tells of a signing with this commitment."""
    return db.session.scalar(
        select(PledgeLogEntry.number).where(
            PledgeLogEntry.pledge_id == pledge_id,
            PledgeLogEntry.commitment == commitment,
            PledgeLogEntry.kind.in_([LeafKind.SIGNATURE, LeafKind.INSTITUTION]),
        )
    )


def newest_checkpoint(pledge_id: int) -> PledgeCheckpoint | None:
    query = select(PledgeCheckpoint).where(PledgeCheckpoint.pledge_id == pledge_id)
    return db.session.scalar(query.order_by(PledgeCheckpoint.size.desc()).limit(1))


def log_entries(pledge_id: int, *, start: int) -> list[str]:
    """Sealed lines from number `start` on, at most ENTRIES_ON_PAGE."""
    query = (
        select(PledgeLogEntry.leaf)
        .where(PledgeLogEntry.pledge_id == pledge_id, PledgeLogEntry.number >= start)
        .order_by(PledgeLogEntry.number)
        .limit(ENTRIES_ON_PAGE)
    )
    return list(db.session.scalars(query))


def inclusion_proof(pledge_id: int, number: int) -> InclusionProof | None:
    """The proof for one sealed line under the newest checkpoint; None when there is no such line."""
    checkpoint = newest_checkpoint(pledge_id)
    entry = db.session.scalar(
        select(PledgeLogEntry).where(PledgeLogEntry.pledge_id == pledge_id, PledgeLogEntry.number == number)
    )
    if checkpoint is None or entry is None or number >= checkpoint.size:
        return None
    path = _hashes_of_ranges(pledge_id, log.ranges_of_inclusion(number, checkpoint.size))
    leaf_hash = log.leaf_hash(entry.leaf.encode())
    return InclusionProof(number, checkpoint.size, entry.leaf, leaf_hash, tuple(path), checkpoint.note)


def consistency_proof(pledge_id: int, old: int, new: int) -> list[bytes] | None:
    """That the log of `old` lines grew into the one of `new`; None when either was never sealed."""
    size = db.session.scalar(select(PledgeLog.size).where(PledgeLog.pledge_id == pledge_id)) or 0
    if not 0 < old <= new <= size:
        return None
    return _hashes_of_ranges(pledge_id, log.ranges_of_consistency(old, new))


def _hashes_of_ranges(pledge_id: int, ranges: Iterable[tuple[int, int]]) -> list[bytes]:
    parts = [log.nodes_of_range(start, end) for start, end in ranges]
    known = stored_nodes(pledge_id, [node for nodes in parts for node in nodes])
    return [log.fold([known[node] for node in nodes]) for nodes in parts]


def stored_nodes(pledge_id: int, nodes: Sequence[log.Node]) -> dict[log.Node, bytes]:
    """The hashes of complete subtrees, in one statement."""
    if not nodes:
        return {}
    query = select(PledgeLogNode.level, PledgeLogNode.index, PledgeLogNode.hash).where(
        PledgeLogNode.pledge_id == pledge_id,
        tuple_(PledgeLogNode.level, PledgeLogNode.index).in_(list(nodes)),
    )
    return {(level, index): bytes(value) for level, index, value in db.session.execute(query)}


def pledges_waiting_for_seal() -> list[int]:
    """Pledges with lines that are not numbered yet."""
    query = select(PledgeLogEntry.pledge_id).where(PledgeLogEntry.number.is_(None)).distinct()
    return list(db.session.scalars(query))


# Staff


def find_in_units(pledge_id: int, unit_ids: frozenset[int]) -> Pledge | None:
    """A pledge of one of the units with everything staff see of it."""
    return db.session.scalar(
        _whole(select(Pledge).where(Pledge.id == pledge_id, Pledge.unit_id.in_(unit_ids)))
    )


def pledges_of_units(unit_ids: frozenset[int]) -> list[Pledge]:
    """Pledges of the units for the staff list: unfinished first, then newest."""
    order = case((Pledge.status == PledgeStatus.CLOSED, 1), else_=0)
    query = (
        select(Pledge)
        .where(Pledge.unit_id.in_(unit_ids))
        .options(joinedload(Pledge.unit), selectinload(Pledge.signatories))
        .order_by(order, Pledge.on.desc(), Pledge.id.desc())
        .limit(200)
    )
    return list(db.session.scalars(query))


def find_signatory(pledge_id: int, signatory_id: int) -> Signatory | None:
    return db.session.scalar(
        select(Signatory).where(Signatory.id == signatory_id, Signatory.pledge_id == pledge_id)
    )


def find_signature(pledge_id: int, signature_id: int) -> PledgeSignature | None:
    return db.session.scalar(
        select(PledgeSignature).where(
            PledgeSignature.id == signature_id, PledgeSignature.pledge_id == pledge_id
        )
    )


def signatures_for_desk(
    pledge_id: int, *, search: str = "", way: SignWay | None = None, below: int | None = None
) -> tuple[list[PledgeSignature], int | None]:
    """Signatures for an officer, newest first, repeats left out; by part of the name, code or last digits."""
    query = (
        select(PledgeSignature)
        .where(PledgeSignature.pledge_id == pledge_id, PledgeSignature.repeat_of_id.is_(None))
        .options(joinedload(PledgeSignature.district))
        .order_by(PledgeSignature.id.desc())
        .limit(NAMES_ON_PAGE + 1)
    )
    if search:
        like = PledgeSignature.name_key.contains(fold_name(search), autoescape=True)
        query = query.where(
            like
            | (PledgeSignature.check_code == crypto.read_code(search))
            | (PledgeSignature.phone_end == search[-3:])
            if search.strip().isdigit()
            else like | (PledgeSignature.check_code == crypto.read_code(search))
        )
    if way is not None:
        query = query.where(PledgeSignature.way == way)
    if below is not None:
        query = query.where(PledgeSignature.id < below)
    rows = list(db.session.scalars(query))
    more = len(rows) > NAMES_ON_PAGE
    rows = rows[:NAMES_ON_PAGE]
    return rows, rows[-1].id if more else None


def ballot() -> list[int]:
    """The ballot numbers of all campaign teams that stand, in order."""
    query = select(Organisation.ballot_number).where(
        Organisation.kind == OrganisationKind.CAMPAIGN_TEAM,
        Organisation.ballot_number.is_not(None),
        Organisation.closed_at.is_(None),
    )
    return sorted({number for number in db.session.scalars(query) if number is not None})


def organisations_to_ask() -> list[Organisation]:
    """Living organisations in neutral order: campaign teams by ballot number, then by protocol and name."""
    query = select(Organisation).where(Organisation.closed_at.is_(None))
    rows = list(db.session.scalars(query))
    return sorted(
        rows,
        key=lambda row: (
            row.ballot_number is None,
            row.ballot_number or 0,
            row.protocol_order,
            row.name,
            row.id,
        ),
    )


def pledges_that_wait(
    unit_ids: frozenset[int], *, now: datetime, until: datetime
) -> list[tuple[Pledge, int]]:
    """Running pledges that close before `until` or have institutions that have not signed; with how many."""
    unsigned = (
        select(func.count())
        .where(
            Signatory.pledge_id == Pledge.id,
            Signatory.state.not_in([SignatoryState.SIGNED, SignatoryState.REFUSED]),
        )
        .correlate(Pledge)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Pledge, unsigned.label("n"))
        .where(
            Pledge.unit_id.in_(unit_ids),
            Pledge.status.in_([PledgeStatus.OPEN, PledgeStatus.PAUSED]),
            (unsigned > 0) | ((Pledge.closes_at.is_not(None)) & (Pledge.closes_at < until)),
        )
        .order_by(Pledge.id)
    )
    return [(row[0], row[1]) for row in rows if row[0].created_at <= now]


def canonical_values(pledge: Pledge) -> dict[str, Any]:
    """What `rules.text.canonical_text` asks for; the points must be loaded."""
    return {
        "title": pledge.title,
        "on": pledge.on,
        "place": pledge.place,
        "occasion": pledge.occasion,
        "preamble": pledge.preamble,
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
    """The newest events of the units, and one more that is chosen already."""
    query = select(Event).where(Event.unit_id.in_(unit_ids) | (Event.id == also))
    return list(db.session.scalars(query.order_by(Event.starts_at.desc()).limit(60)))
