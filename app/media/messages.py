"""The words of photos."""

from app.core.i18n import _l
from app.media.details import PhotoState
from app.web.house import Words

LABELS = {
    PhotoState.INCOMPLETE: _l("Belum lengkap"),
    PhotoState.READY: _l("Siap dipakai"),
    PhotoState.REMOVED: _l("Dihapus"),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "media:photo:described": _l("Keterangan foto diubah"),
    "media:photo:removed": _l("Foto dihapus"),
    "media:photo:taken_in": _l("Foto diunggah"),
}

REFUSALS = {
    "photo_wrong_type": _l(
        "Berkas ini bukan foto JPEG, PNG, atau WebP. Simpan sebagai JPEG, lalu kirim lagi."
    ),
    "photo_too_large": _l("Foto ini terlalu besar: paling banyak 40 juta piksel dan 25 MB. Kecilkan dahulu."),
    "photo_too_small": _l("Foto ini terlalu kecil: sisi terpendek paling sedikit 200 piksel."),
    "photo_broken": _l("Foto ini rusak atau belum terkirim utuh. Kirim lagi."),
    "alt_missing": _l("Tulis apa yang terlihat di foto, untuk orang yang tidak dapat melihatnya."),
    "alt_is_file_name": _l("Ini nama berkas. Tulis apa yang terlihat di foto."),
    "alt_of_decoration": _l("Foto hiasan tidak memakai teks pengganti. Kosongkan, atau hapus tanda hiasan."),
    "caption_missing": _l("Tulis keterangan foto: siapa, apa, di mana, kapan."),
    "credit_missing": _l("Tulis siapa yang memotret, misalnya Humas Polres."),
    "photo_removed": _l("Foto ini sudah dihapus."),
}
