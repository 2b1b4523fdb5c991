"""The sample regency: Ketapang with its kecamatan and villages, Polres and Polsek."""

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core import audit
from app.core.database import after_commit, db, transactional
from app.regions.actions import change_unit, import_regency, mark_unit_checked
from app.regions.details import RegionLevel, RegionTag, UnitDetails, UnitKind
from app.regions.models import Region, Unit
from app.regions.queries import SAMPLE_FLAG, find_in_catalogue
from app.web.house import World

REGENCY = "61.04"

# Seats of the units whose pages the other samples show; addresses and numbers are invented.
_HEADS = {
    "polres-ketapang": ("AKBP", "Umpama Teladan Negara, S.I.K., M.H.", "0534-000110"),
    "polsek-delta-pawan": ("AKP", "Contoh Bahari, S.H.", "0534-000211"),
    "polsek-sandai": ("Iptu", "Rekaan Wicaksana, S.H.", "0534-000212"),
    "polsek-kendawangan": ("AKP", "Misal Pratama, S.Sos.", "0534-000213"),
    "polsek-marau": ("Iptu", "Andai Sejahtera", "0534-000214"),
    "polsek-tumbang-titi": ("Iptu", "Teladan Mulia, S.H.", "0534-000215"),
}


def fill(world: World) -> None:
    """Import the regency and dress the units that the sample shows; leaves units by slug, regions by code."""
    _fill(world)
    units = db.session.scalars(select(Unit).options(selectinload(Unit.districts))).all()
    regions = db.session.scalars(select(Region).where(Region.level != RegionLevel.VILLAGE)).all()
    world.units.update({unit.slug: unit for unit in units})
    world.regions.update({region.code: region for region in regions})
    db.session.expunge_all()  # later features read these after this session is gone


@transactional
def _fill(world: World) -> None:
    audit.record(RegionTag.SAMPLE_FILLED, by=None, now=world.now)
    after_commit((current_app.config["INSTANCE"] / SAMPLE_FLAG).touch)
    details = find_in_catalogue(REGENCY)
    assert details is not None
    import_regency(details, now=world.now)
    units = db.session.scalars(select(Unit).options(selectinload(Unit.districts))).all()
    for unit in units:
        dressed = _dress(unit)
        if dressed is not None:
            change_unit(unit, dressed, by=None, now=world.now)
            mark_unit_checked(unit, by=None, now=world.now)


def _dress(unit: Unit) -> UnitDetails | None:
    head = _HEADS.get(unit.slug)
    if head is None:
        return None
    rank, name, phone = head
    lines = ["KEPOLISIAN NEGARA REPUBLIK INDONESIA", "DAERAH KALIMANTAN BARAT", "RESOR KETAPANG"]
    place = unit.name.removeprefix("Polres ").removeprefix("Polsek ")
    address = "Jalan Rukun Contoh Nomor 1, Ketapang 78811"
    if unit.kind is UnitKind.POLSEK:
        lines = [*lines[1:], f"SEKTOR {place.upper()}"]
        address = f"Jalan Teladan Nomor 10, {place}"
    return UnitDetails(
        name=unit.name,
        zone=unit.zone,
        seat_code=unit.seat_code,
        address=address,
        phone=phone,
        email=f"{unit.slug}@contoh.id",
        letterhead="\n".join([*lines, address]),
        letter_place=place,
        unit_code="Res Ktp" if unit.kind is UnitKind.POLRES else f"Sek {place}",
        head_title=unit.head_title,
        head_name=name,
        head_rank=rank,
        head_number="00000000",
        district_codes=tuple(region.code for region in unit.districts),
    )
