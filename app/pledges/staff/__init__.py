"""The rooms of pledges under /kelola/ikrar/."""

from app.pledges.staff import declarations, signatories, signatures  # noqa: F401 – views on the blueprint
from app.pledges.staff.blueprint import blueprint
from app.pledges.staff.waiting import what_waits

__all__ = ["blueprint", "what_waits"]
