"""The staff room of news, and what its pages share."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from app.core.errors import RuleBroken
from app.core.i18n import _
from app.news.details import ItemStatus, Stage
from app.news.messages import TONES
from app.news.models import Article, Notice
from app.news.permissions import NewsPermission
from app.news.queries import (
    articles_about_event,
    items_with_photo,
    returned_items,
    stage_of_article,
    submitted_items,
)
from app.news.rules.publishing import is_being_checked
from app.regions.models import Unit
from app.regions.queries import units
from app.web.headers import nonce
from app.web.house import Waiting
from app.web.pages import label, moment_of_page, words_for

blueprint = Blueprint("news", __name__, template_folder="../templates")

# What an address calls an article and a notice.
ARTICLES, NOTICES = "berita", "pengumuman"
DEEDS = (
    "hand_in",
    "take_back_own",
    "check",
    "let_go",
    "approve_text",
    "give_back",
    "release",
    "release_in_emergency",
    "approve",
    "take_back",
)


def own_units(permission: NewsPermission = NewsPermission.WRITE) -> list[Unit]:
    """The units at which the signed-in person holds a permission, from the top down."""
    allowed = current_user.unit_ids(permission)
    return [unit for unit in units() if unit.id in allowed]


def unit_or_404(unit_id: int) -> Unit:
    """One of one's own units."""
    unit = next((unit for unit in own_units() if unit.id == unit_id), None)
    if unit is None:
        abort(404)
    return unit


def typed_moment(moment: datetime | None, zone: str) -> datetime | None:
    """A moment as the form's field shows it: on the clocks of a zone, without the zone."""
    return None if moment is None else moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def form_page(template: str, **values: object) -> str:
    """A page with the editor, which needs a nonce for the styles it brings along."""
    nonce()
    return render_template(template, **values)


def state_of(stage: Stage) -> dict[str, str]:
    """A stage as the component `state` takes it."""
    return {"label": label(stage), "tone": TONES[stage]}


def checker_of(item: Article | Notice, now: datetime) -> dict[str, object] | None:
    """Who is checking an item at a moment: {"name", "mine", "since"}."""
    if item.status is not ItemStatus.SUBMITTED or item.checking_by is None:
        return None
    if not is_being_checked(item.checking_at, now=now):
        return None
    return {
        "name": item.checking_by.full_name,
        "mine": item.checking_by_id == current_user.id,
        "since": item.checking_at,
    }


def address_of(item: Article | Notice) -> str:
    """The staff page of an item."""
    if isinstance(item, Article):
        return url_for("staff.news.show", article_id=item.id)
    return url_for("staff.news.show_notice", notice_id=item.id)


def deeds_on(item: Article | Notice) -> dict[str, str]:
    """Where each deed of the workflow on an item is sent to."""
    kind = ARTICLES if isinstance(item, Article) else NOTICES
    return {name: url_for(f"staff.news.{name}", kind=kind, item_id=item.id) for name in DEEDS}


def carry_out(deed: Callable[[], object], done: str, item: Article | Notice) -> ResponseReturnValue:
    """Do a deed of the workflow and go back to the item's page, with what came of it in words."""
    address = address_of(item)
    try:
        deed()
    except RuleBroken as broken:
        flash(words_for(broken), "error")
    else:
        flash(done, "ok")
    return redirect(address, 303)


def waiting_for(person: object, now: datetime) -> list[Waiting]:
    """What waits for the signed-in person: submitted items for editors, returned ones for writers."""
    found = []
    if current_user.may(NewsPermission.PUBLISH):
        for item in submitted_items(current_user.unit_ids(NewsPermission.PUBLISH), but_by=current_user.id):
            emergency = item.status is ItemStatus.PUBLISHED
            kind = _("Terbit darurat, perlu disetujui") if emergency else _("Berita menunggu diperiksa")
            if isinstance(item, Notice) and not emergency:
                kind = _("Pengumuman menunggu diperiksa")
            if item.status is ItemStatus.APPROVED:
                kind = _("Disetujui, waktu terbit belum ditentukan")
            since = item.emergency_at if emergency else item.submitted_at
            found.append(Waiting(item.title, address_of(item), since or item.changed_at, kind))
    for item in returned_items(current_user.id, current_user.unit_ids(NewsPermission.WRITE)):
        since = item.returned_at or item.changed_at
        found.append(Waiting(item.title, address_of(item), since, _("Dikembalikan, perlu diperbaiki")))
    return found


def photo_uses(photo_id: int) -> Markup:
    """Where a photo is used, for its staff page; items of other units are only counted."""
    allowed = current_user.unit_ids(NewsPermission.WRITE)
    items = items_with_photo(photo_id)
    own = [item for item in items if item.unit_id in allowed]
    rows = [(item.title, address_of(item), label(item.status)) for item in own]
    return Markup(render_template("news/_photo_uses.html", rows=rows, elsewhere=len(items) - len(own)))  # noqa: S704


def event_panel(event: object) -> Markup:
    """The news of an event and "Buat dari acara", for the event's staff page."""
    if not current_user.may(NewsPermission.WRITE):
        return Markup()
    now = moment_of_page()
    articles = articles_about_event(event.id, current_user.unit_ids(NewsPermission.WRITE))  # type: ignore[attr-defined]
    rows = [
        (article, state_of(stage_of_article(article, now, corrected=bool(article.corrections))))
        for article in articles
    ]
    return Markup(render_template("news/_event_staff.html", event=event, rows=rows))  # noqa: S704
