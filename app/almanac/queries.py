"""Reading the almanac: holy days, election stages, candidate pairs, worship at a place."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.almanac.details import (
    CandidatePairDetails,
    HolyDayDetails,
    HolyDayKind,
    Place,
    RecurringService,
    StageDetails,
    StageKind,
    Window,
    WorshipFindings,
)
from app.almanac.models import (
    CandidatePair,
    Election,
    ElectionStage,
    HolyDay,
    RegularService,
    ShippedTable,
)
from app.almanac.rules.elections import WITHHOLDING, in_order
from app.almanac.rules.holy_days import NO_DECREE_YET
from app.almanac.rules.worship import prayer_windows, shipped_services, windows_overlapping
from app.core import cache
from app.core.database import db
from app.core.faiths import Faith
from app.regions.models import Region

# No entry of the calendar lasts longer than the fasting month.
LONGEST = timedelta(days=40)
# The name under which the table of services is known to have been taken over.
SERVICES_TABLE = "ibadah_rutin"
FAITHS = {faith: number for number, faith in enumerate(Faith)}


@dataclass(frozen=True, slots=True)
class KnownStage:
    """A stage of an election in the table: [starts_at, ends_at), aware. region_code: Kemendagri, None for all."""

    id: int
    election_id: int
    election_name: str
    region_code: str | None
    kind: StageKind
    starts_at: datetime
    ends_at: datetime
    legal_basis: str

    def concerns(self, region_code: str | None) -> bool:
        """Whether the election is held in a region (a kecamatan's code too); None asks for anywhere."""
        return region_code is None or self.region_code is None or _lies_in(region_code, self.region_code)


@dataclass(frozen=True, slots=True)
class Ballot:
    """The pairs of one election, by ballot number."""

    election_id: int
    election_name: str
    pairs: tuple[CandidatePairDetails, ...]


# Every page asks for the stages; they are read again only when anything public has changed.
_kept: dict[str, tuple[int, object]] = {}


def all_stages() -> tuple[KnownStage, ...]:
    """All stages of all elections, earliest first."""
    version = cache.version()
    kept = _kept.get("stages")
    if kept is None or kept[0] != version:
        rows = db.session.scalars(
            select(ElectionStage)
            .options(joinedload(ElectionStage.election))
            .order_by(ElectionStage.starts_at, ElectionStage.id)
        )
        kept = (
            version,
            tuple(
                KnownStage(
                    id=row.id,
                    election_id=row.election_id,
                    election_name=row.election.name,
                    region_code=row.election.region_code,
                    kind=row.kind,
                    starts_at=row.starts_at,
                    ends_at=row.ends_at,
                    legal_basis=row.legal_basis,
                )
                for row in rows
            ),
        )
        _kept["stages"] = kept
    found: tuple[KnownStage, ...] = kept[1]  # type: ignore[assignment]
    return found


def stages_at(moment: datetime, region_code: str | None = None) -> tuple[KnownStage, ...]:
    """The stages under way at a moment in a region (None: anywhere), earliest first."""
    return tuple(
        stage
        for stage in all_stages()
        if stage.starts_at <= moment < stage.ends_at and stage.concerns(region_code)
    )


def quiet_stage(now: datetime, region_code: str | None = None) -> KnownStage | None:
    """The stage that holds candidate pairs back at a moment: masa tenang or voting day; None when none does."""
    return next((stage for stage in stages_at(now, region_code) if stage.kind in WITHHOLDING), None)


def quiet_period_at(now: datetime, region_code: str | None) -> KnownStage | None:
    """As `quiet_stage`, for one region or kecamatan by its Kemendagri code."""
    return quiet_stage(now, region_code)


def quiet_regions(now: datetime) -> tuple[str | None, ...]:
    """The regions in which pairs are held back at a moment; None among them means everywhere."""
    quiet = (stage for stage in stages_at(now) if stage.kind in WITHHOLDING)
    return tuple(dict.fromkeys(stage.region_code for stage in quiet))


def quiet_stages_between(
    start: datetime, end: datetime, region_code: str | None = None
) -> tuple[KnownStage, ...]:
    """The stages that hold pairs back at any moment of [start, end) in a region, earliest first."""
    return tuple(
        stage
        for stage in all_stages()
        if stage.kind in WITHHOLDING
        and stage.starts_at < end
        and start < stage.ends_at
        and stage.concerns(region_code)
    )


def next_quiet_start(now: datetime) -> datetime | None:
    """The next moment at which candidate pairs begin to be held back anywhere: no copy of a page lives beyond it."""
    return next((s.starts_at for s in all_stages() if s.kind in WITHHOLDING and s.starts_at > now), None)


def next_stage_change(now: datetime) -> datetime | None:
    """The next moment at which a stage begins or ends: pages that depend on stages keep until then."""
    borders = (border for stage in all_stages() for border in (stage.starts_at, stage.ends_at))
    return min((border for border in borders if border > now), default=None)


def ballots_at(moment: datetime, region_code: str | None = None) -> tuple[Ballot, ...]:
    """The ballots of elections in a region that are under way: between their first and their last stage."""
    spans: dict[int, tuple[datetime, datetime]] = {}
    for stage in all_stages():
        if stage.concerns(region_code):
            first, last = spans.get(stage.election_id, (stage.starts_at, stage.ends_at))
            spans[stage.election_id] = min(first, stage.starts_at), max(last, stage.ends_at)
    running = {key for key, (first, last) in spans.items() if first <= moment < last}
    return tuple(ballot for ballot in _all_ballots() if ballot.election_id in running and ballot.pairs)


def pairs_of(region_code: str | None, at: datetime) -> tuple[CandidatePairDetails, ...]:
    """All candidate pairs of the elections under way in a region at a moment, by election and ballot number."""
    return tuple(pair for ballot in ballots_at(at, region_code) for pair in ballot.pairs)


def _all_ballots() -> tuple[Ballot, ...]:
    version = cache.version()
    kept = _kept.get("ballots")
    if kept is None or kept[0] != version:
        rows = db.session.scalars(
            select(Election).options(selectinload(Election.pairs)).order_by(Election.id)
        )
        kept = (
            version,
            tuple(
                Ballot(row.id, row.name, tuple(pair_details(pair, row.region_code) for pair in row.pairs))
                for row in rows
            ),
        )
        _kept["ballots"] = kept
    found: tuple[Ballot, ...] = kept[1]  # type: ignore[assignment]
    return found


def pair_details(pair: CandidatePair, region_code: str | None) -> CandidatePairDetails:
    """A row of the ballot as rules take it."""
    return CandidatePairDetails(
        region_code=region_code or "",
        ballot_number=pair.ballot_number,
        head_name=pair.head_name,
        deputy_name=pair.deputy_name,
        parties=tuple(pair.parties),
        aliases=tuple(pair.aliases),
    )


def stage_details(stage: KnownStage | ElectionStage) -> StageDetails:
    """A stage as rules take it."""
    return StageDetails(stage.kind, stage.starts_at, stage.ends_at, stage.legal_basis)


def elections() -> list[Election]:
    """All elections with stages and pairs, the newest first."""
    query = select(Election).options(selectinload(Election.stages), selectinload(Election.pairs))
    rows = list(db.session.scalars(query.order_by(Election.id)))
    return sorted(
        rows, key=lambda row: max((s.ends_at.timestamp() for s in row.stages), default=0), reverse=True
    )


def find_election(election_id: int) -> Election | None:
    """An election with stages and pairs, read afresh."""
    query = (
        select(Election)
        .where(Election.id == election_id)
        .options(selectinload(Election.stages), selectinload(Election.pairs))
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(query)


def find_pair(pair_id: int) -> CandidatePair | None:
    """A candidate pair with its election."""
    query = (
        select(CandidatePair).where(CandidatePair.id == pair_id).options(joinedload(CandidatePair.election))
    )
    return db.session.scalar(query)


def ordered_stages(election: Election) -> tuple[StageDetails, ...]:
    """The stages of an election (loaded) in their official order."""
    return in_order(stage_details(stage) for stage in election.stages)


def find_holy_day(holy_day_id: int) -> HolyDay | None:
    return db.session.get(HolyDay, holy_day_id)


def holy_days_of_year(year: int) -> list[HolyDay]:
    """The table's rows that begin in a year, by date."""
    query = select(HolyDay).where(HolyDay.on.between(date(year, 1, 1), date(year, 12, 31)))
    return list(db.session.scalars(query.order_by(HolyDay.on, HolyDay.name)))


def awaiting_decree(year: int) -> list[HolyDay]:
    """The national days of a year that a decree has still to fix."""
    query = select(HolyDay).where(
        HolyDay.on.between(date(year, 1, 1), date(year, 12, 31)),
        or_(
            HolyDay.is_estimate,
            and_(
                HolyDay.kind.in_((HolyDayKind.LIBUR_NASIONAL, HolyDayKind.CUTI_BERSAMA)),
                HolyDay.source == NO_DECREE_YET,
            ),
        ),
    )
    return list(db.session.scalars(query.order_by(HolyDay.on, HolyDay.name)))


def find_twin(details: HolyDayDetails, *, except_id: int | None) -> HolyDay | None:
    """Another row of the same name on the same date, or one of the same place whose days overlap."""
    query = select(HolyDay).where(
        HolyDay.name == details.name,
        HolyDay.id != (except_id or 0),
        HolyDay.on > details.on - LONGEST,
        HolyDay.on < details.on + LONGEST,
    )
    last = details.on + timedelta(days=details.days - 1)
    for row in db.session.scalars(query.order_by(HolyDay.on)):
        overlaps = row.on <= last and details.on <= row.on + timedelta(days=row.days - 1)
        if row.on == details.on or (overlaps and row.region_code == details.region_code):
            return row
    return None


def holy_days_between(
    first: date, last: date, *, region_code: str | None = None, within: bool = False
) -> tuple[HolyDayDetails, ...]:
    """What the calendar holds for local days `first` to `last`, both included, by date and name.

    Entries of several days count when any of them lies within. region_code: adds the days of that region (a
    kecamatan's code too) to those of everywhere. within: adds those of every part of it as well.
    """
    query = select(HolyDay).where(
        HolyDay.on >= first - LONGEST, HolyDay.on <= last, _held_in(region_code, within=within)
    )
    rows = db.session.scalars(query.order_by(HolyDay.on, HolyDay.name))
    return tuple(
        holy_day_details(row) for row in rows if row.on + timedelta(days=max(row.days, 1) - 1) >= first
    )


def holy_day_details(row: HolyDay) -> HolyDayDetails:
    """A row of the calendar as rules take it."""
    return HolyDayDetails(
        on=row.on,
        name=row.name,
        kind=row.kind,
        faiths=tuple(Faith(faith) for faith in row.faiths),
        source=row.source,
        is_estimate=row.is_estimate,
        begins=row.begins,
        minutes=row.minutes,
        days=row.days,
        region_code=row.region_code,
    )


def place_of(region: Region) -> Place:
    """A region as the sky and the clock see it."""
    return Place(ZoneInfo(region.zone), region.lat, region.lon)


def regular_services(region_code: str | None = None) -> tuple[RecurringService, ...]:
    """The services that return each week or month, with those of a region (a kecamatan's code too).

    Until an admin takes the table over, the shipped one holds.
    """
    version = cache.version()
    kept = _kept.get("services")
    if kept is None or kept[0] != version:
        own = own_services()
        kept = version, shipped_services() if own is None else tuple(details for _id, details in own)
        _kept["services"] = kept
    found: tuple[RecurringService, ...] = kept[1]  # type: ignore[assignment]
    above = (None, *_regions_above(region_code))
    return tuple(service for service in found if service.region_code in above)


def own_services() -> list[tuple[int, RecurringService]] | None:
    """The rows of the admin's table by faith and day, each with its id; None while the shipped one holds."""
    if db.session.get(ShippedTable, SERVICES_TABLE) is None:
        return None
    rows = db.session.scalars(select(RegularService))
    ordered = sorted(rows, key=lambda row: (FAITHS[row.faith], row.rhythm.value, row.day, row.begins, row.id))
    return [(row.id, service_details(row)) for row in ordered]


def find_service(service_id: int) -> RegularService | None:
    return db.session.get(RegularService, service_id)


def service_details(row: RegularService) -> RecurringService:
    """A row of the table of services as rules take it."""
    return RecurringService(
        faith=row.faith,
        rhythm=row.rhythm,
        day=row.day,
        begins=row.begins,
        until=row.until,
        name=row.name,
        source=row.source,
        region_code=row.region_code,
    )


def worship_between(
    start: datetime, end: datetime, *, district: Region, faiths: Collection[Faith]
) -> WorshipFindings:
    """The worship windows of faiths in a kecamatan that share a moment with [start, end)."""
    place = place_of(district)
    first, last = start.astimezone(place.zone).date(), end.astimezone(place.zone).date()
    holy_days = holy_days_between(
        first - timedelta(days=1), last + timedelta(days=1), region_code=district.code
    )
    return windows_overlapping(
        start, end, place=place, faiths=faiths, services=regular_services(district.code), holy_days=holy_days
    )


def prayers_on(days: Iterable[date], *, district: Region) -> tuple[Window, ...]:
    """The daily prayers in a kecamatan; empty when its coordinates are unknown."""
    place = place_of(district)
    if place.latitude is None or place.longitude is None:
        return ()
    return prayer_windows(days, place=place)


def _held_in(region_code: str | None, *, within: bool = False) -> ColumnElement[bool]:
    held: list[ColumnElement[bool]] = [HolyDay.region_code.is_(None)]
    if region_code is not None:
        held.append(HolyDay.region_code.in_(_regions_above(region_code)))
        if within:
            held.append(HolyDay.region_code.startswith(f"{region_code}.", autoescape=True))
    return or_(*held)


def _regions_above(region_code: str | None) -> list[str]:
    """A region's code and those of the regions it lies in."""
    parts = region_code.split(".") if region_code else []
    return [".".join(parts[: count + 1]) for count in range(len(parts))]


def _lies_in(region_code: str, whole: str) -> bool:
    """Kemendagri codes nest: "61.04.16" lies in "61.04"; a regency's page asks for elections of its kecamatan too."""
    return region_code == whole or region_code.startswith(f"{whole}.") or whole.startswith(f"{region_code}.")
