"""Articles, notices and pledges as the front house meets them, and a filled index."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from app.core import clock, crypto
from app.core.database import db
from app.home.actions import follow_changes
from app.news.details import ItemStatus, NoticeKind
from app.news.models import Article, Notice
from app.pledges.details import PledgeStatus, SignWay
from app.pledges.models import Pledge, PledgePoint, PledgeSignature, PledgeTally
from tests.regions.factories import make_district, make_unit

_numbers = count(1)


def make_article(title: str = "Warga berdoa bersama", **given: Any) -> Article:
    """A published article unless told otherwise."""
    number, now = next(_numbers), clock.now()
    unit = given.pop("unit", None) or make_unit(f"Polsek Kabar {number}")
    values: dict[str, Any] = {
        "status": ItemStatus.PUBLISHED,
        "published_at": now - timedelta(minutes=number),
        "slug": f"kabar-contoh-{number}",
        "lead": "Warga dari tujuh desa berkumpul.",
        "body": "<p>Warga dari tujuh desa berkumpul.</p>",
        **given,
    }
    article = Article(title=title, unit_id=unit.id, created_at=now, changed_at=now, **values)
    db.session.add(article)
    db.session.commit()
    return article


def make_notice(title: str = "Jalan ditutup sementara", **given: Any) -> Notice:
    """A published, valid notice unless told otherwise."""
    number, now = next(_numbers), clock.now()
    unit = given.pop("unit", None) or make_unit(f"Polsek Maklum {number}")
    values: dict[str, Any] = {
        "status": ItemStatus.PUBLISHED,
        "kind": NoticeKind.ANNOUNCEMENT,
        "published_at": now - timedelta(hours=1),
        "valid_from": now - timedelta(hours=1),
        "valid_until": now + timedelta(days=1),
        "slug": f"maklumat-contoh-{number}",
        "body": "<p>Jalan Contoh ditutup.</p>",
        **given,
    }
    notice = Notice(
        title=title, unit_id=unit.id, code=crypto.new_code(), created_at=now, changed_at=now, **values
    )
    db.session.add(notice)
    db.session.commit()
    return notice


def make_pledge(title: str = "Ikrar damai contoh", **given: Any) -> Pledge:
    """A declaration being signed unless told otherwise."""
    number, now = next(_numbers), clock.now()
    unit = given.pop("unit", None) or make_unit(f"Polsek Ikrar {number}")
    values: dict[str, Any] = {"status": PledgeStatus.OPEN, "slug": f"ikrar-contoh-{number}", **given}
    pledge = Pledge(
        title=title,
        origin=f"contoh.id/ikrar/{number}",
        unit_id=unit.id,
        on=date(2026, 11, 20),
        text_hash="0" * 64,
        created_at=now - timedelta(hours=1),
        changed_at=now,
        **values,
    )
    pledge.points = [PledgePoint(position=1, text="Kami menjaga kedamaian.")]
    db.session.add(pledge)
    db.session.commit()
    return pledge


def make_signature(pledge: Pledge, way: SignWay = SignWay.ONLINE, **given: Any) -> PledgeSignature:
    """A living signature."""
    number, now = next(_numbers), clock.now()
    values: dict[str, Any] = {
        "name": f"Warga Contoh {number}",
        "name_key": f"warga contoh {number}",
        "phone_hash": f"{number:064}",
        "district_code": make_district().code,
        "way": way,
        "signed_at": now,
        "submission_key": f"kunci-{number}",
        **_required(PledgeSignature, number, now),
        **given,
    }
    row = PledgeSignature(pledge_id=pledge.id, **values)
    key = {"pledge_id": pledge.id, "way": way.value, "district_code": values["district_code"]}
    tally = db.session.get(PledgeTally, key) or PledgeTally(**key, count=0)
    tally.count += 1  # as the sealer counts its line
    db.session.add_all([row, tally])
    db.session.commit()
    return row


def _required(model: Any, number: int, now: Any) -> dict[str, Any]:
    """Values for those columns that other features demand and the front house does not look at."""
    made: dict[str, Any] = {}
    for column in model.__table__.columns:
        if column.nullable or column.default is not None or column.primary_key or column.foreign_keys:
            continue
        kind = column.type.python_type
        made[column.name] = {bytes: b"x", str: f"{number:020}", int: number}.get(kind, now)
    return {
        name: value for name, value in made.items() if name not in {"name", "name_key", "way", "signed_at"}
    }


def fill_index() -> None:
    """Everything public can be found."""
    db.session.rollback()
    follow_changes(clock.now())
