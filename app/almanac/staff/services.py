"""The table of services that return each week or month."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.almanac import actions, queries
from app.almanac.details import RecurringService
from app.almanac.forms import ReasonForm, ServiceForm
from app.almanac.messages import LABELS, hours_text, rhythm_text
from app.almanac.models import RegularService
from app.almanac.staff.rooms import ADMIN, blueprint, entry_page, found, place_names, places
from app.core import clock
from app.core.errors import RuleBroken
from app.core.i18n import _
from app.web.pages import refuse
from app.web.staff import permitted


@blueprint.get("/ibadah")
@permitted(ADMIN)
def services() -> ResponseReturnValue:
    return _page(ServiceForm(formdata=None))


@blueprint.post("/ibadah")
@permitted(ADMIN)
def create_service() -> ResponseReturnValue:
    form = ServiceForm()
    form.offer(places())
    if form.validate_on_submit():
        try:
            actions.add_service(form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Ibadah sudah ditambahkan. Acara yang sudah dijadwalkan diperiksa ulang."), "ok")
            return redirect(url_for("staff.almanac.services"), 303)
    return _page(form), 422


@blueprint.post("/ibadah/ambil-alih")
@permitted(ADMIN)
def take_over() -> ResponseReturnValue:
    actions.take_over_services(by=current_user.person, now=clock.now())
    flash(_("Tabel ibadah sekarang dapat diubah."), "ok")
    return redirect(url_for("staff.almanac.services"), 303)


@blueprint.get("/ibadah/<int:service_id>")
@permitted(ADMIN)
def edit_service(service_id: int) -> ResponseReturnValue:
    row = found(queries.find_service(service_id), RegularService)
    form = ServiceForm(
        formdata=None,
        data={
            "faith": row.faith.value,
            "day": f"{row.rhythm.value}-{row.day}",
            **{name: getattr(row, name) for name in ("begins", "until", "name", "source")},
            "region_code": row.region_code or "",
        },
    )
    return _edit_page(row, form)


@blueprint.post("/ibadah/<int:service_id>")
@permitted(ADMIN)
def update_service(service_id: int) -> ResponseReturnValue:
    row = found(queries.find_service(service_id), RegularService)
    form = ServiceForm()
    form.offer(places())
    if form.validate_on_submit():
        try:
            actions.change_service(row, form.details(), by=current_user.person, now=clock.now())
        except RuleBroken as broken:
            refuse(form, broken)
        else:
            flash(_("Ibadah sudah disimpan. Acara yang sudah dijadwalkan diperiksa ulang."), "ok")
            return redirect(url_for("staff.almanac.services"), 303)
    return _edit_page(found(queries.find_service(service_id), RegularService), form), 422


@blueprint.post("/ibadah/<int:service_id>/hapus")
@permitted(ADMIN)
def remove_service(service_id: int) -> ResponseReturnValue:
    row = found(queries.find_service(service_id), RegularService)
    form = ReasonForm()
    if form.validate_on_submit():
        actions.remove_service(row, reason=form.reason.data or "", by=current_user.person, now=clock.now())
        flash(_("Ibadah sudah dihapus dari tabel."), "ok")
        return redirect(url_for("staff.almanac.services"), 303)
    flash(_("Tulis alasan menghapus ibadah ini."), "bad")
    return redirect(url_for("staff.almanac.edit_service", service_id=service_id), 303)


def _page(form: ServiceForm) -> str:
    form.offer(places())
    names = place_names()
    own = queries.own_services()
    rows: list[tuple[int | None, RecurringService]] = (
        [*own] if own is not None else [(None, details) for details in queries.regular_services()]
    )
    return render_template(
        "almanac/services.html",
        form=form,
        rows=[_row(key, details, names) for key, details in rows],
        is_own=own is not None,
    )


def _row(key: int | None, details: RecurringService, names: dict[str | None, str]) -> dict[str, str | None]:
    return {
        "url": url_for("staff.almanac.edit_service", service_id=key) if key is not None else None,
        "name": details.name,
        "faith": str(LABELS[details.faith]),
        "when": rhythm_text(details),
        "hours": hours_text(details),
        "place": names.get(details.region_code, details.region_code or ""),
        "source": details.source,
    }


def _edit_page(row: RegularService, form: ServiceForm) -> str:
    form.offer(places())
    return entry_page(
        form,
        name=row.name,
        nav="services",
        up={"label": _("Ibadah rutin"), "url": url_for("staff.almanac.services")},
        change=_("Ubah ibadah ini"),
        fields="almanac/_service_fields.html",
        update_url=url_for("staff.almanac.update_service", service_id=row.id),
        save=_("Simpan ibadah"),
        remove=_("Hapus ibadah ini"),
        remove_now=_("Ya, hapus ibadah ini"),
        remove_url=url_for("staff.almanac.remove_service", service_id=row.id),
    )
