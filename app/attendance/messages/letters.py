"""What is sent to people: tickets, seats that were given or lost, news, thanks."""

from typing import TYPE_CHECKING

from app.attendance.details import RegistrationStatus
from app.core.i18n import _, number, span, when
from app.events.details import NewsKind
from app.events.rules.showing import has_no_date
from app.web.pages import absolute

if TYPE_CHECKING:
    from app.attendance.models import Registration
    from app.events.facts import News
    from app.events.models import Event

# called: what the event is called now (`events.queries.title_to_say`); in masa tenang no title that names pairs.


def place_of(event: "Event") -> str:
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
        _("Tempat: %(place)s", place=place_of(event)),
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
            place=place_of(event),
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
        place=place_of(event),
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
        place=place_of(event),
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
