"""Declarations with their points, signatories, public signatures and the log that only grows."""

from app.pledges.models.declarations import (
    Pledge,
    PledgeBadWord,
    PledgeFollowUp,
    PledgePoint,
    PledgeSwitch,
    Signatory,
)
from app.pledges.models.frozen import FROZEN_TEXT
from app.pledges.models.logbook import (
    PledgeCheckpoint,
    PledgeCosignature,
    PledgeHour,
    PledgeLog,
    PledgeLogEntry,
    PledgeLogKey,
    PledgeLogNode,
    PledgeTally,
    PledgeWitness,
)
from app.pledges.models.sheets import PledgeSheet, PledgeSheetLine, PledgeSheetReading
from app.pledges.models.signatures import LISTED, PledgeCode, PledgeSignature, StrikeRun

__all__ = [
    "FROZEN_TEXT",
    "LISTED",
    "Pledge",
    "PledgeBadWord",
    "PledgeCheckpoint",
    "PledgeCode",
    "PledgeCosignature",
    "PledgeFollowUp",
    "PledgeHour",
    "PledgeLog",
    "PledgeLogEntry",
    "PledgeLogKey",
    "PledgeLogNode",
    "PledgePoint",
    "PledgeSheet",
    "PledgeSheetLine",
    "PledgeSheetReading",
    "PledgeSignature",
    "PledgeSwitch",
    "PledgeTally",
    "PledgeWitness",
    "Signatory",
    "StrikeRun",
]
