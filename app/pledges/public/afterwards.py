"""What stays of a declaration: follow-ups, open data, a page for other sites, the sealed list and the charter."""

import csv
import io
from pathlib import Path
from typing import Any

from flask import Response, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import crypto
from app.core.i18n import _, day, in_indonesian, number, when
from app.documents.queries import letterhead_of
from app.documents.rules.drawing import draw, qr_svg
from app.media.queries import picture_of
from app.pledges import queries
from app.pledges.details import SignatoryPart, SignatoryState, SignWay, Switch
from app.pledges.messages import district_rows, figure, ways
from app.pledges.models import Pledge
from app.pledges.public.blueprint import blueprint
from app.pledges.public.pages import keep_until_change
from app.pledges.rules.states import stage_of
from app.web.headers import embeddable
from app.web.pages import absolute, label, moment_of_page, public_page

TYPST = Path(__file__).parents[1] / "typst"


@blueprint.get("/ikrar/<slug>/tindak-lanjut")
@public_page()
def follow_ups(slug: str) -> ResponseReturnValue:
    """What was promised, and what came of it."""
    pledge = _find(slug)
    now = moment_of_page()
    keep_until_change([pledge], now)
    quiet = pledge.names_candidates and queries.is_quiet(now)
    counts = queries.counts_of(pledge.id)
    curve = Switch.HOURS not in queries.switched_off()
    return render_template(
        "pledges/follow_ups.html",
        pledge=pledge,
        entries=queries.follow_ups_of(pledge.id),
        counts=counts,
        ways=[f"{number(counts.by_way[way])} {label(way)}" for way in SignWay],
        district_rows=district_rows(counts),
        tiles=[tile_of(share) for share in queries.shares_of(counts)] if counts.by_district else [],
        over_time=queries.signed_over_time(pledge.id, pledge.unit.zone) if curve else (),
        picture=None if quiet else picture_of(pledge.photo),
    )


def tile_of(share: queries.DistrictShare) -> dict[str, Any]:
    """A kecamatan on the map of tiles."""
    return {
        "label": share.name,
        "url": f"/wilayah/{share.slug}",
        "n": share.count,
        "row": share.row,
        "col": share.column,
        "level": share.level,
        "text": _("%(count)s tanda tangan", count=number(share.count)),
    }


@blueprint.get("/ikrar/<slug>/jam.csv")
@public_page()
def hours(slug: str) -> ResponseReturnValue:
    """Open data: how many signed in each hour (UTC) by each way, as the sealed lines tell it."""
    pledge = _find(slug)
    if Switch.HOURS in queries.switched_off():
        abort(404)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["jam_utc", "cara", "tanda_tangan"])
    for hour, way, count in queries.signed_by_hour(pledge.id):
        table.writerow([hour.strftime("%Y-%m-%dT%H:00Z"), way.value, count])
    response = Response(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="ikrar-{pledge.slug}-per-jam.csv"'
    return response


@blueprint.get("/sematkan/ikrar/<slug>")
@embeddable
@public_page()
def embed(slug: str) -> ResponseReturnValue:
    """Title and count as a small page that other sites may show in a frame."""
    pledge = _find(slug)
    now = moment_of_page()
    keep_until_change([pledge], now)
    quiet = pledge.names_candidates and queries.is_quiet(now)
    counts = queries.counts_of(pledge.id)
    return render_template(
        "pledges/embed.html",
        pledge=pledge,
        stage=stage_of(pledge, now, quiet=quiet),
        signatories=queries.shown_signatories(pledge, quiet=quiet, part=SignatoryPart.PARTY),
        figure=figure(pledge.verification, counts),
        ways=ways(counts),
    )


@blueprint.get("/ikrar/<slug>/daftar.pdf")
@public_page()
def sealed_list(slug: str) -> ResponseReturnValue:
    """Text, institutions and counts with the hash and the newest co-signed (or own) checkpoint."""
    pledge = _find(slug)
    keep_until_change([pledge], moment_of_page())
    with in_indonesian():
        data = _list_sheet(pledge)
    return _pdf("daftar", data, f"ikrar-{pledge.slug}.pdf")


@blueprint.get("/tanda-terima/<code>/piagam.pdf")
def charter(code: str) -> ResponseReturnValue:
    """A charter for the signer, opened from the own receipt."""
    signature = queries.find_receipt(crypto.read_code(code))
    if signature is None or signature.erased_at is not None or signature.struck_at is not None:
        abort(404)
    pledge = queries.find_public(signature.pledge.slug, moment_of_page())
    if pledge is None:
        abort(404)
    check = absolute(url_for("documents.show_check", code=signature.check_code))
    with in_indonesian():
        data = {
            "title": _("Piagam penanda tangan"),
            "head": vars(letterhead_of(pledge.unit)),
            "foot": check,
            "given": _("diberikan kepada"),
            "name": signature.name,
            "of": _("dari Kecamatan %(name)s", name=signature.district.name),
            "for": _(
                "yang pada %(when)s ikut menandatangani", when=when(signature.signed_at, pledge.unit.zone)
            ),
            "pledge": pledge.title,
            "points": [point.text for point in pledge.points],
            "way": _("Cara: %(way)s", way=label(signature.way)),
            "hash": _("Sidik naskah (SHA-256): %(hash)s", hash=pledge.text_hash),
            "code": signature.check_code,
            "qr": qr_svg(check),
            "qr_alt": _("Kode QR untuk memeriksa tanda terima ini"),
        }
    response = _pdf("piagam", data, "piagam-ikrar.pdf")
    response.headers["Cache-Control"] = "no-store"
    return response


def _list_sheet(pledge: Pledge) -> dict[str, Any]:
    now = moment_of_page()
    quiet = pledge.names_candidates and queries.is_quiet(now)
    counts = queries.counts_of(pledge.id)
    newest = queries.newest_checkpoint(pledge.id)
    cosigned = queries.newest_cosigned(pledge.id)
    seal = cosigned.note if cosigned else newest.note if newest else ""
    address = absolute(url_for("pledges.show", slug=pledge.slug))
    stage = stage_of(pledge, now, quiet=quiet)
    facts = [
        [_("Tanggal ikrar"), day(pledge.on)],
        [_("Tempat"), pledge.place],
        [_("Kegiatan"), pledge.occasion],
        [_("Pembaca ikrar"), pledge.reader],
        [_("Keadaan"), label(stage)],
        [_("Dicetak"), when(now, pledge.unit.zone)],
    ]
    shown = queries.shown_signatories(pledge, quiet=quiet)
    return {
        "title": pledge.title,
        "kind": _("Daftar penanda tangan ikrar"),
        "head": vars(letterhead_of(pledge.unit)),
        "foot": address,
        "facts": [row for row in facts if row[1]],
        "preamble": pledge.preamble,
        "points": [point.text for point in pledge.points],
        "institutions_title": _("Lembaga"),
        "columns": [_("No."), _("Lembaga"), _("Nama dan jabatan"), _("Keadaan")],
        "institutions": [
            [
                str(place),
                row.institution,
                ", ".join(part for part in (row.name, row.capacity) if part)
                + (
                    f" ({_('diwakili oleh %(name)s', name=row.represented_by)})" if row.represented_by else ""
                ),
                when(row.signed_at, pledge.unit.zone)
                if row.state is SignatoryState.SIGNED and row.signed_at
                else str(label(row.state)),
            ]
            for place, row in enumerate(shown, start=1)
        ],
        "hidden": _("Selama masa tenang nama tim pasangan calon tidak ditampilkan.") if quiet else "",
        "counts_title": _("Tanda tangan warga menurut caranya"),
        "counts": [[str(label(way)), number(counts.by_way[way])] for way in SignWay],
        "districts_title": _("Menurut kecamatan, semua cara bersama"),
        "districts": [[row.name, number(row.count)] for row in counts.by_district],
        "hash": _("Sidik naskah (SHA-256): %(hash)s", hash=pledge.text_hash),
        "seal_title": _("Segel yang disaksikan %(names)s", names=", ".join(cosigned.names))
        if cosigned
        else _("Segel catatan publik"),
        "seal": seal,
        "none": _("Belum ada baris yang disegel."),
        "check": _("Periksa sendiri: %(command)s", command=f"rukun pledges verify {address}"),
        "qr": qr_svg(address),
        "qr_alt": _("Kode QR ke halaman ikrar"),
    }


def _pdf(template: str, data: dict[str, Any], name: str) -> Response:
    response = Response(draw(TYPST / f"{template}.typ", data), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.add_etag()
    response.make_conditional(request)
    return response


def _find(slug: str) -> Pledge:
    pledge = queries.find_public(slug, moment_of_page())
    if pledge is None:
        abort(404)
    g.zone = pledge.unit.zone
    return pledge
