"""Attendance of the sample regency: invented people with numbers that belong to nobody."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count, product
from random import Random

from sqlalchemy import select

from app.attendance import actions, queries
from app.attendance.details import (
    DataRequestDetails,
    HoldDetails,
    Need,
    RegistrationDetails,
    RegistrationKind,
    RegistrationStatus,
    RequestKind,
    WalkInDetails,
)
from app.attendance.models import Registration
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.core.text import fold
from app.events.models import Event
from app.people.models import Person
from app.web.house import World

_FIRST = [
    *["Agus", "Ani", "Budi", "Citra", "Dayang", "Eko", "Fitri", "Gani", "Hana", "Indra", "Jelita", "Kris"],
    *["Lina", "Made", "Nur", "Oktavia", "Putra", "Rini", "Sinta", "Tono", "Utin", "Vero", "Wawan", "Yanti"],
]
_LAST = ["Contoh", "Rekaan", "Umpama", "Teladan", "Misal", "Andaian"]
_DISTRICTS = ["61.04.16", "61.04.18", "61.04.05", "61.04.13", "61.04.04", ""]
# How many parties come to which sample event; those not named here have few.
_PARTIES = {"coming": 58, "declaration": 41, "talk": 9, "work": 17, "postponed": 12}
_PAST = {"evening": 46, "sandai": 23, "past_prayer": 31, "past_talk": 11, "past_meeting": 8}
_WAITING = 6


def fill(world: World) -> None:
    """Register visitors: one event full with six who wait, one with all that can be, some who come, who came."""
    random = Random(world.random_seed)
    people = _people(random)
    _fill(world, people, random)
    db.session.expunge_all()


def _people(random: Random) -> Iterator[tuple[str, str]]:
    """Names with numbers out of a block that nobody was given."""
    names = [f"{first} {last}" for first, last in product(_FIRST, _LAST)]
    random.shuffle(names)
    for number in count():
        yield names[number % len(names)], f"+628120000{number + 1000:04}"


@transactional
def _fill(world: World, people: Iterator[tuple[str, str]], random: Random) -> None:
    if "full" in world.events:
        _fill_up(world, world.events["full"], people)
    for key, parties in _PARTIES.items():
        if key in world.events:
            for place in range(parties):
                hours = random.randrange(1, 100) + place / 60
                _register(world, world.events[key], people, random.choice([1, 1, 2, 2, 3, 4]), hours=hours)
    officer = world.people.get("petugas")
    if "coming" in world.events:
        _repeat(world, world.events["coming"])
        if officer is not None:
            _groups(world, world.events["coming"], people, by=officer)
            _desk_and_inbox(world, world.events["coming"], people, by=officer)
    for key, parties in _PAST.items():
        if key in world.events and officer is not None:
            _came(world.events[key], parties, people, random, by=officer)


def _register(
    world: World, event: Event, people: Iterator[tuple[str, str]], party_size: int, *, hours: float
) -> Registration:
    name, phone = next(people)
    return actions.register(
        event.id,
        details=RegistrationDetails(name, phone, party_size, _DISTRICTS[len(name) % len(_DISTRICTS)]),
        submission_key=f"contoh-{event.id}-{phone}",
        from_address="",
        now=world.now - timedelta(hours=hours),
    )


def _fill_up(world: World, event: Event, people: Iterator[tuple[str, str]]) -> None:
    """Every seat taken, and six parties in line behind."""
    hours = 90.0
    for party_size in (2, 1, 4, 2, 1, 2):
        _register(world, event, people, party_size, hours=(hours := hours - 3))
    for place in range(_WAITING):
        _register(world, event, people, 1 + place % 3, hours=(hours := hours - 2))


def _repeat(world: World, event: Event) -> None:
    """One number that was sent in twice, for the desk to settle; one who gave the seats back."""
    rows = db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED)
        .order_by(Registration.id)
        .limit(2)
    ).all()
    if len(rows) < 2:
        return
    owner, leaving = rows
    actions.register(
        event.id,
        details=RegistrationDetails("Nama Lain Contoh", queries.phone_of(owner), 1, ""),
        submission_key=f"contoh-ganda-{event.id}",
        from_address="",
        now=world.now - timedelta(minutes=40),
    )
    actions.cancel_registration(leaving, now=world.now - timedelta(minutes=30))


def _groups(world: World, event: Event, people: Iterator[tuple[str, str]], *, by: Person) -> None:
    """A group with some names, one that an officer wrote down, and places kept of which half are used."""
    until = event.starts_at - timedelta(days=1)
    kept = HoldDetails("Paguyuban Warga Umpama", 20, until)
    hold = actions.keep_seats(event, details=kept, by=by, now=world.now - timedelta(days=4))
    given: list[tuple[str, int, tuple[str, ...], str, Person | None]] = [
        ("Karang Taruna Rekaan", 12, ("Ayu Contoh", "Bima Misal", "Cahya Andaian"), "", None),
        ("Majelis Ibu Teladan", 25, (), "", by),
        ("", 10, ("Dewi Umpama", "Edi Rekaan"), queries.hold_code_of(hold), None),
    ]
    for place, (name, party_size, members, code, officer) in enumerate(given):
        leader, phone = next(people)
        details = RegistrationDetails(
            leader,
            phone,
            party_size,
            _DISTRICTS[place],
            kind=RegistrationKind.GROUP,
            group_name=name,
            members=members,
            hold_code=code,
            needs=(Need.WHEELCHAIR,) if place == 0 else (),
            needs_note="Dua orang lanjut usia, mohon kursi di dekat pintu." if place == 1 else "",
        )
        actions.register(
            event.id,
            details=details,
            submission_key=f"contoh-rombongan-{place}-{phone}",
            from_address="",
            now=world.now - timedelta(hours=50 - 9 * place),
            by=officer,
        )


def _desk_and_inbox(world: World, event: Event, people: Iterator[tuple[str, str]], *, by: Person) -> None:
    """A volunteer's link, and one who asks about the data kept."""
    actions.open_desk_link(event, label="Meja pintu timur", hours=24, by=by, now=world.now)
    name, phone = next(people)
    actions.ask_about_data(
        DataRequestDetails(RequestKind.CORRECT, name, phone, "Ejaan nama saya pada daftar hadir keliru."),
        registration=None,
        unit_id=event.unit_id,
        now=world.now - timedelta(hours=30),
    )


def _came(
    event: Event, parties: int, people: Iterator[tuple[str, str]], random: Random, *, by: Person
) -> None:
    """Who came to an event that is over: invited guests first, then those who stood at the desk."""
    start = event.starts_at - timedelta(minutes=25)
    for guest in queries.whole_list(event.id, RegistrationStatus.CONFIRMED):
        if guest.checked_in_at is None:
            actions.check_in(guest, by=by, now=start)
    for place in range(parties):
        name, _phone = next(people)
        details = WalkInDetails(
            name, random.choice([1, 1, 1, 2, 3]), district_code=_DISTRICTS[len(fold(name)) % 5]
        )
        try:
            actions.add_walk_in(event, details=details, by=by, now=start + timedelta(seconds=40 * place))
        except RuleBroken:  # an event of the sample that takes nobody
            return
