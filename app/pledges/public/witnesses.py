"""Witnesses of a log: who co-signed, and the address to which they send it."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.pledges import actions, queries
from app.pledges.forms import CosignatureForm
from app.pledges.models import Pledge
from app.pledges.public.blueprint import blueprint
from app.web.pages import moment_of_page, refuse, words_for

PLAIN = "text/plain; charset=utf-8"


@blueprint.get("/ikrar/<slug>/catatan/saksi")
def witnesses(slug: str) -> ResponseReturnValue:
    """Who keeps and co-signs the checkpoints of this log, and how to."""
    return _page(_find(slug), CosignatureForm(formdata=None))


@blueprint.get("/ikrar/<slug>/catatan/checkpoint-saksi")
def cosigned_checkpoint(slug: str) -> ResponseReturnValue:
    """The newest checkpoint that a witness stands under; 404 before the first."""
    found = queries.newest_cosigned(_find(slug).id)
    if found is None:
        abort(404)
    return Response(found.note, content_type=PLAIN)


@blueprint.get("/ikrar/<slug>/catatan/kunci-saksi")
def witness_keys(slug: str) -> ResponseReturnValue:
    """The verifier keys of the witnesses, a line each; empty when there are none."""
    rows = queries.witnesses_of(_find(slug).unit_id, ended=True)
    return Response("".join(f"{row.key}\n" for row in rows), content_type=PLAIN)


@blueprint.post("/ikrar/<slug>/catatan/saksi")
def cosign(slug: str) -> ResponseReturnValue:
    """Take a co-signed checkpoint: from the form, or as the plain body of a program's request (201 or 422)."""
    pledge = _find(slug)
    if request.mimetype == "text/plain":
        try:
            actions.keep_cosignature(pledge, request.get_data(as_text=True)[:20_000], now=clock.now())
        except RuleBroken as broken:
            return Response(f"{broken.code}: {words_for(broken)}\n", 422, content_type=PLAIN)
        return Response("ok\n", 201, content_type=PLAIN)
    form = CosignatureForm()
    if form.validate():
        note = (form.note.data or "").replace("\r\n", "\n").strip("\n") + "\n"
        try:
            witness = actions.keep_cosignature(pledge, note, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
            pledge = _find(slug)
        else:
            flash(_("Tanda tangan saksi %(name)s tersimpan.", name=witness.name), "ok")
            return redirect(url_for("pledges.witnesses", slug=slug), 303)
    return _page(pledge, form), 422


def _page(pledge: Pledge, form: CosignatureForm) -> str:
    return render_template(
        "pledges/witnesses.html",
        pledge=pledge,
        witnesses=queries.witnesses_of(pledge.unit_id),
        newest=queries.newest_checkpoint(pledge.id),
        cosigned=queries.newest_cosigned(pledge.id),
        form=form,
    )


def _find(slug: str) -> Pledge:
    pledge = queries.find_public_plain(slug, moment_of_page())
    return pledge if pledge is not None else abort(404)
