"""The text that passes an event on."""

from urllib.parse import quote

from app.core.i18n import _, when
from app.events.details import EventStatus
from app.events.messages.news import _struck
from app.events.models import Event
from app.events.rules.showing import has_no_date


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
