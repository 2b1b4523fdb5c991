"""What the public may check: the code that is printed on a signed sheet."""

from datetime import datetime

from app.core.i18n import _, day, when
from app.documents.details import Checked
from app.events.queries import title_to_say
from app.records.details import SheetKind
from app.records.queries import find_sealed_by_code, newest_number


def check_code(code: str, now: datetime) -> Checked | None:
    """What `/periksa/<kode>` says of a signed sheet: never what stands in it."""
    sealed = find_sealed_by_code(code)
    if sealed is None:
        return None
    event = sealed.event
    newest = newest_number(sealed)
    holds = newest == sealed.number
    name = title_to_say(event, now)
    facts = [
        (_("Acara"), name),
        (_("Hari, tanggal"), day(event.starts_at, event.unit.zone)),
        (_("Satuan"), event.unit.name),
        (_("Versi"), str(sealed.number)),
        (_("Ditandatangani"), f"{sealed.signed_name}, {when(sealed.signed_at, event.unit.zone)}"),
    ]
    if sealed.pdf_sha256:
        facts.append((_("SHA-256 berkas PDF"), sealed.pdf_sha256))
    return Checked(
        kind=_("Notula") if sealed.kind is SheetKind.MINUTES else _("Laporan kegiatan"),
        title=name,
        state=_("Berlaku") if holds else _("Digantikan versi %(number)s", number=newest),
        tone="ok" if holds else "warn",
        facts=tuple(facts),
        note=""
        if holds
        else _(
            "Lembar ini pernah ditandatangani, tetapi sudah diganti. Mintalah versi %(number)s.",
            number=newest,
        ),
    )
