"""The net under the editor: unsaved text on the server, who else is there, earlier texts, texts from Word."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _, when
from app.core.text import clean_line
from app.media.actions import take_in
from app.media.details import PhotoDetails
from app.news.actions import (
    WRITABLE,
    discard_draft,
    is_checked_by,
    keep_draft,
    note_editor,
    restore_revision,
    start_article,
)
from app.news.details import ArticleDetails
from app.news.forms import WordForm
from app.news.models import Article
from app.news.permissions import NewsPermission
from app.news.queries import find_revision, newest_revision, others_writing
from app.news.rules.comparing import compared, is_changed
from app.news.rules.prose import blocks_of
from app.news.rules.word import MOST_BYTES, read_word
from app.news.staff.article_pages import find_or_404
from app.news.staff.room import blueprint, carry_out, own_units, unit_or_404
from app.web.pages import words_for
from app.web.staff import permitted

MOST_WORDS = 100_000


@blueprint.post("/berita/titipan")
@permitted(NewsPermission.WRITE)
def keep_new() -> ResponseReturnValue:
    """Begin an article from what was typed into the empty form so far.

    Answers JSON {"address", "keep", "save", "version"}: where its editor is and where it is kept from now on.
    """
    details = _typed()
    if not details.title:
        return jsonify(error=_("Tulis judulnya dahulu.")), 422
    unit = unit_or_404(request.form.get("unit_id", own_units()[0].id, type=int))
    try:
        article = start_article(details, unit_id=unit.id, by=current_user.person, now=clock.now())
    except RuleBroken as broken:
        return jsonify(error=words_for(broken)), 422
    addresses = {
        name: url_for(f"staff.news.{endpoint}", article_id=article.id)
        for name, endpoint in (("address", "edit"), ("keep", "keep"), ("save", "update"))
    }
    return jsonify(version=article.version, **addresses, **_news_of(article)), 201


@blueprint.post("/berita/<int:article_id>/titipan")
@permitted(NewsPermission.WRITE)
def keep(article_id: int) -> ResponseReturnValue:
    """Keep what was typed so far; without text only say that somebody is still here.

    Answers JSON {"status", "others", "stale"}: sentences, empty when there is nothing to say.
    """
    article = find_or_404(article_id)
    person, now = current_user.person, clock.now()
    if article.status not in WRITABLE and not is_checked_by(article, person, now=now):
        return jsonify(error=_("Tulisan ini sudah diajukan atau terbit.")), 409
    if "body" not in request.form:
        note_editor(article, by=person, now=now)
        return jsonify(_news_of(article))
    version = request.form.get("version", 0, type=int)
    keep_draft(article, _typed(), version=version, by=person, now=now)
    return jsonify(_news_of(article, version=version))


@blueprint.post("/berita/<int:article_id>/titipan/buang")
@permitted(NewsPermission.WRITE)
def discard(article_id: int) -> ResponseReturnValue:
    """Forget the unsaved text and go on from what was saved."""
    article = find_or_404(article_id)
    discard_draft(article, by=current_user.person)
    flash(_("Tulisan yang belum disimpan dibuang."), "ok")
    return redirect(url_for("staff.news.edit", article_id=article_id), 303)


@blueprint.get("/berita/<int:article_id>/naskah")
@permitted(NewsPermission.WRITE)
def revisions(article_id: int) -> ResponseReturnValue:
    """Two texts of an article side by side in one: what was added, what was taken out."""
    article = find_or_404(article_id)
    numbers = [revision.number for revision in article.revisions]
    newest = numbers[0]
    to = request.args.get("ke", newest, type=int)
    before = [number for number in numbers if number < to]
    since = request.args.get("dari", before[0] if before else to, type=int)
    old, fresh = find_revision(article.id, since), find_revision(article.id, to)
    if old is None or fresh is None:
        abort(404)
    lines = compared(
        [line for line in (old.title, old.subtitle, *blocks_of(old.body)) if line],
        [line for line in (fresh.title, fresh.subtitle, *blocks_of(fresh.body)) if line],
    )
    return render_template(
        "news/revisions.html",
        article=article,
        old=old,
        fresh=fresh,
        lines=lines,
        changed=is_changed(lines),
        options=[
            (
                row.number,
                _("%(number)s · %(when)s", number=row.number, when=when(row.saved_at, article.unit.zone)),
            )
            for row in article.revisions
        ],
        newest=newest,
        may_restore=article.status in WRITABLE,
    )


@blueprint.post("/berita/<int:article_id>/naskah/<int:number>/pulihkan")
@permitted(NewsPermission.WRITE)
def restore(article_id: int, number: int) -> ResponseReturnValue:
    """Bring an earlier text back as the newest."""
    article = find_or_404(article_id)
    version = request.form.get("version", 0, type=int)
    return carry_out(
        lambda: restore_revision(
            article, number=number, version=version, by=current_user.person, now=clock.now()
        ),
        _("Naskah itu kini yang terbaru. Yang sebelumnya tetap ada di riwayat."),
        article,
    )


@blueprint.get("/berita/dari-word")
@permitted(NewsPermission.WRITE)
def word() -> ResponseReturnValue:
    """Where a Word file is sent from."""
    form = WordForm(formdata=None)
    form.offer(own_units())
    return render_template("news/word.html", form=form)


@blueprint.post("/berita/dari-word")
@permitted(NewsPermission.WRITE)
def from_word() -> ResponseReturnValue:
    """Begin an article from a Word file; its pictures are taken in as photos."""
    form = WordForm()
    form.offer(own_units())
    if form.validate_on_submit():
        unit = unit_or_404(form.unit_id.data)
        try:
            article, refused = _article_from_word(form.file.data.stream.read(MOST_BYTES + 1), unit_id=unit.id)
        except RuleBroken as broken:
            form.refuse(broken, words_for(broken))
        else:
            flash(_("Tulisan dari Word sudah masuk sebagai konsep. Lengkapi keterangan fotonya."), "ok")
            if refused:
                flash(_("Gambar yang tidak dapat dipakai dan dilewati: %(count)s.", count=refused), "warn")
            return redirect(url_for("staff.news.edit", article_id=article.id), 303)
    return render_template("news/word.html", form=form), 422


def _article_from_word(content: bytes, *, unit_id: int) -> tuple[Article, int]:
    read = read_word(content)
    body, refused = read.body, 0
    for number, picture in enumerate(read.pictures):
        mark = f'<figure data-picture="{number}"></figure>'
        try:
            photo = take_in(
                picture, details=PhotoDetails(), unit_id=unit_id, by=current_user.person, now=clock.now()
            )
        except RuleBroken:  # a logo of ten pixels, a drawing in a format of its own
            refused += 1
            body = body.replace(mark, "")
        else:
            body = body.replace(mark, f'</p><figure data-photo="{photo.id}"></figure><p>')
    details = ArticleDetails(title=clean_line(read.title)[:160] or _("Tulisan dari Word"), body=body)
    return start_article(details, unit_id=unit_id, by=current_user.person, now=clock.now()), refused


def _typed() -> ArticleDetails:
    return ArticleDetails(
        title=clean_line(request.form.get("title", ""))[:160],
        subtitle=clean_line(request.form.get("subtitle", ""))[:240],
        body=request.form.get("body", "")[:MOST_WORDS],
    )


def _news_of(article: Article, *, version: int | None = None) -> dict[str, str]:
    """What the editor's page should say now, in sentences."""
    now = clock.now()
    names = others_writing(article.id, now, but=current_user.id)
    said = {
        "status": "",
        "stale": "",
        "others": _("Sedang membuka tulisan ini juga: %(names)s.", names=", ".join(names)) if names else "",
    }
    if version is not None:
        said["status"] = _("Titipan tersimpan di server: %(when)s.", when=when(now, article.unit.zone))
        if version != article.version:
            last = newest_revision(article.id)
            by = last.saved_by.full_name if last and last.saved_by else article.unit.name
            said["stale"] = _(
                "%(name)s sudah menyimpan naskah lain. Saat Anda menyimpan, kedua naskah ditampilkan.",
                name=by,
            )
    return said
