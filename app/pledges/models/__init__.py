"""Declarations with their points, signatories, public signatures and the log that only grows."""

from app.pledges.models.declarations import Pledge, PledgePoint, Signatory
from app.pledges.models.frozen import FROZEN_TEXT
from app.pledges.models.logbook import (
    PledgeCheckpoint,
    PledgeLog,
    PledgeLogEntry,
    PledgeLogKey,
    PledgeLogNode,
)
from app.pledges.models.signatures import PledgeSignature

__all__ = [
    "FROZEN_TEXT",
    "Pledge",
    "PledgeCheckpoint",
    "PledgeLog",
    "PledgeLogEntry",
    "PledgeLogKey",
    "PledgeLogNode",
    "PledgePoint",
    "PledgeSignature",
    "Signatory",
]
