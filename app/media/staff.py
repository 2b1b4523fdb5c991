"""Photos in the staff area: list, take in, describe, remove; and the upload of the editor."""

from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.media.actions import describe_photo, remove_photo, take_in
from app.media.details import PhotoDetails, PhotoState
from app.media.forms import PhotoForm, PhotoWordsForm, RemoveForm
from app.media.models import Photo
from app.media.permissions import MediaPermission
from app.media.queries import find_photo, page_of_photos, picture_of, progress_of
from app.media.rules import MOST_BYTES
from app.regions.queries import units
from app.web.pages import refuse, words_for
from app.web.paging import page_number, pages_for, paging
from app.web.staff import permitted

blueprint = Blueprint("media", __name__, template_folder="templates")
SIZE = 24


@blueprint.get("/")
@permitted(MediaPermission.UPLOAD)
def index() -> ResponseReturnValue:
    """The photos of one's units, newest first."""
    number = page_number()
    state = PhotoState.INCOMPLETE if request.args.get("keadaan") == "belum" else None
    photos, total = page_of_photos(
        current_user.unit_ids(MediaPermission.UPLOAD), page=number, size=SIZE, state=state
    )
    pictures = {photo.id: picture_of(photo) for photo in photos}
    return render_template(
        "media/index.html",
        photos=photos,
        pictures=pictures,
        page=paging(number, pages_for(total, SIZE)),
        total=total,
        state=state,
    )


@blueprint.get("/baru")
@permitted(MediaPermission.UPLOAD)
def new() -> ResponseReturnValue:
    """The form for a new photo."""
    return render_template("media/new.html", form=_form())


@blueprint.post("/baru")
@permitted(MediaPermission.UPLOAD)
def create() -> ResponseReturnValue:
    """Take a photo in with its words."""
    form = _form()
    if form.validate_on_submit():
        try:
            photo = take_in(
                form.file.data.stream.read(MOST_BYTES + 1),
                details=form.details(),
                unit_id=form.unit_id.data,
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Foto tersimpan. Ukuran lainnya sedang dibuat."), "ok")
            return redirect(url_for("staff.media.edit", photo_id=photo.id), 303)
    return render_template("media/new.html", form=form), 422


@blueprint.post("/unggah")
@permitted(MediaPermission.UPLOAD)
def upload() -> ResponseReturnValue:
    """Take a photo in from within the editor; its words may come later, but before publishing.

    Form fields: file, caption, alt, credit, unit_id (else the person's first unit).
    Answers JSON {"id", "url", "alt", "caption", "width", "height", "edit_url"}, or {"error"} with 422.
    """
    file = request.files.get("file")
    allowed = sorted(current_user.unit_ids(MediaPermission.UPLOAD))
    unit_id = request.form.get("unit_id", allowed[0], type=int)
    if file is None or unit_id not in allowed:
        return jsonify(error=_("Pilih satu foto.")), 422
    details = PhotoDetails(
        caption=request.form.get("caption", "").strip()[:500],
        alt=request.form.get("alt", "").strip()[:300],
        credit=request.form.get("credit", "").strip()[:120],
    )
    try:
        photo = take_in(
            file.stream.read(MOST_BYTES + 1),
            details=details,
            unit_id=unit_id,
            by=current_user.person,
            now=clock.now(),
        )
    except RuleBroken as broken:
        return jsonify(error=words_for(broken)), 422
    picture = picture_of(photo)
    assert picture is not None
    answer: dict[str, Any] = {
        "id": photo.id,
        "url": picture.url,
        "alt": picture.alt,
        "caption": picture.caption,
        "width": picture.width,
        "height": picture.height,
        "edit_url": url_for("staff.media.edit", photo_id=photo.id),
    }
    return jsonify(answer), 201


@blueprint.get("/<int:photo_id>")
@permitted(MediaPermission.UPLOAD)
def edit(photo_id: int) -> ResponseReturnValue:
    """A photo and what is said of it."""
    photo = _find(photo_id)
    return _edit_page(photo, _words_of(photo), RemoveForm(formdata=None))


@blueprint.get("/<int:photo_id>/ukuran")
@permitted(MediaPermission.UPLOAD)
def sizes(photo_id: int) -> ResponseReturnValue:
    """How far the sizes of a photo have come: {"made", "wanted", "text"}."""
    made, wanted = progress_of(_find(photo_id))
    return jsonify(made=made, wanted=wanted, text=progress_words(made, wanted))


@blueprint.post("/<int:photo_id>")
@permitted(MediaPermission.UPLOAD)
def update(photo_id: int) -> ResponseReturnValue:
    """Say what a photo shows."""
    photo = _find(photo_id)
    form = PhotoWordsForm()
    if form.validate_on_submit():
        try:
            describe_photo(photo, form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Keterangan foto tersimpan."), "ok")
            return redirect(url_for("staff.media.index"), 303)
    return _edit_page(photo, form, RemoveForm(formdata=None)), 422


@blueprint.post("/<int:photo_id>/hapus")
@permitted(MediaPermission.REMOVE)
def remove(photo_id: int) -> ResponseReturnValue:
    """Take a photo out of every page."""
    photo = _find(photo_id, MediaPermission.REMOVE)
    form = RemoveForm()
    if form.validate_on_submit():
        remove_photo(photo, reason=form.reason.data, by=current_user.person, now=clock.now())
        flash(_("Foto dihapus dari semua halaman."), "ok")
        return redirect(url_for("staff.media.index"), 303)
    return _edit_page(photo, _words_of(photo), form), 422


def progress_words(made: int, wanted: int) -> str:
    """How far the sizes have come, as a sentence."""
    if made == wanted:
        return _("Semua ukuran siap.")
    return _("Ukuran yang sudah dibuat: %(made)s dari %(wanted)s.", made=made, wanted=wanted)


def _find(photo_id: int, permission: MediaPermission = MediaPermission.UPLOAD) -> Photo:
    photo = find_photo(photo_id, current_user.unit_ids(permission))
    if photo is None or photo.state is PhotoState.REMOVED:
        abort(404)
    return photo


def _words_of(photo: Photo) -> PhotoWordsForm:
    checked = photo.neutral_at is not None
    ticks = dict.fromkeys(("no_gestures", "no_attributes", "no_single_pair"), checked)
    focus = f"{photo.focus_x}-{photo.focus_y}"
    return PhotoWordsForm(formdata=None, obj=photo, data={"focus": focus, **ticks})


def _form() -> PhotoForm:
    form = PhotoForm()
    allowed = current_user.unit_ids(MediaPermission.UPLOAD)
    form.unit_id.choices = [SelectChoice(str(unit.id), unit.name) for unit in units() if unit.id in allowed]
    return form


def _edit_page(photo: Photo, form: PhotoWordsForm, remove_form: RemoveForm) -> str:
    may_remove = current_user.may(MediaPermission.REMOVE, photo.unit_id)
    return render_template(
        "media/edit.html",
        photo=photo,
        picture=picture_of(photo),
        form=form,
        remove_form=remove_form,
        may_remove=may_remove,
        progress=progress_of(photo),
        progress_text=progress_words(*progress_of(photo)),
    )
