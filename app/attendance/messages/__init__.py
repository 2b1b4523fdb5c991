"""What attendance says to people: refusals, labels, and the messages that go out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from app.attendance.details import Channel, Need, RegistrationKind, RegistrationStatus, RequestKind
from app.core.i18n import _, _l, clock_time, day, number, span, when
from app.documents.queries import head_of, letterhead_of
from app.events.details import NewsKind
from app.events.rules.showing import has_no_date
from app.web.house import Words
from app.web.pages import absolute

if TYPE_CHECKING:
    from app.attendance.models import Registration
    from app.events.facts import News
    from app.events.models import Event

LABELS: dict[object, Words] = {
    RegistrationStatus.CONFIRMED: _l("Terdaftar"),
    RegistrationStatus.WAITING: _l("Daftar tunggu"),
    RegistrationStatus.CANCELLED: _l("Batal"),
    RegistrationStatus.DUPLICATE: _l("Nomor ganda"),
    RegistrationKind.INDIVIDUAL: _l("Perorangan"),
    RegistrationKind.GROUP: _l("Rombongan"),
    RegistrationKind.WALK_IN: _l("Datang langsung"),
    RegistrationKind.INSTITUTION: _l("Lembaga"),
    Need.WHEELCHAIR: _l("Tempat untuk kursi roda"),
    Need.SIGN_LANGUAGE: _l("Juru bahasa isyarat"),
    Need.OTHER: _l("Keperluan lain"),
    RequestKind.SEE: _l("Minta melihat data saya"),
    RequestKind.CORRECT: _l("Minta data saya dibetulkan"),
    RequestKind.DELETE: _l("Minta data saya dihapus"),
    RequestKind.OBJECT: _l("Keberatan atas pemakaian data saya"),
    Channel.ONLINE: _l("Daring"),
    Channel.DESK: _l("Meja kehadiran"),
    Channel.INVITATION: _l("Undangan"),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "attendance:desk_link:opened": _l("Tautan meja untuk relawan dibuat"),
    "attendance:desk_link:revoked": _l("Tautan meja untuk relawan dicabut"),
    "attendance:event:thanked": _l("Ucapan terima kasih dengan tautan berita"),
    "attendance:hold:ended": _l("Kursi untuk lembaga undangan dilepas"),
    "attendance:hold:kept": _l("Kursi disimpan untuk lembaga undangan"),
    "attendance:list:exported": _l("Daftar hadir diekspor"),
    "attendance:list:taken": _l("Daftar hadir dibawa ke ponsel meja"),
    "attendance:list:viewed": _l("Daftar hadir dibuka"),
    "attendance:phones:expired": _l("Nama dan nomor pendaftar dihapus karena lewat waktu"),
    "attendance:pool:capacity_set": _l("Kapasitas atau waktu pendaftaran acara diubah"),
    "attendance:pool:session_capacity_set": _l("Kapasitas sesi diubah"),
    "attendance:pool:closed": _l("Pendaftaran acara ditutup"),
    "attendance:pool:opened": _l("Pendaftaran acara dibuka"),
    "attendance:request:answered": _l("Permintaan data pribadi dijawab"),
    "attendance:request:asked": _l("Permintaan data pribadi masuk"),
    "attendance:registration:check_in_undone": _l("Pencatatan hadir dibatalkan"),
    "attendance:registration:confirmed": _l("Tiket dikirim kepada pendaftar"),
    "attendance:registration:checked_in": _l("Pendaftar dicatat hadir"),
    "attendance:registration:entered": _l("Rombongan didaftarkan petugas"),
    "attendance:registration:erased": _l("Data pendaftar dihapus atas permintaannya"),
    "attendance:registration:handed_over": _l("Tiket dialihkan kepada orang lain"),
    "attendance:registration:lapsed": _l("Kursi yang tidak dikonfirmasi diberikan kepada yang menunggu"),
    "attendance:registration:merged": _l("Pendaftaran ganda digabung"),
    "attendance:registration:promoted": _l("Pendaftar naik dari daftar tunggu"),
    "attendance:registration:repeated": _l("Nomor telepon dipakai mendaftar lagi"),
    "attendance:registration:walked_in": _l("Tamu tanpa pendaftaran dicatat hadir"),
}

REFUSALS: dict[str, Words] = {
    "event_cancelled": _l("Acara ini dibatalkan."),
    "event_over": _l("Acara ini sudah selesai."),
    "event_started": _l("Acara sudah dimulai. Datanglah langsung ke meja kehadiran."),
    "invited_only": _l("Acara ini untuk tamu undangan."),
    "registration_closed": _l("Pendaftaran ditutup."),
    "registration_not_yet": _l("Pendaftaran dibuka %(when)s."),
    "window_reversed": _l("Penutupan harus sesudah pembukaan."),
    "session_unknown": _l("Sesi ini tidak ada lagi. Pilih yang lain."),
    "session_full": _l("Sesi yang dipilih tidak cukup kursinya lagi. Pilih yang lain."),
    "session_has_registrations": _l(
        "Sesi ini sudah dipilih pendaftar. Besarkan kursinya; batasnya tidak dapat dihapus."
    ),
    "hold_over": _l(
        "Kursi yang disimpan untuk lembaga ini sudah dilepas. Anda dapat mendaftar seperti umum."
    ),
    "hold_in_past": _l("Waktu ini sudah lewat."),
    "seat_lapsed": _l(
        "Batas waktu konfirmasi sudah lewat dan kursinya sudah diberikan kepada yang menunggu."
    ),
    "request_answered": _l("Permintaan ini sudah dijawab."),
    "too_many_requests": _l("Terlalu banyak permintaan dari jaringan ini. Coba lagi satu jam lagi."),
    "too_many_names": _l("Ada lebih banyak nama daripada %(party)s orang."),
    "split_too_large": _l("Yang dipisah paling banyak %(party)s orang, supaya rombongan asal tidak kosong."),
    "not_enough_seats": _l("Kursi yang tersisa tidak cukup. Masih ada %(left)s kursi."),
    "capacity_below_taken": _l(
        "Sudah %(taken)s kursi terisi. Kapasitas tidak dapat lebih kecil dari jumlah itu."
    ),
    "already_registered": _l("Nomor ini sudah terdaftar untuk acara ini."),
    "already_checked_in": _l("Tiket ini sudah dicatat hadir."),
    "not_checked_in": _l("Kehadiran ini belum dicatat."),
    "registration_cancelled": _l("Pendaftaran ini sudah dibatalkan."),
    "registration_duplicate": _l(
        "Nomor ini sudah terdaftar lebih dulu. Gabungkan dengan pendaftaran pertama sebelum mencatat hadir."
    ),
    "not_duplicate": _l("Pendaftaran ini tidak ganda."),
    "not_waiting": _l("Pendaftaran ini tidak sedang menunggu."),
    "more_than_party": _l("Tiket ini untuk %(party)s orang. Catat tamu tambahan sebagai tamu langsung."),
    "desk_not_open": _l("Kehadiran dapat dicatat mulai sehari sebelum acara."),
    "checked_in_elsewhere": _l("Kehadiran ini dicatat oleh meja lain dan tidak ikut dibatalkan."),
    "code_unknown": _l("Kode ini tidak ada di acara ini."),
}

CONSENT: Words = _l(
    "Saya setuju data ini dipakai untuk mengatur kehadiran di acara ini, termasuk keperluan khusus bila diisi. "
    "Nama, nomor, dan keperluan dihapus 90 hari sesudah acara."
)


# called: what the event is called now (`events.queries.title_to_say`); in masa tenang no title that names pairs.


def _place(event: "Event") -> str:
    return ", ".join(part for part in (event.venue.name, event.venue.address, event.district.name) if part)


def _when(event: "Event") -> str:
    return _("waktu menyusul") if has_no_date(event) else when(event.starts_at, event.zone)


def span_of(event: "Event") -> str:
    """From when to when; an event that was put off without a new date says so."""
    if has_no_date(event):
        return _("menunggu tanggal baru")
    return span(event.starts_at, event.ends_at, event.zone)


def ticket_address(manage_code: str) -> str:
    """The person's own link."""
    return absolute(f"/tiket/{manage_code}")


def ticket_text(event: "Event", registration: "Registration", manage_code: str, *, called: str) -> str:
    """The ticket as a text in WhatsApp's own markup, for sending to oneself."""
    lines = [
        _("*Tiket hadir: %(title)s*", title=called),
        _("Waktu: %(span)s", span=span_of(event)),
        _("Tempat: %(place)s", place=_place(event)),
        _(
            "Atas nama: %(name)s (%(count)s orang)",
            name=registration.name,
            count=number(registration.party_size),
        ),
        _("Tiket, ubah, atau batal: %(link)s", link=ticket_address(manage_code)),
    ]
    return "\n".join(lines)


def ticket_sent(
    event: "Event", registration: "Registration", manage_code: str, *, called: str
) -> tuple[str, str]:
    """Subject and text for somebody who has just registered: the ticket, or the place in line."""
    if registration.status is not RegistrationStatus.WAITING:
        text = ticket_text(event, registration, manage_code, called=called)
        return _("Tiket Anda: %(title)s", title=called), text
    text = _(
        'Salam sejahtera, %(name)s. Kursi acara "%(title)s", %(when)s, sedang terisi semua. Anda masuk daftar tunggu '
        "dan dikabari begitu ada kursi. Lihat urutan Anda atau batalkan di sini: %(link)s",
        name=registration.name,
        title=called,
        when=_when(event),
        link=ticket_address(manage_code),
    )
    return _("Anda masuk daftar tunggu: %(title)s", title=called), text


def seat_given(
    event: "Event", registration: "Registration", manage_code: str, *, called: str
) -> tuple[str, str]:
    """Subject and text for somebody who moved up from the waiting list; shortly before, with time to confirm."""
    if registration.confirm_by is not None:
        text = _(
            'Salam sejahtera, %(name)s. Ada kursi untuk Anda (%(count)s orang) di acara "%(title)s", %(when)s, '
            'di %(place)s. Tekan "Ya, saya datang" di tiket Anda sebelum %(until)s: %(link)s '
            "Sesudah itu kursi dapat diberikan kepada yang menunggu berikutnya.",
            name=registration.name,
            count=number(registration.party_size),
            title=called,
            when=_when(event),
            place=_place(event),
            until=when(registration.confirm_by, event.zone),
            link=ticket_address(manage_code),
        )
        return _("Anda mendapat kursi, mohon konfirmasi: %(title)s", title=called), text
    text = _(
        'Salam sejahtera, %(name)s. Ada kursi untuk Anda (%(count)s orang) di acara "%(title)s", %(when)s, '
        "di %(place)s. "
        "Tiket Anda: %(link)s Bila tidak jadi datang, batalkan lewat tautan itu supaya kursinya dipakai orang lain.",
        name=registration.name,
        count=number(registration.party_size),
        title=called,
        when=_when(event),
        place=_place(event),
        link=ticket_address(manage_code),
    )
    return _("Anda mendapat kursi: %(title)s", title=called), text


def seat_lapsed(event: "Event", registration: "Registration", *, called: str) -> tuple[str, str]:
    """Subject and text for somebody who did not confirm in time and whose seat went on."""
    text = _(
        'Salam sejahtera, %(name)s. Kursi Anda di acara "%(title)s", %(when)s, tidak dikonfirmasi sampai batas '
        "waktunya dan sudah diberikan kepada yang menunggu. Anda dapat mendaftar lagi bila masih ada kursi.",
        name=registration.name,
        title=called,
        when=_when(event),
    )
    return _("Kursi Anda sudah dialihkan: %(title)s", title=called), text


def ticket_handed_over(
    event: "Event", registration: "Registration", manage_code: str, *, called: str
) -> tuple[str, str]:
    """Subject and text for somebody who was given another's ticket."""
    text = _(
        'Salam sejahtera, %(name)s. Tiket untuk acara "%(title)s" (%(count)s orang), %(when)s, di %(place)s, '
        "dialihkan kepada Anda: %(link)s Bila Anda tidak mengharapkannya, batalkan atau hapus data Anda lewat "
        "tautan itu.",
        name=registration.name,
        title=called,
        count=number(registration.party_size),
        when=_when(event),
        place=_place(event),
        link=ticket_address(manage_code),
    )
    return _("Tiket dialihkan kepada Anda: %(title)s", title=called), text


def thanks(registration: "Registration", *, called: str, title: str, address: str) -> tuple[str, str]:
    """Subject and text for somebody who came, once there is news of the event."""
    text = _(
        'Salam sejahtera, %(name)s. Terima kasih sudah hadir di "%(event)s". Beritanya: "%(title)s" %(link)s',
        name=registration.name,
        event=called,
        title=title,
        link=address,
    )
    return _("Terima kasih sudah hadir: %(title)s", title=called), text


def number_used_again(registration: "Registration", manage_code: str, *, called: str) -> tuple[str, str]:
    """Subject and text for the owner of a number that somebody sent in again."""
    text = _(
        'Salam sejahtera, %(name)s. Nomor Anda baru saja dipakai lagi untuk mendaftar ke acara "%(title)s". Bila itu '
        "Anda sendiri, tidak perlu apa-apa: tiket pertama tetap berlaku (%(link)s). Bila bukan, abaikan pesan ini; "
        "pendaftaran kedua tidak memakai kursi.",
        name=registration.name,
        title=called,
        link=ticket_address(manage_code),
    )
    return _("Nomor Anda dipakai mendaftar lagi: %(title)s", title=called), text


def circle_of_registered() -> str:
    return _("Yang sudah mendaftar")


def news_to_registered(news: "News", name: str, link: str) -> tuple[str, str]:
    """News of an event as somebody gets it who has registered; link: their ticket."""
    match news.kind:
        case NewsKind.CALLED_OFF:
            text = _(
                "Salam sejahtera, %(name)s.\n\n%(news)s\n\nMohon maaf. Tiketnya tidak berlaku lagi.",
                name=name,
                news=news.body,
            )
        case NewsKind.REMINDER:
            text = _(
                "Salam sejahtera, %(name)s.\n\n%(news)s\n\nTiket Anda, dan batal bila berhalangan: %(link)s",
                name=name,
                news=news.body,
                link=link,
            )
        case NewsKind.CHANGED | NewsKind.SESSIONS:
            text = _(
                "Salam sejahtera, %(name)s.\n\n%(news)s\n\nPendaftaran Anda tetap berlaku; bila tidak jadi "
                "datang, batalkan di sini: %(link)s",
                name=name,
                news=news.body,
                link=link,
            )
    return news.subject, text


# Empty lines at the end of the printed list, for those who come unannounced.
SPARE_LINES = 12


def list_paper(event: "Event", rows: "Sequence[Registration]", *, marked: bool) -> dict[str, Any]:
    """What the printed list of attendance shows; marked: with who was checked in instead of room to sign.

    Phones and faiths are left out: the sheet goes from hand to hand.
    """
    start, zone = event.starts_at, event.zone
    until = clock_time(event.ends_at, zone) if event.ends_at else _("selesai")
    signs = head_of(event.unit)
    return {
        "title": _("Daftar hadir"),
        "event": event.title,
        "facts": [
            [_("Kegiatan"), event.title],
            [_("Hari, tanggal"), day(start, zone)],
            [_("Waktu"), _("pukul %(start)s s.d. %(end)s", start=clock_time(start, zone), end=until)],
            [_("Tempat"), _place(event)],
            [_("Pimpinan"), signs.office],
        ],
        "head": vars(letterhead_of(event.unit)),
        "signs": vars(signs),
        "columns": [
            _("No"),
            _("Nama, jabatan, dan lembaga"),
            _("Orang"),
            _("Kehadiran") if marked else _("Tanda tangan"),
            _("Keterangan"),
        ],
        "foot": _("Daftar hadir: %(title)s", title=event.title),
        "rows": [_printed(row, zone, marked=marked) for row in rows],
        "spare": 0 if marked else SPARE_LINES,
        "marked": marked,
        "summary": _summary(rows) if marked else "",
    }


def _printed(row: "Registration", zone: str, *, marked: bool) -> dict[str, str]:
    """Under the name: what a guest was invited as, or the kecamatan of a visitor."""
    under = [row.office, row.organisation_name]
    if not row.organisation_name and row.district is not None:
        under = [row.district.name]
    mark = ""
    if marked:
        mark = _("tidak hadir")
        if row.checked_in_at is not None:
            mark = _("hadir pukul %(time)s", time=clock_time(row.checked_in_at, zone, with_zone=False))
    count = row.checked_in_count if marked and row.checked_in_at is not None else row.party_size
    return {
        "name": row.name,
        "under": ", ".join(part for part in under if part),
        "people": number(count),
        "mark": mark,
        "note": _("diwakili %(name)s", name=row.represented_by) if row.represented_by else "",
    }


def _summary(rows: "Sequence[Registration]") -> str:
    came = [row for row in rows if row.checked_in_at is not None]
    return _(
        "Tercatat hadir %(came)s dari %(listed)s pendaftaran, %(people)s orang, %(represented)s di antaranya diwakili.",
        came=number(len(came)),
        listed=number(len(rows)),
        people=number(sum(row.checked_in_count for row in came)),
        represented=number(sum(bool(row.represented_by) for row in came)),
    )
