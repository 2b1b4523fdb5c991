"""The words of news."""

from collections.abc import Callable, Sequence

from app.core.i18n import LazyString, _, _l, number
from app.news.details import Finding, ItemStatus, NoticeKind, Stage, Topic, Urgency, Verdict
from app.web.house import Words

LABELS = {
    Verdict.RIGHT: _l("Faktanya benar"),
    Verdict.WRONG: _l("Ada yang keliru"),
    ItemStatus.DRAFT: _l("Konsep"),
    ItemStatus.SUBMITTED: _l("Diajukan"),
    ItemStatus.RETURNED: _l("Dikembalikan"),
    ItemStatus.APPROVED: _l("Disetujui"),
    ItemStatus.PUBLISHED: _l("Terbit"),
    ItemStatus.WITHDRAWN: _l("Ditarik"),
    Stage.DRAFT: _l("Konsep"),
    Stage.SUBMITTED: _l("Diajukan"),
    Stage.RETURNED: _l("Dikembalikan"),
    Stage.APPROVED: _l("Disetujui"),
    Stage.SCHEDULED: _l("Terjadwal"),
    Stage.PUBLISHED: _l("Terbit"),
    Stage.EMERGENCY: _l("Terbit darurat"),
    Stage.CORRECTED: _l("Terbit, diralat"),
    Stage.EXPIRED: _l("Sudah berakhir"),
    Stage.WITHDRAWN: _l("Ditarik"),
    Topic.HARMONY: _l("Kerukunan"),
    Topic.ELECTION: _l("Pemilu damai"),
    Topic.SAFETY: _l("Keamanan dan ketertiban"),
    Topic.TRAFFIC: _l("Lalu lintas"),
    Topic.SERVICE: _l("Pelayanan"),
    Topic.SOCIAL: _l("Sosial"),
    NoticeKind.ANNOUNCEMENT: _l("Pengumuman"),
    NoticeKind.DECREE: _l("Maklumat"),
    NoticeKind.APPEAL: _l("Imbauan"),
    Urgency.NORMAL: _l("Biasa"),
    Urgency.IMPORTANT: _l("Penting"),
    Urgency.URGENT: _l("Mendesak: tampil di semua halaman"),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "news:article:approved": _l("Berita disetujui untuk terbit"),
    "news:article:check_begun": _l("Pemeriksaan berita dimulai"),
    "news:article:check_ended": _l("Pemeriksaan berita dilepas tanpa putusan"),
    "news:article:compared": _l("Rilis dicocokkan dengan catatan acara"),
    "news:article:noted": _l("Catatan redaksi ditulis"),
    "news:article:fact_check_asked": _l("Cek fakta diminta dari pihak luar"),
    "news:article:fact_check_answered": _l("Cek fakta dijawab pihak luar"),
    "news:article:translated": _l("Terjemahan berita disimpan"),
    "news:article:translation_reviewed": _l("Terjemahan berita diperiksa"),
    "news:article:restored": _l("Naskah lama berita dikembalikan"),
    "news:article:taken_back": _l("Pengajuan berita ditarik penulisnya"),
    "news:subscription:asked": _l("Langganan berita diminta"),
    "news:subscription:told": _l("Berita dikirim kepada pelanggan"),
    "news:notice:approved": _l("Pengumuman disetujui untuk terbit"),
    "news:notice:check_begun": _l("Pemeriksaan pengumuman dimulai"),
    "news:notice:check_ended": _l("Pemeriksaan pengumuman dilepas tanpa putusan"),
    "news:notice:taken_back": _l("Pengajuan pengumuman ditarik penulisnya"),
    "news:article:corrected": _l("Ralat berita diterbitkan"),
    "news:article:emergency_approved": _l("Terbit darurat berita disetujui"),
    "news:article:handed_over": _l("Berita diteruskan kepada orang lain"),
    "news:article:published": _l("Berita diterbitkan"),
    "news:article:published_in_emergency": _l("Berita diterbitkan dalam keadaan darurat"),
    "news:article:returned": _l("Berita dikembalikan dengan catatan"),
    "news:article:saved": _l("Berita disimpan"),
    "news:article:started": _l("Konsep berita dibuat"),
    "news:article:submitted": _l("Berita diajukan"),
    "news:article:withdrawn": _l("Berita ditarik"),
    "news:notice:emergency_approved": _l("Terbit darurat pengumuman disetujui"),
    "news:notice:handed_over": _l("Pengumuman diteruskan kepada orang lain"),
    "news:notice:published": _l("Pengumuman diterbitkan"),
    "news:notice:published_in_emergency": _l("Pengumuman diterbitkan dalam keadaan darurat"),
    "news:notice:returned": _l("Pengumuman dikembalikan dengan catatan"),
    "news:notice:saved": _l("Pengumuman disimpan"),
    "news:notice:started": _l("Konsep pengumuman dibuat"),
    "news:notice:submitted": _l("Pengumuman diajukan"),
    "news:notice:withdrawn": _l("Pengumuman ditarik"),
}

TONES = {
    Stage.DRAFT: "plain",
    Stage.SUBMITTED: "info",
    Stage.RETURNED: "warn",
    Stage.APPROVED: "info",
    Stage.SCHEDULED: "info",
    Stage.PUBLISHED: "ok",
    Stage.EMERGENCY: "warn",
    Stage.CORRECTED: "ok",
    Stage.EXPIRED: "plain",
    Stage.WITHDRAWN: "bad",
}

REFUSALS = {
    "own_translation": _l("Yang menerjemahkan tidak memeriksa sendiri. Mintalah editor lain."),
    "translation_reviewed": _l("Terjemahan ini sudah diperiksa."),
    "words_not_found": _l("Kata itu sudah tidak ada di tulisan."),
    "news_not_draft": _l("Tulisan ini sudah diajukan atau terbit, jadi tidak dapat diubah seperti konsep."),
    "news_not_submitted": _l("Tulisan ini tidak sedang menunggu pemeriksaan."),
    "news_not_published": _l("Tulisan ini belum terbit atau sudah ditarik."),
    "own_submission": _l("Yang mengajukan tidak menerbitkan sendiri. Mintalah editor lain memeriksanya."),
    "has_gap": _l("Masih ada bagian bertanda [LENGKAPI: …]. Lengkapi atau hapus dahulu."),
    "body_missing": _l("Isi tulisan masih kosong."),
    "photo_incomplete": _l("Foto nomor %(photo)s belum mempunyai keterangan, teks pengganti, atau sumber."),
    "photo_of_another_unit": _l(
        "Foto nomor %(photo)s bukan milik satuan Anda atau sudah dihapus. Sisipkan foto satuan sendiri."
    ),
    "publish_in_past": _l("Waktu terbit yang dijadwalkan sudah lewat. Kosongkan untuk menerbitkan sekarang."),
    "quiet_period": _l("Masa tenang: tulisan yang menyebut pasangan calon atau partai tidak dapat terbit."),
    "candidates_not_tagged": _l(
        "Tulisan ini menyebut pasangan calon (%(phrase)s). Tandai sebagai menyebut calon, atau ubah tulisannya."
    ),
    "reason_missing": _l("Tulis alasannya."),
    "news_withdrawn": _l("Tulisan ini sudah ditarik."),
    "fact_check_over": _l("Tautan ini sudah tidak berlaku. Mintalah yang baru kepada yang mengirimnya."),
    "fact_check_answered": _l("Jawaban untuk tautan ini sudah diterima. Terima kasih."),
    "answer_missing": _l("Tulis apa yang keliru dan apa yang benar."),
    "being_checked": _l(
        "%(name)s sedang memeriksa tulisan ini. Tunggu sampai selesai, atau hubungi langsung."
    ),
    "not_own_submission": _l("Hanya yang mengajukan yang dapat menarik pengajuannya."),
    "revision_missing": _l("Naskah lama itu tidak ada."),
    "word_wrong_type": _l(
        "Berkas ini bukan dokumen Word (.docx) yang utuh. Simpan ulang sebagai .docx, lalu kirim lagi."
    ),
    "word_too_large": _l(
        "Dokumen ini terlalu besar saat dibuka. Kecilkan foto di dalamnya, atau salin teksnya saja."
    ),
    "word_empty": _l("Dokumen ini tidak berisi tulisan."),
    "already_approved": _l("Penerbitan darurat ini sudah disetujui, atau bukan penerbitan darurat."),
    "valid_until_before_from": _l("Masa berlaku harus berakhir sesudah dimulai."),
    "notice_already_over": _l("Masa berlaku ini sudah lewat."),
    "notice_already_replaced": _l("Pengumuman ini sudah diganti dengan yang lebih baru."),
    "correction_changes_nothing": _l(
        "Ralat ini tidak mengubah apa pun. Perbaiki tulisannya, lalu simpan lagi."
    ),
}

# Each takes the holes excerpt and better.
_FINDINGS = {
    "weekday_differs": _l("Hari dan tanggal tidak cocok: “%(excerpt)s” adalah hari %(better)s."),
    "no_such_date": _l("Tanggal ini tidak ada: “%(excerpt)s”."),
    "spelling": _l("“%(excerpt)s” lebih tepat ditulis “%(better)s”."),
    "degree_without_stop": _l(
        "Gelar tanpa titik yang lengkap: “%(excerpt)s”. Contoh yang benar: S.H., S.I.K., M.H."
    ),
    "zone_in_small_letters": _l("Tulis zona waktu dengan huruf besar: “%(better)s”, bukan “%(excerpt)s”."),
    "counts_differ": _l("Jumlah di judul dan isi berbeda: “%(excerpt)s” dan “%(better)s”."),
    "title_shouts": _l("Judul seluruhnya huruf besar. Tulis seperti kalimat biasa."),
    "title_too_long": _l("Judul ini panjang (%(excerpt)s huruf). Paling enak dibaca sampai 110 huruf."),
    "rank_form": _l("Pangkat ditulis “%(better)s”, bukan “%(excerpt)s”."),
    "first_mention_short": _l("Penyebutan pertama memakai pangkat dan nama lengkap: “%(excerpt)s …”."),
    "abbreviation_unexplained": _l("Singkatan “%(excerpt)s” belum pernah dijelaskan kepanjangannya."),
    "number_without_stops": _l("Tulis “%(better)s”, bukan “%(excerpt)s”: angka besar dipisah titik."),
    "relative_day": _l("“%(excerpt)s” berarti lain bagi yang membaca besok. Sebutkan hari dan tanggalnya."),
    "event_date_differs": _l("Tanggal “%(excerpt)s” bukan tanggal acaranya, %(better)s."),
    "unit_unknown": _l("“%(excerpt)s” bukan satuan yang dikenal di sini. Periksa namanya."),
    "gap": _l("Fakta belum ada: %(excerpt)s"),
    "pairs_not_tagged": _l("Menyebut pasangan calon (“%(excerpt)s”) tetapi belum ditandai."),
    "pair_alone": _l(
        "Hanya sebagian pasangan calon yang disebut (“%(excerpt)s”). Belum ada nomor urut %(better)s."
    ),
    "gambling_with_links": _l(
        "Ada kata promosi judi bersama tautan keluar: %(excerpt)s. Periksa asal tulisan ini."
    ),
}


# Where each rule comes from; all are advice of this house, not orders.
SOURCES = {
    "weekday_differs": _l("Kalender"),
    "no_such_date": _l("Kalender"),
    "event_date_differs": _l("Catatan acara"),
    "relative_day": _l("Kebiasaan pers: hari dan tanggal disebut"),
    "spelling": _l("Kamus Besar Bahasa Indonesia; UU 7/2017 untuk nama KPU"),
    "degree_without_stop": _l("Ejaan Bahasa Indonesia (EYD V), singkatan gelar"),
    "zone_in_small_letters": _l("Ejaan Bahasa Indonesia (EYD V), singkatan"),
    "counts_differ": _l("Aturan rumah: satu angka untuk satu hal"),
    "title_shouts": _l("Aturan rumah: judul seperti kalimat"),
    "title_too_long": _l("Aturan rumah: judul terbaca di ponsel"),
    "rank_form": _l("Perkap 3/2016 tentang administrasi kepangkatan; kebiasaan Humas"),
    "first_mention_short": _l("Kebiasaan pers: lengkap pada sebutan pertama"),
    "abbreviation_unexplained": _l("Kebiasaan pers: singkatan dijelaskan sekali"),
    "number_without_stops": _l("Ejaan Bahasa Indonesia (EYD V), tanda titik pada bilangan"),
    "unit_unknown": _l("Daftar satuan portal ini"),
    "gap": _l("Catatan acara"),
    "pairs_not_tagged": _l("Aturan rumah: masa tenang"),
    "pair_alone": _l("Aturan rumah: semua pasangan calon atau tidak satu pun"),
    "gambling_with_links": _l("Aturan rumah: tanpa promosi judi"),
}


def words_of(finding: Finding) -> str:
    """A finding of the lint as a sentence."""
    text: str | LazyString = _FINDINGS[finding.code]
    return str(text) % {"excerpt": finding.excerpt, "better": finding.better}


def notice_of_submission(title: str, by: str) -> tuple[str, str]:
    """Subject and text for the editors of an item that was handed in."""
    text = _("%(by)s mengajukan “%(title)s”. Periksa, lalu terbitkan atau kembalikan.", by=by, title=title)
    return _("Menunggu pemeriksaan: %(title)s", title=title), text


def notice_of_approval(title: str) -> tuple[str, str]:
    """Subject and text for the writer of an item that was approved."""
    text = _("“%(title)s” disetujui. Yang belum ditentukan hanya waktu terbitnya.", title=title)
    return _("Disetujui: %(title)s", title=title), text


def notice_of_return(title: str, note: str) -> tuple[str, str]:
    """Subject and text for the writer of an item that came back with a note."""
    text = _("“%(title)s” dikembalikan dengan catatan: %(note)s", title=title, note=note)
    return _("Dikembalikan: %(title)s", title=title), text


def notice_of_fact_check(title: str, verdict: Verdict, answer: str) -> tuple[str, str]:
    """Subject and text for whoever asked an outsider about the facts of an article."""
    if verdict is Verdict.RIGHT:
        text = _("Jawaban cek fakta untuk “%(title)s”: fakta benar.", title=title)
    else:
        text = _("Jawaban cek fakta untuk “%(title)s”: ada yang keliru.", title=title)
    return _("Cek fakta dijawab: %(title)s", title=title), f"{text} {answer}".strip()


def mail_of_subscription(address: str, *, known: bool) -> tuple[str, str]:
    """Subject and text for the owner of an address that somebody wants to be told at; known: it is already."""
    if known:
        text = _("Alamat ini sudah berlangganan. Ubah atau hentikan di sini: %(address)s", address=address)
        return _("Langganan berita: sudah ada"), text
    asked = _(
        "Ada yang meminta kabar berita untuk alamat ini. Bila itu Anda, buka dan pastikan: %(address)s",
        address=address,
    )
    else_ = _(
        "Bila bukan, abaikan saja: tidak ada yang dikirim lagi, dan alamat ini dihapus sesudah tujuh hari."
    )
    return _("Langganan berita: mohon dipastikan"), f"{asked}\n\n{else_}"


def subject_of_news(titles: Sequence[str]) -> str:
    """The title of one article, or how many there are."""
    return titles[0] if len(titles) == 1 else _("%(count)s berita baru", count=number(len(titles)))


def mail_of_news(
    wanted: Sequence[tuple[str, str, str]], article_address: Callable[[str], str], manage_address: str
) -> str:
    """What appeared (title, lead, slug), and the way to change or end the subscription."""
    parts = [
        f"{title}\n{lead}\n{article_address(slug)}".replace("\n\n", "\n") for title, lead, slug in wanted
    ]
    return "\n\n".join([*parts, _("Ubah atau berhenti: %(address)s", address=manage_address)])
