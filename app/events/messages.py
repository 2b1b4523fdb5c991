"""The words of events: labels, refusals, guards, texts that are sent and shared."""

from datetime import datetime

from app.core import i18n
from app.core.i18n import _, _l
from app.events.details import Audience, EventKind, EventStatus, ItemKind, VenueKind
from app.events.models import Event
from app.events.rules.guards import Finding, Grade

LABELS = {
    EventKind.JOINT_PRAYER: _l("Doa bersama"),
    EventKind.COORDINATION_MEETING: _l("Rapat koordinasi"),
    EventKind.DECLARATION: _l("Deklarasi"),
    EventKind.PARADE: _l("Apel"),
    EventKind.GATHERING: _l("Silaturahmi"),
    EventKind.COMMUNITY_TALK: _l("Jumat Curhat"),
    EventKind.SOCIAL_WORK: _l("Bakti sosial"),
    EventKind.CAMPAIGN: _l("Kegiatan kampanye"),
    EventStatus.DRAFT: _l("Draf"),
    EventStatus.SUBMITTED: _l("Menunggu pemeriksaan"),
    EventStatus.RETURNED: _l("Dikembalikan"),
    EventStatus.APPROVED: _l("Disetujui, belum terbit"),
    EventStatus.PUBLISHED: _l("Terbit"),
    EventStatus.POSTPONED: _l("Ditunda"),
    EventStatus.CANCELLED: _l("Dibatalkan"),
    EventStatus.COMPLETED: _l("Sudah berlangsung"),
    EventStatus.WITHDRAWN: _l("Ditarik"),
    Audience.PUBLIC: _l("Terbuka untuk umum"),
    Audience.INVITED: _l("Khusus undangan"),
    VenueKind.POLICE_HALL: _l("Kantor polisi"),
    VenueKind.GOVERNMENT_HALL: _l("Gedung pemerintah"),
    VenueKind.HOUSE_OF_WORSHIP: _l("Rumah ibadah"),
    VenueKind.SCHOOL: _l("Sekolah atau pesantren"),
    VenueKind.UNIVERSITY: _l("Perguruan tinggi"),
    VenueKind.COMMUNITY_HALL: _l("Balai warga"),
    VenueKind.HOTEL: _l("Hotel"),
    VenueKind.FIELD: _l("Lapangan terbuka"),
    VenueKind.OTHER: _l("Tempat lain"),
    ItemKind.REGISTRATION: _l("Daftar hadir"),
    ItemKind.OPENING: _l("Pembukaan"),
    ItemKind.ANTHEM: _l("Lagu kebangsaan"),
    ItemKind.SPEECH: _l("Sambutan"),
    ItemKind.DIRECTION: _l("Arahan"),
    ItemKind.PRESENTATION: _l("Paparan"),
    ItemKind.DISCUSSION: _l("Diskusi"),
    ItemKind.PRAYER: _l("Doa"),
    ItemKind.PLEDGE: _l("Pembacaan dan penandatanganan ikrar"),
    ItemKind.PERFORMANCE: _l("Penampilan"),
    ItemKind.PRAYER_BREAK: _l("Istirahat salat"),
    ItemKind.PHOTO: _l("Foto bersama"),
    ItemKind.CLOSING: _l("Penutup"),
    ItemKind.OTHER: _l("Lain-lain"),
    Grade.REFUSED: _l("Ditolak"),
    Grade.REASON: _l("Perlu alasan"),
    Grade.WARNING: _l("Peringatan"),
    Grade.INFO: _l("Catatan"),
}

TONES = {
    EventStatus.DRAFT: "plain",
    EventStatus.SUBMITTED: "warn",
    EventStatus.RETURNED: "bad",
    EventStatus.APPROVED: "info",
    EventStatus.PUBLISHED: "ok",
    EventStatus.POSTPONED: "warn",
    EventStatus.CANCELLED: "bad",
    EventStatus.COMPLETED: "plain",
    EventStatus.WITHDRAWN: "bad",
}

REFUSALS = {
    "event_ends_before_start": _l("Acara berakhir sebelum dimulai. Periksa jam selesai."),
    "event_too_long": _l("Acara lebih dari tujuh hari. Buat beberapa acara."),
    "event_starts_in_past": _l("Waktu mulai sudah lewat."),
    "programme_too_long": _l("Susunan acara %(minutes)s menit lebih panjang daripada acaranya."),
    "event_not_editable": _l("Acara dalam keadaan ini tidak dapat diubah lagi di sini."),
    "event_not_submittable": _l("Acara ini sudah diajukan."),
    "event_not_waiting": _l("Acara ini tidak sedang menunggu pemeriksaan."),
    "event_not_publishable": _l("Acara ini belum disetujui atau sudah terbit."),
    "event_not_announced": _l("Acara ini belum terbit, jadi tidak ada yang perlu diumumkan."),
    "event_not_over": _l("Acara ini belum dimulai."),
    "guards_stand": _l("Masih ada penghalang: %(guards)s. Ubah waktunya atau kesampingkan dengan alasan."),
    "guard_refuses": _l("Tidak dapat dilanjutkan: %(guards)s."),
    "guard_has_no_override": _l("Penghalang ini tidak dapat dikesampingkan."),
    "reason_needed": _l("Tulis alasannya."),
    "note_needed": _l("Tulis catatan untuk pengusul."),
    "same_moment": _l("Waktu baru sama dengan waktu lama."),
    "leader_not_verified": _l("Akun Anda belum disahkan polsek. Acara dapat disimpan sebagai draf."),
    "pairs_need_confirmation": _l(
        "Tulisan ini menyebut %(pairs)s. Tandai bahwa acara menyebut pasangan calon, atau ubah tulisannya."
    ),
}


def guard_words(finding: Finding, zone: str) -> tuple[str, str]:
    """A finding as title and sentence, moments on the clocks of `zone`."""
    holes = {key: _shown(value, zone) for key, value in finding.holes.items()}
    start, end = (finding.holes.get(key) for key in ("start", "end"))
    if isinstance(start, datetime):
        holes["clock"] = i18n.clock_time(start, zone)
        holes["day"] = i18n.day(start, zone)
    if isinstance(start, datetime) and isinstance(end, datetime):
        holes["span"] = i18n.span(start, end, zone)
    if finding.guard == "quiet_period":
        return _("masa tenang"), _(
            "Acara yang menyebut pasangan calon tidak boleh diadakan atau diumumkan %(span)s.", **holes
        )
    if finding.guard == "campaign_place":
        return _("kampanye di tempat terlarang"), _(
            "Kampanye dilarang di rumah ibadah dan tempat pendidikan. Pilih tempat lain."
        )
    if finding.guard == "campaign_university":
        return _("kampanye di perguruan tinggi"), _(
            "Hanya dengan izin, tanpa atribut, pada Sabtu atau Minggu, untuk sivitas akademika."
        )
    if finding.guard == "holy_day":
        mark = " " + _("(perkiraan)") if finding.holes.get("estimate") else ""
        return f"{finding.holes['name']}{mark}", _("Hari raya umat %(faith)s: %(span)s.", **holes)
    if finding.guard == "worship":
        return str(finding.holes["name"]), _("Waktu ibadah umat %(faith)s: %(span)s.", **holes)
    if finding.guard == "prayer_times_unknown":
        return _("waktu salat tidak diketahui"), _("Isi koordinat kecamatan agar waktu salat dapat dihitung.")
    if finding.guard == "same_venue":
        return _("tempat sudah terpakai"), _(
            "%(what)s dipakai untuk “%(title)s”, %(day)s pukul %(clock)s.", **holes
        )
    if finding.guard == "same_person":
        return _("orang yang sama di dua tempat"), _(
            "%(what)s juga bertugas pada “%(title)s”, %(day)s pukul %(clock)s.", **holes
        )
    if finding.guard == "other_event":
        return _("ada acara lain hari itu"), _("“%(title)s”, %(day)s pukul %(clock)s.", **holes)
    if finding.guard == "faith_without_slot":
        return _("belum semua mendapat giliran"), _(
            "Umat %(faith)s diundang tetapi belum ada dalam doa.", **holes
        )
    if finding.guard == "unequal_minutes":
        return _("waktu doa tidak sama"), _("Setiap umat sebaiknya mendapat waktu doa yang sama.")
    return _("doa tanpa pemimpin"), _(
        "Doa umat %(faith)s belum ada pemimpinnya. Isi namanya, atau catat mengapa berhalangan.", **holes
    )


def _shown(value: object, zone: str) -> str:
    if isinstance(value, datetime):
        return i18n.when(value, zone)
    return str(FAITH_WORDS.get(str(value), value))


FAITH_WORDS = {
    "islam": _l("Islam"),
    "protestan": _l("Kristen Protestan"),
    "katolik": _l("Katolik"),
    "hindu": _l("Hindu"),
    "buddha": _l("Buddha"),
    "khonghucu": _l("Khonghucu"),
    "penghayat": _l("Penghayat Kepercayaan"),
}


def share_text(event: Event, address: str) -> str:
    """What is sent by WhatsApp, in its own markup; the address alone on the last line, so that it is previewed."""
    zone = event.unit.zone
    place = ", ".join(part for part in (event.venue.name, event.district.name) if part)
    lines = [f"*{event.title}*", ""]
    if event.theme:
        lines += [f"_{event.theme}_", ""]
    lines += [
        _("Hari/tanggal: %(day)s", day=i18n.day(event.starts_at, zone)),
        _("Pukul: %(time)s", time=i18n.clock_time(event.starts_at, zone)),
        _("Tempat: %(place)s", place=place),
    ]
    if event.dress:
        lines.append(_("Pakaian: %(dress)s", dress=event.dress))
    if event.status is EventStatus.CANCELLED:
        lines.insert(0, _("*DIBATALKAN*"))
    elif event.status is EventStatus.POSTPONED:
        lines.insert(0, _("*DITUNDA*"))
    lines += ["", event.unit.name, "", address]
    return "\n".join(lines)


def proposal_arrived(event: Event) -> tuple[str, str]:
    """For those who check: subject and text."""
    return (
        _("Usulan acara: %(title)s", title=event.title),
        _(
            "Usulan acara “%(title)s” pada %(when)s menunggu pemeriksaan.",
            title=event.title,
            when=i18n.when(event.starts_at, event.unit.zone),
        ),
    )


def step_for_proposer(event: Event, note: str) -> tuple[str, str]:
    """For the proposer, after every step: subject and text."""
    sentences = {
        EventStatus.RETURNED: _("Usulan “%(title)s” dikembalikan untuk diperbaiki.", title=event.title),
        EventStatus.APPROVED: _("Usulan “%(title)s” disetujui.", title=event.title),
        EventStatus.PUBLISHED: _("Acara “%(title)s” sudah diumumkan.", title=event.title),
        EventStatus.POSTPONED: _("Acara “%(title)s” ditunda.", title=event.title),
        EventStatus.CANCELLED: _("Acara “%(title)s” dibatalkan.", title=event.title),
    }
    text = sentences.get(event.status, event.title)
    return text, f"{text}\n\n{note}".strip()
