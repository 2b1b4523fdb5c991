"""What almanac brings into the house."""

from app.almanac import (
    actions,
    cli,
    models,  # noqa: F401 – tables must be known
    public,
    queries,
    sample,
    staff,
)
from app.almanac.messages import DEEDS, LABELS, REFUSALS
from app.almanac.permissions import AT_THE_TOP, GRANTS, SECOND_FACTOR, AlmanacPermission
from app.core.i18n import _l
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of almanac."""
    house.grant(GRANTS, second_factor=SECOND_FACTOR, at_the_top=AT_THE_TOP)
    house.words(LABELS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.public(public.blueprint)
    house.staff(staff.blueprint, url_prefix="/almanak")
    house.staff_menu(
        _l("Hari raya"),
        "staff.almanac.index",
        key="almanac",
        order=710,
        permission=AlmanacPermission.ADMINISTER,
        group=_l("Pengaturan"),
    )
    house.staff_menu(
        _l("Pemilihan"),
        "staff.almanac.elections",
        key="elections",
        order=720,
        permission=AlmanacPermission.ADMINISTER,
        group=_l("Pengaturan"),
    )
    house.staff_menu(
        _l("Ibadah rutin"),
        "staff.almanac.services",
        key="services",
        order=715,
        permission=AlmanacPermission.ADMINISTER,
        group=_l("Pengaturan"),
    )
    house.every(86_400, "almanac.fill_coming_years", actions.fill_coming_years)
    house.command(cli.almanac)
    house.site_value("quiet_banner", public.quiet_banner)
    house.site_value("copies_end", queries.next_quiet_start)
    house.sample(sample.fill)
