"""The public pages of regions and units, and what every page asks of them."""

from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint, abort, current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.i18n import _
from app.core.slugs import subject_of_old_slug
from app.regions import queries
from app.regions.models import Region, Unit
from app.regions.rules import TILE_LIMIT
from app.web.pages import absolute, public_page

blueprint = Blueprint("regions", __name__, template_folder="templates")


@blueprint.get("/wilayah/")
@public_page()
def index() -> ResponseReturnValue:
    districts = queries.districts()
    villages = queries.count_villages()
    tiles = [
        {
            "label": district.name,
            "url": url_for("regions.show", slug=district.slug),
            "n": villages.get(district.code, 0),
            "level": 1,
            "row": district.tile_row,
            "col": district.tile_col,
            "text": _("%(count)s desa dan kelurahan", count=villages.get(district.code, 0)),
        }
        for district in districts
        if _on_map(district)
    ]
    return render_template(
        "regions/index.html",
        districts=districts,
        villages=villages,
        serving=queries.units_by_district(),
        regencies=queries.regencies(),
        tiles=tiles,
    )


@blueprint.get("/wilayah/<slug>")
@public_page("halaman")
def show(slug: str) -> ResponseReturnValue:
    found = queries.find_district_page(slug)
    if found is None:
        abort(404)
    return render_template(
        "regions/show.html",
        district=found.district,
        regency=found.regency,
        villages=found.villages,
        units=queries.units_serving(found.district.code),
    )


@blueprint.get("/unit/<slug>")
@public_page("halaman")
def unit(slug: str) -> ResponseReturnValue:
    found = queries.find_unit_page(slug)
    if found is None:
        old = subject_of_old_slug(Unit, slug)
        present = queries.find_slug_of_unit(old) if old else None
        if present is None:
            abort(404)
        return redirect(url_for("regions.unit", slug=present), 301)
    if found.unit.closed_at is not None:
        abort(410, description=_("%(unit)s sudah tidak bertugas lagi.", unit=found.unit.name))
    return render_template("regions/unit.html", unit=found.unit, parent=found.parent, below=found.below)


def main_unit_of_site(now: datetime) -> Unit | None:
    """`site.main_unit`: the Polres whose portal this is."""
    return _portal()[0]


def unit_name_of_site(now: datetime) -> str:
    """`site.unit_name`: how the portal names its keeper; before a regency is set up, in general terms."""
    found = _portal()[0]
    return found.name if found else _("Kepolisian Resor")


def is_sample_site(now: datetime) -> bool:
    """`site.is_sample`: whether people, events and news here are invented."""
    return _portal()[1]


def _portal() -> tuple[Unit | None, bool]:
    """Asked once a page."""
    if "portal" not in g:
        g.portal = queries.portal(current_app.config["INSTANCE"])
    found: tuple[Unit | None, bool] = g.portal
    return found


def pages_for_sitemap(now: datetime) -> Iterable[tuple[str, datetime]]:
    """Addresses of all kecamatan and units; they have no moment of their last change, so `now` stands for it."""
    yield absolute(url_for("regions.index")), now
    for district in queries.districts():
        yield absolute(url_for("regions.show", slug=district.slug)), now
    for found in queries.units():
        yield absolute(url_for("regions.unit", slug=found.slug)), now


def _on_map(district: Region) -> bool:
    row, column = district.tile_row, district.tile_col
    return row is not None and column is not None and 1 <= row <= TILE_LIMIT and 1 <= column <= TILE_LIMIT
