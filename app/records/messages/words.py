"""Names of states, refusals, and how the audit log reads."""

from app.core.i18n import _l
from app.records.details import AgreedKind, FollowUpFilter, HeadGroup, SheetKind, SheetStatus
from app.records.rules.sections import DECISIONS, NOTES, OPENING, TASKS
from app.web.house import Words

LABELS = {
    SheetStatus.DRAFT: _l("Konsep"),
    SheetStatus.SIGNED: _l("Ditandatangani"),
    SheetKind.MINUTES: _l("Notula"),
    SheetKind.REPORT: _l("Laporan kegiatan"),
    AgreedKind.DECISION: _l("Keputusan"),
    AgreedKind.TASK: _l("Tindak lanjut"),
    HeadGroup.FORKOPIMDA: _l("Forkopimda"),
    HeadGroup.GOVERNMENT: _l("Pemerintah"),
    HeadGroup.ELECTION: _l("Penyelenggara pemilu"),
    HeadGroup.CAMPAIGN_TEAM: _l("Tim kampanye"),
    HeadGroup.HARMONY_FORUM: _l("Forum kerukunan"),
    HeadGroup.FAITH: _l("Lembaga keagamaan"),
    HeadGroup.CUSTOM: _l("Lembaga adat"),
    HeadGroup.COMMUNITY: _l("Organisasi masyarakat"),
    HeadGroup.YOUTH: _l("Organisasi pemuda"),
    HeadGroup.WOMEN: _l("Organisasi perempuan"),
    HeadGroup.EDUCATION: _l("Lembaga pendidikan"),
    HeadGroup.PRESS: _l("Pers"),
    HeadGroup.OTHER_BODY: _l("Lembaga lain"),
    HeadGroup.PUBLIC: _l("Masyarakat yang mendaftar"),
    HeadGroup.WALK_IN: _l("Datang langsung"),
}

FILTERS = {
    FollowUpFilter.OPEN: _l("Belum selesai"),
    FollowUpFilter.OVERDUE: _l("Lewat waktu"),
    FollowUpFilter.MINE: _l("Tugas saya"),
    FollowUpFilter.DONE: _l("Selesai"),
}

SECTIONS: dict[str, Words] = {
    OPENING: _l("Pembukaan"),
    NOTES: _l("Tindak lanjut rapat lalu"),
    DECISIONS: _l("Keputusan"),
    TASKS: _l("Tindak lanjut"),
}

TITLES: dict[SheetKind, Words] = {SheetKind.MINUTES: _l("Notula"), SheetKind.REPORT: _l("Laporan kegiatan")}

REFUSALS = {
    "record_sealed": _l("Lembar ini sudah ditandatangani. Buat versi baru untuk mengubahnya."),
    "record_not_sealed": _l("Versi baru dibuat dari lembar yang sudah ditandatangani."),
    "record_not_begun": _l("Lembar ini belum ditulis."),
    "record_changed_meanwhile": _l(
        "Isinya berubah sesudah Anda membukanya. Baca lagi isi yang sekarang, lalu tandatangani."
    ),
    "renewal_needs_reason": _l("Tulis alasan perubahan; alasan ini tercetak pada versi baru."),
    "closed_before_opened": _l("Jam selesai lebih awal daripada jam mulai."),
    "minutes_need_closing": _l("Isi jam mulai dan jam selesai sebelum menandatangani."),
    "report_needs_result": _l("Isi hasil kegiatan sebelum menandatangani."),
    "too_many_speakers": _l("Paling banyak %(most)s pembicara dalam satu notula."),
    "follow_up_done": _l("Tindak lanjut ini sudah selesai."),
    "follow_up_open": _l("Tindak lanjut ini masih terbuka."),
    "follow_up_done_stays": _l("Yang sudah ditandai selesai tidak dapat dihapus dari notula."),
    "done_in_future": _l("Hari selesai belum tiba."),
    "incident_in_future": _l("Waktu kejadian belum tiba."),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "records:follow_up:done": _l("Tindak lanjut ditandai selesai"),
    "records:follow_up:reopened": _l("Tindak lanjut dibuka lagi"),
    "records:incident:changed": _l("Catatan kejadian diubah"),
    "records:incident:noted": _l("Kejadian dicatat"),
    "records:incident:removed": _l("Catatan kejadian dihapus"),
    "records:minutes:begun": _l("Notula dimulai"),
    "records:minutes:compared": _l("Dua tulisan notula sudah dibandingkan"),
    "records:minutes:handed_over": _l("Notula diteruskan kepada orang lain"),
    "records:minutes:renewed": _l("Versi baru notula dimulai"),
    "records:minutes:saved": _l("Notula disimpan"),
    "records:minutes:set_aside": _l("Tulisan notula yang terlambat disisihkan"),
    "records:minutes:signed": _l("Notula ditandatangani"),
    "records:minutes:speaker_added": _l("Pembicara ditambahkan ke notula"),
    "records:minutes:speaker_moved": _l("Urutan pembicara notula diubah"),
    "records:minutes:speaker_removed": _l("Pembicara dihapus dari notula"),
    "records:report:handed_over": _l("Laporan kegiatan diteruskan kepada orang lain"),
    "records:report:renewed": _l("Versi baru laporan kegiatan dimulai"),
    "records:report:saved": _l("Laporan kegiatan disimpan"),
    "records:report:signed": _l("Laporan kegiatan ditandatangani"),
}
