"""What people brings into the house."""

from datetime import datetime
from typing import Any

from flask import url_for

from app.core.i18n import _, _l
from app.people import models, staff  # noqa: F401 – tables must be known
from app.people.actions import keep_unit_with_people, sweep_old_devices
from app.people.cli import people as people_command
from app.people.details import LeaderStatus
from app.people.messages import LABELS, REFUSALS
from app.people.permissions import GRANTS, SECOND_FACTOR, PeoplePermission
from app.people.public import blueprint
from app.people.queries import leaders_in, scope_of
from app.people.sample import fill
from app.regions.facts import UnitClosing
from app.web.house import House, Waiting


def register(house: House) -> None:
    """Open the rooms of people."""
    house.grant(GRANTS, second_factor=SECOND_FACTOR)
    house.words(LABELS)
    house.refuse_with(REFUSALS)
    house.public(blueprint)
    house.staff(staff.people.blueprint, url_prefix="/orang")
    house.staff(staff.leaders.blueprint, url_prefix="/orang/tokoh")
    house.staff(staff.account.blueprint, url_prefix="/akun")
    house.staff(staff.organisations.blueprint, url_prefix="/lembaga")
    house.staff(staff.audit.blueprint, url_prefix="/catatan-audit")
    house.staff_menu(
        _l("Verifikasi tokoh"),
        "staff.leaders.index",
        key="leaders",
        order=500,
        permission=PeoplePermission.VERIFY_LEADERS,
        group=_l("Orang dan lembaga"),
    )
    house.staff_menu(
        _l("Lembaga"),
        "staff.organisations.index",
        key="organisations",
        order=510,
        permission=PeoplePermission.MANAGE_ORGANISATIONS,
        group=_l("Orang dan lembaga"),
    )
    house.staff_menu(
        _l("Orang dan peran"),
        "staff.people.index",
        key="people",
        order=520,
        permission=PeoplePermission.MANAGE,
        group=_l("Orang dan lembaga"),
    )
    house.staff_menu(
        _l("Catatan audit"),
        "staff.audit.index",
        key="audit",
        order=790,
        permission=PeoplePermission.READ_AUDIT,
        group=_l("Pengaturan"),
    )
    house.site_value("person_nav", person_nav)
    house.waits(waiting_leaders)
    house.on(UnitClosing, keep_unit_with_people)
    house.every(86_400, "people.sweep_old_devices", sweep_old_devices)
    house.command(people_command)
    house.sample(fill)


def person_nav(now: datetime) -> list[dict[str, str]]:
    """`site.person_nav`: the lines under one's own name in the staff area."""
    return [
        {"label": _("Akun saya"), "url": url_for("staff.account.show")},
        {"label": _("Perangkat yang masuk"), "url": url_for("staff.account.sessions")},
        {"label": _("Verifikasi dua langkah"), "url": url_for("staff.account.second_factor")},
    ]


def waiting_leaders(person: Any, now: datetime) -> list[Waiting]:
    """Leaders who wait for this person's station. person: an account, or the signed-in one."""
    scope = getattr(person, "scope", None) or scope_of(person)
    unit_ids = scope.unit_ids(PeoplePermission.VERIFY_LEADERS)
    if not unit_ids:
        return []
    return [
        Waiting(
            label=_("%(name)s menunggu verifikasi", name=leader.person.full_name),
            url=url_for("staff.leaders.show", leader_id=leader.id),
            since=leader.asked_at,
            kind=_l("Tokoh"),
        )
        for leader in leaders_in(unit_ids, LeaderStatus.WAITING)
    ]
