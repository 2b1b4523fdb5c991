"""A changed text is a new version: signed anew, counted apart, and tied to the one it replaces."""

from datetime import datetime

from sqlalchemy import select

from app.core import crypto, jobs
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.notify.actions import queue_messages
from app.notify.details import Outgoing, Recipient
from app.people.models import Person
from app.pledges import messages, queries
from app.pledges.actions.desk import make_sure
from app.pledges.actions.drafting import close, draft_pledge, open_pledge
from app.pledges.actions.holding import hold
from app.pledges.actions.institutions import invite_signatories
from app.pledges.actions.signing import Receipt, sign_as_public
from app.pledges.details import PledgeDetails, PledgeStatus, PublicSigning, SignatoryDetails, SignWay
from app.pledges.models import Pledge, PledgeSignature

PORTION = 500  # signers told in one transaction


@transactional
def draft_version(old: Pledge, *, by: Person | None, now: datetime) -> Pledge:
    """A draft with text and institutions of a signed declaration, to be changed and opened in its place.

    Raises version_needless (nobody has signed: change the text itself) and version_exists.
    """
    hold(old)
    if old.frozen_at is None:
        raise RuleBroken("version_needless")
    if queries.successor_of(old.id) is not None:
        raise RuleBroken("version_exists")
    points, asked = queries.points_of(old.id), queries.signatories_of(old.id)
    details = PledgeDetails(
        title=old.title,
        points=tuple(points),
        on=old.on,
        preamble=old.preamble,
        occasion=old.occasion,
        place=old.place,
        reader=old.reader,
        names_candidates=old.names_candidates,
        verification=old.verification,
        event_id=old.event_id,
        session_id=old.session_id,
    )
    fresh = draft_pledge(details, unit_id=old.unit_id, by=by, now=now)
    fresh.replaces_id = old.id
    if asked:
        wanted = [SignatoryDetails(row.organisation_id, row.name, row.capacity, row.part) for row in asked]
        invite_signatories(fresh, wanted, by=by, now=now)
    db.session.flush()
    return fresh


@transactional
def open_version(pledge: Pledge, *, by: Person | None, now: datetime) -> None:
    """Open a declaration; one that replaces another closes that one, and whoever signed it is told.

    Raises version_unchanged (the text is the same: nobody need sign anew) and pledge_state_unfit.
    """
    first = pledge.status is PledgeStatus.DRAFT
    open_pledge(pledge, by=by, now=now)
    if not first or pledge.replaces_id is None:
        return
    old = db.session.get_one(Pledge, pledge.replaces_id)
    if old.text_hash == pledge.text_hash:
        raise RuleBroken("version_unchanged")
    if old.status is not PledgeStatus.CLOSED:
        close(old, by=by, now=now)
    jobs.enqueue(
        "pledges.tell_signers",
        {"pledge_id": pledge.id, "above": 0},
        run_at=now,
        unique_key=f"pledge:{pledge.id}:tell:0",
    )


@transactional
def tell_signers(pledge_id: int, *, above: int, now: datetime) -> None:
    """Tell the next signers of the replaced declaration (by id, above one), and put the rest off to another job."""
    pledge = db.session.get_one(Pledge, pledge_id)
    if pledge.replaces_id is None:
        return
    rows = db.session.scalars(
        select(PledgeSignature)
        .where(
            PledgeSignature.pledge_id == pledge.replaces_id,
            PledgeSignature.id > above,
            PledgeSignature.struck_at.is_(None),
            PledgeSignature.repeat_of_id.is_(None),
            PledgeSignature.phone_sealed.is_not(None),
        )
        .order_by(PledgeSignature.id)
        .limit(PORTION)
    ).all()
    subject, words = messages.version_notice(pledge)
    outgoing = [
        Outgoing(
            key=f"pledge:{pledge.id}:version:{row.id}",
            cause="pledges:pledge:version_told",
            to=Recipient(name=row.name, phone=crypto.decrypt(row.phone_sealed)),
            subject=subject,
            text=words,
            unit_id=pledge.unit_id,
        )
        for row in rows
        if row.phone_sealed is not None
    ]
    queue_messages(outgoing, now=now)
    if len(rows) == PORTION:
        jobs.enqueue(
            "pledges.tell_signers",
            {"pledge_id": pledge.id, "above": rows[-1].id},
            run_at=now,
            unique_key=f"pledge:{pledge.id}:tell:{rows[-1].id}",
        )


@transactional
def reaffirm(signature: PledgeSignature, manage_code: str, *, now: datetime) -> Receipt:
    """Sign the text that replaces the one of this signature, with the same name and number; once, however often.

    A number that was made sure of is so here too: the link is in its owner's hands. Raises version_missing,
    signature_struck, phone_gone, and whatever forbids signing now.
    """
    hold(signature)
    fresh = queries.successor_of(signature.pledge_id)
    if fresh is None or fresh.status is PledgeStatus.DRAFT:
        raise RuleBroken("version_missing")
    if signature.struck_at is not None:
        raise RuleBroken("signature_struck")
    if signature.phone_sealed is None:
        raise RuleBroken("phone_gone")
    signing = PublicSigning(
        name=signature.name,
        phone=crypto.decrypt(signature.phone_sealed),
        district_code=signature.district_code,
        shown=signature.shown,
        submission_key=queries.key_of_reaffirmation(signature.id, manage_code),
    )
    receipt = sign_as_public(fresh.id, signing, now=now)
    row = queries.find_checked(receipt.check_code)
    sure = signature.way in {SignWay.ONSITE, SignWay.ONLINE}
    if sure and row is not None and row.is_living and row.way is SignWay.UNVERIFIED:
        make_sure(fresh, row, SignWay.ONLINE, by=None, now=now)
    return receipt
