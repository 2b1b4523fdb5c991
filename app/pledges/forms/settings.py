"""What a unit sets for its declarations: forbidden words, witnesses of the log."""

from wtforms import (
    SelectField,
)
from wtforms.validators import Optional, Regexp

from app.core.i18n import _l
from app.web.forms import (
    LineField,
    LongTextField,
    StaffForm,
)


class WordsForm(StaffForm):
    """Words that no name under a unit's declarations may hold. The view sets the units."""

    unit_id = SelectField(_l("Kesatuan"), coerce=int)
    words = LongTextField(
        _l("Kata"), limit=4000, required=False, description=_l("Satu kata atau gabungan kata setiap baris.")
    )


class WitnessForm(StaffForm):
    """Somebody who keeps and co-signs the checkpoints. The view sets the choices of unit."""

    unit_id = SelectField(_l("Kesatuan"), coerce=int)
    name = LineField(
        _l("Nama saksi"), limit=120, description=_l("Contoh: Bawaslu Kabupaten, FKUB, nama koran.")
    )
    key = LineField(
        _l("Kunci saksi"), limit=300, description=_l("Dibuat dan diberikan oleh saksi: nama+sidik+base64.")
    )
    url = LineField(
        _l("Alamat layanan saksi"),
        [Optional(), Regexp(r"https?://[^\s]+", message=_l("Alamat diawali https://"))],
        limit=200,
        required=False,
        description=_l("Hanya bila saksi punya layanan tlog-witness sendiri."),
    )


class PlainForm(StaffForm):
    """A button with a token and nothing else."""
