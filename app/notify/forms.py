"""The forms of notify."""

from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from app.core.i18n import _l
from app.notify.details import Wish
from app.notify.messages import LABELS
from app.web.forms import PublicForm


class WishForm(PublicForm):
    """What somebody wants to hear."""

    wish = RadioField(
        _l("Pesan yang saya terima"), choices=[SelectChoice(wish.value, LABELS[wish]) for wish in Wish]
    )
    by_email = BooleanField(_l("Kirim lewat surat elektronik bila alamat saya diketahui, bukan WhatsApp"))
