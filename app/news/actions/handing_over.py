"""Passing on what a writer leaves behind when a role ends."""

from sqlalchemy import or_, select

from app.core import audit
from app.core.database import db, transactional
from app.news.actions.workflow import WRITABLE
from app.news.details import ItemStatus
from app.news.models import Article, Notice
from app.news.permissions import NewsPermission
from app.people.facts import RoleEnded
from app.people.queries import find_person, units_left


@transactional
def hand_over(fact: RoleEnded) -> None:
    """Give unpublished items to the successor; without one, drafts and returned ones to every writer at the unit.

    What lies with the editors keeps its name then: nobody may publish what they handed in themselves.
    """
    states = WRITABLE if fact.successor_id is None else {*WRITABLE, ItemStatus.SUBMITTED}
    units = units_left(fact, NewsPermission.WRITE)
    by = find_person(fact.by_id) if fact.by_id is not None else None
    items: list[Article | Notice] = []
    for model in (Article, Notice):
        query = select(model).where(
            or_(model.written_by_id == fact.person_id, model.submitted_by_id == fact.person_id),
            model.unit_id.in_(units),
            model.status.in_(states),
        )
        items += db.session.scalars(query)
    for item in items:
        before = {"written_by_id": item.written_by_id, "submitted_by_id": item.submitted_by_id}
        item.written_by_id = fact.successor_id
        if item.submitted_by_id is not None:
            item.submitted_by_id = fact.successor_id
        after = {"written_by_id": item.written_by_id, "submitted_by_id": item.submitted_by_id}
        tag = "news:article:handed_over" if isinstance(item, Article) else "news:notice:handed_over"
        audit.record(tag, by=by, now=fact.at, subject=item, name=item.title, before=before, after=after)
