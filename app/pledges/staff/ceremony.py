"""At the ceremony: the projector page with the code of the venue, and the operator's remote on a phone."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.media.permissions import MediaPermission
from app.media.queries import photos_by_id, picture_of, recent_photos
from app.pledges import actions, queries
from app.pledges.details import SignatoryState
from app.pledges.forms import CeremonyPhotoForm, choices
from app.pledges.messages import figure, ways
from app.pledges.models import Pledge
from app.pledges.permissions import PledgePermission
from app.pledges.public.codes import qr_svg
from app.pledges.rules.states import stage_of
from app.pledges.staff.blueprint import blueprint, pledge_for
from app.web.pages import absolute, moment_of_page, refuse
from app.web.staff import permitted


@blueprint.get("/<int:pledge_id>/layar")
@permitted(PledgePermission.RECORD)
def screen(pledge_id: int) -> ResponseReturnValue:
    """The projector page under an officer's eyes: who scans its code signs "di tempat"."""
    pledge = pledge_for(pledge_id, PledgePermission.RECORD)
    now = moment_of_page()
    quiet = pledge.names_candidates and queries.is_quiet(now)
    counts = queries.counts_of(pledge.id)
    return render_template(
        "pledges/screen.html",
        pledge=pledge,
        stage=stage_of(pledge, now, quiet=quiet),
        figure=figure(pledge.verification, counts),
        ways=ways(counts),
        signatories=queries.shown_signatories(pledge, quiet=quiet),
        picture=None if quiet else picture_of(pledge.photo),
        address=absolute(url_for("pledges.show", slug=pledge.slug)).partition("://")[2],
        code=qr_svg(_venue_address(pledge)),
        venue=url_for("staff.pledges.venue_code", pledge_id=pledge.id),
    )


@blueprint.get("/<int:pledge_id>/layar/kode.svg")
@permitted(PledgePermission.RECORD)
def venue_code(pledge_id: int) -> ResponseReturnValue:
    """The code of this minute as a picture; the projector page asks for it again and again."""
    drawn = qr_svg(_venue_address(pledge_for(pledge_id, PledgePermission.RECORD)), standalone=True)
    return Response(drawn, content_type="image/svg+xml")


@blueprint.get("/<int:pledge_id>/kendali")
@permitted(PledgePermission.RECORD)
def remote(pledge_id: int) -> ResponseReturnValue:
    """For a phone in the operator's hand: who is there, who signs next, pause, and the live count."""
    pledge = pledge_for(pledge_id, PledgePermission.RECORD)
    now = moment_of_page()
    quiet = pledge.names_candidates and queries.is_quiet(now)
    counts = queries.counts_of(pledge.id)
    waiting = [row for row in pledge.signatories if row.state is not SignatoryState.SIGNED]
    return render_template(
        "pledges/remote.html",
        pledge=pledge,
        stage=stage_of(pledge, now, quiet=quiet),
        figure=figure(pledge.verification, counts),
        ways=ways(counts),
        waiting=waiting,
        signed=[row for row in pledge.signatories if row.state is SignatoryState.SIGNED],
        states=[SignatoryState.PRESENT, SignatoryState.NOT_YET, SignatoryState.REFUSED],
    )


@blueprint.get("/<int:pledge_id>/foto")
@permitted(PledgePermission.RECORD)
def photo(pledge_id: int) -> ResponseReturnValue:
    """Choose a photo of the ceremony among those of the unit."""
    pledge = pledge_for(pledge_id, PledgePermission.RECORD)
    form = CeremonyPhotoForm(formdata=None)
    form.photo.data = pledge.photo_id or 0
    return _photo_page(pledge, form)


@blueprint.post("/<int:pledge_id>/foto")
@permitted(PledgePermission.RECORD)
def choose_photo(pledge_id: int) -> ResponseReturnValue:
    """Show the chosen photo, or none."""
    pledge = pledge_for(pledge_id, PledgePermission.RECORD)
    form = CeremonyPhotoForm()
    form.photo.choices = _photo_choices(pledge)
    if form.validate():
        try:
            actions.choose_photo(pledge, form.photo.data or None, by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
            pledge = pledge_for(pledge_id, PledgePermission.RECORD)
        else:
            flash(_("Foto upacara tersimpan."), "ok")
            return redirect(url_for("staff.pledges.show", pledge_id=pledge_id), 303)
    return _photo_page(pledge, form), 422


def _photo_choices(pledge: Pledge) -> list[SelectChoice]:
    ready = recent_photos(frozenset({pledge.unit_id}))
    rows = [(photo.id, photo.caption) for photo in ready]
    if pledge.photo is not None and pledge.photo_id not in {photo.id for photo in ready}:
        rows.insert(0, (pledge.photo.id, pledge.photo.caption))
    return choices([(0, _("Tanpa foto")), *rows])


def _photo_page(pledge: Pledge, form: CeremonyPhotoForm) -> str:
    form.photo.choices = _photo_choices(pledge)
    shown = photos_by_id(choice.value for choice in form.photo.choices)
    return render_template(
        "pledges/photo.html",
        pledge=pledge,
        form=form,
        pictures={key: picture_of(row) for key, row in shown.items()},
        may_upload=current_user.may(MediaPermission.UPLOAD, pledge.unit_id),
    )


def _venue_address(pledge: Pledge) -> str:
    code = queries.venue_code(pledge.origin, clock.now())
    return absolute(url_for("pledges.new", slug=pledge.slug, tempat=code))
