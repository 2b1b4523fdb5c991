"""The words of records."""

from app.core.i18n import _l
from app.records.details import SheetStatus

LABELS = {SheetStatus.DRAFT: _l("Konsep"), SheetStatus.SIGNED: _l("Ditandatangani")}
REFUSALS = {
    "record_sealed": _l("Lembar ini sudah ditandatangani. Buat versi baru untuk mengubahnya."),
    "record_not_sealed": _l("Versi baru dibuat dari lembar yang sudah ditandatangani."),
    "closed_before_opened": _l("Jam selesai lebih awal daripada jam mulai."),
    "minutes_need_closing": _l("Isi jam mulai dan jam selesai sebelum menandatangani."),
    "report_needs_result": _l("Isi hasil kegiatan sebelum menandatangani."),
    "follow_up_done": _l("Tindak lanjut ini sudah selesai."),
}
