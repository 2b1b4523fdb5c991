"""The guards: what stands in the way of a plan, each with its grade and its source."""

from app.events.rules.guards.checking import blocking, check, free_slots, standing
from app.events.rules.guards.grades import GRADES, RANK
from app.events.rules.guards.plan import Neighbour, Plan, Surroundings

__all__ = [
    "GRADES",
    "RANK",
    "Neighbour",
    "Plan",
    "Surroundings",
    "blocking",
    "check",
    "free_slots",
    "standing",
]
