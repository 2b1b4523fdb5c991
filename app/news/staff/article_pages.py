"""The pages of one article in the staff area: what they show and offer."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, render_template, url_for
from flask_login import current_user
from markupsafe import Markup
from wtforms import SelectChoice

from app.almanac.queries import pairs_of
from app.core import clock
from app.core.i18n import _
from app.core.text import truncate
from app.media.permissions import MediaPermission
from app.media.queries import photos_by_id, picture_of, recent_photos
from app.news.actions import WRITABLE, is_checked_by
from app.news.details import Conflict, ItemStatus, Topic
from app.news.forms import (
    ArticleForm,
    EmergencyForm,
    FactCheckForm,
    NoteForm,
    PublishForm,
    ReturnForm,
    WithdrawForm,
)
from app.news.messages import SOURCES, words_of
from app.news.models import Article, ArticleDraft, FactCheck
from app.news.permissions import NewsPermission
from app.news.queries import (
    articles_by_id,
    articles_to_read,
    differences_of,
    events_offered,
    fact_checks_of,
    find_article,
    newest_revision,
    notes_of,
    others_writing,
    photos_offered,
    stage_of_article,
)
from app.news.rules.comparing import compared
from app.news.rules.lint import findings_in
from app.news.rules.prose import (
    Piece,
    article_ids,
    as_plain,
    blocks_of,
    clean_prose,
    for_editor,
    links_in,
    photo_ids,
    text_of,
)
from app.news.rules.sharing import whatsapp_url
from app.news.staff.room import (
    checker_of,
    deeds_on,
    form_page,
    own_units,
    state_of,
    typed_moment,
)
from app.regions.queries import districts, units
from app.web.pages import absolute, label, moment_of_page

CONTENT = "application/vnd.rukun+html"  # attachments of the editor that are words, not one picture


def find_or_404(article_id: int, permission: NewsPermission = NewsPermission.WRITE) -> Article:
    article = find_article(article_id, current_user.unit_ids(permission))
    if article is None:
        abort(404)
    return article


def values_of(article: Article, draft: ArticleDraft | None = None) -> dict[str, Any]:
    """What the form of an article says; the words from a draft that was not saved, when there is one."""
    words = draft or article
    return {
        "version": article.version,
        "topic": article.topic.value if article.topic else "",
        "title": words.title,
        "subtitle": words.subtitle,
        "body": words.body,
        "byline": article.byline,
        "event_id": article.event_id,
        "cover_id": article.cover_id,
        "districts": [region.code for region in article.districts],
        "names_candidates": article.names_candidates,
        "wanted_at": typed_moment(article.wanted_at, article.unit.zone),
        "unit_id": article.unit_id,
    }


def body_for_editor(typed: str, *, known: str = "") -> str:
    """A text as the editor takes it, with what it should show of photos and other articles.

    known: the text that was saved; of photos that it does not hold only those of one's own units are shown.
    """
    clean = clean_prose(typed)
    units_of_person = current_user.unit_ids(NewsPermission.WRITE)
    photos = {
        number: photo
        for number, photo in photos_by_id(photo_ids(clean)).items()
        if photo.unit_id in units_of_person or number in photo_ids(known)
    }
    others = articles_by_id(article_ids(clean), units_of_person, clock.now())

    def told(piece: Piece) -> dict[str, object] | None:
        if piece.kind == "pull":
            return shown_words(f"“{piece.text}”", _("Kutipan yang ditonjolkan"))
        if piece.kind == "read":
            other = others.get(piece.ids[0])
            return shown_words(other.title, _("Baca juga")) if other is not None else None
        pictures = [picture for number in piece.ids if (picture := picture_of(photos.get(number)))]
        if not pictures:
            return None
        if piece.kind == "photo":
            picture = pictures[0]
            return {"url": picture.url, "width": picture.width, "height": picture.height}
        images = Markup("").join(
            Markup('<img src="{}" alt="" width="96" height="64">').format(picture.url) for picture in pictures
        )
        return {"contentType": CONTENT, "content": str(Markup("<b>{}</b> {}").format(_("Galeri"), images))}

    return for_editor(clean, told)


def shown_words(text: str, kind: str) -> dict[str, object]:
    """A piece of words as the editor shows it."""
    return {"contentType": CONTENT, "content": str(Markup("<b>{}</b> {}").format(kind, text))}


def conflict_of(article: Article, form: ArticleForm) -> Conflict:
    """What somebody else saved in between beside what is in the form; the form may be saved after that."""
    revision = newest_revision(article.id)
    theirs = [article.title, article.subtitle, *blocks_of(article.body)]
    mine = [form.title.data or "", form.subtitle.data or "", *blocks_of(clean_prose(form.body.data or ""))]
    form.version.process_data(article.version)
    form.version.raw_data = None
    return Conflict(
        by=revision.saved_by.full_name if revision and revision.saved_by else "",
        at=revision.saved_at if revision else article.changed_at,
        lines=compared([line for line in theirs if line], [line for line in mine if line]),
        body=article.body,
        title=article.title,
    )


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
    form.topic.choices = [SelectChoice("", _("Tanpa topik"))] + [
        SelectChoice(topic.value, label(topic)) for topic in Topic
    ]
    form.districts.choices = [SelectChoice(region.code, region.name) for region in districts()]


def article_form_page(
    form: ArticleForm,
    article: Article | None,
    *,
    correcting: bool = False,
    conflict: Conflict | None = None,
    draft: ArticleDraft | None = None,
) -> str:
    """The editor. conflict: what else was saved meanwhile; draft: the unsaved text that was brought back."""
    photos = recent_photos(current_user.unit_ids(MediaPermission.UPLOAD))
    pictures = [picture for photo in photos if (picture := picture_of(photo)) is not None]
    warnings = warnings_of(article, clock.now()) if article is not None else []
    now = clock.now()
    clean = clean_prose(form.body.data or "")
    editor_html = body_for_editor(clean, known=article.body if article is not None else "")
    form.body.process_data(as_plain(clean))
    form.body.raw_data = None
    allowed = current_user.unit_ids(NewsPermission.WRITE)
    return form_page(
        "news/form.html",
        form=form,
        editor_html=editor_html,
        others=others_writing(article.id, now, but=current_user.id) if article is not None else [],
        to_read=[row for row in articles_to_read(allowed, now) if article is None or row.id != article.id],
        conflict=conflict,
        draft=draft,
        article=article,
        photos=pictures,
        warnings=warnings,
        correcting=correcting,
    )


def warnings_of(article: Article, now: datetime) -> list[dict[str, Any]]:
    """What the lint says: {"text", "source", "fix"}; fix: (words as they stand, words instead) or None."""
    found = findings_in(
        title=article.title,
        subtitle=article.subtitle,
        text=text_of(article.body),
        links=links_in(article.body),
        pairs=pairs_of(None, now),
        tagged=article.names_candidates,
        event_on=article.event.starts_at.astimezone(ZoneInfo(article.unit.zone)).date()
        if article.event
        else None,
        units=[unit.name for unit in units()],
    )
    return [
        {"text": words_of(finding), "source": SOURCES[finding.code], "fix": finding.fix} for finding in found
    ]


def article_page(article: Article, **forms: Any) -> str:
    now = moment_of_page()
    person = current_user.person
    may = {
        "write": article.status in WRITABLE,
        "edit": article.status in WRITABLE or is_checked_by(article, person, now=now),
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
        "noting": NoteForm(formdata=None),
        "asking": FactCheckForm(formdata=None),
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
        checker=checker_of(article, now),
        differences=differences_of(article),
        notes=notes_of(article.id),
        checks=[_check_row(check) for check in fact_checks_of(article.id)],
        urls=deeds_on(article),
        forms=given,
        opened=set(forms),
    )


def _check_row(check: FactCheck) -> tuple[FactCheck, str, str]:
    address = absolute(url_for("news.fact_check", code=check.code))
    text = _("Mohon bantu memeriksa fakta tulisan ini sebelum terbit: %(address)s", address=address)
    return check, address, whatsapp_url(text)
