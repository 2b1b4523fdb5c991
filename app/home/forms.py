"""Forms of the front house: a problem told, a problem settled."""

from wtforms import HiddenField

from app.core.i18n import _l
from app.core.text import clean_line
from app.home.details import ReportDetails
from app.web.forms import LongTextField, PhoneField, PublicForm, StaffForm


class ReportForm(PublicForm):
    message = LongTextField(
        _l("Apa yang terjadi?"),
        description=_l(
            "Tulis halaman mana, apa yang Anda lakukan, dan apa yang muncul. Jangan menulis NIK atau kata sandi."
        ),
        limit=2000,
    )
    phone = PhoneField(
        _l("Nomor telepon"),
        required=False,
        description=_l("Hanya bila Anda ingin dihubungi kembali. Dihapus 90 hari setelah laporan selesai."),
    )
    page = HiddenField()

    def details(self) -> ReportDetails:
        """What was told. The page is kept only when it is a path of this portal."""
        page = clean_line(self.page.data)[:200]
        return ReportDetails(
            message=self.message.data,
            phone=self.phone.e164 or "",
            page=page if page.startswith("/") and not page.startswith("//") else "",
        )


class SettleForm(StaffForm):
    answer = LongTextField(_l("Apa yang sudah dilakukan"), limit=1000)
