"""How events speak: labels, refusals, guard sentences, notices, share texts."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from app.core.faiths import Faith
from app.core.i18n import LazyString, _, _l, clock_time, number, when
from app.events.details import (
    Audience,
    EventKind,
    EventStatus,
    EventTag,
    Grade,
    Guard,
    GuardFinding,
    ItemKind,
    VenueKind,
)
from app.events.models import Event

_site = {"url": ""}


def configure(*, public_url: str) -> None:
    """Where the site stands, for links in notices."""
    _site["url"] = public_url.rstrip("/")


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
    EventTag.OVERRIDDEN: _l("Penjagaan dikesampingkan dengan alasan"),
    EventTag.GRADE_SET: _l("Tingkat penjagaan diubah"),
}

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
    "guards_refuse": _l("Ada hal yang tidak boleh: %(guards)s"),
    "guards_stand": _l(
        "Masih ada yang menghalangi: %(guards)s Pindahkan waktunya atau tulis alasannya dahulu."
    ),
    "guard_unknown": _l("Penjagaan ini sudah tidak berlaku. Muat ulang halamannya."),
    "guard_cannot_be_overridden": _l("Penjagaan ini tidak dapat dikesampingkan."),
    "reason_needed": _l("Tulis alasannya, sedikitnya sepuluh huruf."),
    "postponed_into_past": _l("Waktu baru harus di masa depan."),
    "nothing_changed": _l("Tidak ada yang berubah."),
    "published_in_past": _l("Waktu pengumuman sudah lewat. Kosongkan untuk mengumumkan sekarang."),
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

_TITLES = {
    Guard.QUIET_PERIOD: _l("masa tenang"),
    Guard.QUIET_SESSIONS: _l("masa tenang"),
    Guard.NAMES_PAIRS: _l("menyebut pasangan calon atau partai"),
    Guard.PAIRS_INCOMPLETE: _l("pasangan calon tidak lengkap"),
    Guard.CAMPAIGN_PLACE: _l("kampanye di tempat terlarang"),
    Guard.CAMPAIGN_CAMPUS: _l("kampanye di perguruan tinggi"),
    Guard.VENUE_KIND: _l("jenis tempat"),
    Guard.PAIRS_AT_WORSHIP: _l("pasangan calon di rumah ibadah atau sekolah"),
    Guard.WORSHIP: _l("waktu ibadah"),
    Guard.HOLY_DAY: _l("hari raya"),
    Guard.COORDINATES: _l("waktu salat tidak diketahui"),
    Guard.FASTING: _l("bulan puasa"),
    Guard.VENUE_CLASH: _l("tempat sudah dipakai"),
    Guard.FIELD_SHARED: _l("lapangan dipakai bersama"),
    Guard.PERSON_CLASH: _l("orang yang sama di dua tempat"),
    Guard.SAME_DAY: _l("acara lain di kecamatan ini"),
    Guard.FAITH_WITHOUT_SLOT: _l("belum mendapat giliran berdoa"),
    Guard.UNEQUAL_MINUTES: _l("lama doa tidak sama"),
    Guard.NO_LEADER: _l("pemimpin doa belum ada"),
    Guard.OPENING_FAITH: _l("giliran membuka doa"),
    Guard.OVER_CAPACITY: _l("melebihi daya tampung"),
    Guard.PROGRAMME_TOO_LONG: _l("susunan acara terlalu panjang"),
    Guard.IN_THE_PAST: _l("waktu sudah lewat"),
}


def word(member: StrEnum) -> str:
    """How a member of this feature's enums reads; other features have members of equal value."""
    return str(LABELS[member])


def guard_title(guard: Guard) -> str:
    """What a guard is about, in a few words."""
    return str(_TITLES[guard])


_FAITHS = {
    Faith.ISLAM: _l("Islam"),
    Faith.PROTESTAN: _l("Kristen Protestan"),
    Faith.KATOLIK: _l("Katolik"),
    Faith.HINDU: _l("Hindu"),
    Faith.BUDDHA: _l("Buddha"),
    Faith.KHONGHUCU: _l("Khonghucu"),
    Faith.PENGHAYAT: _l("Penghayat Kepercayaan"),
}


def faith_name(faith: Faith) -> str:
    """How a faith is called."""
    return str(_FAITHS[faith])


def guard_text(finding: GuardFinding, zone: str) -> str:
    """The sentence about a finding; moments on the clocks of an IANA zone."""
    holes = dict(finding.holes)
    for name, value in holes.items():
        if isinstance(value, datetime):
            holes[name] = when(value, zone)
    for name in ("faith",):
        if isinstance(holes.get(name), Faith):
            holes[name] = faith_name(holes[name])  # type: ignore[arg-type]
    match finding.guard:
        case Guard.QUIET_PERIOD if finding.holes.get("held"):
            return _(
                "Acara yang menyebut pasangan calon atau partai tidak boleh diadakan sampai %(until)s "
                "(%(election)s). Bila tandanya keliru, betulkan tandanya.",
                **holes,
            )
        case Guard.QUIET_PERIOD:
            return _(
                "Acara yang menyebut pasangan calon atau partai tidak boleh diumumkan sampai %(until)s "
                "(%(election)s).",
                **holes,
            )
        case Guard.QUIET_SESSIONS:
            return _(
                "Sesi yang menyebut pasangan calon tidak ditampilkan sampai %(until)s (%(election)s); "
                "bagian lain acara tetap berjalan.",
                **holes,
            )
        case Guard.NAMES_PAIRS:
            return _(
                "Tulisan ini menyebut: %(words)s. Bila benar pasangan calon atau partai, beri tanda “menyebut "
                "pasangan calon”; bila bukan, petugas menulis mengapa bukan.",
                **holes,
            )
        case Guard.PAIRS_INCOMPLETE if not finding.holes["missing"]:
            return _(
                "Sebut pasangan calon %(election)s menurut nomor urut; sekarang tertulis dengan urutan %(shown)s.",
                **holes,
            )
        case Guard.PAIRS_INCOMPLETE:
            return _(
                "Sebut semua pasangan calon %(election)s menurut nomor urut, atau tidak sama sekali. Belum "
                "disebut: nomor %(missing)s.",
                **holes,
            )
        case Guard.CAMPAIGN_PLACE:
            return _("Kampanye tidak boleh di rumah ibadah dan sekolah: %(venue)s.", **holes)
        case Guard.CAMPAIGN_CAMPUS:
            return _(
                "Kampanye di %(venue)s hanya dengan izin pengelola, tanpa atribut, pada hari Sabtu atau Minggu.",
                **holes,
            )
        case Guard.VENUE_KIND:
            return _(
                "%(venue)s tampaknya %(kind)s, tempat yang tertutup bagi kampanye. Betulkan jenis tempatnya, atau "
                "petugas menulis mengapa bukan.",
                venue=holes["venue"],
                kind=word(VenueKind(str(finding.holes["kind"]))).lower(),
            )
        case Guard.PAIRS_AT_WORSHIP:
            return _(
                "Acara ini menyebut pasangan calon dan bertempat di %(venue)s. Pastikan tidak ada unsur kampanye.",
                **holes,
            )
        case Guard.WORSHIP | Guard.HOLY_DAY:
            return _worship_text(finding, zone)
        case Guard.COORDINATES:
            return _("Waktu salat di %(place)s tidak diketahui: isi koordinat kecamatan itu.", **holes)
        case Guard.FASTING:
            return _(
                "%(name)s: jangan menyajikan makanan pada siang hari; acara malam sebaiknya sesudah Tarawih.",
                **holes,
            )
        case Guard.VENUE_CLASH:
            return _("%(venue)s dipakai “%(title)s” pada %(start)s.", **holes)
        case Guard.FIELD_SHARED:
            return _("Di %(venue)s ada juga “%(title)s” pada %(start)s.", **holes)
        case Guard.PERSON_CLASH:
            return _(
                "%(person)s diperlukan pada “%(title)s” di %(venue)s pada %(start)s; perjalanan kira-kira "
                "%(minutes)s menit.",
                **holes,
            )
        case Guard.SAME_DAY:
            return _("Hari itu di %(place)s ada “%(title)s” pada %(start)s.", **holes)
        case Guard.FAITH_WITHOUT_SLOT:
            return _(
                "%(faith)s diundang, tetapi belum ada doanya dalam susunan acara. Bila berhalangan, tulis "
                "doanya dengan keterangan berhalangan.",
                **holes,
            )
        case Guard.UNEQUAL_MINUTES:
            return _("Beri setiap doa waktu yang sama panjang.")
        case Guard.NO_LEADER:
            return _(
                "Doa %(faith)s belum ada pemimpinnya; isi namanya atau tulis mengapa berhalangan.", **holes
            )
        case Guard.OPENING_FAITH:
            opened: Sequence[Faith] = finding.holes["opened_by"]  # type: ignore[assignment]
            return _(
                "%(faith)s juga membuka doa pada acara sebelumnya. Pembuka terakhir: %(history)s.",
                faith=holes["faith"],
                history=", ".join(map(faith_name, opened)),
            )
        case Guard.OVER_CAPACITY:
            return _(
                "Perkiraan hadir %(crowd)s orang, daya tampung %(capacity)s.",
                crowd=number(holes["crowd"]),  # type: ignore[arg-type]
                capacity=number(holes["capacity"]),  # type: ignore[arg-type]
            )
        case Guard.PROGRAMME_TOO_LONG:
            return _("Susunan acara memerlukan %(minutes)s menit, lebih lama daripada acaranya.", **holes)
        case Guard.IN_THE_PAST:
            return _("Waktu mulainya sudah lewat.")


def _worship_text(finding: GuardFinding, zone: str) -> str:
    start, end = finding.holes["start"], finding.holes["end"]
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    holes: dict[str, object] = {
        "name": finding.holes["name"],
        "place": finding.holes["place"],
        "start": clock_time(start, zone, with_zone=False),
        "end": clock_time(end, zone),
        "faith": faith_name(Faith(str(finding.holes["faith"]))),
    }
    if finding.holes.get("prayer"):
        return _(
            "%(name)s di %(place)s pukul %(start)s–%(end)s. Geser waktunya, atau beri “istirahat salat” dalam "
            "susunan acara.",
            **holes,
        )
    if finding.guard is Guard.HOLY_DAY:
        if finding.holes.get("estimate"):
            return _("%(name)s (%(faith)s), tanggalnya masih perkiraan.", **holes)
        return _("%(name)s (%(faith)s).", **holes)
    return _("%(name)s (%(faith)s) pukul %(start)s–%(end)s.", **holes)


def guard_line(findings: Sequence[GuardFinding], zone: str) -> str:
    """Several findings in one line, for a refusal."""
    return " ".join(f"{guard_title(one.guard).capitalize()}: {guard_text(one, zone)}" for one in findings[:4])


def grade_is_hard(finding: GuardFinding) -> bool:
    """Whether a finding keeps an event from being announced."""
    return finding.grade in {Grade.REFUSED, Grade.REASON}


def staff_url(event: Event) -> str:
    """The event in the staff area, absolute."""
    return f"{_site['url']}/kelola/acara/{event.id}"


def public_url(event: Event) -> str:
    """The event's public page, absolute."""
    return f"{_site['url']}/acara/{event.slug}"


def notice_of_step(event: Event, step: EventStatus | None, zone: str, *, note: str = "") -> tuple[str, str]:
    """Subject and text that tell somebody of a step of a proposal."""
    holes: dict[str, object] = {"title": event.title, "when": when(event.starts_at, zone)}
    if step is EventStatus.SUBMITTED:
        subject = _("Acara menunggu diperiksa: %(title)s", **holes)
        lines = [_("Ada acara yang diajukan dan menunggu pemeriksaan: %(title)s, %(when)s.", **holes)]
    elif step is EventStatus.RETURNED:
        subject = _("Perlu diperbaiki: %(title)s", **holes)
        lines = [_("Acara “%(title)s” (%(when)s) dikembalikan untuk diperbaiki.", **holes)]
    elif step is EventStatus.APPROVED:
        subject = _("Disetujui: %(title)s", **holes)
        lines = [_("Acara “%(title)s” (%(when)s) sudah disetujui dan akan diumumkan.", **holes)]
    elif step is EventStatus.PUBLISHED:
        subject = _("Sudah diumumkan: %(title)s", **holes)
        lines = [_("Acara “%(title)s” (%(when)s) sudah diumumkan kepada warga.", **holes)]
    elif step is EventStatus.POSTPONED:
        subject = _("Ditunda: %(title)s", **holes)
        lines = [_("Acara “%(title)s” ditunda.", **holes)]
    elif step is EventStatus.CANCELLED:
        subject = _("Dibatalkan: %(title)s", **holes)
        lines = [_("Acara “%(title)s” (%(when)s) dibatalkan.", **holes)]
    elif step is EventStatus.WITHDRAWN:
        subject = _("Ditarik: %(title)s", **holes)
        lines = [_("Acara “%(title)s” (%(when)s) ditarik.", **holes)]
    elif step is None:
        subject = _("Berubah: %(title)s", **holes)
        lines = [_("Acara “%(title)s” yang sudah diumumkan berubah. Sekarang waktunya %(when)s.", **holes)]
    else:
        subject = _("Kabar acara: %(title)s", **holes)
        lines = [_("Ada catatan baru untuk acara “%(title)s”.", **holes)]
    if note:
        lines.append(note)
    lines.append(public_url(event) if step is EventStatus.PUBLISHED else staff_url(event))
    return subject, "\n\n".join(lines)


def difference_text(event: Event, changed: dict[str, object], zone: str) -> list[str]:
    """What changes about an announced event, one line each; `changed` maps fields to their old values."""
    lines = []
    if "title" in changed:
        lines.append(_("Judul: semula “%(old)s”.", old=changed["title"]))
    if "starts_at" in changed or "ends_at" in changed:
        old = changed.get("starts_at", event.starts_at)
        assert isinstance(old, datetime)
        lines.append(_("Waktu: semula %(old)s.", old=when(old, zone)))
    if "venue" in changed:
        lines.append(_("Tempat: semula %(old)s.", old=changed["venue"]))
    if "capacity" in changed:
        value = changed["capacity"]
        old_capacity = _("tanpa batas") if value is None else number(int(str(value)))
        lines.append(_("Daya tampung: semula %(old)s.", old=old_capacity))
    return lines


def share_text(event: Event, url: str) -> str:
    """The ready text for WhatsApp in its own markup; everything stands before the address, which comes last."""
    title = event.title.replace("*", "").strip()
    lines = [f"*{title}*"]
    if event.status is EventStatus.CANCELLED:
        lines.append(_("Acara ini *dibatalkan*."))
    elif event.status is EventStatus.POSTPONED:
        lines.append(_("Acara ini *ditunda*."))
    lines.append("")
    if not has_no_date(event):
        lines.append(_("Waktu: %(when)s", when=when(event.starts_at, event.zone)))
    lines.append(
        _("Tempat: %(venue)s, Kecamatan %(district)s", venue=event.venue.name, district=event.district.name)
    )
    if event.dress:
        lines.append(_("Pakaian: %(dress)s", dress=event.dress))
    return "\n".join([*lines, "", url])


def whatsapp_url(text: str) -> str:
    """A link that opens WhatsApp with the text and lets the reader choose the chat."""
    return "https://wa.me/?text=" + quote(text, safe="")


def has_no_date(event: Event) -> bool:
    """Whether the event is postponed and its new date is not known yet."""
    return event.status is EventStatus.POSTPONED and event.postponed_from_at == event.starts_at
