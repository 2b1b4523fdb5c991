"""What home brings into the house."""

from app.core.i18n import _l
from app.events.facts import EventCancelled, EventChanged, EventCompleted, EventPublished
from app.home import (
    jobs,
    models,  # noqa: F401 – tables must be known
    public,
    staff,
)
from app.home.actions import forget_phones
from app.home.cli import search
from app.home.messages import DEEDS, LABELS, REFUSALS
from app.home.permissions import GRANTS, HomePermission
from app.home.public.front import foot_nav
from app.home.public.machines import pages_for_sitemap
from app.home.sample import fill
from app.web.house import House


def register(house: House) -> None:
    """Open the front house."""
    house.grant(GRANTS)
    house.words(LABELS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.public(public.blueprint)
    house.staff(staff.blueprint, url_prefix="/")
    house.staff_menu(
        _l("Laporan masalah"),
        "staff.home.reports",
        key="reports",
        order=800,
        permission=HomePermission.ANSWER_REPORTS,
        group=_l("Pengaturan"),
    )
    house.waits(staff.waiting_reports)
    house.on(EventPublished, jobs.follow_event)
    house.on(EventChanged, jobs.follow_event)
    house.on(EventCancelled, jobs.follow_event)
    house.on(EventCompleted, jobs.follow_event)
    house.every(5, "home.reindex", jobs.reindex)
    house.every(86_400, "home.forget_phones", forget_phones)
    house.site_value("foot_nav", foot_nav)
    house.in_sitemap(pages_for_sitemap)
    house.command(search)
    house.sample(fill)
