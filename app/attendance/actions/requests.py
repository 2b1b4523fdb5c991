"""A citizen asks about the data kept of them; an officer answers within the law's time."""

from datetime import datetime, timedelta

from app.attendance import queries
from app.attendance.details import DataRequestDetails
from app.attendance.models import DataRequest, Registration
from app.attendance.rules import ANSWER_WITHIN
from app.core import audit, crypto
from app.core.database import db, lock, transactional
from app.core.errors import RuleBroken
from app.core.text import mask_phone
from app.people.models import Person
from app.regions.queries import main_unit
from app.web.limits import attempts_since, note_attempt

MOST_AN_HOUR = 20


@transactional
def ask_about_data(
    details: DataRequestDetails,
    *,
    registration: Registration | None,
    unit_id: int | None,
    now: datetime,
    from_address: str = "",
) -> DataRequest:
    """Put a request into the inbox. registration: the ticket it came from; without one the Polres answers.

    from_address: the sender's network address where no ticket vouches for who asks. Raises
    RuleBroken("too_many_requests") beyond what people behind one address can need in an hour.
    """
    if from_address:
        if attempts_since("data_request", from_address, since=now - timedelta(hours=1)) >= MOST_AN_HOUR:
            raise RuleBroken("too_many_requests")
        note_attempt("data_request", from_address, now=now)
    if unit_id is None:
        unit = main_unit()
        unit_id = unit.id if unit else None
    request = DataRequest(
        kind=details.kind,
        registration_id=registration.id if registration else None,
        unit_id=unit_id,
        name=details.name,
        phone_sealed=crypto.encrypt(details.phone) if details.phone else None,
        phone_hash=queries.phone_hash(details.phone) if details.phone else None,
        phone_mask=mask_phone(details.phone) if details.phone else "",
        text=details.text,
        asked_at=now,
        due_at=now + ANSWER_WITHIN,
    )
    db.session.add(request)
    db.session.flush()
    after = {"kind": details.kind, "due": request.due_at}
    audit.record("attendance:request:asked", by=None, now=now, subject=request, unit_id=unit_id, after=after)
    return request


@transactional
def answer_request(request: DataRequest, *, answer: str, by: Person, now: datetime) -> DataRequest:
    """Write down what was answered. Raises RuleBroken("request_answered")."""
    lock(request)
    if request.answered_at is not None:
        raise RuleBroken("request_answered")
    request.answered_at, request.answered_by_id, request.answer = now, by.id, answer
    in_time = now <= request.due_at
    audit.record(
        "attendance:request:answered",
        by=by,
        now=now,
        subject=request,
        unit_id=request.unit_id,
        after={"in_time": in_time},
    )
    return request
