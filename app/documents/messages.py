"""What documents says to people."""

from app.core.i18n import _l
from app.web.house import Words

REFUSALS: dict[str, Words] = {
    "pattern_unknown_hole": _l(
        "Pola memuat kurung yang tidak dikenal. Pakai {nomor}, {romawi}, {bulan}, {tahun}, {kka}, atau {unit}."
    ),
    "pattern_incomplete": _l("Pola harus memuat {nomor} dan {tahun}, supaya tidak ada nomor yang kembar."),
    "pattern_too_long": _l("Pola paling panjang 80 huruf."),
    "number_taken": _l(
        "Nomor %(number)s sudah dipakai surat lain unit ini. Ubah pola nomornya, lalu terbitkan lagi."
    ),
    "number_used_up": _l(
        "Nomor urut %(number)s sudah dipakai: nomor terakhir di buku agenda adalah %(last)s. "
        "Nomor yang sudah dipakai tidak dapat dipakai lagi."
    ),
    "too_many_numbers": _l("Paling banyak %(most)s nomor sekali catat. Periksa lagi nomornya."),
    "emblem_wrong_type": _l(
        "Berkas ini bukan gambar PNG, JPEG, atau WebP. Simpan sebagai PNG, lalu kirim lagi."
    ),
    "emblem_too_large": _l(
        "Gambar ini terlalu besar: paling banyak 40 juta piksel dan 25 MB. Kecilkan dahulu."
    ),
    "emblem_too_small": _l("Gambar ini terlalu kecil: sisi terpendek paling sedikit 200 piksel."),
    "emblem_broken": _l("Gambar ini rusak atau belum terkirim utuh. Kirim lagi."),
}

# How the kinds of letters are called where their numbers are set.
SERIES: dict[str, Words] = {"undangan": _l("Surat undangan")}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "documents:emblem:changed": _l("Lambang pada kop surat diganti"),
    "documents:emblem:removed": _l("Lambang pada kop surat dihapus"),
    "documents:numbers:skipped": _l("Nomor surat di luar portal dicatat"),
    "documents:series:changed": _l("Pola nomor surat diubah"),
}
