"""What documents brings into the house."""

from app.core.i18n import _l
from app.documents import models, public, queries, staff  # noqa: F401 – tables must be known
from app.documents.messages import DEEDS, REFUSALS
from app.documents.permissions import GRANTS, DocumentPermission
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of documents."""
    house.grant(GRANTS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.public(public.blueprint)
    house.staff(staff.blueprint, url_prefix="/dokumen")
    house.check(queries.registers_out_of_step)
    house.staff_menu(
        _l("Kop dan nomor surat"),
        "staff.documents.index",
        key="documents",
        order=80,
        permission=DocumentPermission.SET_NUMBERS,
        group=_l("Pengaturan"),
    )
