"""What saving a form would do: the messages that leave, and what stands in the way, before anything is changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_login import current_user

from app.core import clock
from app.core.i18n import _, when
from app.events import actions
from app.events.actions.barring import bars_of
from app.events.actions.telling import Rehearsal, rehearse_change
from app.events.details import EventDetails, Grade, GuardFinding
from app.events.forms import EventForm
from app.events.models import Event
from app.events.permissions import EventPermission as P
from app.events.rules import states
from app.events.rules.states import ANNOUNCED
from app.events.staff.asking import guard_items
from app.events.staff.samples import samples_of


@dataclass(frozen=True)
class Preview:
    """What the page shows of it. bars: date by date, only those on which something stands in the way.

    asks_reason: whether a reason would help, from this person. is_barred: whether nothing they can write would.
    """

    samples: list[dict[str, Any]]
    count: int
    digest: str
    bars: list[dict[str, Any]]
    asks_reason: bool
    is_barred: bool
    second_factor_url: str | None = None  # where a right that is held has to be unlocked first

    def must_be_read(self, confirmed: str | None) -> bool:
        """Whether there is something to read or to answer that was not shown yet, as it is now."""
        return bool(self.samples or self.asks_reason) and confirmed != self.digest


def preview_of(event: Event, details: EventDetails, form: EventForm) -> Preview | None:
    """What saving would do; None for what no message leaves of and no reason is asked for."""
    now, by, note = clock.now(), current_user.person, form.change_note.data or ""
    if reaches_following(event, form):
        may = current_user.may(P.PUBLISH, event.unit_id)
        rehearsal, later = actions.rehearse_following(
            event, details, by=by, now=now, publishes=may, note=note
        )
        return _preview(
            event,
            rehearsal,
            [(_bar(one, event), one.event.status in ANNOUNCED) for one in later],
            own=later[0].bars if event.status in ANNOUNCED else (),
        )
    if not states.may_change_published(event):
        return None
    shown = rehearse_change(event, details, note=note, by=by, now=now)
    bars = bars_of(event, details, now)
    bar = {"when": "", "note": "", "guards": guard_items(bars, event.zone), "grades": _grades(bars)}
    return _preview(event, shown, [(bar, True)], own=bars)


def preview_of_postponing(
    event: Event, shown: Rehearsal, bars: tuple[GuardFinding, ...], starts_at: datetime | None
) -> Preview:
    """What putting an event off would do."""
    words = when(starts_at, event.zone) if starts_at else ""
    bar = {"when": words, "note": "", "guards": guard_items(bars, event.zone), "grades": _grades(bars)}
    return _preview(event, shown, [(bar, True)], own=bars)


def preview_of_messages(event: Event, shown: Rehearsal) -> Preview:
    """What a deed would send that no guard asks about."""
    return _preview(event, shown, [], own=())


def reaches_following(event: Event, form: EventForm) -> bool:
    """Whether "this and following" of a series was chosen."""
    return event.series_id is not None and form.scope.data == "berikut"


def may_set_aside(event: Event) -> bool:
    """Whether the person may override guards here and now, with the second factor that takes."""
    return current_user.may(P.OVERRIDE, event.unit_id) and current_user.second_factor_address() is None


def _preview(
    event: Event,
    rehearsal: Rehearsal | None,
    bars: list[tuple[dict[str, Any], bool]],
    *,
    own: tuple[GuardFinding, ...],
) -> Preview:
    may = may_set_aside(event)
    asks = any(Grade.REASON in bar["grades"] for bar, is_announced in bars if is_announced)
    refused = any(one.grade is Grade.REFUSED for one in own)
    return Preview(
        samples=samples_of(rehearsal) if rehearsal else [],
        count=rehearsal.count if rehearsal else 0,
        digest=_digest(rehearsal, bars),
        bars=[bar for bar, _is_announced in bars if bar["guards"]],
        asks_reason=asks and may and not refused,
        is_barred=refused or (bool(own) and not may),
        second_factor_url=current_user.second_factor_address() if asks and not refused else None,
    )


def _digest(rehearsal: Rehearsal | None, bars: list[tuple[dict[str, Any], bool]]) -> str:
    """Stands for all that is shown, so that what was shown is what is done."""
    said = [rehearsal.digest if rehearsal else ""]
    said += [str(item["text"]) for bar, _is_announced in bars for item in bar["guards"]]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:32]


def _grades(bars: tuple[GuardFinding, ...]) -> set[Grade]:
    return {one.grade for one in bars}


def _bar(later: actions.Later, event: Event) -> dict[str, Any]:
    """What stands in the way of one date of a series, and what follows from it."""
    note = ""
    if Grade.REFUSED in _grades(later.bars):
        note = _("Tanggal ini tidak ikut diubah.") if later.event.id != event.id else ""
    elif later.bars and later.event.status not in ANNOUNCED:
        note = _("Ditanyakan lagi saat acaranya disetujui.")
    elif later.needs_reason and later.event.id != event.id:
        note = _("Tanpa alasan tanggal ini tidak ikut diubah.")
    return {
        "when": when(later.details.starts_at, event.zone),
        "note": note,
        "guards": guard_items(later.bars, event.zone),
        "grades": _grades(later.bars),
    }
