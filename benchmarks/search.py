"""How long search takes among few documents and among many: words, beginnings, slips, one kecamatan, newest first.

python -m benchmarks.search [--few 1000] [--documents 100000] [--database-url postgresql://…]

The median among many should be at most half as long again as among few. A PostgreSQL database must be empty.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import text as sql

from app.core.database import db
from app.factory import create_app
from app.home.actions import learn_words
from app.home.details import DocumentKind
from app.home.models import SearchDocument
from app.home.queries import search
from app.home.queries.spelling import meant_by
from app.home.rules import words
from app.news.details import ItemStatus
from app.news.models import Article
from app.regions.details import RegionLevel
from app.regions.models import Region, Unit
from benchmarks.machine import manage

SYLLABLES = [
    "ba",
    "da",
    "ga",
    "ha",
    "ja",
    "ka",
    "la",
    "ma",
    "na",
    "pa",
    "ra",
    "sa",
    "ta",
    "wa",
    "ya",
    "bi",
    "di",
    "ki",
    "li",
    "mi",
    "ni",
    "ri",
    "si",
    "ti",
    "bu",
    "du",
    "gu",
    "ku",
    "lu",
    "mu",
    "nu",
    "ru",
    "su",
    "tu",
]
QUERIES = ["doa", "doa bersama", "mendoakan warga", "ketap", "rapat koordinasi kecamatan", "jembatan"]
RARE = "langka"
NOTHING = "tidakadadimana"
SLIPS = ["ketapagn", "koordnasi", "kecamtan"]
MOST_GROWTH = 1.5
# Below this a difference is noise.
LEAST_MS = 5.0
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--few", type=int, default=1000)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--database-url", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rukun-benchmark-") as name:
        instance = Path(name) / "instance"
        if given.database_url:
            os.environ["RUKUN_DATABASE_URL"] = given.database_url
        manage(instance, "migrate")
        manage(instance, "sample")
        app = create_app({"INSTANCE": str(instance), "DATABASE_URL": given.database_url})
        with app.app_context():
            _fill(0, given.few)
            before = _measure_all()
            _fill(given.few, given.documents)
            after = _measure_all()
    print(f"{'p50 in ms':<44}{given.few:>10,}{given.documents:>10,}    growth")
    for label, few in before.items():
        growth = max(after[label], LEAST_MS) / max(few, LEAST_MS)
        sign = "" if growth <= MOST_GROWTH else f"   more than {MOST_GROWTH}"
        print(f"{label:<44}{few:>10.1f}{after[label]:>10.1f}{growth:>9.2f}×{sign}")


def _measure_all() -> dict[str, float]:
    """The median of each way of searching, in milliseconds."""
    district = db.session.query(Region.code).filter(Region.level == RegionLevel.DISTRICT).first()[0]
    deeds: dict[str, Callable[[], object]] = {
        typed: partial(search.find, words.terms_of(typed), NOW) for typed in [*QUERIES, RARE, NOTHING]
    }
    doa = words.terms_of("doa")
    deeds["doa, newest first"] = partial(search.find, doa, NOW, newest_first=True)
    deeds["doa, page 5"] = partial(search.find, doa, NOW, number=5)
    deeds["doa, articles of one year"] = partial(
        search.find, doa, NOW, kind=DocumentKind.ARTICLE, year=NOW.year
    )
    deeds["doa, in one kecamatan"] = partial(search.find, doa, NOW, district=district)
    deeds |= {f"{typed} put right": partial(meant_by, typed) for typed in SLIPS}
    return {label: _median(deed) for label, deed in deeds.items()}


def _marks(at: datetime) -> list[str]:
    return [words.mark(name) for name in (DocumentKind.ARTICLE.value, str(at.year))]


def _median(deed: Callable[[], object]) -> float:
    times = []
    for _round in range(15):
        begun = time.perf_counter()
        deed()
        times.append((time.perf_counter() - begun) * 1000)
        db.session.rollback()
    return statistics.median(times)


def _fill(have: int, count: int) -> None:
    """Let there be `count` articles in the index, of which `have` are there already."""
    chance = random.Random(61_04)  # the same language each time, other texts
    made = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _each in range(20_000)]
    chance.seed(have)
    common = [
        "doa",
        "bersama",
        "warga",
        "rapat",
        "koordinasi",
        "kecamatan",
        "ketapang",
        "jembatan",
        "tokoh",
        "damai",
        "rukun",
        "kampanye",
    ]
    unit_id = db.session.query(Unit.id).first()[0]
    for start in range(have, count, 2000):
        articles, documents = [], []
        for number in range(start, min(start + 2000, count)):
            text = " ".join(chance.choices(made, k=60) + chance.choices(common, k=6))
            if number % 500 == 0:
                text += f" {RARE}"
            title = " ".join(chance.choices(made, k=5) + chance.choices(common, k=2))
            at = NOW - timedelta(minutes=number + 1)
            values = {"slug": f"b-{number}", "title": title, "body": "", "status": ItemStatus.PUBLISHED}
            articles.append(
                {**values, "unit_id": unit_id, "published_at": at, "created_at": at, "changed_at": at}
            )
            documents.append((title, text, at))
        first = (db.session.query(db.func.max(Article.id)).scalar() or 0) + 1
        db.session.rollback()
        with db.engine.begin() as connection:
            connection.execute(
                Article.__table__.insert(),
                [{"id": first + place, **row} for place, row in enumerate(articles)],
            )
            connection.execute(
                SearchDocument.__table__.insert(),
                [
                    {
                        "kind": DocumentKind.ARTICLE,
                        "subject_id": first + place,
                        "title": title,
                        "text": text,
                        "title_stems": words.stems_in(title),
                        "stems": " ".join([words.stems_in(text), *_marks(at)]),
                        "path": f"/berita/b-{place}",
                        "place": "",
                        "zone": "Asia/Pontianak",
                        "at": at,
                        "changed_at": at,
                    }
                    for place, (title, text, at) in enumerate(documents)
                ],
            )
    db.session.execute(sql("ANALYZE"))
    db.session.commit()
    learn_words({*made, *common, RARE})


if __name__ == "__main__":
    main()
