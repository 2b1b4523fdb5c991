"""Names of states, of deeds in the audit log, refusals, and what visitors agree to."""

from app.attendance.details import Channel, Need, RegistrationKind, RegistrationStatus, RequestKind
from app.core.i18n import _l
from app.web.house import Words

LABELS: dict[object, Words] = {
    RegistrationStatus.CONFIRMED: _l("Terdaftar"),
    RegistrationStatus.WAITING: _l("Daftar tunggu"),
    RegistrationStatus.CANCELLED: _l("Batal"),
    RegistrationStatus.DUPLICATE: _l("Nomor ganda"),
    RegistrationKind.INDIVIDUAL: _l("Perorangan"),
    RegistrationKind.GROUP: _l("Rombongan"),
    RegistrationKind.WALK_IN: _l("Datang langsung"),
    RegistrationKind.INSTITUTION: _l("Lembaga"),
    Need.WHEELCHAIR: _l("Tempat untuk kursi roda"),
    Need.SIGN_LANGUAGE: _l("Juru bahasa isyarat"),
    Need.OTHER: _l("Keperluan lain"),
    RequestKind.SEE: _l("Minta melihat data saya"),
    RequestKind.CORRECT: _l("Minta data saya dibetulkan"),
    RequestKind.DELETE: _l("Minta data saya dihapus"),
    RequestKind.OBJECT: _l("Keberatan atas pemakaian data saya"),
    Channel.ONLINE: _l("Daring"),
    Channel.DESK: _l("Meja kehadiran"),
    Channel.INVITATION: _l("Undangan"),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "attendance:desk_link:opened": _l("Tautan meja untuk relawan dibuat"),
    "attendance:desk_link:revoked": _l("Tautan meja untuk relawan dicabut"),
    "attendance:event:thanked": _l("Ucapan terima kasih dengan tautan berita"),
    "attendance:hold:ended": _l("Kursi untuk lembaga undangan dilepas"),
    "attendance:hold:kept": _l("Kursi disimpan untuk lembaga undangan"),
    "attendance:list:exported": _l("Daftar hadir diekspor"),
    "attendance:list:taken": _l("Daftar hadir dibawa ke ponsel meja"),
    "attendance:list:viewed": _l("Daftar hadir dibuka"),
    "attendance:phones:expired": _l("Nama dan nomor pendaftar dihapus karena lewat waktu"),
    "attendance:pool:capacity_set": _l("Kapasitas atau waktu pendaftaran acara diubah"),
    "attendance:pool:session_capacity_set": _l("Kapasitas sesi diubah"),
    "attendance:pool:closed": _l("Pendaftaran acara ditutup"),
    "attendance:pool:opened": _l("Pendaftaran acara dibuka"),
    "attendance:request:answered": _l("Permintaan data pribadi dijawab"),
    "attendance:request:asked": _l("Permintaan data pribadi masuk"),
    "attendance:registration:check_in_undone": _l("Pencatatan hadir dibatalkan"),
    "attendance:registration:confirmed": _l("Tiket dikirim kepada pendaftar"),
    "attendance:registration:checked_in": _l("Pendaftar dicatat hadir"),
    "attendance:registration:entered": _l("Rombongan didaftarkan petugas"),
    "attendance:registration:erased": _l("Data pendaftar dihapus atas permintaannya"),
    "attendance:registration:handed_over": _l("Tiket dialihkan kepada orang lain"),
    "attendance:registration:lapsed": _l("Kursi yang tidak dikonfirmasi diberikan kepada yang menunggu"),
    "attendance:registration:merged": _l("Pendaftaran ganda digabung"),
    "attendance:registration:promoted": _l("Pendaftar naik dari daftar tunggu"),
    "attendance:registration:repeated": _l("Nomor telepon dipakai mendaftar lagi"),
    "attendance:registration:walked_in": _l("Tamu tanpa pendaftaran dicatat hadir"),
}

REFUSALS: dict[str, Words] = {
    "event_cancelled": _l("Acara ini dibatalkan."),
    "event_over": _l("Acara ini sudah selesai."),
    "event_started": _l("Acara sudah dimulai. Datanglah langsung ke meja kehadiran."),
    "invited_only": _l("Acara ini untuk tamu undangan."),
    "registration_closed": _l("Pendaftaran ditutup."),
    "registration_not_yet": _l("Pendaftaran dibuka %(when)s."),
    "window_reversed": _l("Penutupan harus sesudah pembukaan."),
    "session_unknown": _l("Sesi ini tidak ada lagi. Pilih yang lain."),
    "session_full": _l("Sesi yang dipilih tidak cukup kursinya lagi. Pilih yang lain."),
    "session_has_registrations": _l(
        "Sesi ini sudah dipilih pendaftar. Besarkan kursinya; batasnya tidak dapat dihapus."
    ),
    "hold_over": _l(
        "Kursi yang disimpan untuk lembaga ini sudah dilepas. Anda dapat mendaftar seperti umum."
    ),
    "hold_in_past": _l("Waktu ini sudah lewat."),
    "seat_lapsed": _l(
        "Batas waktu konfirmasi sudah lewat dan kursinya sudah diberikan kepada yang menunggu."
    ),
    "request_answered": _l("Permintaan ini sudah dijawab."),
    "too_many_requests": _l("Terlalu banyak permintaan dari jaringan ini. Coba lagi satu jam lagi."),
    "too_many_names": _l("Ada lebih banyak nama daripada %(party)s orang."),
    "split_too_large": _l("Yang dipisah paling banyak %(party)s orang, supaya rombongan asal tidak kosong."),
    "not_enough_seats": _l("Kursi yang tersisa tidak cukup. Masih ada %(left)s kursi."),
    "capacity_below_taken": _l(
        "Sudah %(taken)s kursi terisi. Kapasitas tidak dapat lebih kecil dari jumlah itu."
    ),
    "already_registered": _l("Nomor ini sudah terdaftar untuk acara ini."),
    "already_checked_in": _l("Tiket ini sudah dicatat hadir."),
    "not_checked_in": _l("Kehadiran ini belum dicatat."),
    "registration_cancelled": _l("Pendaftaran ini sudah dibatalkan."),
    "registration_duplicate": _l(
        "Nomor ini sudah terdaftar lebih dulu. Gabungkan dengan pendaftaran pertama sebelum mencatat hadir."
    ),
    "not_duplicate": _l("Pendaftaran ini tidak ganda."),
    "not_waiting": _l("Pendaftaran ini tidak sedang menunggu."),
    "more_than_party": _l("Tiket ini untuk %(party)s orang. Catat tamu tambahan sebagai tamu langsung."),
    "desk_not_open": _l("Kehadiran dapat dicatat mulai sehari sebelum acara."),
    "checked_in_elsewhere": _l("Kehadiran ini dicatat oleh meja lain dan tidak ikut dibatalkan."),
    "code_unknown": _l("Kode ini tidak ada di acara ini."),
}

CONSENT: Words = _l(
    "Saya setuju data ini dipakai untuk mengatur kehadiran di acara ini, termasuk keperluan khusus bila diisi. "
    "Nama, nomor, dan keperluan dihapus 90 hari sesudah acara."
)
