"""Sample declarations: the evening of 20 November 2024, one that is being signed, and one whose text was changed.

All names are invented, and the numbers belong to nobody.
"""

import random

from app.pledges import actions
from app.pledges.sample.changed import changed_pledge, old_pledge
from app.pledges.sample.evening import evening_pledge
from app.pledges.sample.village import village_pledge
from app.pledges.sample.witness import co_sign
from app.regions.queries import main_unit
from app.web.house import World


def fill(world: World) -> None:
    """Closed with all teams and a witness; open with two hundred signatures, some on paper; a second version."""
    if main_unit() is None:
        return
    world.pledges["evening"] = evening_pledge(random.Random(world.random_seed))
    world.pledges["open"] = village_pledge(random.Random(world.random_seed + 1), world)
    world.pledges["old"] = old_pledge(random.Random(world.random_seed + 2), world)
    world.pledges["changed"] = changed_pledge(world.pledges["old"], world)
    actions.seal_logs(world.now)
    co_sign(world.pledges["evening"], now=world.now)
