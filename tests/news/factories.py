"""Articles and notices for tests."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from app.core import clock
from app.core.database import db
from app.news.actions import start_article, start_notice
from app.news.details import ArticleDetails, ItemStatus, NoticeDetails, NoticeKind, Urgency
from app.news.models import Article, Notice
from tests.regions.factories import make_unit

_numbers = count(1)
STATES = (
    "status",
    "published_at",
    "withdrawn_reason",
    "withdrawn_at",
    "submitted_by_id",
    "replaced_by_id",
    "slug",
)


def make_article(title: str = "", *, unit: Any = None, by: Any = None, **given: Any) -> Article:
    """A published article unless told otherwise."""
    number = next(_numbers)
    now = clock.now()
    state = {name: given.pop(name) for name in STATES if name in given}
    details = ArticleDetails(
        title=title or f"Warga Contoh {number} Gelar Doa Bersama",
        body=given.pop("body", f"<p>Paragraf pertama berita contoh {number}.</p><p>Paragraf kedua.</p>"),
        **given,
    )
    place = unit or make_unit(f"Polsek Berita {number}")
    article = start_article(details, unit_id=place.id, by=by, now=now)
    values = {"status": ItemStatus.PUBLISHED, "published_at": now - timedelta(minutes=number), **state}
    for name, value in values.items():
        setattr(article, name, value)
    db.session.commit()
    return article


def make_notice(title: str = "", *, unit: Any = None, by: Any = None, **given: Any) -> Notice:
    """A published notice valid from an hour ago for a day, unless told otherwise."""
    number = next(_numbers)
    now = clock.now()
    state = {name: given.pop(name) for name in STATES if name in given}
    begins: datetime = given.pop("valid_from", now - timedelta(hours=1))
    details = NoticeDetails(
        title=title or f"Pengalihan arus contoh {number}",
        body=given.pop("body", f"<p>Isi pengumuman contoh {number}.</p>"),
        kind=given.pop("kind", NoticeKind.ANNOUNCEMENT),
        urgency=given.pop("urgency", Urgency.NORMAL),
        valid_from=begins,
        valid_until=given.pop("valid_until", begins + timedelta(days=1)),
        **given,
    )
    place = unit or make_unit(f"Polsek Maklumat {number}")
    notice = start_notice(details, unit_id=place.id, by=by, now=now)
    values = {"status": ItemStatus.PUBLISHED, "published_at": begins, **state}
    for name, value in values.items():
        setattr(notice, name, value)
    db.session.commit()
    return notice
