"""The outbox as officers see it: what to send by hand, what failed, what has left."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, number
from app.notify import actions, queries
from app.notify.details import MessageStatus
from app.notify.models import OutboxMessage
from app.notify.permissions import NotifyPermission
from app.web.house import Waiting
from app.web.pages import words_for
from app.web.paging import page_number, paging_on
from app.web.staff import permitted

blueprint = Blueprint("notify", __name__, template_folder="templates")
PAGE = 50
TABS = {
    "menunggu": MessageStatus.WAITING,
    "gagal": MessageStatus.FAILED,
    "terkirim": MessageStatus.SENT,
    "ditarik": MessageStatus.CANCELLED,
}


def _reach(person: Any) -> tuple[frozenset[int], bool]:
    """Whose messages a person may see: of which units, and whether those of no unit."""
    house = person.may(NotifyPermission.WORK_HOUSE_OUTBOX)
    address = getattr(person, "second_factor_address", None)
    if house and address is not None and address():
        house = False  # links that open accounts need the second factor
    return person.unit_ids(NotifyPermission.WORK_OUTBOX), house


def _message(message_id: int) -> OutboxMessage:
    unit_ids, house = _reach(current_user)
    message = queries.find_message(message_id, unit_ids, house=house)
    if message is None:
        abort(404)
    return message


@blueprint.get("/")
@permitted(NotifyPermission.WORK_OUTBOX)
def index() -> ResponseReturnValue:
    """The send-list and what became of the rest."""
    unit_ids, house = _reach(current_user)
    now = clock.now()
    key = request.args.get("tahap", "menunggu")
    key = key if key in TABS else "menunggu"
    page = page_number()
    rows = queries.page_of_messages(TABS[key], unit_ids, house=house, now=now, page=page, size=PAGE)
    return render_template(
        "notify/index.html",
        rows=[(row, queries.whatsapp_link(row)) for row in rows[:PAGE]],
        key=key,
        tabs_shown=list(TABS.items()),
        backlog=queries.backlog(unit_ids, house=house, now=now),
        page=paging_on(page, more=len(rows) > PAGE),
    )


def _back() -> ResponseReturnValue:
    key = request.form.get("tahap", "menunggu")
    return redirect(url_for("staff.notify.index", tahap=key if key in TABS else None), 303)


@blueprint.post("/<int:message_id>/terkirim")
@permitted(NotifyPermission.WORK_OUTBOX)
def mark_sent(message_id: int) -> ResponseReturnValue:
    """Mark a message that was sent by hand."""
    try:
        actions.mark_sent_by_hand(_message(message_id), by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
    else:
        flash(_("Ditandai terkirim."), "ok")
    return _back()


@blueprint.post("/<int:message_id>/ulang")
@permitted(NotifyPermission.WORK_OUTBOX)
def retry(message_id: int) -> ResponseReturnValue:
    """Try a failed message again."""
    try:
        actions.retry_message(_message(message_id), by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        flash(words_for(broken), "warn")
    else:
        flash(_("Pesan dicoba lagi."), "ok")
    return _back()


@blueprint.post("/gagal/ulang")
@permitted(NotifyPermission.WORK_OUTBOX)
def retry_all() -> ResponseReturnValue:
    """Try everything again that was given up, once what was wrong is mended."""
    unit_ids, house = _reach(current_user)
    failed = queries.failed_messages(unit_ids, house=house)
    count = actions.retry_messages(failed, by=current_user.person, now=clock.now())
    flash(_("%(count)s pesan dicoba lagi.", count=number(count)), "ok")
    return redirect(url_for("staff.notify.index"), 303)


def waiting_for(person: Any, now: datetime) -> list[Waiting]:
    """For the staff home: how many messages wait for a hand, and since when."""
    unit_ids, house = _reach(person)
    if not unit_ids:
        return []
    backlog = queries.backlog(unit_ids, house=house, now=now)
    if backlog.oldest_at is None:
        return []
    lines = []
    if backlog.waiting:
        text = _("%(count)s pesan perlu dikirim", count=number(backlog.waiting))
        lines.append(Waiting(text, url_for("staff.notify.index"), backlog.oldest_at, _("Pesan")))
    if backlog.failed:
        text = _("%(count)s pesan gagal terkirim", count=number(backlog.failed))
        lines.append(
            Waiting(text, url_for("staff.notify.index", tahap="gagal"), backlog.oldest_at, _("Pesan"))
        )
    return lines
