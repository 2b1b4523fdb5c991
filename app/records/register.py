"""What records brings into the house."""

from app.core.i18n import _l
from app.people.facts import RoleEnded
from app.records import actions, models, sample, staff  # noqa: F401 – tables must be known
from app.records.messages import DEEDS, LABELS, REFUSALS
from app.records.permissions import GRANTS, SECOND_FACTOR, RecordPermission
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of records."""
    house.sample(sample.fill)
    house.grant(GRANTS, second_factor=SECOND_FACTOR)
    house.words(LABELS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.on(RoleEnded, actions.hand_over)
    house.staff(staff.blueprint, url_prefix="/catatan")
    house.staff_menu(
        _l("Tindak lanjut"),
        "staff.records.index",
        key="records",
        order=45,
        permission=RecordPermission.VIEW,
        group=_l("Acara"),
    )
    house.slot("event.staff", staff.event_panel)
    house.waits(staff.waiting_for)
