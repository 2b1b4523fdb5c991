"""How a follow-up was done."""

from wtforms import DateField
from wtforms.validators import Optional

from app.core.i18n import _l
from app.web.forms import LineField, StaffForm


class DoneForm(StaffForm):
    """When it was done, and what is worth knowing of it."""

    done_on = DateField(
        _l("Selesai pada"), validators=[Optional()], description=_l("Kosongkan bila hari ini.")
    )
    note = LineField(_l("Catatan"), limit=300, required=False)
