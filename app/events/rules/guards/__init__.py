"""The guards: what stands in the way of a plan, each with its grade and its source."""

from app.events.rules.guards.checking import blocking, check, standing
from app.events.rules.guards.grades import GRADES, HARD, RANK, choices_for, grade_of
from app.events.rules.guards.plan import Neighbour, Plan, Surroundings, people_needed
from app.events.rules.guards.slots import DAYS_AHEAD, free_slots
from app.events.rules.guards.tables import OF_WORDS

__all__ = [
    "DAYS_AHEAD",
    "GRADES",
    "HARD",
    "OF_WORDS",
    "RANK",
    "Neighbour",
    "Plan",
    "Surroundings",
    "blocking",
    "check",
    "choices_for",
    "free_slots",
    "grade_of",
    "people_needed",
    "standing",
]
