"""Where and with whom the sample events are. All people are invented."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.clock import day_in
from app.core.database import db
from app.core.faiths import Faith
from app.people.models import Person
from app.people.queries import find_person
from app.web.house import World

ZONE = "Asia/Pontianak"


SIX = (Faith.ISLAM, Faith.PROTESTAN, Faith.KATOLIK, Faith.HINDU, Faith.BUDDHA, Faith.KHONGHUCU)


# The history of the sample rotates who opens; names are invented.
LEADERS = {
    Faith.ISLAM: "Ustaz Rahman Contoh, S.Pd.I.",
    Faith.PROTESTAN: "Pdt. Yohana Misal, S.Th.",
    Faith.KATOLIK: "RD. Petrus Rekaan",
    Faith.HINDU: "Pinandita Wayan Umpama",
    Faith.BUDDHA: "Pandita Surya Teladan",
    Faith.KHONGHUCU: "Ws. Lim Andaian",
    Faith.PENGHAYAT: "Ki Saksono Contoh",
}


REASON = "Disepakati bersama pengurus umat setempat pada rapat persiapan."


def friday(world: World, weeks: int, hour: int) -> datetime:
    """The Friday `weeks` after the coming one; Jumat Curhat is held on Fridays, after the prayer."""
    return weekday(world, 4, weeks, hour)


def weekday(world: World, weekday: int, weeks: int, hour: int, minute: int = 0) -> datetime:
    """That weekday (Monday is 0) `weeks` after the coming one."""
    ahead = (weekday - day_in(world.now, ZONE).weekday()) % 7 or 7
    return moment_at(world, ahead + 7 * weeks, hour, minute)


def moment_at(world: World, days: int, hour: int, minute: int = 0) -> datetime:
    day = day_in(world.now, ZONE) + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), ZoneInfo(ZONE)).astimezone(UTC)


def any_person() -> Person | None:
    return db.session.query(Person).order_by(Person.id).first()


def person(world: World, key: str) -> Person | None:
    known = world.people.get(key)
    return find_person(known.id) if known is not None else any_person()
