"""What is said when a deed is refused."""

from app.core.i18n import _l

REFUSALS = {
    "event_state": _l("Langkah ini tidak sesuai dengan keadaan acara sekarang. Muat ulang halamannya."),
    "event_without_title": _l("Isi judul acara."),
    "event_without_kind": _l("Pilih sedikitnya satu jenis acara."),
    "event_year_unlikely": _l("Tahun harus antara 2000 dan 2100."),
    "event_ends_before_start": _l("Waktu selesai harus sesudah waktu mulai."),
    "event_too_long": _l("Satu acara paling lama 14 hari. Periksa tanggal selesainya."),
    "event_capacity_unlikely": _l("Isi daya tampung dari 1 sampai 100.000 orang."),
    "event_district_unknown": _l("Pilih kecamatan dari daftar."),
    "programme_minutes_unlikely": _l("Lama setiap mata acara antara 0 dan 1.440 menit."),
    "programme_session_unknown": _l("Ada mata acara yang menunjuk sesi yang tidak ada."),
    "item_before_event": _l("Jam mulai mata acara ini sebelum acara dimulai."),
    "item_before_last": _l("Jam mulai mata acara ini sebelum mata acara di atasnya dimulai."),
    "series_interval_unlikely": _l("Isi dari 1 sampai 12."),
    "series_endless": _l("Isi jumlah tanggal atau tanggal terakhirnya; rangkaian tanpa akhir tidak dibuat."),
    "series_two_ends": _l("Isi salah satu saja: jumlah tanggal, atau tanggal terakhir."),
    "series_without_first_day": _l("Hari acara ini sendiri harus ikut dicentang."),
    "series_first_not_last": _l("Acara ini bukan pada hari terakhir sejenisnya dalam bulan itu."),
    "series_too_many": _l(
        "Aturan ini menghasilkan lebih dari %(most)s tanggal. Persingkat, atau bagi menjadi beberapa "
        "rangkaian."
    ),
    "series_ends_before_start": _l("Tanggal terakhir sebelum acara ini sendiri."),
    "series_single": _l(
        "Aturan ini tidak menghasilkan tanggal lain. Periksa jumlah atau tanggal terakhirnya."
    ),
    "series_too_far": _l("Satu rangkaian paling panjang dua tahun."),
    "series_overlaps": _l(
        "Acara ini lebih panjang daripada jarak antara tanggalnya, sehingga saling bertumpuk."
    ),
    "series_all_skipped": _l(
        "Tidak ada tanggal yang dapat dibuat: semuanya terhalang. Baca alasannya pada pratinjau."
    ),
    "series_not_longer": _l("Rangkaian ini sudah sampai sejauh itu. Isi yang lebih jauh."),
    "item_unknown": _l("Mata acara ini sudah tidak ada. Muat ulang halamannya."),
    "item_after_event": _l("Jam mulai mata acara ini sesudah acara selesai."),
    "guards_refuse": _l("Ada hal yang tidak boleh: %(guards)s"),
    "guards_stand": _l(
        "Masih ada yang menghalangi: %(guards)s Pindahkan waktunya atau tulis alasannya dahulu."
    ),
    "guard_unknown": _l("Penjagaan ini sudah tidak berlaku. Muat ulang halamannya."),
    "guard_cannot_be_overridden": _l("Penjagaan ini tidak dapat dikesampingkan."),
    "event_in_the_past": _l("Waktu mulainya sudah lewat. Pilih waktu yang akan datang."),
    "grade_too_low": _l("Tingkat ini tidak boleh diturunkan di bawah bawaannya."),
    "reason_needed": _l("Tulis alasannya, sedikitnya sepuluh huruf."),
    "postponed_into_past": _l("Waktu baru harus di masa depan."),
    "reminder_gone": _l("Pengingat ini sudah terkirim atau waktunya sudah lewat."),
    "nothing_changed": _l("Tidak ada yang berubah."),
    "published_in_past": _l("Waktu pengumuman sudah lewat. Kosongkan untuk mengumumkan sekarang."),
}
