"""What media brings into the house."""

from app.core.i18n import _l
from app.media import jobs, staff
from app.media.messages import DEEDS, LABELS, REFUSALS
from app.media.permissions import GRANTS, MediaPermission
from app.media.public import blueprint
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of media."""
    house.grant(GRANTS)
    house.words(LABELS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.public(blueprint)
    house.staff(staff.blueprint, url_prefix="/foto")
    house.staff_menu(
        _l("Foto"),
        "staff.media.index",
        key="media",
        order=64,
        permission=MediaPermission.UPLOAD,
        group=_l("Humas"),
    )
    house.job("media.sizes", jobs.make_sizes)
    house.job("media.card", jobs.draw_card)
