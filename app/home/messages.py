"""How home's words and refusals read."""

from app.core.i18n import _l
from app.home.details import DocumentKind
from app.web.house import Words

LABELS = {
    DocumentKind.EVENT: _l("Acara"),
    DocumentKind.PLEDGE: _l("Ikrar"),
    DocumentKind.ARTICLE: _l("Berita"),
    DocumentKind.NOTICE: _l("Pengumuman"),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "home:report:settled": _l("Laporan masalah diselesaikan"),
}
REFUSALS = {"report_settled": _l("Laporan ini sudah diselesaikan orang lain.")}
