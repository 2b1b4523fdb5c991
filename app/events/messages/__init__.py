"""How events speak: labels, refusals, guard sentences, notices, share texts."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from app.core.faiths import Faith
from app.core.i18n import LazyString, _, _l, clock_time, number, span, when
from app.events.details import (
    Announced,
    Audience,
    EventKind,
    EventStatus,
    EventTag,
    Grade,
    Guard,
    GuardFinding,
    ItemKind,
    Reminder,
    TableKind,
    VenueKind,
)
from app.events.facts import News
from app.events.models import Event
from app.events.queries import place_line
from app.events.rules.showing import has_no_date

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
    Guard.QUIET_SESSIONS: _l("sesi yang tidak tampil selama masa tenang"),
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


def table_name(table: TableKind) -> str:
    """How a table is called whose change had events checked anew."""
    return str(_TABLES[table])


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
    faiths: Sequence[Faith] = finding.holes["faiths"]  # type: ignore[assignment]
    holes: dict[str, object] = {
        "name": finding.holes["name"],
        "place": finding.holes["place"],
        "start": clock_time(start, zone, with_zone=False),
        "end": clock_time(end, zone),
        "faith": ", ".join(map(faith_name, faiths)),
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


def notice_of_step(event: Event, step: EventStatus, zone: str, *, note: str = "") -> tuple[str, str]:
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
    elif step is EventStatus.WITHDRAWN:
        subject = _("Ditarik: %(title)s", **holes)
        lines = [_("Acara “%(title)s” (%(when)s) ditarik.", **holes)]
    else:
        subject = _("Kabar acara: %(title)s", **holes)
        lines = [_("Ada catatan baru untuk acara “%(title)s”.", **holes)]
    if note:
        lines.append(note)
    lines.append(public_url(event) if step is EventStatus.PUBLISHED else staff_url(event))
    return subject, "\n\n".join(lines)


def notice_of_late_findings(
    event: Event, findings: Sequence[GuardFinding], cause: TableKind, zone: str
) -> tuple[str, str]:
    """Subject and text that tell a checker that a scheduled event has something in its way since a table changed."""
    holes: dict[str, object] = {"title": event.title, "when": when(event.starts_at, zone)}
    lines = [
        _(
            "Sesudah %(table)s berubah, acara “%(title)s” (%(when)s) terhalang.",
            table=table_name(cause),
            **holes,
        ),
        guard_line(findings, zone),
        _("Pindahkan waktunya, atau tulis alasannya pada halaman acara."),
        staff_url(event),
    ]
    return _("Perlu dilihat lagi: %(title)s", **holes), "\n\n".join(lines)


def news_of_change(before: Announced, after: Announced, zone: str, *, note: str) -> tuple[str, str]:
    """Subject and body for everyone concerned when title, time or place change; what was is struck through.

    Time and place always stand there, so that the text is true whatever its reader heard before.
    """
    lines = [_("Ada perubahan pada acara %(title)s.", title=_bold(before.title))]
    if after.title != before.title:
        lines.append(
            _("Nama acara: %(new)s (semula %(old)s)", new=_bold(after.title), old=_struck(before.title))
        )
    lines += [_time_line(before, after, zone), _place_line(before, after)]
    if note:
        lines.append(note)
    return _("Perubahan acara: %(title)s", title=after.title), "\n".join(lines)


def news_of_postponement(before: Announced, after: Announced, zone: str, *, reason: str) -> tuple[str, str]:
    """Subject and body for everyone concerned when an event is put off."""
    lines = [
        _("Acara %(title)s ditunda.", title=_bold(before.title)),
        _time_line(before, after, zone),
        _place_line(before, after),
        _("Alasan: %(reason)s", reason=reason),
    ]
    return _("Acara ditunda: %(title)s", title=before.title), "\n".join(lines)


def news_of_calling_off(before: Announced, zone: str, *, reason: str) -> tuple[str, str]:
    """Subject and body for everyone concerned when an event will not take place."""
    lines = [_("Acara %(title)s *dibatalkan*.", title=_bold(before.title))]
    if before.starts_at is not None:
        lines.append(_("Waktu: %(old)s", old=_struck(span(before.starts_at, before.ends_at, zone))))
    lines += [
        _("Tempat: %(old)s", old=_struck(before.place)),
        _("Alasan: %(reason)s", reason=reason),
    ]
    return _("Acara dibatalkan: %(title)s", title=before.title), "\n".join(lines)


def news_of_reminder(event: Event) -> tuple[str, str]:
    """Subject and body that remind of an event; whole dates, for an officer may send them later than planned."""
    lines = [
        _("Pengingat acara %(title)s.", title=_bold(event.title)),
        _("Waktu: %(new)s", new=span(event.starts_at, event.ends_at, event.zone)),
        _(
            "Tempat: %(new)s",
            new=place_line(event.venue.name, event.venue.address, event.district.name),
        ),
    ]
    if event.dress:
        lines.append(_("Pakaian: %(dress)s", dress=event.dress))
    return _("Pengingat: %(title)s", title=event.title), "\n".join(lines)


def waiting_words(since: datetime, now: datetime) -> str:
    """How long something has waited, in days and hours."""
    hours = int((now - since).total_seconds() // 3600)
    days, rest = divmod(hours, 24)
    if days and rest:
        return _("%(days)s hari %(hours)s jam", days=number(days), hours=number(rest))
    if days:
        return _("%(days)s hari", days=number(days))
    if hours:
        return _("%(hours)s jam", hours=number(hours))
    return _("kurang dari satu jam")


def notice_of_waiting(event: Event, since: datetime, now: datetime) -> tuple[str, str]:
    """Subject and text for the unit above when a proposal waits longer than its own unit promises."""
    text = _(
        "Usulan acara “%(title)s” (%(when)s) sudah menunggu jawaban %(unit)s selama %(age)s; batasnya "
        "%(hours)s jam. Mohon diperiksa atau diingatkan.\n\n%(link)s",
        title=event.title,
        when=when(event.starts_at, event.zone),
        unit=event.unit.name,
        age=waiting_words(since, now),
        hours=number(event.unit.answer_hours),
        link=staff_url(event),
    )
    return _("Lama menunggu jawaban: %(title)s", title=event.title), text


def _time_line(before: Announced, after: Announced, zone: str) -> str:
    new = _("menyusul") if after.starts_at is None else span(after.starts_at, after.ends_at, zone)
    if (before.starts_at, before.ends_at) == (after.starts_at, after.ends_at):
        return _("Waktu: %(new)s", new=new)
    old = _("belum ditentukan") if before.starts_at is None else span(before.starts_at, before.ends_at, zone)
    return _("Waktu: %(new)s (semula %(old)s)", new=new, old=_struck(old))


def _place_line(before: Announced, after: Announced) -> str:
    if before.place == after.place:
        return _("Tempat: %(new)s", new=after.place)
    return _("Tempat: %(new)s (semula %(old)s)", new=after.place, old=_struck(before.place))


def _struck(text: str) -> str:
    """Struck through in WhatsApp's markup, which a tilde inside would end early."""
    return f"~{text.replace('~', '-').strip()}~"


def _bold(text: str) -> str:
    return f"*{text.replace('*', '').strip()}*"


def holes_of_sample() -> tuple[str, str]:
    """What stands for the name and the link in a text that is shown before it is sent."""
    return _("[nama]"), _("[tautan masing-masing]")


def circle_of_proposer() -> str:
    return _("Pengusul")


def circle_of_leaders() -> str:
    return _("Pengisi acara yang punya akun")


def news_to_proposer(news: News, name: str, link: str) -> tuple[str, str]:
    """News as the proposer gets it."""
    text = _(
        "Salam sejahtera, %(name)s. Kabar tentang acara yang Anda usulkan:\n\n%(news)s\n\nRinciannya: %(link)s",
        name=name,
        news=news.body,
        link=link,
    )
    return news.subject, text


def news_to_leader(news: News, name: str, link: str) -> tuple[str, str]:
    """News as somebody gets it whose name stands in the programme."""
    text = _(
        "Salam sejahtera, %(name)s. Kabar tentang acara yang Anda isi:\n\n%(news)s\n\nHalaman acara: %(link)s",
        name=name,
        news=news.body,
        link=link,
    )
    return news.subject, text


def share_text(event: Event, url: str) -> str:
    """The ready text for WhatsApp in its own markup; everything stands before the address, which comes last."""
    title = event.title.replace("*", "").strip()
    lines = [f"*{title}*"]
    if event.status is EventStatus.CANCELLED:
        lines.append(_("Acara ini *dibatalkan*."))
    elif event.status is EventStatus.POSTPONED:
        lines.append(_("Acara ini *ditunda*."))
    lines.append("")
    lines.append(_share_time(event))
    lines.append(
        _("Tempat: %(venue)s, Kecamatan %(district)s", venue=event.venue.name, district=event.district.name)
    )
    if event.dress:
        lines.append(_("Pakaian: %(dress)s", dress=event.dress))
    return "\n".join([*lines, "", url])


def _share_time(event: Event) -> str:
    time = when(event.starts_at, event.zone)
    old = when(event.postponed_from_at, event.zone)
    if event.status is EventStatus.CANCELLED:
        return _("Waktu: %(old)s", old=_struck(time))
    if has_no_date(event):
        return _("Waktu: %(new)s (semula %(old)s)", new=_("menyusul"), old=_struck(old))
    if event.postponed_from_at is not None:
        return _("Waktu: %(new)s (semula %(old)s)", new=time, old=_struck(old))
    return _("Waktu: %(when)s", when=time)


def whatsapp_url(text: str) -> str:
    """A link that opens WhatsApp with the text and lets the reader choose the chat."""
    return "https://wa.me/?text=" + quote(text, safe="")
