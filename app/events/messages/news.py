"""What everyone concerned is told of an announced event, and how each circle of them is addressed."""

from collections.abc import Sequence
from datetime import datetime

from app.core.i18n import _, span, when
from app.events.details import Announced, SessionChange
from app.events.facts import News
from app.events.models import Event
from app.events.queries import place_line


def news_of_change(
    before: Announced, after: Announced, zone: str, *, sessions: Sequence[str], note: str
) -> tuple[str, str]:
    """Subject and body for everyone concerned when title, time or place change; what was is struck through.

    Time and place always stand there, so that the text is true whatever its reader heard before.
    sessions: what becomes of them, in words.
    """
    lines = [_("Ada perubahan pada acara %(title)s.", title=_bold(before.title))]
    if after.title != before.title:
        lines.append(
            _("Nama acara: %(new)s (semula %(old)s)", new=_bold(after.title), old=_struck(before.title))
        )
    lines += [_time_line(before, after, zone), _place_line(before, after), *sessions]
    if note:
        lines.append(note)
    return _("Perubahan acara: %(title)s", title=after.title), "\n".join(lines)


def news_of_sessions(event: Announced, zone: str, *, sessions: Sequence[str], note: str) -> tuple[str, str]:
    """Subject and body for those who come for sessions that change while their event stays as it is."""
    lines = [
        _("Ada perubahan sesi di acara %(title)s.", title=_bold(event.title)),
        *sessions,
        _time_line(event, event, zone),
        _place_line(event, event),
    ]
    if note:
        lines.append(note)
    return _("Perubahan sesi: %(title)s", title=event.title), "\n".join(lines)


def lines_of_session(
    change: SessionChange, starts_at: datetime | None, zone: str, *, quiet: bool
) -> list[str]:
    """What becomes of one session, in words. starts_at: of its event; quiet: no session that names pairs is named."""
    before, after = change.before, change.after
    hidden = quiet and (before.names_candidates or (after is not None and after.names_candidates))
    name = _("Salah satu sesi") if hidden else _("Sesi %(title)s", title=_bold(before.title))
    if after is None:
        return [_("%(session)s ditiadakan.", session=name)]
    lines = []
    if after.title != before.title:
        lines.append(
            _("%(session)s berganti nama.", session=name)
            if hidden
            else _("%(session)s menjadi %(title)s.", session=name, title=_bold(after.title))
        )
    if starts_at and before.begins is not None and after.begins is not None and before.begins != after.begins:
        lines.append(
            _(
                "%(session)s mulai %(new)s (semula %(old)s).",
                session=name,
                new=when(starts_at + after.begins, zone),
                old=_struck(when(starts_at + before.begins, zone)),
            )
        )
    return lines


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
