"""What things are called."""

from enum import StrEnum

from app.core.faiths import Faith
from app.core.i18n import LazyString, _l
from app.events.details import (
    Audience,
    EventKind,
    EventStatus,
    EventTag,
    Grade,
    ItemKind,
    Reminder,
    TableKind,
    VenueKind,
)

LABELS: dict[StrEnum, LazyString] = {
    EventKind.JOINT_PRAYER: _l("Doa bersama"),
    EventKind.COORDINATION_MEETING: _l("Rapat koordinasi"),
    EventKind.DECLARATION: _l("Deklarasi damai"),
    EventKind.PARADE: _l("Apel"),
    EventKind.GATHERING: _l("Silaturahmi"),
    EventKind.COMMUNITY_TALK: _l("Jumat Curhat"),
    EventKind.SOCIAL_WORK: _l("Bakti sosial"),
    EventKind.CAMPAIGN: _l("Kampanye"),
    EventStatus.DRAFT: _l("Draf"),
    EventStatus.SUBMITTED: _l("Menunggu diperiksa"),
    EventStatus.RETURNED: _l("Dikembalikan"),
    EventStatus.APPROVED: _l("Disetujui"),
    EventStatus.PUBLISHED: _l("Diumumkan"),
    EventStatus.POSTPONED: _l("Ditunda"),
    EventStatus.CANCELLED: _l("Dibatalkan"),
    EventStatus.COMPLETED: _l("Selesai"),
    EventStatus.WITHDRAWN: _l("Ditarik"),
    Audience.PUBLIC: _l("Terbuka untuk umum"),
    Audience.INVITED: _l("Untuk undangan"),
    VenueKind.POLICE_HALL: _l("Kantor polisi"),
    VenueKind.GOVERNMENT_HALL: _l("Gedung pemerintah"),
    VenueKind.HOUSE_OF_WORSHIP: _l("Rumah ibadah"),
    VenueKind.SCHOOL: _l("Sekolah"),
    VenueKind.UNIVERSITY: _l("Perguruan tinggi"),
    VenueKind.COMMUNITY_HALL: _l("Gedung warga"),
    VenueKind.HOTEL: _l("Hotel"),
    VenueKind.FIELD: _l("Lapangan terbuka"),
    VenueKind.OTHER: _l("Lainnya"),
    ItemKind.REGISTRATION: _l("Registrasi"),
    ItemKind.OPENING: _l("Pembukaan"),
    ItemKind.ANTHEM: _l("Lagu kebangsaan"),
    ItemKind.SPEECH: _l("Sambutan"),
    ItemKind.DIRECTION: _l("Arahan"),
    ItemKind.PRESENTATION: _l("Paparan"),
    ItemKind.DISCUSSION: _l("Diskusi"),
    ItemKind.PRAYER: _l("Doa"),
    ItemKind.PLEDGE: _l("Ikrar"),
    ItemKind.PERFORMANCE: _l("Penampilan"),
    ItemKind.PRAYER_BREAK: _l("Istirahat salat"),
    ItemKind.PHOTO: _l("Foto bersama"),
    ItemKind.CLOSING: _l("Penutup"),
    ItemKind.OTHER: _l("Lainnya"),
    EventTag.DRAFTED: _l("Draf acara disimpan"),
    EventTag.REVISED: _l("Rencana acara diubah"),
    EventTag.SUBMITTED: _l("Acara diajukan"),
    EventTag.RETURNED: _l("Acara dikembalikan dengan catatan"),
    EventTag.APPROVED: _l("Acara disetujui"),
    EventTag.PUBLISHED: _l("Acara diumumkan"),
    EventTag.CHANGED: _l("Acara yang sudah diumumkan diubah"),
    EventTag.POSTPONED: _l("Acara ditunda"),
    EventTag.CANCELLED: _l("Acara dibatalkan"),
    EventTag.COMPLETED: _l("Acara ditandai selesai"),
    EventTag.WITHDRAWN: _l("Acara ditarik"),
    EventTag.NOTED: _l("Catatan acara ditambahkan"),
    EventTag.HANDED_OVER: _l("Acara diteruskan kepada orang lain"),
    EventTag.ESCALATED: _l("Usulan yang lama menunggu dilaporkan ke unit di atasnya"),
    EventTag.REMINDED: _l("Pengingat acara"),
    EventTag.REMINDER_SWITCHED: _l("Pengingat acara dinyalakan atau dimatikan"),
    Reminder.THREE_DAYS: _l("Tiga hari sebelumnya"),
    Reminder.ONE_DAY: _l("Sehari sebelumnya"),
    Reminder.TWO_HOURS: _l("Dua jam sebelumnya"),
    EventTag.OVERRIDDEN: _l("Penjagaan dikesampingkan dengan alasan"),
    EventTag.GRADE_SET: _l("Tingkat penjagaan diubah"),
    EventTag.ITEM_STARTED: _l("Mata acara ditandai mulai"),
    EventTag.ITEM_RESET: _l("Tanda mulai mata acara dibatalkan"),
    EventTag.SERIES_MADE: _l("Rangkaian acara dibuat"),
    EventTag.SERIES_EXTENDED: _l("Rangkaian acara diperpanjang"),
    EventTag.SERIES_MOVED_ON: _l("Rangkaian acara diteruskan ke tahap berikutnya"),
    EventTag.SERIES_CHANGED: _l("Acara ini dan sesudahnya dalam rangkaian diubah"),
    EventTag.SERIES_ENDED: _l("Sisa rangkaian acara dihentikan"),
    EventTag.FOUND_LATE: _l("Kalender berubah bagi acara yang sudah dijadwalkan"),
}


TONES = {
    EventStatus.DRAFT: ("plain", "edit"),
    EventStatus.SUBMITTED: ("info", "clock"),
    EventStatus.RETURNED: ("warn", "arrow-left"),
    EventStatus.APPROVED: ("ok", "check"),
    EventStatus.PUBLISHED: ("ok", "megaphone"),
    EventStatus.POSTPONED: ("warn", "pause"),
    EventStatus.CANCELLED: ("bad", "close-circle"),
    EventStatus.COMPLETED: ("info", "check-circle"),
    EventStatus.WITHDRAWN: ("plain", "eye-off"),
}


GRADE_NAMES = {
    Grade.REFUSED: _l("Ditolak"),
    Grade.REASON: _l("Perlu alasan"),
    Grade.WARNING: _l("Peringatan"),
    Grade.INFO: _l("Catatan"),
}


_TABLES = {
    TableKind.HOLY_DAYS: _l("daftar hari raya"),
    TableKind.SERVICES: _l("tabel ibadah rutin"),
    TableKind.ELECTIONS: _l("tahapan pemilihan"),
    TableKind.COORDINATES: _l("koordinat kecamatan"),
    TableKind.GRADES: _l("tingkat penjagaan"),
}


_FAITHS = {
    Faith.ISLAM: _l("Islam"),
    Faith.PROTESTAN: _l("Kristen Protestan"),
    Faith.KATOLIK: _l("Katolik"),
    Faith.HINDU: _l("Hindu"),
    Faith.BUDDHA: _l("Buddha"),
    Faith.KHONGHUCU: _l("Khonghucu"),
    Faith.PENGHAYAT: _l("Penghayat Kepercayaan"),
}


def table_name(table: TableKind) -> str:
    """How a table is called whose change had events checked anew."""
    return str(_TABLES[table])


def word(member: StrEnum) -> str:
    """How a member of this feature's enums reads; other features have members of equal value."""
    return str(LABELS[member])


def faith_name(faith: Faith) -> str:
    """How a faith is called."""
    return str(_FAITHS[faith])
