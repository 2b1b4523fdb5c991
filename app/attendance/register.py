"""What attendance brings into the house."""

from app.attendance import actions, jobs, models, public, sample, staff  # noqa: F401 – tables must be known
from app.attendance.messages import DEEDS, LABELS, REFUSALS
from app.attendance.permissions import GRANTS, SECOND_FACTOR, AttendancePermission
from app.core.i18n import _l
from app.documents.queries import register_checker
from app.events.facts import (
    ConcernedAsked,
    EventCancelled,
    EventChanged,
    EventCompleted,
    EventPublished,
    SessionsEnding,
)
from app.invitations.facts import InvitationAnswered, InvitationWithdrawn
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of attendance."""
    house.grant(GRANTS, second_factor=SECOND_FACTOR)
    house.words(LABELS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.public(public.blueprint)
    house.staff(staff.blueprint, url_prefix="/acara")
    house.staff(staff.inbox, url_prefix="/permintaan-data")
    house.staff_menu(
        _l("Permintaan data"),
        "staff.data_requests.index",
        key="data_requests",
        order=65,
        permission=AttendancePermission.ANSWER_REQUESTS,
        group=_l("Acara"),
    )
    house.waits(staff.waiting_for)
    for name, render in public.SLOTS.items():
        house.slot(name, render)
    house.slot("event.staff", staff.event_staff)
    house.slot("event.staff_links", staff.event_staff_links)
    house.on(EventPublished, actions.open_for_published)
    house.on(EventChanged, actions.follow_change)
    house.on(SessionsEnding, actions.keep_lost_sessions)
    house.on(EventCancelled, actions.close_for_cancelled)
    house.on(ConcernedAsked, actions.name_the_registered)
    house.on(EventCompleted, actions.close_for_completed)
    house.on(InvitationAnswered, actions.follow_answer)
    house.on(InvitationWithdrawn, actions.follow_withdrawal)
    register_checker(house, public.check_ticket)
    house.every(3600, "attendance.sweep_people", jobs.sweep_people)
    house.every(60, "attendance.pass_seats_on", jobs.pass_seats_on)
    house.check(jobs.problems_with_seats)
    house.sample(sample.fill)
