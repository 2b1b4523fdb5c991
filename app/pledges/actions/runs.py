"""Striking many signatures at once: by conditions, counted before, with a reason, and all of it taken back at once."""

from datetime import datetime

from sqlalchemy import select

from app.core import audit
from app.core.cache import bump_after_commit
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.people.models import Person
from app.pledges import queries
from app.pledges.actions.desk import may_live_again, take_back_in, take_out
from app.pledges.actions.holding import hold
from app.pledges.details import StrikeConditions
from app.pledges.models import Pledge, PledgeSignature, StrikeRun


@transactional
def strike_by_conditions(
    pledge: Pledge,
    conditions: StrikeConditions,
    *,
    expected: int,
    reason: str,
    by: Person,
    now: datetime,
) -> StrikeRun:
    """Strike all living signatures that meet the conditions; each row keeps the run.

    expected: the number that the preview showed. Raises conditions_empty, reason_needed, run_differs (others
    have signed or been struck since the preview: look again).
    """
    if conditions.is_empty:
        raise RuleBroken("conditions_empty")
    if not reason.strip():
        raise RuleBroken("reason_needed", field="reason")
    hold(pledge)
    rows = list(db.session.scalars(queries.meeting(pledge.id, conditions).with_for_update()))
    if not rows or len(rows) != expected:
        raise RuleBroken("run_differs")
    run = StrikeRun(
        pledge_id=pledge.id,
        conditions=conditions.as_data(),
        reason=reason,
        count=len(rows),
        made_at=now,
        made_by_id=by.id,
    )
    db.session.add(run)
    db.session.flush()
    for row in rows:
        take_out(pledge, row, now=now)
        row.struck_at, row.struck_by_id, row.strike_reason, row.run_id = now, by.id, reason, run.id
    audit.record(
        "pledges:signatures:run_struck",
        by=by,
        now=now,
        subject=run,
        unit_id=pledge.unit_id,
        reason=reason,
        after={"count": run.count},
    )
    bump_after_commit()
    return run


@transactional
def undo_run(run: StrikeRun, *, reason: str, by: Person, now: datetime) -> int:
    """Let the signatures of a run count again; how many did.

    Left out are those erased since, and those whose number has signed again. Raises reason_needed, run_undone.
    """
    if not reason.strip():
        raise RuleBroken("reason_needed", field="reason")
    hold(run)
    if run.undone_at is not None:
        raise RuleBroken("run_undone")
    pledge = hold(db.session.get_one(Pledge, run.pledge_id))
    rows = db.session.scalars(
        select(PledgeSignature)
        .where(
            PledgeSignature.run_id == run.id,
            PledgeSignature.struck_at.is_not(None),
            PledgeSignature.erased_at.is_(None),
        )
        .order_by(PledgeSignature.id)
        .with_for_update()
    ).all()
    back = 0
    for row in rows:
        if may_live_again(row) is not None:
            continue
        row.struck_at, row.struck_by_id, row.strike_reason, row.run_id = None, None, "", None
        take_back_in(pledge, row, now=now)
        db.session.flush()
        back += 1
    run.undone_at, run.undone_by_id, run.undo_reason = now, by.id, reason
    audit.record(
        "pledges:signatures:run_undone",
        by=by,
        now=now,
        subject=run,
        unit_id=pledge.unit_id,
        reason=reason,
        after={"count": back},
    )
    bump_after_commit()
    return back
