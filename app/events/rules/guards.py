"""What stands in the way of an event. Every guard has a name, a grade and the source of its rule.

A guard sees plain values (`Plan`) and says what it finds; reading the database is done before, wording after.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.almanac.details import StageDetails, WindowKind, WorshipFindings
from app.core.faiths import Faith
from app.events.details import EventKind, VenueKind


class Grade(StrEnum):
    """How strongly a guard stands in the way."""

    REFUSED = "tolak"
    REASON = "alasan"
    WARNING = "peringatan"
    INFO = "info"


@dataclass(frozen=True)
class Clash:
    """Another event that is in the way; `what` is the shared venue's or person's name."""

    event_id: int
    title: str
    starts_at: datetime
    what: str


@dataclass(frozen=True)
class PrayerSlot:
    """A prayer of the programme, as the balance guard sees it."""

    faith: Faith
    minutes: int
    has_leader: bool
    absent_note: str


@dataclass(frozen=True)
class Plan:
    """An event as the guards see it. [starts_at, ends_at) with the usual length where the end is open."""

    starts_at: datetime
    ends_at: datetime
    kinds: tuple[EventKind, ...]
    venue_kind: VenueKind
    names_candidates: bool
    faiths: tuple[Faith, ...]
    worship: WorshipFindings
    has_prayer_break: bool
    quiet_stages: tuple[StageDetails, ...] = ()
    clashes_of_venue: tuple[Clash, ...] = ()
    clashes_of_person: tuple[Clash, ...] = ()
    others_that_day: tuple[Clash, ...] = ()
    prayers: tuple[PrayerSlot, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What a guard found. `holes` fill its sentence; `fingerprint` names exactly this, for overriding it."""

    guard: str
    grade: Grade
    source: str
    holes: dict[str, object] = field(default_factory=dict)
    fingerprint: str = ""


Guard = Callable[[Plan], Iterator[Finding]]


def findings(plan: Plan) -> list[Finding]:
    """All findings, the strongest first."""
    order = list(Grade)
    found = [_marked(finding, plan) for guard in GUARDS for finding in guard(plan)]
    return sorted(found, key=lambda finding: order.index(finding.grade))


def passes(plan: Plan) -> bool:
    """Whether nothing refuses the plan or asks for a reason."""
    return not any(finding.grade in {Grade.REFUSED, Grade.REASON} for finding in findings(plan))


def _marked(finding: Finding, plan: Plan) -> Finding:
    """An override holds for this guard, these words and this time; moved events are asked again."""
    text = f"{finding.guard}|{sorted(map(str, finding.holes.items()))}|{plan.starts_at.isoformat()}"
    mark = hashlib.sha256(text.encode()).hexdigest()[:32]
    return Finding(finding.guard, finding.grade, finding.source, finding.holes, mark)


def quiet_period(plan: Plan) -> Iterator[Finding]:
    """Masa tenang and voting day: nothing that names a pair or party."""
    if plan.names_candidates and plan.quiet_stages:
        stage = plan.quiet_stages[0]
        yield Finding(
            "quiet_period",
            Grade.REFUSED,
            stage.legal_basis or "PKPU 13/2024",
            {"start": stage.starts_at, "end": stage.ends_at},
        )


def campaign_place(plan: Plan) -> Iterator[Finding]:
    """No campaign at houses of worship and schools; at universities with a reason."""
    if EventKind.CAMPAIGN not in plan.kinds and not (
        plan.names_candidates and EventKind.DECLARATION not in plan.kinds
    ):
        return
    source = "UU 1/2015 pasal 69 huruf i; PKPU 13/2024 pasal 57"
    if plan.venue_kind in {VenueKind.HOUSE_OF_WORSHIP, VenueKind.SCHOOL}:
        yield Finding("campaign_place", Grade.REFUSED, source, {"venue": plan.venue_kind})
    elif plan.venue_kind is VenueKind.UNIVERSITY:
        yield Finding("campaign_university", Grade.REASON, "Putusan MK 69/PUU-XXII/2024", {})


def worship(plan: Plan) -> Iterator[Finding]:
    """Prayer times, regular services and holy days of the faiths invited."""
    for window in plan.worship.windows:
        if window.kind is WindowKind.SALAT and plan.has_prayer_break:
            continue
        yield Finding(
            "holy_day" if window.kind is WindowKind.HARI_RAYA else "worship",
            Grade.REASON,
            window.source,
            {
                "name": window.name,
                "faith": window.faith,
                "start": window.start,
                "end": window.end,
                "estimate": window.is_estimate,
            },
        )
    if plan.worship.prayer_times_unknown:
        yield Finding("prayer_times_unknown", Grade.INFO, "Kriteria Kemenag", {})


def same_venue(plan: Plan) -> Iterator[Finding]:
    for clash in plan.clashes_of_venue:
        yield Finding("same_venue", Grade.REASON, "Tata tertib portal", _holes(clash))


def same_person(plan: Plan) -> Iterator[Finding]:
    for clash in plan.clashes_of_person:
        yield Finding("same_person", Grade.REASON, "Tata tertib portal", _holes(clash))


def other_event(plan: Plan) -> Iterator[Finding]:
    for clash in plan.others_that_day[:3]:
        yield Finding("other_event", Grade.WARNING, "Tata tertib portal", _holes(clash))


def balance(plan: Plan) -> Iterator[Finding]:
    """Every invited faith has a prayer of equal length; one that does not come is shown as "berhalangan"."""
    if EventKind.JOINT_PRAYER not in plan.kinds or not plan.prayers:
        return
    slots = {prayer.faith for prayer in plan.prayers}
    source = "Asas kesetaraan umat beragama (PBM 9 dan 8 Tahun 2006)"
    for faith in plan.faiths:
        if faith not in slots:
            yield Finding("faith_without_slot", Grade.WARNING, source, {"faith": faith})
    if len({prayer.minutes for prayer in plan.prayers}) > 1:
        yield Finding("unequal_minutes", Grade.WARNING, source, {})
    for prayer in plan.prayers:
        if not prayer.has_leader and not prayer.absent_note:
            yield Finding("prayer_without_leader", Grade.WARNING, source, {"faith": prayer.faith})


GUARDS: tuple[Guard, ...] = (
    quiet_period,
    campaign_place,
    worship,
    same_venue,
    same_person,
    other_event,
    balance,
)


def _holes(clash: Clash) -> dict[str, object]:
    return {"title": clash.title, "start": clash.starts_at, "what": clash.what}
