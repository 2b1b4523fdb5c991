"""Articles in the staff area: list, write, save."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken, StaleWrite
from app.core.i18n import _
from app.news.actions import WRITABLE, is_checked_by, keep_draft, save_article, start_article
from app.news.details import ArticleDetails, ItemStatus
from app.news.forms import (
    ArticleForm,
)
from app.news.permissions import NewsPermission
from app.news.queries import (
    articles_of_units,
    counts_by_status,
    find_draft,
    stage_of_article,
)
from app.news.rules.release import release_of
from app.news.rules.release_facts import facts_of
from app.news.staff.article_pages import (
    article_form_page,
    article_page,
    conflict_of,
    find_or_404,
    offer_choices,
    values_of,
)
from app.news.staff.room import (
    blueprint,
    state_of,
    unit_or_404,
)
from app.records.queries import record_of_event
from app.web.pages import moment_of_page, refuse
from app.web.paging import page_number, pages_for, paging
from app.web.staff import permitted

SIZE = 20
TABS = {
    "": None,
    "konsep": ItemStatus.DRAFT,
    "diajukan": ItemStatus.SUBMITTED,
    "dikembalikan": ItemStatus.RETURNED,
    "disetujui": ItemStatus.APPROVED,
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
    number = page_number()
    allowed = current_user.unit_ids(NewsPermission.WRITE)
    articles, total = articles_of_units(allowed, status=TABS[tab], number=number, size=SIZE)
    counts = counts_by_status(allowed)
    names = {
        "": _("Semua"),
        "konsep": _("Konsep"),
        "diajukan": _("Diajukan"),
        "dikembalikan": _("Dikembalikan"),
        "disetujui": _("Disetujui"),
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
                if status in {ItemStatus.SUBMITTED, ItemStatus.RETURNED, ItemStatus.APPROVED}
                else None,
            }
            for key, name in names.items()
            for status in [TABS[key]]
        ],
        page=paging(number, pages_for(total, SIZE)),
    )


@blueprint.get("/berita/baru")
@permitted(NewsPermission.WRITE)
def new() -> ResponseReturnValue:
    """An empty article."""
    form = ArticleForm(formdata=None)
    offer_choices(form)
    return article_form_page(form, None)


@blueprint.post("/berita/baru")
@permitted(NewsPermission.WRITE)
def create() -> ResponseReturnValue:
    """Keep a new draft."""
    form = ArticleForm()
    offer_choices(form)
    if form.validate_on_submit():
        unit = unit_or_404(form.unit_id.data)
        try:
            article = start_article(
                form.details(unit.zone), unit_id=unit.id, by=current_user.person, now=clock.now()
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Konsep tersimpan."), "ok")
            return redirect(url_for("staff.news.show", article_id=article.id), 303)
    return article_form_page(form, None), 422


@blueprint.post("/berita/dari-acara/<int:event_id>")
@permitted(NewsPermission.WRITE)
def from_event(event_id: int) -> ResponseReturnValue:
    """Draft the release from the record of an event; what is not on record is marked as a gap."""
    record = record_of_event(event_id, current_user.unit_ids(NewsPermission.WRITE))
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
    article = start_article(
        details, unit_id=record.unit_id, by=current_user.person, now=clock.now(), facts=facts_of(record)
    )
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
    return article_page(find_or_404(article_id))


@blueprint.get("/berita/<int:article_id>/ubah")
@permitted(NewsPermission.WRITE)
def edit(article_id: int) -> ResponseReturnValue:
    """The editor."""
    article = find_or_404(article_id)
    if article.status not in WRITABLE and not is_checked_by(article, current_user.person, now=clock.now()):
        return redirect(url_for("staff.news.show", article_id=article.id), 303)
    draft = find_draft(article.id, current_user.id)
    form = ArticleForm(formdata=None, data=values_of(article, draft))
    offer_choices(form, article)
    conflict = conflict_of(article, form) if draft is not None and draft.version != article.version else None
    return article_form_page(form, article, draft=draft, conflict=conflict)


@blueprint.post("/berita/<int:article_id>/ubah")
@permitted(NewsPermission.WRITE)
def update(article_id: int) -> ResponseReturnValue:
    """Save a draft; what somebody else saved in between is never overwritten."""
    article = find_or_404(article_id)
    form = ArticleForm()
    offer_choices(form, article)
    if form.validate_on_submit():
        try:
            save_article(
                article,
                form.details(article.unit.zone),
                version=form.version.data or 0,
                by=current_user.person,
                now=clock.now(),
            )
        except StaleWrite as stale:
            refuse(form, stale)
            article = find_or_404(article_id)
            typed, version = form.details(article.unit.zone), form.version.data or 0
            keep_draft(article, typed, version=version, by=current_user.person, now=clock.now())
            article = find_or_404(article_id)
            return article_form_page(form, article, conflict=conflict_of(article, form)), 422
        except RuleBroken as broken:
            refuse(form, broken)
            article = find_or_404(article_id)
        else:
            flash(_("Konsep tersimpan."), "ok")
            return redirect(url_for("staff.news.show", article_id=article_id), 303)
    return article_form_page(form, article), 422
