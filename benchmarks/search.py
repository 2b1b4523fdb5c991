"""How long search takes among many documents: words, beginnings, misspelt names.

python -m benchmarks.search [--documents 100000] [--instance FOLDER]
"""

import argparse
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
from app.regions.models import Unit
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
SLIPS = ["ketapagn", "koordnasi", "kecamtan"]
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rukun-benchmark-") as name:
        instance = Path(name) / "instance"
        manage(instance, "migrate")
        manage(instance, "sample")
        app = create_app({"INSTANCE": str(instance)})
        with app.app_context():
            _fill(given.documents)
            print(f"{given.documents} documents")
            for typed in QUERIES:
                _measure(typed, lambda typed=typed: search.find(words.terms_of(typed), NOW))
            for typed in SLIPS:
                _measure(f"{typed} → {meant_by(typed)}", lambda typed=typed: meant_by(typed))


def _measure(label: str, deed: object) -> None:
    times = []
    for _round in range(15):
        begun = time.perf_counter()
        deed()  # type: ignore[operator]
        times.append((time.perf_counter() - begun) * 1000)
        db.session.rollback()
    print(f"{label:<40} median {statistics.median(times):7.1f} ms   slowest {max(times):7.1f} ms")


def _fill(count: int) -> None:
    chance = random.Random(61_04)
    made = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _each in range(20_000)]
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
    for start in range(0, count, 2000):
        articles, documents = [], []
        for number in range(start, min(start + 2000, count)):
            text = " ".join(chance.choices(made, k=60) + chance.choices(common, k=6))
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
                        "stems": words.stems_in(text),
                        "path": f"/berita/b-{place}",
                        "place": "",
                        "zone": "Asia/Pontianak",
                        "at": at,
                        "changed_at": at,
                    }
                    for place, (title, text, at) in enumerate(documents)
                ],
            )
    learn_words({*made, *common})


if __name__ == "__main__":
    main()
