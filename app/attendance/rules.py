"""Who may register and how many may come."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from app.events.details import PUBLIC_STATES, Audience, EventStatus
from app.events.rules.showing import has_no_date
from app.events.rules.states import ANNOUNCED

# The largest party that one number may bring; larger groups come through their organisation.
LARGEST_PARTY = 10
# The largest group that a coordinator may register without an officer.
LARGEST_GROUP = 100
# An officer may write down larger ones.
LARGEST_STAFF_GROUP = 1000
# Phones of visitors are gone this long after the event (the house's retention rule).
KEEP_PHONES = timedelta(days=90)
# Who moves up from the waiting list this shortly before the start is asked to confirm, within this time at most …
NEAR = timedelta(days=3)
CONFIRM_WITHIN = timedelta(hours=12)
# … unless the doors are nearly open.
AT_THE_DOOR = timedelta(hours=3)
# How long an event with an open end lasts at most, and how much later than planned people may still come.
LONG_EVENING = timedelta(hours=6)
# From one network address more than this many in an hour is marked, never refused: a venue shares one address.
MANY_FROM_ONE_ADDRESS = 30
# A volunteer's link holds this long at most; what its phone kept may be sent for a day after that.
LONGEST_LINK = timedelta(hours=24)
SEND_AFTER = timedelta(days=1)
# The law gives three days of 24 hours to answer a citizen who asks about their data.
ANSWER_WITHIN = timedelta(hours=72)
CONSENT_TEXT = "hadir-2"


class Planned(Protocol):
    """What the rules ask of an event."""

    @property
    def status(self) -> EventStatus: ...

    @property
    def audience(self) -> Audience: ...

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime | None: ...

    @property
    def postponed_from_at(self) -> datetime | None: ...


def has_begun(event: Planned, now: datetime) -> bool:
    """Whether an event has begun; one that is put off without a new date has not, whatever its old one."""
    return event.starts_at <= now and not has_no_date(event)


def latest_end(event: Planned) -> datetime:
    """When an event is through; one with an open end is taken to last as long as a long evening."""
    return event.ends_at or event.starts_at + LONG_EVENING


def is_over(event: Planned, now: datetime) -> bool:
    """Whether an event lies behind us: held, or its time has passed."""
    passed = latest_end(event) <= now and not has_no_date(event)
    return event.status is EventStatus.COMPLETED or passed


def gives_out_seats(event: Planned, now: datetime) -> bool:
    """Whether a seat that becomes free is still of use to somebody who waits."""
    return event.status in ANNOUNCED and not is_over(event, now)


def problem_with_registering(
    event: Planned,
    *,
    is_open: bool,
    now: datetime,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    invited: bool = False,
) -> str | None:
    """The name of what keeps people from registering, or None. After the start the desk alone takes people.

    invited: with the link of places that are kept for them; the public's window and audience are not theirs.
    """
    if event.status not in PUBLIC_STATES or event.status is EventStatus.CANCELLED:
        return "event_cancelled"
    if is_over(event, now):
        return "event_over"
    if has_begun(event, now):
        return "event_started"
    if invited:
        return None
    if event.audience is Audience.INVITED:
        return "invited_only"
    if not is_open or (closes_at is not None and closes_at <= now):
        return "registration_closed"
    if opens_at is not None and now < opens_at:
        return "registration_not_yet"
    return None


def problem_with_window(*, opens_at: datetime | None, closes_at: datetime | None) -> str | None:
    """The name of what is wrong with the time in which people may register, or None."""
    return "window_reversed" if opens_at and closes_at and closes_at <= opens_at else None


def confirm_until(*, starts_at: datetime, now: datetime) -> datetime | None:
    """Until when somebody who moved up late must confirm; None when there is time enough, or none at all left."""
    left = starts_at - now
    if left > NEAR or left < AT_THE_DOOR:
        return None
    return now + min(CONFIRM_WITHIN, left / 3)


def problem_with_changing(event: Planned, *, checked_in: bool, now: datetime) -> str | None:
    """What keeps a ticket from being changed or given back, or None."""
    if checked_in:
        return "already_checked_in"
    if event.status is EventStatus.CANCELLED:
        return "event_cancelled"
    if has_begun(event, now):
        return "event_started"
    return None


def may_check_in(event: Planned, now: datetime) -> bool:
    """The desk opens a day before the start, so that groups may be counted early."""
    takes_place = event.status in PUBLIC_STATES - {EventStatus.CANCELLED} and not has_no_date(event)
    return takes_place and now >= event.starts_at - timedelta(days=1)


def phones_expire_at(starts_at: datetime, ends_at: datetime | None) -> datetime:
    """When the phones of an event's visitors are gone."""
    return (ends_at or starts_at) + KEEP_PHONES


def safe_cell(text: str) -> str:
    """A text that no spreadsheet reads as a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


class Listed(Protocol):
    """What the order of the printed list asks of a registration."""

    @property
    def invitee_id(self) -> int | None: ...


L = TypeVar("L", bound=Listed)


def in_list_order(rows: Iterable[L], places: Mapping[int, tuple[int, int]]) -> list[L]:
    """Invited guests first, in the order of their letters (id → letter, place), then the rest as they come."""
    kept = list(rows)
    guests = [row for row in kept if row.invitee_id in places]
    guests.sort(key=lambda row: places[row.invitee_id or 0])
    return [*guests, *(row for row in kept if row.invitee_id not in places)]
