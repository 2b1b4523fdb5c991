"""At the ceremony: the projector page with the code of the venue, and the operator's remote on a phone."""

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.pledges import queries
from app.pledges.details import SignatoryState
from app.pledges.messages import figure, ways
from app.pledges.models import Pledge
from app.pledges.permissions import PledgePermission
from app.pledges.public.codes import qr_svg
from app.pledges.rules.states import stage_of
from app.pledges.staff.blueprint import blueprint, pledge_for
from app.web.pages import absolute, moment_of_page
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
        signed=queries.who_signed(pledge, quiet=quiet),
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


def _venue_address(pledge: Pledge) -> str:
    code = queries.venue_code(pledge.origin, clock.now())
    return absolute(url_for("pledges.new", slug=pledge.slug, tempat=code))
