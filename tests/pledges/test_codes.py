"""The signer proves the number with a code: who gets one, how often, and what a stranger cannot learn by it."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock, crypto
from app.core.database import db
from app.notify import actions as outbox
from app.notify.models import OutboxMessage
from app.pledges import actions, queries
from app.pledges.details import SignWay
from app.pledges.models import Pledge, PledgeCode, PledgeSignature
from tests.people.factories import make_person
from tests.pledges.factories import make_pledge, signing
from tests.pledges.test_pages import begin_quiet_period
from tests.pledges.test_signing import refused
from tests.support.forms import errors_in, fill, post


@pytest.fixture
def gateway(app: Flask) -> Iterator[None]:
    """An installation that reaches phones by itself."""
    outbox.configure(mail=False, whatsapp=True)
    yield
    outbox.configure(mail=False)


def signed(pledge: Pledge, *, now: datetime | None = None, **given: str) -> tuple[PledgeSignature, str]:
    """A signature with its secret code."""
    receipt = actions.sign_as_public(pledge.id, signing(**given), now=now or clock.now())
    row = queries.find_receipt(receipt.manage_code)
    assert row is not None
    return row, receipt.manage_code


def codes_sent() -> list[str]:
    """The codes in the outbox, oldest first."""
    rows = db.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.cause == "pledges:signature:code")
        .order_by(OutboxMessage.id)
    )
    return [re.findall(r"^\d{6}", row.text)[0] for row in rows]


@pytest.mark.usefixtures("gateway")
def test_the_code_sent_to_the_number_makes_sure_of_the_signature_and_the_log_says_so(
    client: FlaskClient,
) -> None:
    pledge = make_pledge()
    _row, code = signed(pledge)
    page = f"/tanda-terima/{code}"

    assert post(client, page, "/kode").status_code == 303
    assert "Kode dikirim lewat WhatsApp" in client.get(page).get_data(as_text=True)
    assert fill(client, page, {"code": codes_sent()[0]}, action="/pastikan").status_code == 303
    assert "Nomor Anda dipastikan" in client.get(page).get_data(as_text=True)
    actions.seal_logs(clock.now())

    text = client.get(page).get_data(as_text=True)
    assert "daring terverifikasi" in BeautifulSoup(text, "html.parser").get_text()
    assert "Pastikan tanda tangan Anda" not in text
    assert queries.counts_of(pledge.id).by_way[SignWay.ONLINE] == 1
    assert '"jenis":"pemastian"' in queries.log_entries(pledge.id, start=0)[-1]
    assert queries.problems_with_counts() == []


@pytest.mark.usefixtures("gateway")
def test_a_wrong_code_is_said_beside_the_field_and_after_five_none_is_right(client: FlaskClient) -> None:
    row, code = signed(make_pledge())
    page = f"/tanda-terima/{code}"
    post(client, page, "/kode")
    right = codes_sent()[0]

    for wrong in ("", "abc", "000000" if right != "000000" else "111111"):
        answer = fill(client, page, {"code": wrong}, action="/pastikan")
        assert answer.status_code == 422
        assert errors_in(answer)
    for _ in range(3):
        actions.try_code(row, "x", now=clock.now())

    assert refused(actions.try_code, row, right, now=clock.now()) == "code_over"
    assert queries.counts_of(row.pledge_id).by_way[SignWay.ONLINE] == 0


@pytest.mark.usefixtures("gateway")
def test_a_code_holds_half_an_hour_and_a_new_one_takes_its_place(app: Flask) -> None:
    row, _code = signed(make_pledge())
    now = clock.now()
    actions.send_code(row, now=now)
    [first] = codes_sent()

    assert refused(actions.send_code, row, now=now + timedelta(seconds=59)) == "code_again_later"
    assert refused(actions.try_code, row, first, now=now + timedelta(minutes=30)) == "code_over"
    actions.send_code(row, now=now + timedelta(minutes=31))
    second = codes_sent()[-1]
    if first != second:
        assert not actions.try_code(row, first, now=now + timedelta(minutes=32))
    assert actions.try_code(row, second, now=now + timedelta(minutes=32))
    assert refused(actions.try_code, row, second, now=now + timedelta(minutes=33)) == "signature_sure"


@pytest.mark.usefixtures("gateway")
def test_a_signature_gets_three_codes_and_a_number_six_a_day(client: FlaskClient) -> None:
    now, phone = clock.now(), "+6281211112222"
    for minute, name in enumerate(("Ayah Rekaan", "Ibu Rekaan", "Anak Rekaan")):
        row, code = signed(make_pledge(), name=name, phone=phone)
        for again in range(3):
            actions.send_code(row, now=now + timedelta(minutes=minute * 10 + again))
        assert refused(actions.send_code, row, now=now + timedelta(minutes=59)) == "code_again_later"

    assert len(codes_sent()) == 6
    assert "Kirim kode baru" not in client.get(f"/tanda-terima/{code}").get_data(as_text=True)


@pytest.mark.usefixtures("gateway")
def test_a_further_try_looks_the_same_but_gets_no_code_and_none_is_right(client: FlaskClient) -> None:
    pledge = make_pledge()
    first, first_code = signed(pledge, name="Siti Rekaan", phone="+6281211112222")
    again, again_code = signed(pledge, name="Siti Rekaan", phone="+6281211112222")

    def steps(code: str) -> list[str]:
        page = f"/tanda-terima/{code}"
        seen = [client.get(page), post(client, page, "/kode"), client.get(page)]
        seen.append(fill(client, page, {"code": "x"}, action="/pastikan"))
        return [panel(answer.get_data(as_text=True)) for answer in seen]

    def panel(html: str) -> str:
        found = BeautifulSoup(html, "html.parser").find(id="pastikan")
        return str(found).replace(first_code, "·").replace(again_code, "·")

    assert steps(first_code) == steps(again_code)
    assert len(codes_sent()) == 1
    assert not actions.try_code(again, codes_sent()[0], now=clock.now())
    assert actions.try_code(first, codes_sent()[0], now=clock.now())


def test_without_a_channel_no_code_is_offered_and_none_is_sent(client: FlaskClient) -> None:
    row, code = signed(make_pledge())

    text = client.get(f"/tanda-terima/{code}").get_data(as_text=True)

    assert "/kode" not in text
    assert "Petugas memastikan tanda tangan" in text
    assert refused(actions.send_code, row, now=clock.now()) == "code_without_channel"
    assert client.post(f"/tanda-terima/{code}/kode").status_code == 303
    assert codes_sent() == []


@pytest.mark.usefixtures("gateway")
def test_for_a_day_after_the_end_only_what_was_begun_before_it_is_finished(client: FlaskClient) -> None:
    end = clock.now()
    pledge = make_pledge(closes_at=end)
    begun, _ = signed(pledge, now=end - timedelta(hours=1))
    late, late_code = signed(pledge, now=end - timedelta(hours=1))
    actions.send_code(begun, now=end - timedelta(minutes=1))

    assert refused(actions.send_code, late, now=end) == "pledge_closed"
    assert "/kode" not in client.get(f"/tanda-terima/{late_code}").get_data(as_text=True)
    actions.send_code(begun, now=end + timedelta(hours=23))
    assert (
        refused(actions.try_code, begun, codes_sent()[-1], now=end + timedelta(hours=24)) == "pledge_closed"
    )
    assert actions.try_code(begun, codes_sent()[-1], now=end + timedelta(hours=23, minutes=9))


@pytest.mark.usefixtures("gateway")
def test_in_masa_tenang_nobody_is_sent_a_code_for_what_names_pairs(app: Flask) -> None:
    pledge = make_pledge(names_candidates=True)
    row, _code = signed(pledge)
    begin_quiet_period()

    assert refused(actions.send_code, row, now=clock.now()) == "pledge_quiet"


@pytest.mark.usefixtures("gateway")
def test_the_code_is_the_signers_alone_and_goes_with_the_signature(app: Flask) -> None:
    row, _code = signed(make_pledge())
    actions.send_code(row, now=clock.now())
    message = db.session.scalars(select(OutboxMessage)).one()
    kept = db.session.scalars(select(PledgeCode)).one()

    assert message.unit_id is None  # no officer's list shows it
    assert message.phone_sealed is not None
    assert crypto.decrypt(message.phone_sealed).startswith("+62812")
    assert codes_sent()[0] not in kept.code_hash
    actions.erase_own_signature(row, now=clock.now())
    assert db.session.scalars(select(PledgeCode)).all() == []
    assert message.status == "cancelled"


@pytest.mark.usefixtures("gateway")
def test_whoever_proves_the_number_is_not_doubted_any_more(app: Flask) -> None:
    pledge, now = make_pledge(), clock.now()
    row, _code = signed(pledge)
    row.flagged_at = now
    db.session.commit()
    actions.send_code(row, now=now)

    actions.try_code(row, codes_sent()[0], now=now)

    assert row.counts
    assert refused(actions.confirm, row, SignWay.ONSITE, by=make_person(), now=now) == "signature_sure"
