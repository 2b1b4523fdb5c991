"""What a receiver decides, and what a gateway reports."""

import hashlib
import hmac
from typing import Any

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.notify import actions, queries
from app.notify.details import Recipient, Wish
from app.notify.forms import WishForm
from app.notify.models import MessagePreference

blueprint = Blueprint("notify", __name__, template_folder="templates")
# Words by which somebody asks in a chat for no more messages.
STOP = {"berhenti", "stop", "unsub", "unsubscribe", "batal langganan"}


def _preference(code: str) -> MessagePreference:
    found = queries.find_preference(code)
    if found is None:
        abort(404)
    return found


def _page(code: str, form: WishForm, *, status: int = 200) -> ResponseReturnValue:
    saved = request.args.get("tersimpan") == "1"
    response = make_response(render_template("notify/wish.html", code=code, form=form, saved=saved), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/pesan-saya/<code>")
def wish(code: str) -> ResponseReturnValue:
    """What the owner of this link wants to hear."""
    found = _preference(code)
    return _page(code, WishForm(formdata=None, wish=found.wish.value, by_email=found.by_email))


@blueprint.post("/pesan-saya/<code>")
def save_wish(code: str) -> ResponseReturnValue:
    """Keep it."""
    _preference(code)
    form = WishForm()
    if not form.validate():
        return _page(code, form, status=422)
    actions.set_preference(code, wish=Wish(form.wish.data), by_email=form.by_email.data, now=clock.now())
    return redirect(url_for("notify.wish", code=code, tersimpan=1), 303)


@blueprint.get("/pesan-saya/<code>/berhenti")
def leave(code: str) -> ResponseReturnValue:
    """For who follows the mail program's link by hand: the page on which it is decided; nothing changes by looking."""
    _preference(code)
    return redirect(url_for("notify.wish", code=code), 303)


@blueprint.post("/pesan-saya/<code>/berhenti")
def leave_at_once(code: str) -> ResponseReturnValue:
    """The mail program's own button (RFC 8058)."""
    found = _preference(code)
    actions.set_preference(code, wish=Wish.NOTHING, by_email=found.by_email, now=clock.now())
    return redirect(url_for("notify.wish", code=code, tersimpan=1), 303)


@blueprint.get("/pengait/whatsapp")
def prove_webhook() -> ResponseReturnValue:
    """The gateway asks once whether this address is ours."""
    expected = current_app.config["WHATSAPP_VERIFY_TOKEN"]
    given = request.args.get("hub.verify_token", "")
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        abort(404)
    return request.args.get("hub.challenge", "")[:200], 200, {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.post("/pengait/whatsapp")
def take_reports() -> ResponseReturnValue:
    """What the gateway reports: sent, delivered, failed, and who wrote "berhenti". Only with its signature."""
    secret = current_app.config["WHATSAPP_APP_SECRET"]
    if not secret:
        abort(404)
    body = request.get_data()
    mark = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(request.headers.get("X-Hub-Signature-256", "").encode(), mark.encode()):
        abort(403)
    for value in _values(request.get_json(silent=True)):
        for report in _dicts(value.get("statuses")):
            _report(report)
        for written in _dicts(value.get("messages")):
            _heard(written)
    return "", 204


def _dicts(found: Any) -> list[dict[str, Any]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _values(sent: Any) -> list[dict[str, Any]]:
    entries = _dicts(sent.get("entry")) if isinstance(sent, dict) else []
    changes = [change for entry in entries for change in _dicts(entry.get("changes"))]
    return [change["value"] for change in changes if isinstance(change.get("value"), dict)]


def _report(report: dict[str, Any]) -> None:
    status, number = str(report.get("status", "")), str(report.get("id", ""))
    message = queries.find_reported(str(report.get("biz_opaque_callback_data", "")), number)
    if message is None or status not in {"sent", "delivered", "read", "failed"}:
        return
    problems = _dicts(report.get("errors"))
    failed = ""
    if status == "failed":
        failed = (
            " ".join(str(problems[0].get(key, "")) for key in ("code", "title")) if problems else "failed"
        )
    delivered = status in {"delivered", "read"}
    actions.note_report(
        message, delivered=delivered, failed=failed, provider_id=number[:200], now=clock.now()
    )


def _heard(written: dict[str, Any]) -> None:
    text = written.get("text")
    body = str(text.get("body", "")) if isinstance(text, dict) else ""
    if " ".join(body.casefold().split()) not in STOP:
        return
    code = actions.preference_code(Recipient("", phone=f"+{written.get('from', '')}"))
    found = queries.find_preference(code)
    if found is not None:
        actions.set_preference(code, wish=Wish.NOTHING, by_email=found.by_email, now=clock.now())
