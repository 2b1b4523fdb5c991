"""What events brings into the house."""

from app.core.i18n import _l
from app.events import messages, models, public  # noqa: F401 – tables must be known
from app.events.messages import LABELS, REFUSALS
from app.events.permissions import GRANTS, SECOND_FACTOR
from app.events.public import pages
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of events."""
    messages.configure(public_url=house.app.config["PUBLIC_URL"])
    house.grant(GRANTS, second_factor=SECOND_FACTOR)
    house.words(LABELS)
    house.refuse_with(REFUSALS)
    house.public(public.blueprint)
    house.menu(_l("Acara"), "events.index", key="events", order=10)
    house.slot("region.events", pages.region_events)
    house.slot("unit.events", pages.unit_events)
    house.in_sitemap(pages.pages_for_sitemap)
