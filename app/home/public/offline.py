"""The portal on a phone without a network: the worker that keeps pages there, and the page it shows for all others."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from app.core.i18n import LANGUAGES, _
from app.home.public.blueprint import blueprint
from app.web.assets import worker_script
from app.web.pages import public_page


@blueprint.get("/pekerja.js")
def worker() -> Response:
    """The service worker of all public pages; those of desks and tickets stand nearer to theirs."""
    return worker_script("site-worker", scope="/")


@blueprint.get("/luring")
@public_page()
def offline() -> ResponseReturnValue:
    """What a phone shows without a network for a page it has not kept; and, at any time, what it has."""
    return render_template("home/offline.html", notes={code: _note(code) for code in LANGUAGES})


def _note(code: str) -> str:
    with force_locale(code):
        return str(
            _(
                "Tanpa jaringan: ini salinan di perangkat Anda, terakhir diperbarui %(moment)s.",
                moment="{moment}",
            )
        )
