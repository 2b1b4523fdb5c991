"""The words of records."""

from app.core.i18n import _l
from app.records.details import SheetStatus
from app.web.house import Words

LABELS = {SheetStatus.DRAFT: _l("Konsep"), SheetStatus.SIGNED: _l("Ditandatangani")}
REFUSALS = {
    "record_sealed": _l("Lembar ini sudah ditandatangani. Buat versi baru untuk mengubahnya."),
    "record_not_sealed": _l("Versi baru dibuat dari lembar yang sudah ditandatangani."),
    "closed_before_opened": _l("Jam selesai lebih awal daripada jam mulai."),
    "minutes_need_closing": _l("Isi jam mulai dan jam selesai sebelum menandatangani."),
    "report_needs_result": _l("Isi hasil kegiatan sebelum menandatangani."),
    "follow_up_done": _l("Tindak lanjut ini sudah selesai."),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "records:follow_up:done": _l("Tindak lanjut ditandai selesai"),
    "records:minutes:handed_over": _l("Notula diteruskan kepada orang lain"),
    "records:minutes:renewed": _l("Versi baru notula dimulai"),
    "records:minutes:saved": _l("Notula disimpan"),
    "records:minutes:signed": _l("Notula ditandatangani"),
    "records:report:handed_over": _l("Laporan kegiatan diteruskan kepada orang lain"),
    "records:report:renewed": _l("Versi baru laporan kegiatan dimulai"),
    "records:report:saved": _l("Laporan kegiatan disimpan"),
    "records:report:signed": _l("Laporan kegiatan ditandatangani"),
}
