"""What regions brings into the house."""

from app.core.i18n import _l
from app.notify.jobs import use_clocks
from app.regions import (
    models,  # noqa: F401 – tables must be known
    public,
    staff,
)
from app.regions.cli import regions as regions_command
from app.regions.messages import LABELS, REFUSALS
from app.regions.permissions import AT_THE_TOP, GRANTS, SECOND_FACTOR, RegionPermission
from app.regions.queries import zone_of_unit
from app.regions.sample import fill
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of regions."""
    house.grant(GRANTS, second_factor=SECOND_FACTOR, at_the_top=AT_THE_TOP)
    house.words(LABELS)
    house.refuse_with(REFUSALS)
    house.public(public.blueprint)
    house.staff(staff.blueprint, url_prefix="/wilayah")
    house.menu(_l("Wilayah"), "regions.index", key="regions", order=50)
    house.staff_menu(
        _l("Unit dan wilayah"),
        "staff.regions.index",
        key="regions",
        order=700,
        permission=RegionPermission.MANAGE,
        group=_l("Pengaturan"),
    )
    house.site_value("main_unit", public.main_unit_of_site)
    house.site_value("unit_name", public.unit_name_of_site)
    house.site_value("is_sample", public.is_sample_site)
    house.in_sitemap(public.pages_for_sitemap)
    house.command(regions_command)
    use_clocks(zone_of_unit)
    house.sample(fill)
