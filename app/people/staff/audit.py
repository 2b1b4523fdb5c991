"""The audit log: who did what, for which unit, with what changed and why."""

from datetime import timedelta

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.i18n import zone_of_page
from app.core.text import whole_number
from app.people import queries
from app.people.forms import AuditFilterForm
from app.people.permissions import PeoplePermission
from app.regions.queries import main_unit
from app.web.house import the_house
from app.web.paging import page_number, paging_on
from app.web.staff import permitted

blueprint = Blueprint("audit", __name__, template_folder="../templates")


@blueprint.get("/")
@permitted(PeoplePermission.READ_AUDIT)
def index() -> ResponseReturnValue:
    unit_ids = current_user.unit_ids(PeoplePermission.READ_AUDIT)
    main = main_unit()
    everything = main is not None and main.id in unit_ids
    zone = main.zone if main else zone_of_page()
    dates = AuditFilterForm(request.args)
    dates.validate()
    since, until = dates.sejak.data, dates.sampai.data
    page = page_number()
    person_id, unit_id, tag = _number("oleh"), _number("unit"), request.args.get("jenis", "")[:80]
    lines, more = queries.page_of_audit(
        unit_ids,
        everything=everything,
        tag=tag,
        person_id=person_id,
        unit_id=unit_id,
        since=clock.start_of(since, zone) if since and since.year > 1 else None,
        until=clock.start_of(until + timedelta(days=1), zone) if until and 1 < until.year < 9999 else None,
        page=page,
    )
    words = {tag: text for (_kind, tag), text in the_house(current_app).labels.items()}
    return render_template(
        "people/audit.html",
        lines=lines,
        words=words,
        tags=queries.audit_tags(unit_ids, everything=everything),
        people=queries.audit_actors(unit_ids),
        units=queries.units_named(unit_ids),
        chosen={
            "jenis": tag,
            "oleh": person_id,
            "unit": unit_id,
            "sejak": since.isoformat() if since else "",
            "sampai": until.isoformat() if until else "",
        },
        zone=zone,
        page=paging_on(page, more=more),
    )


def _number(name: str) -> int | None:
    """A whole number of the address, None for anything else; small enough for every database."""
    return whole_number(request.args.get(name)) or None
