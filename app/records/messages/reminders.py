"""What the owner of a follow-up is told."""

from app.core.i18n import _, day
from app.records.models import FollowUp


def reminder_text(row: FollowUp, *, late: bool) -> tuple[str, str]:
    """Subject and text of the reminder before the day, or after it. For rows loaded with their meeting."""
    event = row.minutes.event
    holes = {
        "task": row.task,
        "meeting": event.title,
        "held": day(event.starts_at, event.unit.zone),
        "due": day(row.due_on),
        "unit": event.unit.name,
    }
    if late:
        return _("Lewat waktu: %(task)s", **holes), _(
            "Menurut notula %(meeting)s (%(held)s), “%(task)s” sedianya selesai paling lambat %(due)s."
            " Mohon kabari %(unit)s bila sudah selesai, atau kapan akan selesai.",
            **holes,
        )
    return _("Pengingat: %(task)s", **holes), _(
        "Menurut notula %(meeting)s (%(held)s), Anda bertanggung jawab atas “%(task)s”, paling lambat %(due)s."
        " Mohon kabari %(unit)s bila sudah selesai. Terima kasih.",
        **holes,
    )
