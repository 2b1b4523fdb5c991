"""How home's words and refusals read."""

from app.core.i18n import _l
from app.home.details import DocumentKind

LABELS = {
    DocumentKind.EVENT: _l("Acara"),
    DocumentKind.PLEDGE: _l("Ikrar"),
    DocumentKind.ARTICLE: _l("Berita"),
    DocumentKind.NOTICE: _l("Pengumuman"),
}
REFUSALS = {"report_settled": _l("Laporan ini sudah diselesaikan orang lain.")}
