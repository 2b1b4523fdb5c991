"""Reading pledges: list, page, projector, live numbers."""

import zlib
from datetime import datetime
from typing import Any

from flask import Response, abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.almanac.queries import next_stage_change
from app.core.i18n import _, number
from app.core.text import whole_number
from app.events.queries import is_public, is_quiet_for
from app.media.details import Card
from app.media.queries import card_url, picture_of
from app.pledges import queries
from app.pledges.details import PledgeCounts, SignatoryPart, SignatoryState, SignWay, Stage
from app.pledges.messages import LIVE_KEYS, district_rows, figure, ways
from app.pledges.models import Pledge
from app.pledges.public.blueprint import blueprint
from app.pledges.public.codes import qr_svg
from app.pledges.rules.states import stage_of
from app.pledges.rules.text import canonical_text
from app.web.pages import absolute, fresh_until, label, moment_of_page, public_page

TONES = {
    Stage.COMING: "info",
    Stage.SIGNING: "ok",
    Stage.PAUSED: "warn",
    Stage.QUIET: "warn",
    Stage.CLOSED: "plain",
}


@blueprint.get("/ikrar/")
@public_page()
def index() -> ResponseReturnValue:
    """All declarations that the public may see; those being signed come first."""
    now = moment_of_page()
    pledges = queries.listed_pledges(now)
    quiet = any(pledge.names_candidates for pledge in pledges) and queries.is_quiet(now)
    counts = queries.counts_by_way([pledge.id for pledge in pledges])
    keep_until_change(pledges, now)
    stages = {pledge.id: stage_of(pledge, now, quiet=quiet) for pledge in pledges}
    return render_template(
        "pledges/index.html",
        signing=[pledge for pledge in pledges if stages[pledge.id] is Stage.SIGNING],
        others=[pledge for pledge in pledges if stages[pledge.id] is not Stage.SIGNING],
        stages=stages,
        tones=TONES,
        figures={pledge.id: figure(pledge.verification, counts[pledge.id]) for pledge in pledges},
        ways={pledge.id: ways(counts[pledge.id]) for pledge in pledges},
    )


@blueprint.get("/ikrar/<slug>")
@public_page("sebelum")
def show(slug: str) -> ResponseReturnValue:
    """One declaration: the points first, then who signed and how many."""
    now = moment_of_page()
    pledge = queries.find_public(slug, now)
    if pledge is None:
        return _old_address("pledges.show", slug, now)
    g.zone = pledge.unit.zone
    keep_until_change([pledge], now)
    quiet = pledge.names_candidates and queries.is_quiet(now)
    counts = queries.counts_of(pledge.id)
    names, below = queries.page_of_names(pledge.id, below=whole_number(request.args.get("sebelum")))
    stage = stage_of(pledge, now, quiet=quiet)
    address = absolute(url_for("pledges.show", slug=pledge.slug))
    return render_template(
        "pledges/show.html",
        pledge=pledge,
        stage=stage,
        tone=TONES[stage],
        quiet=quiet,
        parties=queries.shown_signatories(pledge, quiet=quiet, part=SignatoryPart.PARTY),
        witnesses=queries.shown_signatories(pledge, quiet=quiet, part=SignatoryPart.WITNESS),
        incomplete=any(
            row.state is not SignatoryState.SIGNED and row.ballot_number is not None
            for row in pledge.signatories
        ),
        counts=counts,
        versions=queries.versions_of(pledge, now),
        picture=None if quiet else picture_of(pledge.photo),
        figure=figure(pledge.verification, counts),
        ways=ways(counts),
        names=names,
        district_rows=district_rows(counts),
        next_names=url_for("pledges.show", slug=slug, sebelum=below, _anchor="nama") if below else None,
        first_names=url_for("pledges.show", slug=slug, _anchor="nama")
        if request.args.get("sebelum")
        else None,
        address=address,
        share_text=share_text(pledge, stage, address),
        card=absolute(
            card_url("ikrar", pledge.id, _card_version(pledge, counts, queries.cosigned_size(pledge.id)))
        ),
        event=_event_of(pledge, now),
    )


def _event_of(pledge: Pledge, now: datetime) -> dict[str, str] | None:
    """Where the declaration was or will be read out: the event's address and name, with its session."""
    event, session = pledge.event, pledge.session
    if event is None or not is_public(event, now):
        return None
    if session is None or (session.names_candidates and is_quiet_for(event, now)):
        title = event.title
    else:
        title = f"{session.title} · {event.title}"
    return {"title": title, "url": url_for("events.show", slug=event.slug)}


@blueprint.get("/ikrar/<slug>.json")
@public_page()
def show_json(slug: str) -> ResponseReturnValue:
    """The declaration as data."""
    now = moment_of_page()
    pledge = queries.find_public(slug, now)
    if pledge is None:
        abort(404)
    keep_until_change([pledge], now)
    quiet = pledge.names_candidates and queries.is_quiet(now)
    counts = queries.counts_of(pledge.id)
    versions = queries.versions_of(pledge, now)
    data = as_data(pledge, counts, now, quiet=quiet)
    data["replaces"] = versions.before.slug if versions.before else None
    data["replaced_by"] = versions.after.slug if versions.after else None
    return jsonify(data)


@blueprint.get("/ikrar/<slug>/naskah.txt")
@public_page()
def text(slug: str) -> ResponseReturnValue:
    """The canonical text: its SHA-256 is the hash that is shown."""
    pledge = queries.find_public(slug, moment_of_page())
    if pledge is None:
        abort(404)
    return Response(
        canonical_text(**queries.canonical_values(pledge)), content_type="text/plain; charset=utf-8"
    )


@blueprint.get("/ikrar/<slug>/hitungan.json")
@public_page()
def live(slug: str) -> ResponseReturnValue:
    """The numbers alone, for pages that keep themselves fresh; an unchanged answer is 304."""
    now = moment_of_page()
    pledge = queries.find_public_plain(slug, now)
    if pledge is None:
        abort(404)
    g.zone = pledge.unit.zone
    keep_until_change([pledge], now)
    quiet = pledge.names_candidates and queries.is_quiet(now)
    counts = queries.counts_of(pledge.id)
    shown = figure(pledge.verification, counts)
    sealed, waiting = queries.extent_of_log(pledge.id)
    response = jsonify(
        {
            "count": shown["count"],
            "note": shown["label"],
            "total": counts.total,
            "ways": {LIVE_KEYS[way]: counts.by_way[way] for way in SignWay},
            "sealed": sealed,
            "waiting": waiting,
            "states": {
                str(row.order): str(label(row.state))
                for row in queries.shown_signatories(queries.with_signatories(pledge), quiet=quiet)
            },
            "unsorted": queries.count_unsorted(pledge.id),
        }
    )
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/ikrar/<slug>/layar")
@public_page()
def screen(slug: str) -> ResponseReturnValue:
    """For the projector at the ceremony: text, live count, QR."""
    now = moment_of_page()
    pledge = queries.find_public(slug, now)
    if pledge is None:
        return _old_address("pledges.screen", slug, now)
    g.zone = pledge.unit.zone
    keep_until_change([pledge], now)
    quiet = pledge.names_candidates and queries.is_quiet(now)
    counts = queries.counts_of(pledge.id)
    address = absolute(url_for("pledges.new", slug=pledge.slug))
    stage = stage_of(pledge, now, quiet=quiet)
    return render_template(
        "pledges/screen.html",
        pledge=pledge,
        stage=stage,
        figure=figure(pledge.verification, counts),
        ways=ways(counts),
        signatories=queries.shown_signatories(pledge, quiet=quiet),
        picture=None if quiet else picture_of(pledge.photo),
        address=address.partition("://")[2],
        code=qr_svg(address),
    )


def as_data(pledge: Pledge, counts: PledgeCounts, now: datetime, *, quiet: bool) -> dict[str, Any]:
    """A declaration for other programs."""
    return {
        "slug": pledge.slug,
        "origin": pledge.origin,
        "title": pledge.title,
        "occasion": pledge.occasion,
        "place": pledge.place,
        "reader": pledge.reader,
        "on": pledge.on.isoformat(),
        "preamble": pledge.preamble,
        "points": [point.text for point in pledge.points],
        "state": stage_of(pledge, now, quiet=quiet).value,
        "frozen_at": pledge.frozen_at.isoformat() if pledge.frozen_at else None,
        "text_sha256": pledge.text_hash,
        "url": absolute(url_for("pledges.show", slug=pledge.slug)),
        "signatories": [
            {
                "institution": row.institution,
                "part": row.part.value,
                "ballot_number": row.ballot_number,
                "name": row.name,
                "capacity": row.capacity,
                "represented_by": row.represented_by,
                "state": row.state.value,
                "ink": row.ink,
                "signed_at": row.signed_at.isoformat() if row.signed_at else None,
            }
            for row in queries.shown_signatories(pledge, quiet=quiet)
        ],
        "signatures": {
            "all_ways": counts.total,
            "by_way": {way.value: counts.by_way[way] for way in SignWay},
            "by_district": [
                {"code": row.code, "name": row.name, "count": row.count} for row in counts.by_district
            ],
        },
    }


def share_text(pledge: Pledge, stage: Stage, address: str) -> str:
    """Ready for WhatsApp, in its own markup."""
    if stage is Stage.SIGNING:
        last = _("Baca naskahnya dan ikut menandatangani:")
    else:
        last = _("Baca naskah dan daftar penanda tangannya:")
    return f"*{pledge.title}*\n{pledge.occasion or pledge.unit.name}\n\n{last}\n{address}"


def keep_until_change(pledges: list[Pledge], now: datetime) -> None:
    """Tell the page cache when time alone changes these pages: opening, closing, masa tenang."""
    moments = [moment for pledge in pledges for moment in (pledge.opens_at, pledge.closes_at)]
    if any(pledge.names_candidates for pledge in pledges):
        moments.append(next_stage_change(now))
    fresh_until(*moments)


def _old_address(endpoint: str, slug: str, now: datetime) -> ResponseReturnValue:
    present = queries.slug_for_old(slug, now)
    if present is None:
        abort(404)
    return redirect(url_for(endpoint, slug=present), 301)


def card(pledge_id: int, now: datetime) -> tuple[int, Card] | None:
    """The share card of a public declaration, with the count at the time and the newest co-signed checkpoint.

    It names no team, so it stays as it is in masa tenang.
    """
    pledge = queries.find_public_by_id(pledge_id, now)
    if pledge is None:
        return None
    counts = queries.counts_of(pledge.id)
    shown = figure(pledge.verification, counts)
    line = f"{number(shown['count'])} {shown['label']}"
    seal = queries.newest_cosigned(pledge.id)
    lines = [line, pledge.occasion, _("Sidik naskah (SHA-256): %(hash)s", hash=f"{pledge.text_hash[:16]}…")]
    if seal is not None:
        lines.append(
            _(
                "Segel %(size)s baris disaksikan %(names)s: %(root)s…",
                size=number(seal.size),
                names=", ".join(seal.names),
                root=seal.root[:12],
            )
        )
    version = _card_version(pledge, counts, seal.size if seal is not None else 0)
    return version, Card(pledge.title, _("Ikrar"), tuple(lines), pledge.unit.name)


def _card_version(pledge: Pledge, counts: PledgeCounts, sealed: int) -> int:
    """A number of nine digits at most that follows from all that the card says and that may change."""
    return zlib.crc32(f"{pledge.text_hash} {counts.total} {sealed}".encode()) % 1_000_000_000
