"""The staff home: what waits for me, today, and the whole area at a glance; problems that were told."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock, crypto
from app.core.errors import RuleBroken
from app.core.i18n import _, _n, number, short_day
from app.core.permissions import Permission, Role
from app.core.text import show_phone, truncate
from app.events.models import Event
from app.events.permissions import EventPermission
from app.events.queries import public_events
from app.home import actions
from app.home.forms import SettleForm
from app.home.models import ProblemReport
from app.home.permissions import HomePermission
from app.home.public.front import row_of, tile_of
from app.home.queries import front, overview
from app.news.permissions import NewsPermission
from app.people.queries import scope_of
from app.pledges.permissions import PledgePermission
from app.regions.queries import main_unit
from app.web.house import Waiting, the_house
from app.web.pages import moment_of_page, refuse
from app.web.staff import any_staff, permitted

blueprint = Blueprint("home", __name__, template_folder="templates")

QUIET_AFTER = timedelta(days=30)
QUARTER = timedelta(days=91)
WEEKS = 8

# What people come here to begin: permission, words, endpoint, icon. A feature that is left out offers nothing.
_BEGINNINGS: tuple[tuple[Permission, str, str], ...] = (
    (EventPermission.PROPOSE, "staff.events.new", "calendar"),
    (NewsPermission.WRITE, "staff.news.new", "news"),
    (NewsPermission.WRITE, "staff.news.new_notice", "megaphone"),
    (PledgePermission.DRAFT, "staff.pledges.new", "sign"),
)


@blueprint.get("/")
@any_staff
def index() -> ResponseReturnValue:
    now = moment_of_page()
    unit = main_unit()
    zone = unit.zone if unit else "Asia/Jakarta"
    today = clock.start_of(clock.day_in(now, zone), zone)
    events = overview.events_between(
        today,
        today + timedelta(days=1),
        unit_ids=current_user.unit_ids(EventPermission.VIEW),
        proposer_id=current_user.id,
    )
    leads = current_user.may(HomePermission.OVERVIEW)
    return render_template(
        "home/staff/index.html",
        waiting=_waiting(now),
        events=[_row(event) for event in events],
        beginnings=_beginnings(),
        overview=_overview(now, today) if leads else None,
        only_leader=all(role is Role.TOKOH for role, _unit in current_user.scope.roles),
    )


@blueprint.get("/laporan")
@permitted(HomePermission.ANSWER_REPORTS)
def reports() -> ResponseReturnValue:
    unit_ids = current_user.unit_ids(HomePermission.ANSWER_REPORTS)
    return render_template(
        "home/staff/reports.html",
        open=overview.open_reports(unit_ids),
        settled=overview.settled_reports(unit_ids),
    )


@blueprint.get("/laporan/<int:report_id>")
@permitted(HomePermission.ANSWER_REPORTS)
def report(report_id: int) -> ResponseReturnValue:
    found = _find(report_id)
    return render_template("home/staff/report.html", report=found, phone=_phone(found), form=SettleForm())


@blueprint.post("/laporan/<int:report_id>/selesai")
@permitted(HomePermission.ANSWER_REPORTS)
def settle(report_id: int) -> ResponseReturnValue:
    found = _find(report_id)
    form = SettleForm()
    if form.validate_on_submit():
        try:
            actions.settle_report(found, answer=form.answer.data, by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Laporan ditandai selesai."), "ok")
            return redirect(url_for("staff.home.reports"), 303)
    return render_template("home/staff/report.html", report=found, phone=_phone(found), form=form), 422


def waiting_reports(person: Any, now: datetime) -> list[Waiting]:
    """Problems that somebody told of and nobody has settled."""
    unit_ids = scope_of(person).unit_ids(HomePermission.ANSWER_REPORTS)
    if not unit_ids:
        return []
    return [
        Waiting(
            label=truncate(row.message, 90),
            url=url_for("staff.home.report", report_id=row.id),
            since=row.at,
            kind=_("Laporan masalah"),
        )
        for row in overview.open_reports(unit_ids, limit=20)
    ]


def _find(report_id: int) -> ProblemReport:
    found = overview.find_report(report_id, current_user.unit_ids(HomePermission.ANSWER_REPORTS))
    if found is None:
        abort(404)
    return found


def _phone(report: ProblemReport) -> str:
    return show_phone(crypto.decrypt(report.phone_sealed)) if report.phone_sealed else ""


def _waiting(now: datetime) -> list[Waiting]:
    """From every feature, what has waited longest first."""
    found = [each for find in the_house(current_app).waiting for each in find(current_user, now)]
    return sorted(found, key=lambda each: each.since)


def _beginnings() -> list[dict[str, str]]:
    words = {
        "staff.events.new": _("Ajukan acara"),
        "staff.news.new": _("Tulis berita"),
        "staff.news.new_notice": _("Tulis pengumuman"),
        "staff.pledges.new": _("Siapkan ikrar"),
    }
    return [
        {"label": words[endpoint], "url": url_for(endpoint), "icon": icon}
        for permission, endpoint, icon in _BEGINNINGS
        if endpoint in current_app.view_functions and current_user.may(permission)
    ]


def _row(event: Event) -> dict[str, Any]:
    row = row_of(event)
    if "staff.events.show" in current_app.view_functions:
        row["url"] = url_for("staff.events.show", event_id=event.id)
    return row


def _overview(now: datetime, today: datetime) -> dict[str, Any]:
    """The morning's page of whoever leads: map of today, pledges by week, quiet kecamatan, faiths."""
    tomorrow = today + timedelta(days=1)
    starts = [tomorrow - timedelta(weeks=back) for back in range(WEEKS, -1, -1)]
    counts = overview.signatures_since(starts)
    most = max(counts, default=0)
    prayers = overview.prayers_by_faith(now - QUARTER, now)
    visible = public_events(now)
    tiles = front.district_counts(visible, since=today, until=tomorrow)
    ahead = front.district_counts(visible, since=now, until=now + front.AHEAD)
    return {
        "tiles": [tile_of(tile) for tile in tiles if tile.row and tile.column],
        "today": sum(tile.count for tile in tiles),
        "ahead": sum(tile.count for tile in ahead),
        "quiet": overview.districts_without_event(now - QUIET_AFTER, now),
        "districts": len(tiles),
        "weeks": [
            {
                "label": _("mulai %(day)s", day=short_day(start)),
                "count": count,
                "height": round(count * 100 / most, 1) if most else 0,
            }
            for start, count in zip(starts, counts, strict=False)
        ],
        "signatures": sum(counts),
        "prayers": [
            {
                "faith": faith,
                "led": planned - absent,
                "absent": _n("%(num)s berhalangan", "%(num)s berhalangan", absent) if absent else "",
            }
            for faith, (planned, absent) in prayers.items()
        ],
        "total": number(sum(planned for planned, _absent in prayers.values())),
    }
