"""A changed text is a new version: counted apart, tied to the old one, re-affirmed with one tap."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core import clock, jobs
from app.core.database import db
from app.core.permissions import Role
from app.notify.models import OutboxMessage
from app.pledges import actions, queries
from app.pledges.actions import versions
from app.pledges.details import PledgeStatus, SignWay
from app.pledges.models import Pledge, PledgeSignature
from tests.people.factories import make_organisation, make_person
from tests.pledges.factories import asked, make_pledge, pledge_details, signing
from tests.pledges.test_signing import refused
from tests.regions.factories import make_unit
from tests.support.forms import fill, post


def renewed(old: Pledge, *, points: tuple[str, ...] = ("Butir yang diubah.",)) -> Pledge:
    """The next version of a declaration with other points, open."""
    officer, now = make_person(), clock.now()
    fresh = actions.draft_version(old, by=officer, now=now)
    actions.revise_pledge(fresh, pledge_details(title=old.title, points=points), by=officer, now=now)
    actions.open_version(fresh, by=officer, now=now)
    return fresh


def signed(pledge: Pledge, **given: str) -> tuple[PledgeSignature, str]:
    receipt = actions.sign_as_public(pledge.id, signing(**given), now=clock.now())
    row = queries.find_receipt(receipt.manage_code)
    assert row is not None
    return row, receipt.manage_code


def test_a_version_begins_with_text_and_institutions_of_the_old_one_unsigned(app: Flask) -> None:
    old, now = make_pledge(), clock.now()
    actions.invite_signatories(
        old, asked(make_organisation("Forum A"), make_organisation("Forum B")), by=None, now=now
    )
    signed(old)

    fresh = actions.draft_version(old, by=make_person(), now=now)

    assert (fresh.status, fresh.replaces_id, fresh.text_hash) == (PledgeStatus.DRAFT, old.id, old.text_hash)
    assert fresh.origin != old.origin
    assert [row.institution for row in queries.signatories_of(fresh.id)] == ["Forum A", "Forum B"]
    assert refused(actions.draft_version, old, by=None, now=now) == "version_exists"
    assert refused(actions.open_version, fresh, by=None, now=now) == "version_unchanged"


def test_what_nobody_has_signed_needs_no_version(app: Flask) -> None:
    assert refused(actions.draft_version, make_pledge(), by=None, now=clock.now()) == "version_needless"


def test_the_database_itself_lets_a_text_be_replaced_once_only(app: Flask) -> None:
    old, one, other = make_pledge(), make_pledge(), make_pledge()
    one.replaces_id = old.id
    db.session.commit()
    other.replaces_id = old.id

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_opening_a_version_closes_the_old_one_and_tells_its_signers_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "PORTION", 2)
    old = make_pledge()
    old_id = old.id
    for _ in range(5):
        signed(old)
    again, _code = signed(old)
    actions.strike(again, reason="Nama tiruan", by=make_person(), now=clock.now())

    address = f"/ikrar/{renewed(old).slug}"
    while jobs.run_due(lambda: clock.now() + timedelta(seconds=1)):
        pass

    assert db.session.get_one(Pledge, old_id).status is PledgeStatus.CLOSED
    told = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.cause == "pledges:pledge:version_told")
    ).all()
    assert len(told) == 5
    assert all(address in message.text for message in told)


def test_one_tap_on_the_receipt_signs_the_new_text_once_and_counts_stay_apart(client: FlaskClient) -> None:
    old = make_pledge()
    row, code = signed(old)
    actions.confirm(row, SignWay.ONSITE, by=make_person(), now=clock.now())
    _other, other_code = signed(old)
    fresh = renewed(old)
    page = f"/tanda-terima/{code}"

    first = post(client, page, "/tegaskan")
    text = client.get(page).get_data(as_text=True)
    again = post(client, page, "/tegaskan")
    post(client, f"/tanda-terima/{other_code}", "/tegaskan")

    assert first.headers["Location"] == again.headers["Location"] != page
    assert "Anda sudah menegaskan naskah yang baru." in text
    new = queries.counts_of(fresh.id)
    assert (new.total, new.by_way[SignWay.ONLINE], new.by_way[SignWay.UNVERIFIED]) == (2, 1, 1)
    assert queries.counts_of(old.id).by_way[SignWay.ONSITE] == 1
    assert fresh.title in client.get(first.headers["Location"]).get_data(as_text=True)
    assert queries.problems_with_counts() == []


def test_whoever_took_the_signature_back_or_was_struck_affirms_nothing(client: FlaskClient) -> None:
    old = make_pledge()
    row, code = signed(old)
    erased, erased_code = signed(old)
    fresh = renewed(old)
    actions.strike(row, reason="Nama tiruan", by=make_person(), now=clock.now())
    actions.erase_own_signature(erased, now=clock.now())

    for each in (code, erased_code):
        assert "/tegaskan" not in client.get(f"/tanda-terima/{each}").get_data(as_text=True)
        assert client.post(f"/tanda-terima/{each}/tegaskan").status_code == 303
    assert queries.counts_of(fresh.id).total == 0


def test_before_the_new_text_is_open_there_is_nothing_to_affirm(client: FlaskClient) -> None:
    old = make_pledge()
    row, code = signed(old)
    fresh = actions.draft_version(old, by=make_person(), now=clock.now())

    assert refused(actions.reaffirm, row, code, now=clock.now()) == "version_missing"
    assert "diperbarui" not in client.get(f"/tanda-terima/{code}").get_data(as_text=True)
    assert fresh.slug not in client.get(f"/ikrar/{old.slug}").get_data(as_text=True)


def test_old_and_new_name_each_other_on_page_and_as_data(client: FlaskClient) -> None:
    old = make_pledge()
    signed(old)
    fresh = renewed(old)

    pages = {slug: client.get(f"/ikrar/{slug}").get_data(as_text=True) for slug in (old.slug, fresh.slug)}
    data = {slug: client.get(f"/ikrar/{slug}.json").json for slug in (old.slug, fresh.slug)}

    assert "Naskah ini sudah diganti" in pages[old.slug]
    assert f'href="/ikrar/{fresh.slug}"' in pages[old.slug]
    assert f'href="/ikrar/{old.slug}"' in pages[fresh.slug]
    assert (data[old.slug]["replaced_by"], data[old.slug]["replaces"]) == (fresh.slug, None)
    assert (data[fresh.slug]["replaced_by"], data[fresh.slug]["replaces"]) == (None, old.slug)


def test_an_officer_makes_a_version_from_the_page_and_hears_when_nothing_was_changed(
    sign_in: Callable[..., FlaskClient],
) -> None:
    unit = make_unit("Polsek Versi")
    old = make_pledge(unit=unit)
    signed(old)
    officer = sign_in(make_person(Role.PETUGAS, unit=unit))
    page = f"/kelola/ikrar/{old.id}"

    answer = post(officer, page, "/versi-baru")
    edit = answer.headers["Location"]
    draft = queries.successor_of(old.id)
    assert draft is not None
    unchanged = post(officer, f"/kelola/ikrar/{draft.id}", "/buka")
    fill(officer, edit, {"points-0": "Butir yang diubah."})
    opened = post(officer, f"/kelola/ikrar/{draft.id}", "/buka")

    assert "belum diubah" in unchanged.get_data(as_text=True)
    assert opened.status_code == 303
    text = officer.get(page).get_data(as_text=True)
    assert "Digantikan oleh:" in text
    assert "versi-baru" not in text
