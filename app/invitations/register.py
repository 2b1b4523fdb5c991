"""What invitations brings into the house."""

from app.core.i18n import _l
from app.documents.queries import register_checker, register_owner
from app.events.facts import ConcernedAsked, EventCancelled
from app.invitations import actions, models, public, queries, sample, staff  # noqa: F401 – tables must be known
from app.invitations.messages import DEEDS, LABELS, REFUSALS
from app.invitations.permissions import GRANTS, SECOND_FACTOR, InvitationPermission
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of invitations."""
    house.grant(GRANTS, second_factor=SECOND_FACTOR)
    house.words(LABELS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.public(public.blueprint)
    house.staff(staff.blueprint, url_prefix="/undangan")
    house.staff_menu(
        _l("Surat undangan"),
        "staff.invitations.index",
        key="invitations",
        order=30,
        permission=InvitationPermission.WRITE,
        group=_l("Acara"),
    )
    house.slot("event.staff_links", staff.event_staff_links)
    register_checker(house, public.check_letter)
    register_owner(house, actions.SERIES, staff.letters_in_register)
    house.every(900, "invitations.remind_due", actions.remind_due)
    house.on(EventCancelled, actions.follow_cancellation)
    house.on(ConcernedAsked, actions.name_the_invited)
    house.check(queries.letters_out_of_step)
    house.sample(sample.fill)
