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


def find_checked(check_code: str) -> PledgeSignature | None:
    """The signature of a public check code, with its pledge."""
    query = select(PledgeSignature).where(PledgeSignature.check_code == check_code)
    return db.session.scalar(query.options(joinedload(PledgeSignature.pledge)))


def code_of(signature_id: int) -> PledgeCode | None:
    """What was sent to prove the number of a signature; None while nobody has asked."""
    return db.session.get(PledgeCode, signature_id)
