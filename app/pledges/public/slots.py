"""What pledges put into the pages of lower floors, into the sitemap and into the check of codes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import render_template, url_for
from flask_login import current_user

from app.core.i18n import _, when
from app.documents.details import Checked
from app.pledges import queries
from app.pledges.details import SignatoryState
from app.pledges.permissions import PledgePermission
from app.pledges.public.pages import TONES
from app.pledges.rules.states import stage_of
from app.web.pages import absolute, label, moment_of_page


def event_aside(event: Any) -> str:
    """On an event's public page: the declarations that are signed there."""
    now = moment_of_page()
    pledges = queries.pledges_of_event(event.id, now)
    if not pledges:
        return ""
    quiet = any(pledge.names_candidates for pledge in pledges) and queries.is_quiet(now)
    stages = {pledge.id: stage_of(pledge, now, quiet=quiet) for pledge in pledges}
    signed = {
        pledge.id: sum(row.state is SignatoryState.SIGNED for row in pledge.signatories) for pledge in pledges
    }
    return render_template(
        "pledges/event_aside.html", pledges=pledges, stages=stages, tones=TONES, signed=signed, quiet=quiet
    )


def event_staff(event: Any) -> str:
    """On an event's staff page: its declarations, and the way to a new one."""
    if not current_user.may(PledgePermission.VIEW, event.unit_id):
        return ""
    return render_template(
        "pledges/event_staff.html",
        event=event,
        pledges=queries.all_pledges_of_event(event.id),
        may_draft=current_user.may(PledgePermission.DRAFT, event.unit_id),
    )


def region_pledges(region: Any) -> str:
    """On a kecamatan's page: what its people signed."""
    rows = queries.pledges_in_district(region.code, moment_of_page())
    return render_template("pledges/region.html", rows=rows, region=region) if rows else ""


def in_sitemap(now: datetime) -> Iterator[tuple[str, datetime]]:
    """Every public declaration with its last change."""
    for pledge in queries.listed_pledges(now, limit=5000):
        yield absolute(url_for("pledges.show", slug=pledge.slug)), pledge.changed_at


def check_code(code: str, now: datetime) -> Checked | None:
    """What `/periksa/<code>` says of a receipt: that it is on record, never whose it is."""
    signature = queries.find_checked(code)
    if signature is None:
        return None
    pledge = signature.pledge
    entry = queries.entry_of(signature.commitment)
    gone = signature.struck_at is not None
    facts = [
        (_("Ditandatangani"), when(signature.signed_at)),
        (_("Cara"), label(signature.way)),
    ]
    if entry is not None and entry.number is not None:
        facts.append((_("Catatan publik"), _("baris nomor %(number)s", number=entry.number)))
    else:
        facts.append((_("Catatan publik"), _("menunggu segel")))
    return Checked(
        kind=_("Tanda terima ikrar"),
        title=pledge.title,
        state=_("Sudah dicabut") if gone else _("Tercatat"),
        tone="warn" if gone else "ok",
        facts=tuple(facts),
        url=url_for("pledges.show", slug=pledge.slug),
        url_label=_("Buka ikrar"),
    )
