"""Striking together: counted first, with a reason, and all taken back at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.pledges import actions, queries
from app.pledges.details import SignWay, StrikeConditions
from app.pledges.rules import verifying
from tests.people.factories import make_person
from tests.pledges.factories import make_pledge, signing
from tests.regions.factories import make_unit
from tests.support.forms import fill


def test_a_run_strikes_what_meets_all_conditions_and_its_undoing_brings_all_back(client: FlaskClient) -> None:
    officer, pledge, now = make_person(), make_pledge(), clock.now()
    bots = [
        actions.sign_as_public(pledge.id, signing(name=f"Robot Rekaan {letter}", network="10.0.0.9"), now=now)
        for letter in "abc"
    ]
    actions.sign_as_public(pledge.id, signing(name="Robot Lain", network="10.0.0.1"), now=now)
    conditions = StrikeConditions(name="robot", like_code=bots[0].check_code, way=SignWay.UNVERIFIED)
    count, sample = queries.preview(pledge.id, conditions)

    run = actions.strike_by_conditions(
        pledge, conditions, expected=count, reason="dari satu jaringan", by=officer, now=now
    )
    struck = queries.find_checked(bots[1].check_code)
    assert struck is not None
    assert (count, len(sample), struck.run_id, queries.counts_of(pledge.id).total) == (3, 3, run.id, 1)

    assert actions.undo_run(run, reason="ternyata satu asrama", by=officer, now=now) == 3
    actions.seal_logs(now)
    raw = client.get(f"/ikrar/{pledge.slug}/catatan/entri.jsonl").data.splitlines()
    assert queries.counts_of(pledge.id).total == verifying.count(raw).total() == 4
    assert queries.problems_with_counts() == []


@pytest.mark.parametrize(
    ("conditions", "expected", "reason", "code"),
    [
        (StrikeConditions(), 0, "alasan", "conditions_empty"),
        (StrikeConditions(name="rekaan"), 1, " ", "reason_needed"),
        (StrikeConditions(name="rekaan"), 7, "alasan", "run_differs"),
        (StrikeConditions(name="tidak ada"), 0, "alasan", "run_differs"),
    ],
)
def test_a_run_without_conditions_reason_or_the_counted_number_is_refused(
    app: Flask, conditions: StrikeConditions, expected: int, reason: str, code: str
) -> None:
    pledge = make_pledge()
    actions.sign_as_public(pledge.id, signing(), now=clock.now())

    with pytest.raises(RuleBroken) as broken:
        actions.strike_by_conditions(
            pledge, conditions, expected=expected, reason=reason, by=make_person(), now=clock.now()
        )
    assert broken.value.code == code
    assert queries.counts_of(pledge.id).total == 1


def test_undoing_leaves_out_who_has_signed_again_or_was_erased(app: Flask) -> None:
    officer, pledge, now = make_person(), make_pledge(), clock.now()
    first, gone = signing(name="Siti Rekaan"), signing(name="Sita Rekaan")
    actions.sign_as_public(pledge.id, first, now=now)
    erased = actions.sign_as_public(pledge.id, gone, now=now)
    conditions = StrikeConditions(name="rekaan")
    run = actions.strike_by_conditions(pledge, conditions, expected=2, reason="coba", by=officer, now=now)
    actions.sign_as_public(pledge.id, signing(name="Siti Rekaan", phone=first.phone), now=now)
    row = queries.find_receipt(erased.manage_code)
    assert row is not None
    actions.erase_own_signature(row, now=now)

    assert actions.undo_run(run, reason="keliru", by=officer, now=now) == 0
    assert queries.counts_of(pledge.id).total == 1
    with pytest.raises(RuleBroken, match="run_undone"):
        actions.undo_run(run, reason="lagi", by=officer, now=now)


def test_on_the_page_the_count_comes_before_the_strike(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    unit = make_unit("Polsek Contoh")
    client = sign_in(make_person(Role.PIMPINAN, unit=unit))
    pledge = make_pledge(unit=unit)
    actions.sign_as_public(pledge.id, signing(name="Robot Rekaan"), now=clock.now())
    address = f"/kelola/ikrar/{pledge.id}/pencoretan"

    counted = fill(client, address, {"name": "robot"})
    assert "1 tanda tangan kena syarat ini" in counted.get_data(as_text=True)
    assert queries.counts_of(pledge.id).total == 1

    token = counted.get_data(as_text=True).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    chosen = {"name": "robot", "district_code": "", "way": "", "expected": "1", "reason": "robot"}
    given = {"csrf_token": token, "coret": "1", **chosen}
    refused = client.post(address, data={**given, "reason": ""})
    done = client.post(address, data=given)

    assert refused.status_code == 422
    assert done.status_code == 303
    assert queries.counts_of(pledge.id).total == 0
    run = queries.runs_of(pledge.id)[0]
    undone = fill(client, address, {"reason": "keliru"}, action=f"{run.id}/batal")
    assert undone.status_code == 303
    assert queries.counts_of(pledge.id).total == 1


# After the end


def test_after_the_end_only_signatures_given_before_are_confirmed_for_a_day_then_the_list_is_sealed(
    app: Flask,
) -> None:
    officer, now = make_person(), clock.now()
    pledge = make_pledge(closes_at=now + timedelta(hours=1))
    rows = [
        queries.find_checked(actions.sign_as_public(pledge.id, signing(), now=now).check_code) for _ in "ab"
    ]
    assert rows[0] is not None
    assert rows[1] is not None

    with pytest.raises(RuleBroken, match="pledge_closed"):
        actions.sign_as_public(pledge.id, signing(), now=now + timedelta(hours=2))
    actions.confirm(rows[0], SignWay.ONSITE, by=officer, now=now + timedelta(hours=20))
    assert actions.close_ended(now + timedelta(hours=24)) == 0
    with pytest.raises(RuleBroken, match="pledge_closed"):
        actions.confirm(rows[1], SignWay.ONSITE, by=officer, now=now + timedelta(hours=25))
    assert actions.close_ended(now + timedelta(hours=26)) == 1
    assert queries.counts_of(pledge.id).confirmed == 1
