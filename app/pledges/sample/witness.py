"""A witness of the samples: an invented newspaper that keeps and co-signs the log."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.pledges import actions, queries
from app.pledges.models import Pledge
from app.pledges.rules import verifying

_NAME = "koran-rekaan.contoh.id"


def co_sign(pledge: Pledge, *, now: datetime) -> None:
    """Register the witness and have it sign the newest checkpoint; its key is thrown away."""
    newest = queries.newest_checkpoint(pledge.id)
    if newest is None:
        return
    key = Ed25519PrivateKey.generate()
    actions.add_witness(
        pledge.unit_id,
        name="Koran Rekaan",
        key=verifying.witness_key(_NAME, key.public_key().public_bytes_raw()),
        url="",
        by=None,
        now=now,
    )
    line = verifying.cosignature_line(newest.note, _NAME, key, moment=int(now.timestamp()))
    actions.keep_cosignature(pledge, f"{newest.note}{line}\n", now=now)
