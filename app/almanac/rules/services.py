"""Whether a table of regular services can stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from app.almanac.details import RecurringService, Rhythm

DAY, WEEK = timedelta(days=1), timedelta(days=7)
LONGEST = timedelta(hours=18)
LAST_DAY = {Rhythm.PEKANAN: 7, Rhythm.PEKAN_PERTAMA: 7, Rhythm.KAMARIAH: 30}


@dataclass(frozen=True, slots=True)
class ServiceProblem:
    """Why a service cannot stand: a code for the message, the form's field, the name of the other service."""

    code: str
    field: str
    other: str = ""


def problem_with_service(
    service: RecurringService, others: Iterable[RecurringService]
) -> ServiceProblem | None:
    """Why a service cannot stand beside others of its faith and rhythm, or None.

    Codes: `service_day_unknown`; `service_too_long`; `service_overlaps` with another kept at the same place.
    """
    if not 1 <= service.day <= LAST_DAY[service.rhythm]:
        return ServiceProblem("service_day_unknown", "day")
    if length_of(service) > LONGEST:
        return ServiceProblem("service_too_long", "until")
    for other in others:
        same = (other.faith, other.rhythm, other.region_code) == (
            service.faith,
            service.rhythm,
            service.region_code,
        )
        if same and _overlap(service, other):
            return ServiceProblem("service_overlaps", "begins", other.name)
    return None


def length_of(service: RecurringService) -> timedelta:
    """How long a service lasts; one that ends at or before its hour of beginning ends on the next day."""
    begins = timedelta(hours=service.begins.hour, minutes=service.begins.minute)
    until = timedelta(hours=service.until.hour, minutes=service.until.minute)
    return until - begins if until > begins else until - begins + DAY


def _overlap(one: RecurringService, other: RecurringService) -> bool:
    """Whether two services share a moment; the last day of a week meets the first."""
    around = WEEK if one.rhythm is not Rhythm.KAMARIAH else 30 * DAY
    apart = _start(other) - _start(one)
    return apart % around < length_of(one) or -apart % around < length_of(other)


def _start(service: RecurringService) -> timedelta:
    return timedelta(days=service.day, hours=service.begins.hour, minutes=service.begins.minute)
