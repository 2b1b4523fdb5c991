"""The staff list and the page of one event."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.i18n import _, number, when
from app.core.text import show_phone
from app.events import messages, queries
from app.events.details import EventStatus, Grade, GuardFinding
from app.events.forms import (
    EndSeriesForm,
    NoteForm,
    OptionalNoteForm,
    OverrideForm,
    PostponeForm,
    PublishForm,
    ReasonForm,
)
from app.events.models import Event, LateFinding
from app.events.permissions import EventPermission as P
from app.events.public.showing import facts_of, kicker_of, programme_of, state_of, tile_of
from app.events.rules import states
from app.events.rules.approving import is_overdue
from app.events.rules.guards import Plan, Surroundings, check
from app.events.rules.series import may_repeat
from app.events.staff.asking import guard_items
from app.events.staff.conversation import conversation_of
from app.events.staff.fairness import fairness_of
from app.events.staff.papers import may_have_poster
from app.events.staff.reminders import reminders_shown
from app.events.staff.rooms import blueprint, find
from app.events.staff.series import series_panel
from app.web.pages import moment_of_page, page_url
from app.web.paging import page_number, paging_on
from app.web.staff import permitted

TABS = ("menunggu", "disetujui", "terbit", "draf", "arsip", "milik")


@blueprint.get("/")
@permitted(P.PROPOSE, P.VIEW)
def index() -> ResponseReturnValue:
    now = moment_of_page()
    unit_ids = current_user.unit_ids(P.VIEW)
    person_id = current_user.person.id
    default = "menunggu" if unit_ids else "milik"
    group = request.args.get("tahap", default)
    if group not in TABS:
        group = default
    page = page_number()
    events, more = queries.page_of_staff(unit_ids, person_id, group, page=page)
    counts = queries.count_by_group(unit_ids, person_id)
    unread = queries.unread_by(person_id, [event.id for event in events])
    names = {
        "menunggu": _("Menunggu"),
        "disetujui": _("Disetujui"),
        "terbit": _("Diumumkan"),
        "draf": _("Draf dan dikembalikan"),
        "arsip": _("Selesai"),
        "milik": _("Usulan saya"),
    }
    return render_template(
        "events/staff_index.html",
        rows=[_row(event, now, unread.get(event.id, 0)) for event in events],
        tabs=[
            {"label": names[key], "url": page_url(tahap=key, halaman=None), "key": key, "count": counts[key]}
            for key in (TABS if unit_ids else ("milik",))
        ],
        group=group,
        may_propose=current_user.may(P.PROPOSE),
        pages=paging_on(page, more=more),
    )


def _row(event: Event, now: datetime, unread: int) -> dict[str, Any]:
    since = event.submitted_at if event.status is EventStatus.SUBMITTED else None
    return {
        "url": url_for("staff.events.show", event_id=event.id),
        "title": event.title,
        "tile": tile_of(event),
        "kicker": kicker_of(event),
        "meta": [
            event.unit.name,
            event.venue.name,
            _("Diajukan %(name)s", name=event.proposer.full_name) if event.proposer else "",
            _(
                "menunggu %(age)s, sejak %(when)s",
                age=messages.waiting_words(since, now),
                when=when(since, event.zone),
            )
            if since
            else "",
        ],
        "states": [state_of(event), *_marks(event, now, unread)],
    }


def _marks(event: Event, now: datetime, unread: int) -> list[dict[str, str]]:
    """What is pressing about a proposal: its promised answer is overdue, somebody wrote."""
    found = []
    if event.status is EventStatus.SUBMITTED and event.submitted_at is not None:
        hours = event.unit.answer_hours
        if is_overdue(event.submitted_at, hours, now):
            words = _("Lewat batas %(hours)s jam", hours=number(hours))
            found.append({"label": words, "tone": "bad", "icon": "clock"})
        if event.escalated_at is not None:
            found.append({"label": _("Dilaporkan ke unit di atasnya"), "tone": "warn", "icon": "alert"})
    if unread:
        words = _("%(count)s pesan baru", count=number(unread))
        found.append({"label": words, "tone": "info", "icon": "chat"})
    return found


@blueprint.get("/<int:event_id>")
@permitted(P.PROPOSE, P.VIEW)
def show(event_id: int) -> ResponseReturnValue:
    return page_of(find(event_id))


def page_of(event: Event, **refused: Any) -> str:
    """The staff page of an event; `refused` holds forms of deeds that were refused, by the deed's name."""
    now = moment_of_page()
    findings, _around = guards_now(event, now)
    late = {row.fingerprint: row for row in queries.open_late_findings(event.id)}
    overridden = {override.fingerprint: override for override in event.overrides}
    may = {
        "check": current_user.may(P.CHECK, event.unit_id),
        "publish": current_user.may(P.PUBLISH, event.unit_id),
        "override": current_user.may(P.OVERRIDE, event.unit_id),
        "own": event.proposer_id == current_user.person.id,
    }
    notes, unread = conversation_of(event, current_user.person.id)
    return render_template(
        "events/staff_show.html",
        event=event,
        kicker=kicker_of(event),
        states=[state_of(event), *_marks(event, now, unread)],
        facts=_staff_facts(event, now),
        programme=programme_of(event, quiet=False),
        has_poster=may_have_poster(event, now),
        fairness=fairness_of(event, now),
        series=series_panel(event, may),
        guards=_guards(event, findings, overridden, late),
        may=may,
        steps=_steps(event),
        notes=notes,
        unread=unread,
        reminders=reminders_shown(event, now),
        deeds=_deeds(event, may, now),
        forms={
            "return": NoteForm(formdata=None),
            "approve": OptionalNoteForm(formdata=None),
            "publish": PublishForm(formdata=None),
            "postpone": PostponeForm(formdata=None),
            "cancel": ReasonForm(formdata=None, prefix="batal-"),
            "withdraw": ReasonForm(formdata=None, prefix="tarik-"),
            "note": NoteForm(formdata=None, prefix="percakapan-"),
            "submit": OptionalNoteForm(formdata=None, prefix="kirim-"),
            "override": OverrideForm(formdata=None, prefix="alasan-"),
            "end_series": EndSeriesForm(formdata=None, prefix="henti-"),
            **refused,
        },
        refused=set(refused),
        status=EventStatus,
        audit_public=event.status in {EventStatus.PUBLISHED, EventStatus.POSTPONED, EventStatus.CANCELLED}
        or event.status is EventStatus.COMPLETED,
    )


def guards_now(event: Event, now: datetime) -> tuple[tuple[GuardFinding, ...], Surroundings | None]:
    """What stands in the way of a stored event; nothing once it is over."""
    if event.status in {EventStatus.COMPLETED, EventStatus.CANCELLED, EventStatus.WITHDRAWN}:
        return (), None
    details = queries.details_of(event)
    around = queries.surroundings_of(details, now, event_id=event.id, ahead=0)
    if around is None:
        return (), None
    announced = states.may_change_published(event)
    return check(Plan(details, now, event.published_at, announced), around), around


def _guards(
    event: Event,
    findings: tuple[GuardFinding, ...],
    overridden: dict[str, Any],
    late: dict[str, LateFinding],
) -> list[dict[str, Any]]:
    """What asks for a decision or turned up late stands alone; of the rest what one guard says shares a box."""
    alone = [one for one in findings if one.grade in {Grade.REFUSED, Grade.REASON} or one.fingerprint in late]
    rest = tuple(one for one in findings if one not in alone)
    nothing = {"late": "", "may_be_overridden": False, "override": None}
    return [
        *(_guard(one, event, overridden, late.get(one.fingerprint)) for one in alone),
        *({**item, **nothing} for item in guard_items(rest, event.zone)),
    ]


def _guard(
    finding: GuardFinding, event: Event, overridden: dict[str, Any], late: LateFinding | None
) -> dict[str, Any]:
    override = overridden.get(finding.fingerprint)
    return {
        "grade": finding.grade.value,
        "title": messages.guard_title(finding.guard),
        "text": messages.guard_text(finding, event.zone),
        "source": finding.source,
        "fingerprint": finding.fingerprint,
        "late": _(
            "Ditemukan %(when)s, sesudah %(table)s berubah.",
            when=when(late.found_at, event.zone),
            table=messages.table_name(late.cause),
        )
        if late
        else "",
        "may_be_overridden": finding.grade is Grade.REASON and override is None,
        "override": {
            "reason": override.reason,
            "by": override.by.full_name,
            "when": when(override.at, event.zone),
        }
        if override
        else None,
    }


def _staff_facts(event: Event, now: datetime) -> list[dict[str, Any]]:
    rows = facts_of(event, now)
    if event.proposer:
        rows.append({"icon": "person", "term": _("Pengusul"), "text": event.proposer.full_name})
    if event.contact_phone:
        rows.append({"icon": "phone", "term": _("Nomor narahubung"), "text": show_phone(event.contact_phone)})
    if event.expected_crowd is not None:
        rows.append(
            {
                "icon": "people",
                "term": _("Perkiraan hadir"),
                "text": _("%(count)s orang", count=number(event.expected_crowd)),
            }
        )
    if event.order_number:
        rows.append({"icon": "file", "term": _("Nomor surat perintah"), "text": event.order_number})
    if event.published_at and event.published_at > now:
        rows.append(
            {
                "icon": "clock",
                "term": _("Diumumkan pada"),
                "text": _("Diumumkan %(when)s", when=when(event.published_at, event.zone)),
            }
        )
    if event.names_candidates or any(session.names_candidates for session in event.sessions):
        rows.append({"icon": "balance", "term": _("Pemilihan"), "text": _("Menyebut pasangan calon")})
    return rows


def _steps(event: Event) -> list[dict[str, str]]:
    line = [
        (EventStatus.DRAFT, _("Ditulis")),
        (EventStatus.SUBMITTED, _("Diperiksa %(unit)s", unit=event.unit.name)),
        (EventStatus.APPROVED, _("Disetujui")),
        (EventStatus.PUBLISHED, _("Diumumkan")),
        (EventStatus.COMPLETED, _("Berlangsung")),
    ]
    at = {
        EventStatus.DRAFT: 0,
        EventStatus.RETURNED: 0,
        EventStatus.SUBMITTED: 1,
        EventStatus.APPROVED: 2,
        EventStatus.PUBLISHED: 3,
        EventStatus.POSTPONED: 3,
        EventStatus.COMPLETED: 5,
    }.get(event.status)
    if at is None:
        return []
    return [
        {"label": words, "state": "done" if place < at else "now" if place == at else "todo"}
        for place, (_status, words) in enumerate(line)
    ]


def _deeds(event: Event, may: dict[str, bool], now: datetime) -> dict[str, bool]:
    """Which buttons the person sees: the rule of the state and the permission together."""
    edits = states.may_revise(event, checks=may["check"]) and (may["check"] or may["own"])
    return {
        "edit": edits or (states.may_change_published(event) and may["publish"]),
        "submit": states.may_submit(event) and (may["own"] or may["check"]),
        "return": states.may_return(event) and may["check"],
        "approve": states.may_approve(event) and may["check"],
        "publish": states.may_publish(event) and may["publish"],
        "postpone": states.may_postpone(event) and may["publish"],
        "cancel": states.may_cancel(event) and may["publish"],
        "complete": states.may_complete(event, now) and may["check"],
        "withdraw": states.may_withdraw(event)
        and (may["publish"] or (may["own"] and not states.may_change_published(event))),
        "note": may["own"] or may["check"],
        "repeat": may_repeat(event, in_series=event.series_id is not None) and (may["own"] or may["check"]),
    }
