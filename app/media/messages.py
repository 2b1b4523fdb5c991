"""The words of photos."""

from app.core.i18n import _l
from app.media.details import PeopleShown, PhotoState
from app.web.house import Words

LABELS = {
    PhotoState.INCOMPLETE: _l("Belum lengkap"),
    PhotoState.READY: _l("Siap dipakai"),
    PhotoState.REMOVED: _l("Dihapus"),
    PeopleShown.NOBODY: _l("Tidak ada orang yang dapat dikenali"),
    PeopleShown.PUBLIC: _l("Pejabat atau tokoh dalam acara terbuka"),
    PeopleShown.PRIVATE: _l("Warga yang dapat dikenali"),
    PeopleShown.CHILDREN: _l("Anak yang dapat dikenali"),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "media:photo:described": _l("Keterangan foto diubah"),
    "media:photo:removed": _l("Foto dihapus"),
    "media:photo:taken_in": _l("Foto diunggah"),
}

REFUSALS = {
    "photo_wrong_type": _l(
        "Berkas ini bukan foto JPEG, PNG, WebP, atau HEIC. Simpan sebagai JPEG, lalu kirim lagi."
    ),
    "photo_too_large": _l("Foto ini terlalu besar: paling banyak 40 juta piksel dan 25 MB. Kecilkan dahulu."),
    "photo_too_small": _l("Foto ini terlalu kecil: sisi terpendek paling sedikit 200 piksel."),
    "photo_broken": _l("Foto ini rusak atau belum terkirim utuh. Kirim lagi."),
    "alt_missing": _l("Tulis apa yang terlihat di foto, untuk orang yang tidak dapat melihatnya."),
    "alt_is_file_name": _l("Ini nama berkas. Tulis apa yang terlihat di foto."),
    "alt_of_decoration": _l("Foto hiasan tidak memakai teks pengganti. Kosongkan, atau hapus tanda hiasan."),
    "caption_missing": _l("Tulis keterangan foto: siapa, apa, di mana, kapan."),
    "credit_missing": _l("Tulis siapa yang memotret, misalnya Humas Polres."),
    "photo_heic_unknown": _l(
        "Server ini belum dapat membaca HEIC. Di ponsel pilih format “Paling kompatibel”, atau kirim sebagai JPEG."
    ),
    "consent_missing": _l("Tulis siapa yang menyetujui dan bagaimana, karena ada warga yang dapat dikenali."),
    "consent_of_child_missing": _l("Tulis izin orang tua atau wali, karena ada anak yang dapat dikenali."),
    "neutrality_unchecked": _l("Periksa ketiga hal netralitas, lalu centang semuanya."),
    "photo_removed": _l("Foto ini sudah dihapus."),
}
