"""Articles in the staff area."""

from datetime import datetime
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from app.almanac.queries import pairs_of
from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.core.text import truncate
from app.media.actions import share_card
from app.media.details import Card
from app.media.permissions import MediaPermission
from app.media.queries import photos_by_id, picture_of, recent_photos
from app.news.actions import (
    approve_emergency,
    correct_article,
    publish,
    return_item,
    save_article,
    start_article,
    submit,
    withdraw,
)
from app.news.details import ArticleDetails, ItemStatus
from app.news.forms import (
    ArticleForm,
    CorrectionForm,
    EmergencyForm,
    PublishForm,
    ReturnForm,
    WithdrawForm,
)
from app.news.messages import words_of
from app.news.models import Article
from app.news.permissions import NewsPermission
from app.news.queries import (
    articles_of_units,
    counts_by_status,
    events_offered,
    find_article,
    photos_offered,
    pledge_states,
    shown_pieces,
    stage_of_article,
)
from app.news.rules.lint import findings_in
from app.news.rules.prose import for_editor, links_in, photo_ids, text_of
from app.news.rules.release import release_of
from app.news.staff.room import (
    blueprint,
    carry_out,
    form_page,
    own_units,
    state_of,
    typed_moment,
    unit_or_404,
)
from app.records.queries import record_of_event
from app.regions.queries import districts
from app.web.pages import moment_of_page, page_url, refuse
from app.web.staff import permitted

SIZE = 20
TABS = {
    "": None,
    "konsep": ItemStatus.DRAFT,
    "diajukan": ItemStatus.SUBMITTED,
    "dikembalikan": ItemStatus.RETURNED,
    "terbit": ItemStatus.PUBLISHED,
    "ditarik": ItemStatus.WITHDRAWN,
}


@blueprint.get("/berita/")
@permitted(NewsPermission.WRITE)
def index() -> ResponseReturnValue:
    """The articles of one's units, last changed first."""
    now = moment_of_page()
    tab = request.args.get("keadaan", "")
    if tab not in TABS:
        abort(404)
    number = min(max(1, request.args.get("halaman", 1, type=int)), 5000)
    allowed = current_user.unit_ids(NewsPermission.WRITE)
    articles, total = articles_of_units(allowed, status=TABS[tab], number=number, size=SIZE)
    counts = counts_by_status(allowed)
    pages = max(1, -(-total // SIZE))
    names = {
        "": _("Semua"),
        "konsep": _("Konsep"),
        "diajukan": _("Diajukan"),
        "dikembalikan": _("Dikembalikan"),
        "terbit": _("Terbit"),
        "ditarik": _("Ditarik"),
    }
    return render_template(
        "news/staff_index.html",
        rows=[
            (article, state_of(stage_of_article(article, now, corrected=bool(article.corrections))))
            for article in articles
        ],
        tab=tab,
        tabs=[
            {
                "label": name,
                "url": url_for("staff.news.index", keadaan=key or None),
                "key": key,
                "count": counts.get(status, 0)
                if status in {ItemStatus.SUBMITTED, ItemStatus.RETURNED}
                else None,
            }
            for key, name in names.items()
            for status in [TABS[key]]
        ],
        page={
            "number": number,
            "pages": pages,
            "previous_url": page_url(halaman=number - 1) if 1 < number <= pages else None,
            "next_url": page_url(halaman=number + 1) if number < pages else None,
        },
    )


@blueprint.get("/berita/baru")
@permitted(NewsPermission.WRITE)
def new() -> ResponseReturnValue:
    """An empty article."""
    form = ArticleForm(formdata=None)
    _offer(form)
    return _form_page(form, None)


@blueprint.post("/berita/baru")
@permitted(NewsPermission.WRITE)
def create() -> ResponseReturnValue:
    """Keep a new draft."""
    form = ArticleForm()
    _offer(form)
    if form.validate_on_submit():
        unit = unit_or_404(form.unit_id.data)
        article = start_article(
            form.details(unit.zone), unit_id=unit.id, by=current_user.person, now=clock.now()
        )
        flash(_("Konsep tersimpan."), "ok")
        return redirect(url_for("staff.news.show", article_id=article.id), 303)
    return _form_page(form, None), 422


@blueprint.post("/berita/dari-acara/<int:event_id>")
@permitted(NewsPermission.WRITE)
def from_event(event_id: int) -> ResponseReturnValue:
    """Draft the release from the record of an event; what is not on record is marked as a gap."""
    record = record_of_event(
        event_id,
        current_user.unit_ids(NewsPermission.WRITE),
        pledges=pledge_states(event_id, clock.now()),
    )
    if record is None:
        abort(404)
    release = release_of(record)
    details = ArticleDetails(
        title=release.title,
        subtitle=release.subtitle,
        body=release.body,
        byline=_("Humas %(unit)s", unit=record.unit_name),
        event_id=event_id,
        districts=(record.district_code,) if record.district_code else (),
        names_candidates=record.names_candidates,
    )
    article = start_article(details, unit_id=record.unit_id, by=current_user.person, now=clock.now())
    if release.gaps:
        flash(
            _("Rilis disusun dari catatan acara. Fakta yang belum ada: %(count)s.", count=len(release.gaps)),
            "warn",
        )
    else:
        flash(_("Rilis disusun dari catatan acara. Periksa, lalu ajukan."), "ok")
    return redirect(url_for("staff.news.edit", article_id=article.id), 303)


@blueprint.get("/berita/<int:article_id>")
@permitted(NewsPermission.WRITE)
def show(article_id: int) -> ResponseReturnValue:
    """Where an article stands, what the lint says, and what may be done next."""
    return _show_page(_find(article_id))


@blueprint.get("/berita/<int:article_id>/ubah")
@permitted(NewsPermission.WRITE)
def edit(article_id: int) -> ResponseReturnValue:
    """The editor."""
    article = _find(article_id)
    if article.status not in {ItemStatus.DRAFT, ItemStatus.RETURNED}:
        return redirect(url_for("staff.news.show", article_id=article.id), 303)
    form = ArticleForm(formdata=None, data=_values(article))
    _offer(form, article)
    return _form_page(form, article)


@blueprint.post("/berita/<int:article_id>/ubah")
@permitted(NewsPermission.WRITE)
def update(article_id: int) -> ResponseReturnValue:
    """Save a draft; what somebody else saved in between is never overwritten."""
    article = _find(article_id)
    form = ArticleForm()
    _offer(form, article)
    if form.validate_on_submit():
        try:
            save_article(
                article,
                form.details(article.unit.zone),
                version=form.version.data or 0,
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
            article = _find(article_id)
        else:
            flash(_("Konsep tersimpan."), "ok")
            return redirect(url_for("staff.news.show", article_id=article_id), 303)
    return _form_page(form, article), 422


@blueprint.get("/berita/<int:article_id>/pratinjau")
@permitted(NewsPermission.WRITE)
def preview(article_id: int) -> ResponseReturnValue:
    """The article as everyone will see it, and its card as WhatsApp will show it."""
    article = _find(article_id)
    return render_template(
        "news/preview.html",
        article=article,
        body=shown_pieces(article.body),
        cover=picture_of(article.cover),
    )


@blueprint.get("/berita/<int:article_id>/kartu.jpg")
@permitted(NewsPermission.WRITE)
def card(article_id: int) -> ResponseReturnValue:
    """The share card as it would be."""
    article = _find(article_id)
    picture = picture_of(article.cover)
    words = Card(
        title=article.title,
        kicker=_("Berita"),
        unit=article.unit.name,
        photo_key=article.cover.key if picture and article.cover else "",
    )
    path = share_card("konsep", article.id, article.version, words)
    return Response(path.read_bytes(), content_type="image/jpeg")


@blueprint.post("/berita/<int:article_id>/ajukan")
@permitted(NewsPermission.WRITE)
def hand_in(article_id: int) -> ResponseReturnValue:
    """Hand the article to the editors."""
    article = _find(article_id)
    return carry_out(
        lambda: submit(article, by=current_user.person, now=clock.now()),
        _("Sudah diajukan. Editor lain yang akan memeriksa dan menerbitkannya."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/kembalikan")
@permitted(NewsPermission.PUBLISH)
def give_back(article_id: int) -> ResponseReturnValue:
    """Return it to the writer with a note."""
    article = _find(article_id, NewsPermission.PUBLISH)
    form = ReturnForm()
    if not form.validate_on_submit():
        return _show_page(article, returning=form), 422
    return carry_out(
        lambda: return_item(article, note=form.note.data, by=current_user.person, now=clock.now()),
        _("Dikembalikan kepada penulis."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/terbitkan")
@permitted(NewsPermission.PUBLISH)
def release(article_id: int) -> ResponseReturnValue:
    """Publish now or from a moment on."""
    article = _find(article_id, NewsPermission.PUBLISH)
    form = PublishForm()
    if not form.validate_on_submit():
        return _show_page(article, publishing=form), 422
    moment = form.at.moment(article.unit.zone)
    try:
        publish(article, by=current_user.person, now=clock.now(), at=moment)
    except RuleBroken as broken:
        refuse(form, broken)
        return _show_page(_find(article_id), publishing=form), 422
    flash(_("Sudah terbit.") if moment is None else _("Sudah dijadwalkan."), "ok")
    return redirect(url_for("staff.news.show", article_id=article_id), 303)


@blueprint.post("/berita/<int:article_id>/darurat")
@permitted(NewsPermission.EMERGENCY)
def release_in_emergency(article_id: int) -> ResponseReturnValue:
    """Publish at once without a second person; marked, and waiting for a later approval."""
    article = _find(article_id, NewsPermission.EMERGENCY)
    form = EmergencyForm()
    if not form.validate_on_submit():
        return _show_page(article, emergency=form), 422
    return carry_out(
        lambda: publish(article, by=current_user.person, now=clock.now(), emergency=form.emergency.data),
        _("Terbit darurat. Editor lain perlu menyetujuinya."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/setujui")
@permitted(NewsPermission.PUBLISH)
def approve(article_id: int) -> ResponseReturnValue:
    """Approve an emergency publication of somebody else."""
    article = _find(article_id, NewsPermission.PUBLISH)
    return carry_out(
        lambda: approve_emergency(article, by=current_user.person, now=clock.now()),
        _("Penerbitan darurat disetujui."),
        article,
    )


@blueprint.post("/berita/<int:article_id>/tarik")
@permitted(NewsPermission.WITHDRAW)
def take_back(article_id: int) -> ResponseReturnValue:
    """Withdraw a published article with a reason everyone can read."""
    article = _find(article_id, NewsPermission.WITHDRAW)
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _show_page(article, withdrawing=form), 422
    return carry_out(
        lambda: withdraw(article, reason=form.reason.data, by=current_user.person, now=clock.now()),
        _("Ditarik. Alamatnya kini menyebut alasannya."),
        article,
    )


@blueprint.get("/berita/<int:article_id>/ralat")
@permitted(NewsPermission.CORRECT)
def correction(article_id: int) -> ResponseReturnValue:
    """The editor for a published article."""
    article = _find(article_id, NewsPermission.CORRECT)
    if article.status is not ItemStatus.PUBLISHED:
        return redirect(url_for("staff.news.show", article_id=article.id), 303)
    form = CorrectionForm(formdata=None, data=_values(article))
    _offer(form, article)
    return _form_page(form, article, correcting=True)


@blueprint.post("/berita/<int:article_id>/ralat")
@permitted(NewsPermission.CORRECT)
def correct(article_id: int) -> ResponseReturnValue:
    """Change a published article in the open."""
    article = _find(article_id, NewsPermission.CORRECT)
    form = CorrectionForm()
    _offer(form, article)
    if form.validate_on_submit():
        try:
            correct_article(
                article,
                form.details(article.unit.zone),
                note=form.note.data,
                version=form.version.data or 0,
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
            article = _find(article_id, NewsPermission.CORRECT)
        else:
            flash(_("Ralat terbit."), "ok")
            return redirect(url_for("staff.news.show", article_id=article_id), 303)
    return _form_page(form, article, correcting=True), 422


def _find(article_id: int, permission: NewsPermission = NewsPermission.WRITE) -> Article:
    article = find_article(article_id, current_user.unit_ids(permission))
    if article is None:
        abort(404)
    return article


def _values(article: Article) -> dict[str, Any]:
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


def _offer(form: ArticleForm, article: Article | None = None) -> None:
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


def _form_page(form: ArticleForm, article: Article | None, *, correcting: bool = False) -> str:
    photos = recent_photos(current_user.unit_ids(MediaPermission.UPLOAD))
    pictures = [picture for photo in photos if (picture := picture_of(photo)) is not None]
    warnings = _warnings(article, clock.now()) if article is not None else []
    return form_page(
        "news/form.html",
        form=form,
        article=article,
        photos=pictures,
        warnings=warnings,
        correcting=correcting,
    )


def _warnings(article: Article, now: datetime) -> list[str]:
    found = findings_in(
        title=article.title,
        subtitle=article.subtitle,
        text=text_of(article.body),
        links=links_in(article.body),
        pairs=pairs_of(None, now),
        tagged=article.names_candidates,
    )
    return [words_of(finding) for finding in found]


def _show_page(article: Article, **forms: Any) -> str:
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
        warnings=_warnings(article, now),
        may=may,
        is_own=person.id == (article.submitted_by_id or article.written_by_id),
        cover=picture_of(article.cover),
        is_public=article.status is ItemStatus.PUBLISHED and (article.published_at or now) <= now,
        forms=given,
        opened=set(forms),
    )
