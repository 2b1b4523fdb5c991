"""Declarations: list, text, opening and closing."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, short_day
from app.core.text import whole_number
from app.pledges import actions, queries
from app.pledges.details import PledgeStatus, SignatoryState
from app.pledges.forms import PlainForm, PledgeForm, choices
from app.pledges.messages import district_rows, figure, ways
from app.pledges.models import Pledge
from app.pledges.permissions import PledgePermission
from app.pledges.rules.states import may_revise, stage_of
from app.pledges.rules.text import PARTS
from app.pledges.rules.themes import THEMES, find_theme
from app.pledges.staff.blueprint import blueprint, pledge_for
from app.regions.queries import find_unit, units
from app.web.pages import moment_of_page, refuse
from app.web.staff import permitted

STATE_TONES = {
    PledgeStatus.DRAFT: "plain",
    PledgeStatus.OPEN: "ok",
    PledgeStatus.PAUSED: "warn",
    PledgeStatus.CLOSED: "info",
}


@blueprint.get("/")
@permitted(PledgePermission.VIEW)
def index() -> ResponseReturnValue:
    """The declarations of one's units, unfinished ones first."""
    pledges = queries.pledges_of_units(current_user.unit_ids(PledgePermission.VIEW))
    counts = queries.counts_by_way([pledge.id for pledge in pledges])
    return render_template(
        "pledges/staff_index.html",
        pledges=pledges,
        counts=counts,
        tones=STATE_TONES,
        signed={
            pledge.id: sum(row.state is SignatoryState.SIGNED for row in pledge.signatories)
            for pledge in pledges
        },
        may_draft=current_user.may(PledgePermission.DRAFT),
        may_open=current_user.may(PledgePermission.OPEN),
    )


@blueprint.get("/baru")
@permitted(PledgePermission.DRAFT)
def new() -> ResponseReturnValue:
    """A new declaration, empty or with the words of a theme (`?contoh=`); `?acara=` ties it to an event."""
    form = _with_choices(PledgeForm(formdata=None))
    theme = find_theme(request.args.get("contoh", ""))
    if theme is not None:
        form.title.data, form.preamble.data = theme.title, theme.preamble
        form.names_candidates.data = theme.pairs
        form.fill_points(list(theme.points))
    event_id = whole_number(request.args.get("acara"))
    event = queries.find_event(event_id) if event_id is not None else None
    if event is not None and event.unit_id in current_user.unit_ids(PledgePermission.DRAFT):
        form.event.data, form.unit_id.data = str(event.id), event.unit_id
        form.names_candidates.data = form.names_candidates.data or event.names_candidates
        form.on.data = clock.day_in(event.starts_at, _zone(event.unit_id))
    return render_template(
        "pledges/edit.html", form=form, pledge=None, frozen=False, themes=THEMES, event_id=event_id
    )


@blueprint.post("/baru")
@permitted(PledgePermission.DRAFT)
def create() -> ResponseReturnValue:
    """Keep a new draft."""
    form = _with_choices(PledgeForm())
    if form.rearranged(request.form):
        return render_template("pledges/edit.html", form=form, pledge=None, frozen=False)
    if form.validate():
        try:
            pledge = actions.draft_pledge(
                form.details(_zone(form.unit_id.data)),
                unit_id=form.unit_id.data,
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Draf ikrar tersimpan."), "ok")
            return redirect(url_for("staff.pledges.show", pledge_id=pledge.id), 303)
    return render_template("pledges/edit.html", form=form, pledge=None, frozen=False), 422


@blueprint.get("/<int:pledge_id>")
@permitted(PledgePermission.VIEW)
def show(pledge_id: int) -> ResponseReturnValue:
    """Where a declaration stands, and what may be done with it."""
    pledge = pledge_for(pledge_id, PledgePermission.VIEW)
    now = moment_of_page()
    quiet = pledge.names_candidates and queries.is_quiet(now)
    counts = queries.counts_of(pledge.id)
    return render_template(
        "pledges/staff_show.html",
        pledge=pledge,
        tone=STATE_TONES[pledge.status],
        stage=stage_of(pledge, now, quiet=quiet),
        counts=counts,
        district_rows=district_rows(counts),
        figure=figure(pledge.verification, counts),
        ways=ways(counts),
        may_revise=may_revise(pledge),
        successor=queries.successor_of(pledge.id),
        before=queries.find_in_units(pledge.replaces_id, current_user.unit_ids(PledgePermission.VIEW))
        if pledge.replaces_id
        else None,
        may={
            permission.value: current_user.may(permission, pledge.unit_id) for permission in PledgePermission
        },
    )


@blueprint.get("/<int:pledge_id>/ubah")
@permitted(PledgePermission.DRAFT)
def edit(pledge_id: int) -> ResponseReturnValue:
    """The text and the times, while they may change."""
    pledge = pledge_for(pledge_id, PledgePermission.DRAFT)
    return render_template(
        "pledges/edit.html", form=_filled(pledge), pledge=pledge, frozen=not may_revise(pledge)
    )


@blueprint.post("/<int:pledge_id>/ubah")
@permitted(PledgePermission.DRAFT)
def update(pledge_id: int) -> ResponseReturnValue:
    """Keep the changed text and times."""
    pledge = pledge_for(pledge_id, PledgePermission.DRAFT)
    form = _with_choices(PledgeForm(), event_id=pledge.event_id)
    form.unit_id.choices = choices([(pledge.unit_id, pledge.unit.name)])
    form.unit_id.data = pledge.unit_id
    frozen = not may_revise(pledge)
    if form.rearranged(request.form):
        return render_template("pledges/edit.html", form=form, pledge=pledge, frozen=frozen)
    if form.validate():
        try:
            actions.revise_pledge(
                pledge, form.details(pledge.unit.zone), by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
            pledge = pledge_for(pledge_id, PledgePermission.DRAFT)
        else:
            flash(_("Perubahan tersimpan."), "ok")
            return redirect(url_for("staff.pledges.show", pledge_id=pledge_id), 303)
    return render_template("pledges/edit.html", form=form, pledge=pledge, frozen=frozen), 422


@blueprint.post("/<int:pledge_id>/buka")
@permitted(PledgePermission.OPEN)
def open(pledge_id: int) -> ResponseReturnValue:
    """Show it to the public, or let signing go on."""
    return _do(pledge_id, actions.open_version, _("Ikrar dibuka."))


@blueprint.post("/<int:pledge_id>/jeda")
@permitted(PledgePermission.OPEN)
def pause(pledge_id: int) -> ResponseReturnValue:
    """Stop signing for a while."""
    return _do(pledge_id, actions.pause, _("Penandatanganan dijeda."))


@blueprint.post("/<int:pledge_id>/tutup")
@permitted(PledgePermission.OPEN)
def close(pledge_id: int) -> ResponseReturnValue:
    """End signing for good."""
    return _do(pledge_id, actions.close, _("Ikrar ditutup dan daftarnya disegel."))


@blueprint.post("/<int:pledge_id>/versi-baru")
@permitted(PledgePermission.DRAFT)
def new_version(pledge_id: int) -> ResponseReturnValue:
    """A draft that is to replace a signed text."""
    pledge = pledge_for(pledge_id, PledgePermission.DRAFT)
    if not PlainForm().validate():
        abort(400)
    fresh = actions.draft_version(pledge, by=current_user.person, now=clock.now())
    flash(_("Draf versi baru dibuat dengan naskah dan lembaga yang lama. Ubah naskahnya, lalu buka."), "ok")
    return redirect(url_for("staff.pledges.edit", pledge_id=fresh.id), 303)


def _do(pledge_id: int, deed: Any, done: str) -> ResponseReturnValue:
    pledge = pledge_for(pledge_id, PledgePermission.OPEN)
    if not PlainForm().validate():
        abort(400)
    deed(pledge, by=current_user.person, now=clock.now())
    flash(done, "ok")
    return redirect(url_for("staff.pledges.show", pledge_id=pledge_id), 303)


def _zone(unit_id: int) -> str:
    unit = find_unit(unit_id)
    return unit.zone if unit else str(g.get("zone", "Asia/Pontianak"))


def _with_choices(form: PledgeForm, *, event_id: int | None = None) -> PledgeForm:
    own = current_user.unit_ids(PledgePermission.DRAFT)
    form.unit_id.choices = choices([(unit.id, unit.name) for unit in units() if unit.id in own])
    events = queries.events_to_choose(own, also=event_id)
    named: list[tuple[str, str]] = [("", _("Tidak terikat pada acara"))]
    for event in events:
        title = f"{short_day(event.starts_at)} · {event.title}"
        named.append((str(event.id), title))
        named += [(f"{event.id}-{row.id}", f"{title} · {row.title}") for row in event.sessions]
    form.event.choices = choices(named)
    return form


def _filled(pledge: Pledge) -> PledgeForm:
    form = _with_choices(PledgeForm(formdata=None, obj=None), event_id=pledge.event_id)
    form.unit_id.choices = choices([(pledge.unit_id, pledge.unit.name)])
    form.unit_id.data = pledge.unit_id
    form.event.data = "-".join(str(part) for part in (pledge.event_id, pledge.session_id) if part)
    for name in (*PARTS, "names_candidates"):
        form[name].data = getattr(pledge, name)
    form.verification.data = pledge.verification.value
    for field, moment in ((form.opens_at, pledge.opens_at), (form.closes_at, pledge.closes_at)):
        field.data = clock.local(moment, pledge.unit.zone).replace(tzinfo=None) if moment else None
    form.fill_points([point.text for point in pledge.points])
    return form
