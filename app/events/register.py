"""What events brings into the house."""

from app.almanac.facts import TableChanged
from app.core.i18n import _l
from app.events import actions, jobs, messages, models, public, sample, staff  # noqa: F401 – tables must be known
from app.events.actions.rechecking import RECHECK
from app.events.messages import LABELS, REFUSALS
from app.events.permissions import AT_THE_TOP, GRANTS, SECOND_FACTOR, EventPermission
from app.events.public import pages
from app.events.queries.people import people_out_of_step
from app.events.staff.waiting import waiting
from app.people.facts import RoleEnded
from app.regions.facts import DistrictMoved
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of events."""
    messages.configure(public_url=house.app.config["PUBLIC_URL"])
    house.grant(GRANTS, second_factor=SECOND_FACTOR, at_the_top=AT_THE_TOP)
    house.words(LABELS)
    house.refuse_with(REFUSALS)
    house.on(RoleEnded, actions.hand_over)
    house.on(TableChanged, actions.ask_again)
    house.on(DistrictMoved, actions.ask_again_there)
    house.job(RECHECK, jobs.recheck)
    house.public(public.blueprint)
    house.staff(staff.blueprint, url_prefix="/acara")
    house.staff_menu(
        _l("Acara"),
        "staff.events.index",
        key="events",
        order=100,
        permission=EventPermission.PROPOSE,
        group=_l("Acara"),
    )
    house.staff_menu(
        _l("Penjaga acara"),
        "staff.events.grades",
        key="guards",
        order=730,
        permission=EventPermission.SET_GRADES,
        group=_l("Pengaturan"),
    )
    house.waits(waiting)
    house.menu(_l("Acara"), "events.index", key="events", order=10)
    house.slot("region.events", pages.region_events)
    house.slot("unit.events", pages.unit_events)
    house.in_sitemap(pages.pages_for_sitemap)
    house.every(60, "events.send_reminders", jobs.send_reminders)
    house.every(300, "events.escalate_overdue", jobs.escalate_overdue)
    house.check(people_out_of_step)
    house.sample(sample.fill)
