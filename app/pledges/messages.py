"""Words of pledges."""

from typing import Any

from app.core.i18n import _, _l, number
from app.pledges.details import (
    LineOutcome,
    PledgeCounts,
    PledgeStatus,
    SignatoryPart,
    SignatoryState,
    SignWay,
    Stage,
    Switch,
    Verification,
)
from app.pledges.models import Pledge
from app.web.house import Words
from app.web.pages import absolute

LABELS = {
    PledgeStatus.DRAFT: _l("Draf"),
    PledgeStatus.OPEN: _l("Dibuka"),
    PledgeStatus.PAUSED: _l("Dijeda"),
    PledgeStatus.CLOSED: _l("Ditutup"),
    Stage.COMING: _l("Akan dibuka"),
    Stage.SIGNING: _l("Sedang ditandatangani"),
    Stage.PAUSED: _l("Penandatanganan dijeda"),
    Stage.QUIET: _l("Dihentikan selama masa tenang"),
    Stage.CLOSED: _l("Ditutup"),
    Switch.SIGNING: _l("Penandatanganan warga"),
    Switch.LISTS: _l("Daftar nama warga"),
    Switch.HOURS: _l("Data per jam"),
    Verification.ALL_WAYS: _l("Semua cara bersama, dengan rinciannya di samping"),
    Verification.CONFIRMED: _l("Hanya yang sudah dipastikan petugas"),
    SignatoryPart.PARTY: _l("Pihak yang berikrar"),
    SignatoryPart.WITNESS: _l("Saksi"),
    SignatoryState.INVITED: _l("Diundang"),
    SignatoryState.PRESENT: _l("Hadir"),
    SignatoryState.SIGNED: _l("Sudah menandatangani"),
    SignatoryState.REFUSED: _l("Menolak menandatangani"),
    SignatoryState.NOT_YET: _l("Belum menandatangani"),
    SignWay.ONSITE: _l("di tempat"),
    SignWay.ONLINE: _l("daring terverifikasi"),
    SignWay.PAPER: _l("kertas"),
    SignWay.UNVERIFIED: _l("belum terverifikasi"),
    LineOutcome.COUNTED: _l("Dihitung"),
    LineOutcome.BLANK: _l("Kosong atau tidak sah"),
    LineOutcome.SIGNED_BEFORE: _l("Tidak dihitung: sudah menandatangani"),
    LineOutcome.TWO_NAMES: _l("Tidak dihitung: nomor dipakai dua nama"),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "pledges:log_key:changed": _l("Kunci catatan ikrar diganti"),
    "pledges:pledge:closed": _l("Ikrar ditutup"),
    "pledges:pledge:draft": _l("Ikrar dijadikan konsep"),
    "pledges:pledge:drafted": _l("Konsep ikrar dibuat"),
    "pledges:pledge:handed_over": _l("Ikrar diteruskan kepada orang lain"),
    "pledges:pledge:open": _l("Ikrar dibuka"),
    "pledges:pledge:paused": _l("Ikrar dijeda"),
    "pledges:pledge:photo_chosen": _l("Foto upacara ikrar dipilih"),
    "pledges:pledge:revised": _l("Konsep ikrar diubah"),
    "pledges:pledge:signatories_set": _l("Daftar penanda tangan ikrar diatur"),
    "pledges:pledge:version_told": _l("Penanda tangan diberi tahu tentang naskah baru"),
    "pledges:signatory:noted": _l("Keadaan penanda tangan dicatat"),
    "pledges:signatory:signed": _l("Lembaga menandatangani ikrar"),
    "pledges:signature:code": _l("Kode dikirim kepada penanda tangan"),
    "pledges:signature:confirmed": _l("Tanda tangan dipastikan petugas"),
    "pledges:signature:entered_from_paper": _l("Tanda tangan kertas dimasukkan"),
    "pledges:signature:erased": _l("Data penanda tangan dihapus atas permintaannya"),
    "pledges:signature:repeated": _l("Nomor telepon dipakai menandatangani lagi"),
    "pledges:signature:restored": _l("Pencoretan tanda tangan dibatalkan"),
    "pledges:signatures:run_struck": _l("Sejumlah tanda tangan dicoret bersama"),
    "pledges:signatures:run_undone": _l("Pencoretan bersama dibatalkan"),
    "pledges:follow_up:added": _l("Tindak lanjut ikrar dicatat"),
    "pledges:switch:off": _l("Bagian ikrar dimatikan"),
    "pledges:switch:on": _l("Bagian ikrar dihidupkan lagi"),
    "pledges:bad_words:set": _l("Daftar kata terlarang ikrar diubah"),
    "pledges:witness:added": _l("Saksi catatan ikrar didaftarkan"),
    "pledges:witness:ended": _l("Saksi catatan ikrar diakhiri"),
    "pledges:sheet:added": _l("Lembar kertas ikrar dipindai"),
    "pledges:sheet:line_settled": _l("Baris lembar kertas dibaca sama oleh dua petugas"),
    "pledges:signature:struck": _l("Tanda tangan dicoret"),
}

REFUSALS = {
    "pledge_frozen": _l(
        "Naskah ini sudah ditandatangani, jadi tidak dapat diubah. Buat versi baru untuk mengubahnya."
    ),
    "pledge_without_points": _l("Ikrar perlu sekurang-kurangnya satu butir."),
    "pledge_not_open": _l("Penandatanganan belum dibuka."),
    "pledge_paused": _l("Penandatanganan sedang dijeda."),
    "pledge_quiet": _l("Selama masa tenang ikrar yang menyebut pasangan calon tidak dapat ditandatangani."),
    "pledge_closed": _l("Ikrar ini sudah ditutup."),
    "pledge_state_unfit": _l("Keadaan ikrar sudah berubah. Muat ulang halaman, lalu periksa lagi."),
    "closes_before_opens": _l("Waktu penutupan harus sesudah waktu pembukaan."),
    "pairs_incomplete": _l("Tim semua pasangan calon diundang bersama, atau tidak satu pun."),
    "pairs_out_of_ballot_order": _l("Tim pasangan calon disusun menurut nomor urut."),
    "pairs_not_together": _l("Tim pasangan calon disusun berurutan, tidak diselingi lembaga lain."),
    "signatory_twice": _l("Satu lembaga hanya disebut sekali."),
    "signatory_unknown": _l("Lembaga ini tidak ada atau sudah tidak aktif."),
    "signatory_signed": _l("Lembaga ini sudah menandatangani."),
    "signatory_needs_name": _l("Isi nama yang menandatangani."),
    "ink_unreadable": _l("Goresan tanda tangan tidak terbaca. Ulangi tanda tangannya."),
    "name_starts_wrongly": _l("Nama tidak boleh diawali tanda =, +, -, atau @."),
    "name_holds_address": _l("Nama tidak boleh memuat alamat situs atau surel."),
    "name_is_no_name": _l("Tulis nama dengan huruf, seperti pada kartu identitas."),
    "district_unknown": _l("Pilih kecamatan dari daftar."),
    "already_signed": _l("Nomor dan nama ini sudah menandatangani ikrar ini."),
    "two_names_a_phone": _l("Satu nomor dipakai oleh paling banyak dua nama."),
    "signature_struck": _l("Tanda tangan ini sudah dicoret."),
    "signature_not_struck": _l("Tanda tangan ini tidak sedang dicoret."),
    "way_unfit": _l("Pilih di tempat atau daring."),
    "signature_sure": _l("Tanda tangan ini sudah dipastikan."),
    "code_wrong": _l("Kode ini tidak cocok. Periksa lagi pesan yang terakhir Anda terima."),
    "code_over": _l("Kode ini sudah tidak berlaku. Minta kode baru, atau minta petugas memastikannya."),
    "code_again_later": _l("Kode belum dapat dikirim lagi. Tunggu satu menit; paling banyak tiga kode."),
    "code_without_channel": _l("Kode tidak dapat dikirim dari sini. Petugas memastikan tanda tangan Anda."),
    "sheet_lines": _l("Isi banyaknya baris pada lembar, 1 sampai 60."),
    "sheet_known": _l("Foto lembar ini sudah ada di ikrar ini."),
    "line_unknown": _l("Baris ini tidak ada pada lembar."),
    "line_settled": _l("Baris ini sudah selesai: dua petugas membacanya sama."),
    "version_needless": _l("Naskah ini belum ditandatangani: ubah saja naskahnya."),
    "version_exists": _l("Naskah ini sudah punya versi baru."),
    "version_unchanged": _l("Naskahnya belum diubah. Tanda tangan yang ada tetap berlaku untuk naskah ini."),
    "version_missing": _l("Naskah baru belum dibuka."),
    "phone_gone": _l("Nomor Anda sudah dihapus dari sini. Tanda tangani naskah baru dari halamannya."),
    "photo_unfit": _l("Foto ini belum lengkap keterangannya atau bukan milik kesatuan ini."),
    "reason_needed": _l("Tulis alasannya."),
    "pledge_off": _l("Penandatanganan sedang dimatikan untuk sementara. Coba lagi nanti."),
    "name_offends": _l("Nama ini tidak dapat dipakai. Tulis nama sesuai kartu identitas."),
    "conditions_empty": _l("Isi sekurang-kurangnya satu syarat."),
    "run_differs": _l("Jumlahnya sudah berubah sejak pratinjau. Lihat lagi, lalu putuskan."),
    "run_undone": _l("Pencoretan bersama ini sudah dibatalkan."),
    "point_unknown": _l("Butir itu tidak ada di naskah."),
    "witness_key_unreadable": _l(
        "Kunci saksi tidak terbaca. Bentuknya: nama+sidik+base64, jenis cosignature/v1."
    ),
    "witness_known": _l("Kunci saksi ini sudah terdaftar."),
    "witness_unknown": _l("Tidak ada baris dari saksi yang terdaftar untuk kesatuan ini."),
    "cosignature_unreadable": _l("Isi ini bukan segel bertanda tangan (C2SP signed-note)."),
    "cosignature_wrong": _l("Tanda tangan saksi tidak cocok dengan segelnya."),
    "checkpoint_unknown": _l("Segel ini tidak pernah dibuat oleh catatan ikrar ini."),
    "submission_unreadable": _l("Formulir ini sudah kedaluwarsa. Muat ulang halaman, lalu kirim lagi."),
}


def repeat_notice(title: str) -> tuple[str, str]:
    """Subject and text for the owner of a number with which somebody tried to sign again."""
    return (
        _("Nomor Anda dipakai lagi di ikrar"),
        _(
            "Nomor Anda dipakai sekali lagi untuk menandatangani ikrar “%(title)s”. "
            "Kiriman itu tidak dihitung. "
            "Jika itu bukan Anda, tidak ada yang perlu dilakukan: "
            "tanda tangan Anda yang pertama tetap berlaku.",
            title=title,
        ),
    )


def version_notice(pledge: Pledge) -> tuple[str, str]:
    """Subject and text for whoever signed the text that a declaration replaces."""
    return (
        _("Naskah ikrar yang Anda tanda tangani diperbarui"),
        _(
            "Naskah ikrar “%(title)s” diperbarui. Tanda tangan Anda tetap untuk naskah yang lama. "
            "Bila Anda setuju dengan naskah baru, buka tautan tanda terima Anda lalu tegaskan dengan satu ketukan. "
            "Naskah baru: %(address)s",
            title=pledge.title,
            address=absolute(f"/ikrar/{pledge.slug}"),
        ),
    )


def code_notice(title: str, code: str) -> tuple[str, str]:
    """Subject and text of the message with the code."""
    return (
        _("Kode tanda tangan ikrar"),
        _(
            "%(code)s adalah kode untuk memastikan tanda tangan Anda di ikrar “%(title)s”. "
            "Berlaku 30 menit. Jangan berikan kepada siapa pun, juga bukan kepada petugas. "
            "Jika Anda tidak menandatangani, abaikan pesan ini.",
            code=code,
            title=title,
        ),
    )


# The keys under which the live numbers stand in JSON and in data-live.
LIVE_KEYS = {
    SignWay.ONSITE: "onsite",
    SignWay.ONLINE: "online",
    SignWay.PAPER: "paper",
    SignWay.UNVERIFIED: "unverified",
}


def figure(verification: Verification, counts: PledgeCounts) -> dict[str, Any]:
    """The number in front and what it counts; never a sum without its label."""
    if verification is Verification.CONFIRMED:
        return {"count": counts.confirmed, "label": _("tanda tangan yang sudah dipastikan petugas")}
    return {"count": counts.total, "label": _("tanda tangan, semua cara bersama")}


def ways(counts: PledgeCounts) -> list[dict[str, Any]]:
    """The four ways for the bar and its words."""
    return [
        {"label": str(LABELS[way]), "count": counts.by_way[way], "key": LIVE_KEYS[way]} for way in SignWay
    ]


def district_rows(counts: PledgeCounts) -> list[list[str]]:
    """Kecamatan with their numbers, ready for a table."""
    return [[row.name, number(row.count)] for row in counts.by_district]


# What may differ between two readings of a line.
READ = {
    "blank": _l("ada atau tidaknya tanda tangan"),
    "name": _l("nama"),
    "phone": _l("nomor telepon"),
    "district_code": _l("kecamatan"),
    "shown": _l("pilihan menampilkan nama"),
}
