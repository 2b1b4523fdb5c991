"""What pledges brings into the house."""

from app.core.i18n import _l
from app.documents.queries import register_checker
from app.media.actions import cards_from
from app.people.facts import RoleEnded
from app.pledges import actions, models, queries  # noqa: F401 – tables must be known
from app.pledges.cli import pledges as pledges_command
from app.pledges.jobs import ask_witnesses, recount, tell_signers
from app.pledges.messages import DEEDS, LABELS, REFUSALS
from app.pledges.permissions import AT_THE_TOP, GRANTS, SECOND_FACTOR, PledgePermission
from app.pledges.public import blueprint
from app.pledges.public.pages import card
from app.pledges.public.slots import check_code, event_aside, event_staff, in_sitemap, region_pledges
from app.pledges.queries.records import states_for_record
from app.pledges.sample import fill
from app.pledges.staff import blueprint as staff_blueprint
from app.pledges.staff import what_waits
from app.records.queries import pledges_told_by
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of pledges."""
    house.grant(GRANTS, second_factor=SECOND_FACTOR, at_the_top=AT_THE_TOP)
    house.words(LABELS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.on(RoleEnded, actions.hand_over)
    house.public(blueprint)
    house.menu(_l("Ikrar"), "pledges.index", key="pledges", order=30)
    house.staff(staff_blueprint, url_prefix="/ikrar")
    house.staff_menu(
        _l("Ikrar"),
        "staff.pledges.index",
        key="pledges",
        order=40,
        permission=PledgePermission.VIEW,
        group=_l("Kegiatan"),
    )
    house.slot("event.aside", event_aside)
    house.slot("event.staff", event_staff)
    house.slot("region.pledges", region_pledges)
    cards_from("ikrar", card)
    house.in_sitemap(in_sitemap)
    house.waits(what_waits)
    register_checker(house, check_code)
    pledges_told_by(states_for_record)
    house.every(3, "pledges.seal", actions.seal_logs)
    house.every(600, "pledges.close_ended", actions.close_ended)
    house.every(600, "pledges.sort_out_doubtful", actions.sort_out_doubtful)
    house.every(6 * 3600, "pledges.sweep_phones", actions.sweep_phones)
    house.check(queries.problems_with_counts)
    house.every(300, "pledges.ask_witnesses", ask_witnesses)
    house.every(24 * 3600, "pledges.recount", recount)
    house.job("pledges.tell_signers", tell_signers)
    house.command(pledges_command)
    house.sample(fill)
