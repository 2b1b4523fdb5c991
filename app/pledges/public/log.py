"""The public log: what other programs read to check that it only grew."""

import base64

from flask import Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.text import whole_number
from app.pledges import queries
from app.pledges.models import Pledge
from app.pledges.public.blueprint import blueprint
from app.web.pages import moment_of_page

PLAIN = "text/plain; charset=utf-8"


@blueprint.get("/ikrar/<slug>/catatan/")
def log_index(slug: str) -> ResponseReturnValue:
    """What the log is and where its parts are."""
    pledge = _find(slug)
    return render_template(
        "pledges/log.html",
        pledge=pledge,
        checkpoint=queries.newest_checkpoint(pledge.id),
        keys=queries.log_keys(pledge),
    )


@blueprint.get("/ikrar/<slug>/catatan/checkpoint")
def checkpoint(slug: str) -> ResponseReturnValue:
    """The newest signed checkpoint (c2sp.org/tlog-checkpoint); 404 before the first seal."""
    found = queries.newest_checkpoint(_find(slug).id)
    if found is None:
        abort(404)
    return Response(found.note, content_type=PLAIN)


@blueprint.get("/ikrar/<slug>/catatan/kunci")
def verifier_key(slug: str) -> ResponseReturnValue:
    """The public keys of the log as name+hash+key, a line each, the present one first; 404 before the first seal."""
    keys = queries.log_keys(_find(slug))
    if not keys:
        abort(404)
    return Response("".join(f"{key}\n" for key in keys), content_type=PLAIN)


@blueprint.get("/ikrar/<slug>/catatan/entri.jsonl")
def entries(slug: str) -> ResponseReturnValue:
    """Sealed lines from `?dari=` on, up to a thousand; `Link: rel=next` when there may be more."""
    start = _number(request.args.get("dari", "0"))
    lines = queries.log_entries(_find(slug).id, start=start)
    body = "".join(f"{line}\n" for line in lines)
    response = Response(body, content_type="application/jsonl; charset=utf-8")
    if len(lines) == queries.ENTRIES_ON_PAGE:
        further = url_for("pledges.entries", slug=slug, dari=start + len(lines))
        response.headers["Link"] = f'<{further}>; rel="next"'
    return response


@blueprint.get("/ikrar/<slug>/catatan/bukti/<number>")
def inclusion(slug: str, number: str) -> ResponseReturnValue:
    """The inclusion proof of one line under the newest checkpoint (RFC 9162 §2.1.3)."""
    proof = queries.inclusion_proof(_find(slug).id, _number(number))
    if proof is None:
        abort(404)
    return jsonify(
        {
            "number": proof.number,
            "size": proof.size,
            "leaf": proof.leaf,
            "leaf_hash": _text(proof.leaf_hash),
            "path": [_text(value) for value in proof.path],
            "checkpoint": proof.checkpoint,
        }
    )


@blueprint.get("/ikrar/<slug>/catatan/komitmen/<commitment>")
def find_line(slug: str, commitment: str) -> ResponseReturnValue:
    """From a commitment on a receipt to the proof of its line; 404 while or when there is none."""
    if len(commitment) != 64 or not set(commitment) <= set("0123456789abcdef"):
        abort(404)
    number = queries.number_of_commitment(_find(slug).id, commitment)
    if number is None:
        abort(404)
    return redirect(url_for("pledges.inclusion", slug=slug, number=number), 303)


@blueprint.get("/ikrar/<slug>/catatan/konsistensi/<old>/<new>")
def consistency(slug: str, old: str, new: str) -> ResponseReturnValue:
    """The proof that the log of `old` lines grew into the one of `new` (RFC 9162 §2.1.4)."""
    path = queries.consistency_proof(_find(slug).id, _number(old), _number(new))
    if path is None:
        abort(404)
    return jsonify({"old": int(old), "new": int(new), "path": [_text(value) for value in path]})


def _find(slug: str) -> Pledge:
    pledge = queries.find_public_plain(slug, moment_of_page())
    return pledge if pledge is not None else abort(404)


def _number(typed: str) -> int:
    number = whole_number(typed, digits=12)
    return number if number is not None else abort(404)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
