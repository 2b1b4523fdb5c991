"""What news brings into the house."""

from app.core.i18n import _l
from app.documents.queries import register_checker
from app.media.actions import cards_from
from app.news import actions, jobs, sample
from app.news.messages import DEEDS, LABELS, REFUSALS
from app.news.permissions import GRANTS, SECOND_FACTOR, NewsPermission
from app.news.public import blueprint, places
from app.news.staff import blueprint as staff_blueprint
from app.news.staff import room
from app.notify.facts import BrowserGone
from app.people.facts import RoleEnded
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of news."""
    house.sample(sample.fill)
    house.grant(GRANTS, second_factor=SECOND_FACTOR)
    house.words(LABELS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.on(RoleEnded, actions.hand_over)
    house.on(BrowserGone, actions.forget_browser)
    house.public(blueprint)
    house.menu(_l("Berita"), "news.index", key="news", order=40)
    house.menu(_l("Pengumuman"), "news.notices", key="notices", order=50)
    house.staff(staff_blueprint, url_prefix="")
    for label, endpoint, key, order in (
        (_l("Berita"), "staff.news.index", "news", 60),
        (_l("Pengumuman"), "staff.news.notices", "notices", 62),
    ):
        house.staff_menu(
            label, endpoint, key=key, order=order, permission=NewsPermission.WRITE, group=_l("Humas")
        )
    house.every(3600, "news.drafts", jobs.sweep)
    house.every(300, "news.records", jobs.watch_records)
    house.every(60, "news.subscribers", jobs.tell)
    house.waits(room.waiting_for)
    house.slot("event.staff", room.event_panel)
    house.slot("photo.uses", room.photo_uses)
    house.site_value("urgent_notices", places.banner)
    house.slot("event.aside", places.event_news)
    house.slot("region.news", places.region_news)
    house.in_sitemap(places.pages_for_sitemap)
    register_checker(house, places.check_notice)
    cards_from("berita", places.article_card)
    cards_from("pengumuman", places.notice_card)
