"""Institutions: who is asked, who is there, who signs for whom."""

import os
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.core import audit
from app.core.cache import bump_after_commit
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.people.models import Organisation, Person
from app.pledges import queries
from app.pledges.actions.drafting import freeze
from app.pledges.actions.holding import hold
from app.pledges.actions.sealing import append_to_log
from app.pledges.details import (
    InstitutionSigning,
    LeafKind,
    PledgeStatus,
    SignatoryDetails,
    SignatoryState,
)
from app.pledges.models import Pledge, Signatory
from app.pledges.rules import log
from app.pledges.rules.ink import ink_hash, is_ink
from app.pledges.rules.order import problem_with_signatories
from app.pledges.rules.states import problem_with_signing


@transactional
def invite_signatories(
    pledge: Pledge, wanted: Sequence[SignatoryDetails], *, by: Person | None, now: datetime
) -> list[Signatory]:
    """Set the whole list of institutions in its order; those already signed must stay in it.

    Raises pairs_incomplete, pairs_out_of_ballot_order, pairs_not_together (all campaign teams or none, by ballot
    number), signatory_twice, signatory_unknown, signatory_signed, pledge_closed.
    """
    hold(pledge)
    if pledge.status is PledgeStatus.CLOSED:
        raise RuleBroken("pledge_closed")
    ids = [details.organisation_id for details in wanted]
    if len(set(ids)) != len(ids):
        raise RuleBroken("signatory_twice")
    found = db.session.scalars(
        select(Organisation).where(Organisation.id.in_(ids), Organisation.closed_at.is_(None))
    )
    organisations = {row.id: row for row in found}
    if len(organisations) != len(ids):
        raise RuleBroken("signatory_unknown")
    numbers = [organisations[organisation_id].ballot_number for organisation_id in ids]
    problem = problem_with_signatories(numbers, ballot=queries.ballot())
    if problem:
        raise RuleBroken(problem)
    present = {
        row.organisation_id: row
        for row in db.session.scalars(select(Signatory).where(Signatory.pledge_id == pledge.id))
    }
    for row in present.values():
        if row.organisation_id not in organisations:
            if row.state is SignatoryState.SIGNED:
                raise RuleBroken("signatory_signed")
            db.session.delete(row)
    db.session.flush()
    rows = []
    for place, details in enumerate(wanted, start=1):
        organisation = organisations[details.organisation_id]
        row = present.get(details.organisation_id) or Signatory(
            pledge_id=pledge.id, organisation_id=organisation.id, institution=organisation.name, order=place
        )
        row.order = place
        if row.state is not SignatoryState.SIGNED:
            row.ballot_number = organisation.ballot_number
            row.institution = organisation.name
            row.name, row.capacity, row.part = details.name, details.capacity, details.part
        db.session.add(row)
        rows.append(row)
    if any(number is not None for number in numbers):
        pledge.names_candidates = True
    pledge.changed_at = now
    audit.record(
        "pledges:pledge:signatories_set",
        by=by,
        now=now,
        subject=pledge,
        name=pledge.title,
        after={"organisations": ", ".join(str(organisation_id) for organisation_id in ids)},
    )
    bump_after_commit()
    return rows


@transactional
def note_state(signatory: Signatory, state: SignatoryState, *, by: Person, now: datetime) -> None:
    """Note that an institution is there, refuses, or has not signed yet. Raises signatory_signed."""
    hold(signatory)
    if signatory.state is SignatoryState.SIGNED or state is SignatoryState.SIGNED:
        raise RuleBroken("signatory_signed")
    before = signatory.state
    signatory.state = state
    audit.record(
        "pledges:signatory:noted",
        by=by,
        now=now,
        subject=signatory,
        unit_id=_unit_of(signatory),
        name=signatory.institution,
        before={"state": before.value},
        after={"state": state.value},
    )
    bump_after_commit()


@transactional
def sign_for_institution(
    signatory: Signatory, signing: InstitutionSigning, *, by: Person | None, now: datetime
) -> None:
    """Put an institution's name under the text; the first signature freezes it.

    Raises signatory_signed, signatory_needs_name, ink_unreadable, and whatever forbids signing now.
    """
    if not signing.name.strip():
        raise RuleBroken("signatory_needs_name", field="name")
    if signing.ink and not is_ink(signing.ink):
        raise RuleBroken("ink_unreadable", field="ink")
    pledge = db.session.get_one(Pledge, signatory.pledge_id)
    hold(pledge)
    hold(signatory)
    quiet = pledge.names_candidates and queries.is_quiet(now)
    problem = problem_with_signing(pledge, now, quiet=quiet)
    if problem:
        raise RuleBroken(problem)
    if signatory.state is SignatoryState.SIGNED:
        raise RuleBroken("signatory_signed")
    if pledge.frozen_at is None:
        freeze(pledge, now=now)
    signatory.name, signatory.capacity = signing.name, signing.capacity
    signatory.represented_by, signatory.ink = signing.represented_by, signing.ink
    signatory.state, signatory.signed_at, signatory.salt = SignatoryState.SIGNED, now, os.urandom(32)
    # A campaign team's name stays out of the log: the log is public in masa tenang too.
    public = signatory.ballot_number is None
    shown: dict[str, object] = {"nama_publik": public, "goresan": ink_hash(signatory.ink)}
    if public:
        shown |= {
            "lembaga": signatory.institution,
            "nama": signatory.name,
            "jabatan": signatory.capacity,
            "diwakili_oleh": signatory.represented_by,
        }
    committed = log.commitment(signatory.salt, name=f"{signatory.institution}: {signatory.name}", phone="")
    append_to_log(pledge, LeafKind.INSTITUTION, committed, shown, now=now)
    audit.record(
        "pledges:signatory:signed",
        by=by,
        now=now,
        subject=signatory,
        unit_id=pledge.unit_id,
        name=signatory.institution,
        after={"capacity": signing.capacity, "represented_by": signing.represented_by},
    )
    bump_after_commit()


def _unit_of(signatory: Signatory) -> int | None:
    return db.session.scalar(select(Pledge.unit_id).where(Pledge.id == signatory.pledge_id))
