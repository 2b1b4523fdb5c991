"""The list, the month view and the guards at 100,000 events against the same at 1,000.

python -m benchmarks.events [--many 100000] [--few 1000] [--tries 60]

Both databases hold the same year of FEW events around today in twenty kecamatan; the larger one holds the rest in
the twenty-four years before. Pages are made anew each time, inside this process.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import insert

from app.almanac.actions import fill_holy_days
from app.core import clock, migrating
from app.core.database import db
from app.core.faiths import Faith
from app.core.text import fold_name
from app.events.details import (
    EventDetails,
    EventKind,
    EventStatus,
    ItemKind,
    ProgrammeItemDetails,
    VenueKind,
)
from app.events.models import Event, EventFaithRow, EventKindRow, EventPerson, ProgrammeItem, Venue
from app.events.queries import surroundings_of
from app.events.rules.guards import Plan, check, free_slots
from app.factory import create_app
from app.regions.actions import import_regency
from app.regions.queries import districts, find_in_catalogue, units_by_district

BAR = 1.5
LEADERS = [f"Umpama Tokoh {number}" for number in range(240)]
FAITHS = list(Faith)[:6]
PAST_YEARS = 24


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--tries", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rukun-benchmark-") as folder:
        small = _portal(Path(folder) / "few", given.few, given.few)
        large = _portal(Path(folder) / "many", given.few, given.many)
        print(f"{'p50 in ms':<34}{given.few:>12,}{given.many:>12,}{'ratio':>8}")
        for label in _deeds(small):
            few, many = _medians([_deeds(small)[label], _deeds(large)[label]], given.tries)
            ratio = many / few
            note = "" if ratio <= BAR else f"  above {BAR}"
            print(f"{label:<34}{few * 1000:>12.1f}{many * 1000:>12.1f}{ratio:>8.2f}{note}")


def _portal(instance: Path, recent: int, total: int) -> Flask:
    instance.mkdir()
    app = create_app({"INSTANCE": instance, "SECRET_KEY": "benchmark", "PAGE_CACHE": False})
    with app.app_context():
        migrating.upgrade()
        regency = find_in_catalogue("61.04")
        assert regency is not None
        import_regency(regency, now=clock.now())
        fill_holy_days(by=None, now=clock.now())
        _fill(recent, total)
        db.session.remove()
    return app


def _fill(recent: int, total: int) -> None:
    """The same recent events in every database, and older ones up to the total."""
    chance = random.Random(61_04)
    stations = {code: units[0].id for code, units in units_by_district().items()}
    codes = [row.code for row in districts()]
    venues = {}
    for code in codes:
        for number in range(8):
            row = Venue(name=f"Balai Contoh {number}", kind=VenueKind.COMMUNITY_HALL, district_code=code)
            db.session.add(row)
            db.session.flush()
            venues[code, number] = row.id
    db.session.commit()
    today = clock.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    numbers = range(1, total + 1)
    for begin in range(0, total, 5_000):
        tables: dict[type[Any], list[dict[str, Any]]] = {}
        for number in numbers[begin : begin + 5_000]:
            days = chance.uniform(-180, 180) if number <= recent else -chance.uniform(181, 365 * PAST_YEARS)
            start = today + timedelta(days=int(days), hours=chance.choice([1, 2, 7, 8, 12]))
            code = chance.choice(codes)
            for table, rows in _rows(number, start, code, stations[code], venues, chance):
                tables.setdefault(table, []).extend(rows)
        for table, rows in tables.items():
            db.session.execute(insert(table), rows)
        db.session.commit()


def _rows(
    number: int,
    start: datetime,
    code: str,
    unit_id: int,
    venues: dict[tuple[str, int], int],
    chance: random.Random,
) -> Iterator[tuple[type[Any], list[dict[str, Any]]]]:
    over = start < clock.now()
    event = {
        "id": number,
        "uid": f"{number}@benchmark",
        "slug": f"acara-{number}",
        "status": EventStatus.COMPLETED if over else EventStatus.PUBLISHED,
        "title": f"Doa bersama contoh {number}",
        "unit_id": unit_id,
        "venue_id": venues[code, chance.randrange(8)],
        "district_code": code,
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "created_at": start,
        "changed_at": start,
        "published_at": min(start, clock.now()) - timedelta(days=20),
    }
    leaders = chance.sample(LEADERS, 6)
    yield Event, [event]
    yield EventKindRow, [{"event_id": number, "kind": EventKind.JOINT_PRAYER, "position": 0}]
    yield EventFaithRow, [{"event_id": number, "faith": faith} for faith in FAITHS]
    yield (
        ProgrammeItem,
        [
            {
                "event_id": number,
                "position": place,
                "title": "Doa",
                "kind": ItemKind.PRAYER,
                "minutes": 5,
                "faith": faith,
                "leader_name": leader,
            }
            for place, (faith, leader) in enumerate(zip(FAITHS, leaders, strict=True))
        ],
    )
    yield (
        EventPerson,
        [{"event_id": number, "folded": fold_name(leader), "starts_at": start} for leader in leaders],
    )


def _deeds(app: Flask) -> dict[str, Callable[[], object]]:
    client = app.test_client()

    def page(path: str) -> Callable[[], object]:
        def get() -> object:
            answer = client.get(path)
            assert answer.status_code == 200, path
            return answer

        return get

    return {
        "list": page("/acara/"),
        "list of one kecamatan": page("/acara/?kecamatan=sandai"),
        "list of what has passed": page("/acara/?tampilan=lalu"),
        "month view": page("/acara/?tampilan=bulan"),
        "guards of a plan": lambda: _ask(app, slots=False),
        "guards and three free times": lambda: _ask(app, slots=True),
    }


def _ask(app: Flask, *, slots: bool) -> None:
    with app.app_context():
        now = clock.now()
        start = (now + timedelta(days=10)).replace(hour=2, minute=0, second=0, microsecond=0)
        start += timedelta(days=(6 - start.weekday()) % 7)  # a Sunday morning: somebody always objects
        details = EventDetails(
            title="Doa bersama",
            kinds=(EventKind.JOINT_PRAYER,),
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            venue_name="Balai Contoh 1",
            venue_kind=VenueKind.COMMUNITY_HALL,
            district_code="61.04.16",
            faiths=tuple(FAITHS),
            programme=tuple(
                ProgrammeItemDetails("Doa", ItemKind.PRAYER, 5, faith=faith, leader_name=leader)
                for faith, leader in zip(FAITHS, LEADERS, strict=False)
            ),
        )
        around = surroundings_of(details, now, ahead=60 if slots else 0)
        assert around is not None
        plan = Plan(details, now)
        assert check(plan, around)
        if slots:
            assert len(free_slots(plan, around)) == 3


def _medians(deeds: list[Callable[[], object]], tries: int) -> list[float]:
    """Seconds of each deed, taken in turns so that the machine's moods fall on all alike."""
    taken: list[list[float]] = [[] for _ in deeds]
    for number in range(tries + 3):
        for deed, times in zip(deeds, taken, strict=True):
            began = time.perf_counter()
            deed()
            if number >= 3:
                times.append(time.perf_counter() - began)
    return [median(times) for times in taken]


if __name__ == "__main__":
    main()
