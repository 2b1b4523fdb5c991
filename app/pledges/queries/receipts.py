"""A signature found by one of its codes."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core import crypto
from app.core.database import db
from app.pledges.models import Pledge, PledgeCode, PledgeSignature


def find_receipt(manage_code: str) -> PledgeSignature | None:
    """The signature that a person's own link opens, with pledge and kecamatan."""
    query = select(PledgeSignature).where(PledgeSignature.manage_hash == crypto.token_hash(manage_code))
    return db.session.scalar(
        query.options(
            joinedload(PledgeSignature.pledge).joinedload(Pledge.unit), joinedload(PledgeSignature.district)
        )
    )


def key_of_reaffirmation(signature_id: int, manage_code: str) -> str:
    """The key of the form by which a signature is given again under a changed text: always the same one."""
    return f"tegas-{signature_id}-{crypto.read_code(manage_code)}"


def find_submitted(pledge_id: int, submission_key: str) -> str | None:
    """The check code of what a form with this key has signed."""
    return db.session.scalar(
        select(PledgeSignature.check_code).where(
            PledgeSignature.pledge_id == pledge_id,
            PledgeSignature.submission_key == submission_hash(pledge_id, submission_key),
        )
    )


def submission_hash(pledge_id: int, submission_key: str) -> str:
    """How the key of a form is kept."""
    return crypto.keyed_hash(f"{pledge_id}:{submission_key}", purpose="pledges.submission")


def find_checked(check_code: str) -> PledgeSignature | None:
    """The signature of a public check code, with its pledge."""
    query = select(PledgeSignature).where(PledgeSignature.check_code == check_code)
    return db.session.scalar(query.options(joinedload(PledgeSignature.pledge)))


def code_of(signature_id: int) -> PledgeCode | None:
    """What was sent to prove the number of a signature; None while nobody has asked."""
    return db.session.get(PledgeCode, signature_id)
