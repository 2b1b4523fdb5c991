"""The pages of one article in the staff area: what they show and offer."""

from datetime import datetime
from typing import Any

from flask import abort, render_template
from flask_login import current_user
from wtforms import SelectChoice

from app.almanac.queries import pairs_of
from app.core import clock
from app.core.i18n import _
from app.core.text import truncate
from app.media.permissions import MediaPermission
from app.media.queries import photos_by_id, picture_of, recent_photos
from app.news.details import ItemStatus
from app.news.forms import (
    ArticleForm,
    EmergencyForm,
    PublishForm,
    ReturnForm,
    WithdrawForm,
)
from app.news.messages import words_of
from app.news.models import Article
from app.news.permissions import NewsPermission
from app.news.queries import (
    events_offered,
    find_article,
    photos_offered,
    stage_of_article,
)
from app.news.rules.lint import findings_in
from app.news.rules.prose import for_editor, links_in, photo_ids, text_of
from app.news.staff.room import (
    form_page,
    own_units,
    state_of,
    typed_moment,
)
from app.regions.queries import districts
from app.web.pages import moment_of_page


def find_or_404(article_id: int, permission: NewsPermission = NewsPermission.WRITE) -> Article:
    article = find_article(article_id, current_user.unit_ids(permission))
    if article is None:
        abort(404)
    return article


def values_of(article: Article) -> dict[str, Any]:
    photos = photos_by_id(photo_ids(article.body))

    def told(number: int) -> dict[str, object] | None:
        picture = picture_of(photos.get(number))
        if picture is None:
            return None
        return {"url": picture.url, "width": picture.width, "height": picture.height}

    return {
        "version": article.version,
        "title": article.title,
        "subtitle": article.subtitle,
        "body": for_editor(article.body, told),
        "byline": article.byline,
        "event_id": article.event_id,
        "cover_id": article.cover_id,
        "districts": [region.code for region in article.districts],
        "names_candidates": article.names_candidates,
        "wanted_at": typed_moment(article.wanted_at, article.unit.zone),
        "unit_id": article.unit_id,
    }


def offer_choices(form: ArticleForm, article: Article | None = None) -> None:
    """Fill the choices of the form with what belongs to one's units."""
    allowed = own_units()
    form.unit_id.choices = [SelectChoice(str(unit.id), unit.name) for unit in allowed]
    if article is not None:
        form.unit_id.choices = [SelectChoice(str(article.unit_id), article.unit.name)]
    ids = frozenset(unit.id for unit in allowed)
    photos = photos_offered(recent_photos(ids), article.cover if article else None)
    form.cover_id.choices = [SelectChoice("", _("Tanpa foto utama"))] + [
        SelectChoice(str(photo.id), f"{photo.id} · {truncate(photo.caption or photo.alt, 70)}")
        for photo in photos
    ]
    events = events_offered(ids, chosen=article.event if article else None)
    form.event_id.choices = [SelectChoice("", _("Bukan tentang satu acara"))] + [
        SelectChoice(str(event.id), truncate(event.title, 80)) for event in events
    ]
    form.districts.choices = [SelectChoice(region.code, region.name) for region in districts()]


def article_form_page(form: ArticleForm, article: Article | None, *, correcting: bool = False) -> str:
    photos = recent_photos(current_user.unit_ids(MediaPermission.UPLOAD))
    pictures = [picture for photo in photos if (picture := picture_of(photo)) is not None]
    warnings = warnings_of(article, clock.now()) if article is not None else []
    return form_page(
        "news/form.html",
        form=form,
        article=article,
        photos=pictures,
        warnings=warnings,
        correcting=correcting,
    )


def warnings_of(article: Article, now: datetime) -> list[str]:
    found = findings_in(
        title=article.title,
        subtitle=article.subtitle,
        text=text_of(article.body),
        links=links_in(article.body),
        pairs=pairs_of(None, now),
        tagged=article.names_candidates,
    )
    return [words_of(finding) for finding in found]


def article_page(article: Article, **forms: Any) -> str:
    now = moment_of_page()
    person = current_user.person
    may = {
        "write": article.status in {ItemStatus.DRAFT, ItemStatus.RETURNED},
        "publish": current_user.may(NewsPermission.PUBLISH, article.unit_id),
        "emergency": current_user.may(NewsPermission.EMERGENCY, article.unit_id),
        "correct": current_user.may(NewsPermission.CORRECT, article.unit_id),
        "withdraw": current_user.may(NewsPermission.WITHDRAW, article.unit_id),
    }
    given: dict[str, Any] = {
        "publishing": PublishForm(formdata=None),
        "returning": ReturnForm(formdata=None),
        "emergency": EmergencyForm(formdata=None),
        "withdrawing": WithdrawForm(formdata=None),
        **forms,
    }
    return render_template(
        "news/staff_show.html",
        article=article,
        state=state_of(stage_of_article(article, now, corrected=bool(article.corrections))),
        warnings=warnings_of(article, now),
        may=may,
        is_own=person.id == (article.submitted_by_id or article.written_by_id),
        cover=picture_of(article.cover),
        is_public=article.status is ItemStatus.PUBLISHED and (article.published_at or now) <= now,
        forms=given,
        opened=set(forms),
    )
