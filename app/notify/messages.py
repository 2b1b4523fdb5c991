"""What notify says to people."""

from app.core.i18n import _l
from app.notify.details import Channel, MessageStatus, Wish
from app.web.house import Words

LABELS: dict[object, Words] = {
    Channel.EMAIL: _l("Surat elektronik"),
    Channel.PETUGAS: _l("Dikirim petugas"),
    Channel.WHATSAPP: _l("WhatsApp"),
    Channel.PUSH: _l("Pemberitahuan di perangkat"),
    Channel.LOG: _l("Catatan saja"),
    Wish.ALL: _l("Semua pesan, juga pengingat dan ucapan terima kasih"),
    Wish.NEEDED: _l("Hanya yang perlu: tiket, perubahan, pembatalan"),
    Wish.NOTHING: _l("Tidak usah dikirimi pesan"),
    MessageStatus.WAITING: _l("Menunggu"),
    MessageStatus.SENT: _l("Terkirim"),
    MessageStatus.FAILED: _l("Gagal"),
    MessageStatus.CANCELLED: _l("Ditarik"),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "notify:message:retried": _l("Pesan dicoba kirim lagi"),
    "notify:message:sent": _l("Pesan ditandai terkirim"),
}

REFUSALS: dict[str, Words] = {
    "message_not_waiting": _l("Pesan ini sudah terkirim atau sudah ditarik."),
    "message_not_failed": _l("Pesan ini tidak gagal."),
}
