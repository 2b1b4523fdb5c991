"""When signatures from one network come too thick, and when doubtful lines are sorted out.

A limit only marks (a venue and a carrier share one address); whoever is marked sees what everybody sees.
"""

from datetime import timedelta

BURST, BURST_WITHIN = 30, timedelta(minutes=10)
SUSTAINED, SUSTAINED_WITHIN = 300, timedelta(days=1)
# Lines of further tries rest a day and are sorted out of the log five or more at a time, so that a line does not
# tell whoever tried out somebody else's number whether it had signed.
REPEATS_REST = timedelta(days=1)
MANY_ENOUGH = 5


def is_flood(*, lately: int, today: int) -> bool:
    """Whether one more from this network is too many. lately, today: how many came within the two spans."""
    return lately >= BURST or today >= SUSTAINED
