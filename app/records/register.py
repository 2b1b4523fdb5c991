"""What records brings into the house."""

from app.core.i18n import _l
from app.documents.queries import register_checker
from app.people.facts import RoleEnded
from app.records import actions, jobs, models, queries, sample, staff  # noqa: F401 – tables must be known
from app.records.messages import DEEDS, LABELS, REFUSALS
from app.records.permissions import GRANTS, SECOND_FACTOR, RecordPermission
from app.records.public import check_code
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of records."""
    house.sample(sample.fill)
    house.grant(GRANTS, second_factor=SECOND_FACTOR)
    house.words(LABELS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.on(RoleEnded, actions.hand_over)
    house.every(600, "records.remind", jobs.remind)
    house.check(queries.files_astray)
    register_checker(house, check_code)
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
