"""What all deeds about signatures ask before they do anything, and the line they leave."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from app.core.database import db, is_sqlite
from app.core.errors import RuleBroken
from app.pledges import queries
from app.pledges.actions.drafting import freeze
from app.pledges.actions.sealing import Effect, append_to_log
from app.pledges.details import LeafKind, SignWay
from app.pledges.models import Pledge, PledgeSignature
from app.pledges.rules.names import problem_with_name
from app.pledges.rules.states import problem_with_signing
from app.regions.details import RegionLevel
from app.regions.models import Region


def hold_to_sign(pledge_id: int) -> Pledge:
    """The pledge, which nobody closes or rewrites until commit.

    The first signature takes the row for itself to freeze the text; later ones only share it, so that they do
    not wait for each other.
    """
    query = select(Pledge).where(Pledge.id == pledge_id).execution_options(populate_existing=True)
    shared = query.where(Pledge.frozen_at.is_not(None)).with_for_update(read=True)
    return db.session.scalar(shared) or db.session.scalars(query.with_for_update()).one()


def check_open(pledge: Pledge, *, now: datetime) -> None:
    """Make sure that signing is allowed, and freeze the text that is signed."""
    quiet = pledge.names_candidates and queries.is_quiet(now)
    problem = problem_with_signing(pledge, now, quiet=quiet)
    if problem:
        raise RuleBroken(problem)
    if pledge.frozen_at is None:
        freeze(pledge, now=now)


def hold_key(what: str) -> None:
    """Let only one transaction at a time decide about `what`. SQLite has one writer anyway."""
    if not is_sqlite():
        number = int.from_bytes(sha256(what.encode()).digest()[:8], "big", signed=True)
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def name_keys(pledge_id: int, phone_hash: str) -> list[str]:
    return list(
        db.session.scalars(
            select(PledgeSignature.name_key).where(
                PledgeSignature.pledge_id == pledge_id,
                PledgeSignature.phone_hash == phone_hash,
                PledgeSignature.struck_at.is_(None),
                PledgeSignature.repeat_of_id.is_(None),
            )
        )
    )


def insert_signature(values: dict[str, Any]) -> int | None:
    """Store a signature; None when a form with its key has been taken already."""
    kind = sqlite if is_sqlite() else postgresql
    # Not by db.session.add: signing is asked for often, and the row is not looked at again.
    stored = db.session.connection().execute(
        kind.insert(PledgeSignature)
        .on_conflict_do_nothing(index_elements=["pledge_id", "submission_key"])
        .returning(PledgeSignature.id),
        values,
    )
    found: int | None = stored.scalar_one_or_none()
    return found


def log_signing(
    pledge: Pledge, commitment: str, *, way: SignWay, district_code: str, counts: bool, now: datetime
) -> None:
    """Queue the line that tells of a signing. counts: whether the page counts it."""
    values: dict[str, object] = {"cara": way.value, "kecamatan": district_code}
    effect = Effect(district_code, gains=way) if counts else None
    append_to_log(pledge, LeafKind.SIGNATURE, commitment, values, now=now, effect=effect)


def pledge_of(signature: PledgeSignature) -> Pledge:
    return db.session.get_one(Pledge, signature.pledge_id)


def check_name(name: str) -> None:
    problem = problem_with_name(name)
    if problem:
        raise RuleBroken(problem, field="name")


def check_district(code: str) -> None:
    known = db.session.scalar(
        select(func.count()).where(Region.code == code, Region.level == RegionLevel.DISTRICT)
    )
    if not known:
        raise RuleBroken("district_unknown", field="district_code")
