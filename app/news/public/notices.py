"""Notices for everyone."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.i18n import _, when
from app.core.slugs import subject_of_old_slug
from app.core.text import truncate
from app.media.queries import card_url
from app.news.models import Notice
from app.news.public.room import blueprint
from app.news.queries import (
    find_public_notice,
    find_withdrawn,
    next_change_of_notices,
    notices_over,
    notices_valid,
    shown_pieces,
    slug_meant_by,
    slug_of,
)
from app.news.rules.sharing import whatsapp_text, whatsapp_url
from app.web.pages import absolute, fresh_until, moment_of_page, public_page


@blueprint.get("/pengumuman/")
@public_page()
def notices() -> ResponseReturnValue:
    """What holds now, the urgent first; below it what has ended."""
    now = moment_of_page()
    fresh_until(next_change_of_notices(now))
    return render_template("news/notices.html", valid=notices_valid(now), over=notices_over(now))


@blueprint.get("/pengumuman/<slug>")
@public_page()
def notice(slug: str) -> ResponseReturnValue:
    """One notice, with whether it still holds and the code to check it by."""
    now = moment_of_page()
    row = find_public_notice(slug, now)
    if row is None:
        reason = find_withdrawn(Notice, slug)
        if reason is not None:
            abort(410, description=_("Pengumuman ini dicabut. Alasan: %(reason)s", reason=reason))
        known = subject_of_old_slug(Notice, slug)
        present = slug_of(Notice, known) if known is not None else None
        present = present or slug_meant_by(Notice, slug)
        if present is None or present == slug:
            abort(404)
        return redirect(url_for("news.notice", slug=present), 301)
    fresh_until(row.valid_until)
    address = absolute(url_for("news.notice", slug=row.slug))
    until = _("Berlaku sampai %(until)s.", until=when(row.valid_until, row.unit.zone))
    text = whatsapp_text(row.title, [truncate(row.lead, 400), until], address)
    return render_template(
        "news/notice.html",
        notice=row,
        holds=row.valid_until > now and row.replaced_by_id is None,
        body=shown_pieces(row.body, now),
        card=absolute(card_url("pengumuman", row.id, row.version)),
        address=address,
        description=truncate(row.lead or row.title, 155),
        share_text=text,
        share_url=whatsapp_url(text),
    )
