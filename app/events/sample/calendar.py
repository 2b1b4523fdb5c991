"""What was, what is on this week, what comes, and what waits for an answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.database import db, transactional
from app.core.faiths import Faith
from app.events import actions
from app.events.actions.steps import findings_of
from app.events.details import EventDetails, EventStatus, Grade, Repeat, SeriesRule, VenueKind
from app.events.models import Event, GuardOverride
from app.events.queries import load_for_change
from app.events.sample.evening import real_evening, sandai_evening
from app.events.sample.plans import (
    coffee,
    declaration,
    gathering,
    meeting,
    parade,
    plain_plan,
    prayer,
    talk,
    work,
)
from app.events.sample.world import REASON, ZONE, any_person, friday, moment_at, person, weekday
from app.regions.queries import find_unit_by_slug
from app.web.house import World


@transactional
def fill_calendar(world: World, made: dict[str, int]) -> None:
    now = world.now

    def public(key: str, unit: str, details: EventDetails, *, days_before: int = 9) -> Event:
        before = min(now, details.starts_at) - timedelta(days=days_before)
        event = published(details, unit=unit, now=before)
        made[key] = event.id
        return event

    def held(key: str, unit: str, details: EventDetails) -> None:
        event = public(key, unit, details)
        actions.complete(event, by=None, now=details.starts_at + timedelta(hours=4))

    evening = published(real_evening(), unit="polres-ketapang", now=datetime(2024, 11, 15, 3, tzinfo=UTC))
    actions.complete(evening, by=None, now=datetime(2024, 11, 20, 15, 30, tzinfo=UTC))
    made["evening"] = evening.id
    sandai = published(sandai_evening(), unit="polsek-sandai", now=datetime(2024, 11, 16, 3, tzinfo=UTC))
    actions.complete(sandai, by=None, now=datetime(2024, 11, 21, 15, tzinfo=UTC))
    made["sandai"] = sandai.id

    held(
        "past_prayer",
        "polsek-delta-pawan",
        prayer(moment_at(world, -21, 19, 30), "Doa bersama untuk bulan yang teduh", first=Faith.BUDDHA),
    )
    held(
        "past_talk",
        "polsek-kendawangan",
        talk(friday(world, -2, 14), "Jumat Curhat di warung kopi dermaga", "61.04.04", "Warung Kopi Dermaga"),
    )
    held(
        "past_meeting",
        "polres-ketapang",
        meeting(moment_at(world, -5, 9), "Rapat koordinasi persiapan pengamanan gereja dan wihara"),
    )

    public(
        "full",
        "polsek-delta-pawan",
        replace(
            prayer(
                moment_at(world, 3, 19, 30), "Doa bersama lintas agama di balai warga", first=Faith.KATOLIK
            ),
            capacity=12,
            expected_crowd=12,
            venue_name="Balai Warga Rukun Contoh",
            venue_kind=VenueKind.COMMUNITY_HALL,
        ),
    )
    public(
        "coming",
        "polres-ketapang",
        replace(
            prayer(moment_at(world, 6, 19, 30), "Doa bersama Ketapang rukun", first=Faith.HINDU),
            capacity=250,
            expected_crowd=180,
            theme="Berbeda keyakinan, satu kampung halaman",
        ),
    )
    public(
        "work",
        "polsek-tumbang-titi",
        work(moment_at(world, 8, 7), "Bakti sosial bersih rumah ibadah dan pasar"),
    )
    public(
        "parade",
        "polres-ketapang",
        parade(moment_at(world, 10, 7, 30), "Apel kesiapan Satpol PP, Linmas, dan personel Polres"),
    )
    public("declaration", "polres-ketapang", declaration(moment_at(world, 13, 19, 30)))
    public(
        "talk",
        "polsek-marau",
        talk(friday(world, 0, 14), "Jumat Curhat bersama warga kebun", "61.04.02", "Balai Desa Contoh Marau"),
    )

    evening_talk = public("weekly", "polsek-delta-pawan", coffee(weekday(world, 1, 0, 19, 30)))
    repeat_weekly(evening_talk, now=now - timedelta(days=1))

    postponed = public(
        "postponed",
        "polsek-delta-pawan",
        gathering(plain_plan(moment_at(world, 5, 9)), "Silaturahmi tokoh adat dan tokoh agama"),
    )
    actions.postpone(
        postponed,
        plain_plan(moment_at(world, 19, 9)),
        reason="Jalan menuju tempat acara terendam; waktu digeser agar semua dapat hadir.",
        by=None,
        now=now - timedelta(hours=20),
    )
    cancelled = public(
        "cancelled",
        "polsek-kendawangan",
        gathering(
            moment_at(world, 9, 15), "Ngopi kamtibmas pemuda pesisir", "61.04.04", "Lapangan Pantai Contoh"
        ),
    )
    actions.cancel(
        cancelled,
        "Dibatalkan karena tempat dipakai sebagai pos bantuan banjir.",
        by=None,
        now=now - timedelta(hours=6),
    )
    proposals(world, made)


def repeat_weekly(event: Event, *, now: datetime) -> None:
    """Five evenings in a row, made, checked and announced as an officer would; the guards leave holy days out."""
    rule = SeriesRule(
        Repeat.WEEKLY, weekdays=(event.starts_at.astimezone(ZoneInfo(ZONE)).weekday(),), count=8
    )
    actions.make_series(event, rule, rotates=False, hands_in=True, by=None, now=now)
    for step in (actions.SeriesStep.APPROVE, actions.SeriesStep.PUBLISH):
        actions.move_on(event, step, by=None, now=now)


def proposals(world: World, made: dict[str, int]) -> None:
    """One proposal that waits, one that came back, one draft."""
    proposer = person(world, "tokoh")
    unit = find_unit_by_slug("polsek-delta-pawan")
    assert unit is not None
    now = world.now
    waiting = actions.propose(
        prayer(moment_at(world, 17, 19, 30), "Doa bersama menyambut akhir tahun", first=Faith.PROTESTAN),
        unit=unit,
        by=proposer,
        now=now - timedelta(hours=27),
    )
    made["waiting"] = waiting.id
    returned = actions.propose(
        gathering(moment_at(world, 24, 9), "Silaturahmi remaja masjid dan pemuda gereja"),
        unit=unit,
        by=proposer,
        now=now - timedelta(days=3),
    )
    actions.return_with_note(
        returned,
        "Mohon lengkapi perkiraan jumlah yang hadir dan nama narahubung.",
        by=None,
        now=now - timedelta(days=2),
    )
    made["returned"] = returned.id
    draft = actions.save_draft(
        talk(friday(world, 4, 14), "Jumat Curhat di surau", "61.04.16", "Surau Contoh"),
        unit=unit,
        by=proposer,
        now=now - timedelta(hours=3),
    )
    made["draft"] = draft.id


def published(details: EventDetails, *, unit: str, now: datetime) -> Event:
    """An event that went the whole way; guards that ask for a reason have been given one."""
    host = find_unit_by_slug(unit)
    assert host is not None, unit
    event = actions.save_draft(details, unit=host, by=None, now=now)
    event = load_for_change(event)
    event.status = EventStatus.APPROVED
    event.submitted_at, event.decided_at = now, now
    checker = any_person()
    if checker is not None:
        for finding in findings_of(event, now):
            if finding.grade is Grade.REASON:
                db.session.add(
                    GuardOverride(
                        event_id=event.id,
                        guard=finding.guard.value,
                        fingerprint=finding.fingerprint,
                        reason=REASON,
                        by_id=checker.id,
                        at=now,
                    )
                )
    db.session.flush()
    return actions.publish(event, by=None, now=now)
