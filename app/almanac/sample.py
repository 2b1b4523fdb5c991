"""The sample regency's calendar: holy days, the elections of 2024, and one election that is wholly invented."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.almanac.actions import add_election, add_shipped_elections, fill_holy_days, set_pair
from app.almanac.details import CandidatePairDetails, ElectionDetails, StageDetails, StageKind
from app.almanac.rules.elections import stage_of_days
from app.core.clock import day_in
from app.core.database import db, transactional
from app.regions.queries import main_unit
from app.web.house import World

INVENTED = "Pemilihan Kepala Daerah Contoh"
BASIS = "Tahapan rekaan untuk data contoh"
_PAIRS = (
    ("Rekaan Pertama", "Umpama Kesatu"),
    ("Contoh Kedua", "Misal Dua"),
    ("Teladan Ketiga", "Andai Tiga"),
)


def fill(world: World) -> None:
    """Fill the calendar; the invented election campaigns now and has its quiet period some weeks ahead."""
    _fill(world)
    db.session.expunge_all()


@transactional
def _fill(world: World) -> None:
    unit = main_unit()
    zone = unit.zone if unit else "Asia/Pontianak"
    region = unit.seat_code[:5] if unit and unit.seat_code else "61.04"
    fill_holy_days(by=None, now=world.now)
    add_shipped_elections(zone, region_code=region, by=None, now=world.now)
    today = day_in(world.now, zone)
    here = ZoneInfo(zone)

    def days(kind: StageKind, first: date, last: date) -> StageDetails:
        return stage_of_days(kind, first, last, zone=here, legal_basis=BASIS)

    def ahead(count: int) -> date:
        return today + timedelta(days=count)

    election = add_election(
        ElectionDetails(
            "pilkada-contoh",
            INVENTED,
            (
                days(StageKind.PENGUNDIAN, ahead(-14), ahead(-14)),
                days(StageKind.KAMPANYE, ahead(-12), ahead(35)),
                days(StageKind.MASA_TENANG, ahead(36), ahead(38)),
                days(StageKind.PEMUNGUTAN, ahead(39), ahead(39)),
                days(StageKind.REKAPITULASI, ahead(39), ahead(55)),
            ),
        ),
        kind="pilkada",
        region_code=region,
        invented=True,
        by=None,
        now=world.now,
    )
    db.session.flush()
    for number, (head, deputy) in enumerate(_PAIRS, start=1):
        set_pair(election, CandidatePairDetails(region, number, head, deputy), by=None, now=world.now)
