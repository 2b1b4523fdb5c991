"""The calendar of holy days."""

from datetime import time

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.almanac import actions, queries
from app.almanac.forms import DecreeForm, HolyDayForm, ReasonForm
from app.almanac.messages import LABELS
from app.almanac.models import HolyDay
from app.almanac.staff.rooms import ADMIN, blueprint, entry_page, found, place_names, places, zone
from app.core import clock
from app.core.clock import day_in
from app.core.errors import RuleBroken
from app.core.faiths import Faith
from app.core.i18n import _, short_day
from app.core.text import whole_number
from app.web.pages import refuse
from app.web.staff import permitted


@blueprint.get("/")
@permitted(ADMIN)
def index() -> ResponseReturnValue:
    return _page(HolyDayForm(formdata=None))


@blueprint.post("/hari")
@permitted(ADMIN)
def create() -> ResponseReturnValue:
    form = HolyDayForm()
    form.offer(places())
    if form.validate_on_submit():
        try:
            actions.add_holy_day(form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Hari sudah ditambahkan. Acara yang sudah dijadwalkan diperiksa ulang."), "ok")
            return redirect(url_for("staff.almanac.index", tahun=form.on.data.year), 303)
    return _page(form), 422


@blueprint.get("/hari/<int:holy_day_id>")
@permitted(ADMIN)
def edit_day(holy_day_id: int) -> ResponseReturnValue:
    row = found(queries.find_holy_day(holy_day_id), HolyDay)
    form = HolyDayForm(
        formdata=None,
        data={
            **{name: getattr(row, name) for name in ("on", "name", "begins", "minutes", "days", "source")},
            "kind": row.kind.value,
            "faiths": row.faiths,
            "is_estimate": row.is_estimate,
            "region_code": row.region_code or "",
        },
    )
    return _edit_page(row, form)


@blueprint.post("/hari/<int:holy_day_id>")
@permitted(ADMIN)
def update_day(holy_day_id: int) -> ResponseReturnValue:
    row = found(queries.find_holy_day(holy_day_id), HolyDay)
    form = HolyDayForm()
    form.offer(places())
    if form.validate_on_submit():
        try:
            moved = actions.change_holy_day(row, form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Hari sudah disimpan. Acara yang sudah dijadwalkan diperiksa ulang."), "ok")
            if moved:
                flash(_("Ikut bergeser: %(names)s.", names=", ".join(moved)), "ok")
            return redirect(url_for("staff.almanac.index", tahun=form.on.data.year), 303)
    return _edit_page(found(queries.find_holy_day(holy_day_id), HolyDay), form), 422


@blueprint.post("/hari/<int:holy_day_id>/hapus")
@permitted(ADMIN)
def remove(holy_day_id: int) -> ResponseReturnValue:
    row = found(queries.find_holy_day(holy_day_id), HolyDay)
    year = row.on.year
    form = ReasonForm()
    if form.validate_on_submit():
        actions.remove_holy_day(row, reason=form.reason.data or "", by=current_user.person, now=clock.now())
        flash(_("Hari sudah dihapus dari kalender."), "ok")
    else:
        flash(_("Tulis alasan menghapus hari ini."), "bad")
    return redirect(url_for("staff.almanac.index", tahun=year), 303)


@blueprint.post("/isi")
@permitted(ADMIN)
def fill() -> ResponseReturnValue:
    year = _year(request.form.get("tahun", ""))
    added = actions.fill_holy_days([year], by=current_user.person, now=clock.now())
    if added:
        flash(_("%(count)s hari ditambahkan dari kalender bawaan.", count=added), "ok")
    else:
        flash(_("Semua hari dari kalender bawaan sudah ada."), "ok")
    return redirect(url_for("staff.almanac.index", tahun=year), 303)


@blueprint.post("/ketetapan")
@permitted(ADMIN)
def decree() -> ResponseReturnValue:
    year = _year(request.form.get("ketetapan-tahun", ""))
    form = _decree_form(year)
    if form.validate_on_submit():
        try:
            actions.confirm_by_decree(
                year,
                [int(value) for value in form.days.data or ()],
                form.source.data or "",
                by=current_user.person,
                now=clock.now(),
            )
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Ketetapan sudah dicatat pada hari yang dipilih."), "ok")
            return redirect(url_for("staff.almanac.index", tahun=year), 303)
    return _page(HolyDayForm(formdata=None), year=year, decree_form=form), 422


def _decree_form(year: int, *, empty: bool = False) -> DecreeForm:
    rows = queries.awaiting_decree(year)
    choices = [(str(row.id), f"{short_day(row.on)} {row.name}") for row in rows]
    options = {"prefix": "ketetapan-"}
    form = DecreeForm(formdata=None, **options) if empty else DecreeForm(**options)
    form.offer(choices)
    if empty:
        form.days.data = [value for value, _words in choices]
    return form


def _year(text: str) -> int:
    now = day_in(clock.now(), zone()).year
    year = whole_number(text)
    return year if year is not None and 2000 <= year <= 2100 else now


def _page(form: HolyDayForm, *, year: int | None = None, decree_form: DecreeForm | None = None) -> str:
    year = year or _year(request.args.get("tahun", ""))
    form.offer(places())
    days = queries.holy_days_of_year(year)
    return render_template(
        "almanac/staff_days.html",
        form=form,
        year=year,
        days=days,
        words=LABELS,
        faiths=Faith,
        places=place_names(),
        whole_day=time(0),
        decree_form=decree_form or _decree_form(year, empty=True),
        refused={"day": bool(form.errors), "decree": decree_form is not None},
        previous=url_for("staff.almanac.index", tahun=year - 1) if year > 2000 else None,
        following=url_for("staff.almanac.index", tahun=year + 1) if year < 2100 else None,
    )


def _edit_page(row: HolyDay, form: HolyDayForm) -> str:
    form.offer(places())
    up = _("Hari raya %(year)s", year=row.on.year)
    return entry_page(
        form,
        name=row.name,
        nav="almanac",
        up={"label": up, "url": url_for("staff.almanac.index", tahun=row.on.year)},
        change=_("Ubah hari ini"),
        fields="almanac/_day_fields.html",
        update_url=url_for("staff.almanac.update_day", holy_day_id=row.id),
        save=_("Simpan hari"),
        remove=_("Hapus hari ini"),
        remove_now=_("Ya, hapus hari ini"),
        remove_url=url_for("staff.almanac.remove", holy_day_id=row.id),
    )
