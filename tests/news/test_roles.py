"""Every step of an article against every role and every state, through the doors of the staff area.

The tables are written out by hand: they say what the newsroom agreed on, not what the code does.
"""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.news.details import ItemStatus
from app.news.models import Article, Correction
from app.regions.details import UnitKind
from tests.news.factories import make_article
from tests.people.factories import make_person
from tests.regions.factories import make_unit

pytestmark = pytest.mark.once

WRITERS = {Role.PETUGAS, Role.PENULIS, Role.EDITOR, Role.PIMPINAN, Role.ADMIN}
EDITORS = {Role.EDITOR, Role.PIMPINAN, Role.ADMIN}
S = ItemStatus

# The end of the address: who may, from which states, what becomes of it.
STEPS: dict[str, tuple[set[Role], set[ItemStatus], ItemStatus | str]] = {
    "ajukan": (WRITERS, {S.DRAFT, S.RETURNED}, S.SUBMITTED),
    "tarik-pengajuan": (WRITERS, {S.SUBMITTED}, S.DRAFT),
    "periksa": (EDITORS, {S.SUBMITTED}, "in hand"),
    "siap-terbit": (EDITORS, {S.SUBMITTED}, S.APPROVED),
    "kembalikan": (EDITORS, {S.SUBMITTED, S.APPROVED}, S.RETURNED),
    "terbitkan": (EDITORS, {S.SUBMITTED, S.APPROVED}, S.PUBLISHED),
    "darurat": (EDITORS, {S.DRAFT, S.RETURNED, S.SUBMITTED}, "emergency"),
    "setujui": (EDITORS, {S.PUBLISHED}, "approved later"),
    "ralat": (EDITORS, {S.PUBLISHED}, "corrected"),
    "tarik": (EDITORS, {S.PUBLISHED}, S.WITHDRAWN),
}
# What is typed at every step; more than any of them asks for.
TYPED = {
    "note": "Yang keliru: jamnya.",
    "emergency": "Banjir.",
    "reason": "Keliru orang.",
    "title": "Judul yang benar",
    "body": "Isi yang benar.",
    "version": "1",
}


PLACES = [
    *((role, place) for role in Role for place in ("own", "another")),
    (Role.PENULIS, "above"),
    (Role.EDITOR, "above"),
]


@pytest.fixture(autouse=True)
def quick(app, monkeypatch):
    """Draw no cards, and ask for no token: both have tests of their own."""
    monkeypatch.setattr("app.news.staff.workflow.problem_with_card", lambda article: "")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    monkeypatch.setitem(app.config, "WTF_CSRF_METHODS", set())


def article_in(state, step, *, unit, person):
    """An article in a state that leaves everything else of the step to be right."""
    once_public = state in {S.PUBLISHED, S.WITHDRAWN}
    article = make_article(
        unit=unit,
        status=state,
        published_at=clock.now() - timedelta(hours=1) if once_public else None,
        withdrawn_at=clock.now() if state is S.WITHDRAWN else None,
        withdrawn_reason="Keliru." if state is S.WITHDRAWN else "",
        submitted_by_id=person.id if step == "tarik-pengajuan" else None,
    )
    if step == "setujui":
        article.emergency_at, article.emergency_reason = article.published_at, "Banjir."
    db.session.commit()
    return article


def take(client, article, step):
    return client.post(
        f"/kelola/berita/{article.id}/{step}",
        data={**TYPED, "unit_id": str(article.unit_id)},
    )


def became(article, *, since):
    """What a step made of an article, in the words of the table; None when it is as it was."""
    db.session.rollback()
    fresh = db.session.get(Article, article.id, populate_existing=True)
    if db.session.query(Correction).filter_by(article_id=article.id).count():
        return "corrected"
    if fresh.checking_by_id is not None:
        return "in hand"
    if fresh.status is S.PUBLISHED and fresh.emergency_at is not None:
        if since is not S.PUBLISHED:
            return "emergency"
        return "approved later" if fresh.approved_at is not None else None
    return fresh.status if fresh.status is not since else None


@pytest.mark.parametrize(("role", "place"), PLACES)
def test_each_step_is_open_to_its_roles_at_their_units_and_to_nobody_else(sign_in, role, place):
    above = make_unit("Polres Atas", kind=UnitKind.POLRES)
    unit = make_unit("Polsek Sini", parent=above)
    at = {"own": unit, "above": above, "another": make_unit("Polsek Sana", parent=above)}[place]
    person = make_person(role, unit=at)
    client = sign_in(person)
    for step, (roles, states, becomes) in STEPS.items():
        state = min(states)
        article = article_in(state, step, unit=unit, person=person)
        answer = take(client, article, step)
        allowed = role in roles and place != "another"
        assert answer.status_code == (303 if allowed else 404), step
        assert became(article, since=state) == (becomes if allowed else None), step


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_taken_from_its_states_only(sign_in, step):
    unit = make_unit("Polsek Sini")
    person = make_person(Role.EDITOR, unit=unit)
    client = sign_in(person)
    for state in ItemStatus:
        article = article_in(state, step, unit=unit, person=person)
        answer = take(client, article, step)
        assert answer.status_code in {303, 422}, state
        assert became(article, since=state) == (STEPS[step][2] if state in STEPS[step][1] else None), state


@pytest.mark.parametrize("step", ["periksa", "siap-terbit", "terbitkan", "setujui"])
def test_nobody_decides_on_what_they_handed_in_or_published(sign_in, step):
    unit = make_unit("Polsek Sini")
    person = make_person(Role.EDITOR, unit=unit)
    client = sign_in(person)
    article = article_in(S.PUBLISHED if step == "setujui" else S.SUBMITTED, step, unit=unit, person=person)
    article.submitted_by_id = article.published_by_id = person.id
    db.session.commit()
    take(client, article, step)
    assert became(article, since=article.status) is None


def test_what_the_public_will_see_asks_for_the_second_factor(sign_in):
    unit = make_unit("Polsek Sini")
    person = make_person(Role.EDITOR, unit=unit)
    client = sign_in(person, second_factor=False)
    for step, (roles, states, _becomes) in STEPS.items():
        if roles == EDITORS:
            article = article_in(min(states), step, unit=unit, person=person)
            answer = take(client, article, step)
            assert "/berita/" not in answer.headers["Location"], step
            assert became(article, since=min(states)) is None, step
