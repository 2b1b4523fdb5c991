"""Notices to the people who work on a proposal."""

from collections.abc import Sequence
from datetime import datetime

from app.core.i18n import _, number, when
from app.events.details import EventStatus, GuardFinding, TableKind
from app.events.messages.addresses import public_url, staff_url
from app.events.messages.guards import guard_line
from app.events.messages.labels import table_name
from app.events.models import Event


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
