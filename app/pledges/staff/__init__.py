"""The rooms of pledges under /kelola/ikrar/."""

from app.pledges.staff import (  # noqa: F401 – their views hang on the blueprint
    ceremony,
    declarations,
    following,
    runs,
    settings,
    sheets,
    signatories,
    signatures,
    witnesses,
)
from app.pledges.staff.blueprint import blueprint
from app.pledges.staff.waiting import what_waits

__all__ = ["blueprint", "what_waits"]
