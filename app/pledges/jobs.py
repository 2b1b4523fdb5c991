"""Work of pledges that the worker does by itself."""

import logging
from datetime import datetime

from app.pledges import queries

log = logging.getLogger(__name__)


def recount(now: datetime) -> None:
    """Each night: compare what pages count with the signatures themselves; a difference goes into the log loudly."""
    for problem in queries.problems_with_counts():
        log.error("recount: %s", problem)
