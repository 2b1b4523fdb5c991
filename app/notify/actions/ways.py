"""Which channels this installation has, and which of them is somebody's."""

from app.notify.details import Channel, Recipient
from app.notify.models import MessagePreference

_ways = {"mail": False, "whatsapp": False, "push": False}


def configure(*, mail: bool, whatsapp: bool = False, push: bool = False) -> None:
    """What this installation can send by itself; otherwise staff see each message and send it themselves."""
    _ways.update(mail=mail, whatsapp=whatsapp, push=push)


def sends_whatsapp() -> bool:
    """Whether this installation reaches a phone by itself, without an officer in between."""
    return _ways["whatsapp"]


def sends_push() -> bool:
    """Whether this installation can speak to the push services of browsers."""
    return _ways["push"]


def channel_for(to: Recipient, preference: MessagePreference | None) -> Channel:
    """What the house can send by itself, as the person prefers; all else is handed over by an officer."""
    if to.push:
        return Channel.PUSH
    mail, whatsapp = bool(to.email and _ways["mail"]), bool(to.phone and _ways["whatsapp"])
    if mail and (not whatsapp or preference is None or preference.by_email or not to.phone):
        return Channel.EMAIL
    if whatsapp:
        return Channel.WHATSAPP
    return Channel.PETUGAS


def reaches(to: Recipient) -> bool:
    """Whether the house itself can send to somebody; else an officer would have to do it by hand."""
    return channel_for(to, None) is not Channel.PETUGAS


def has_way(channel: Channel) -> bool:
    """Whether the house can send by a channel at present."""
    return {Channel.EMAIL: _ways["mail"], Channel.WHATSAPP: _ways["whatsapp"]}.get(channel, True)
