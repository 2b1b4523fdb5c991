"""Signing: one living signature a person, the same answer for everyone, texts that never change."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.notify.models import OutboxMessage
from app.pledges import actions, queries
from app.pledges.details import (
    InstitutionSigning,
    PaperSigning,
    SignatoryState,
    SignWay,
)
from app.pledges.models import Pledge, PledgeSignature
from tests.people.factories import make_organisation, make_person
from tests.pledges.factories import asked, make_pledge, make_teams, pledge_details, signing
from tests.regions.factories import make_district
from tests.support.forking import twin
from tests.support.forms import fill
from tests.support.plans import counted

ADDRESS = "/ikrar/{}/tanda-tangan"


def refused(deed: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    """The code with which a deed is refused."""
    with pytest.raises(RuleBroken) as broken:
        deed(*args, **kwargs)
    return broken.value.code


# The text


def test_before_the_first_signature_the_text_may_be_revised(app: Flask) -> None:
    pledge = make_pledge()

    actions.revise_pledge(
        pledge, pledge_details(title=pledge.title, points=("Satu saja.",)), by=make_person(), now=clock.now()
    )

    found = queries.find_public(pledge.slug, clock.now())
    assert found is not None
    assert [point.text for point in found.points] == ["Satu saja."]


def test_the_first_signature_freezes_the_text(app: Flask) -> None:
    officer, pledge = make_person(), make_pledge()
    actions.sign_as_public(pledge.id, signing(), now=clock.now())

    assert (
        refused(actions.revise_pledge, pledge, pledge_details(), by=officer, now=clock.now())
        == "pledge_frozen"
    )


def test_times_may_still_change_under_a_frozen_text(app: Flask) -> None:
    officer, pledge = make_person(), make_pledge()
    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    later = clock.now() + timedelta(days=2)

    actions.revise_pledge(
        pledge, pledge_details(title=pledge.title, closes_at=later), by=officer, now=clock.now()
    )

    assert pledge.closes_at == later


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE pledges SET title = 'lain'",
        "UPDATE pledges SET text_hash = 'lain'",
        "UPDATE pledges SET frozen_at = NULL",
        "DELETE FROM pledge_points",
        "UPDATE pledge_points SET text = 'lain'",
        "INSERT INTO pledge_points (pledge_id, position, text) SELECT id, 9, 'lain' FROM pledges",
        "DELETE FROM pledge_signatures",
        "UPDATE pledge_log_entries SET leaf = '{}'",
        "DELETE FROM pledge_log_entries",
        "DELETE FROM pledge_log_nodes",
        "UPDATE pledge_checkpoints SET note = ''",
    ],
)
def test_not_even_the_database_lets_what_was_signed_be_rewritten(app: Flask, sql: str) -> None:
    pledge = make_pledge()
    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    actions.seal_logs(clock.now())
    db.session.rollback()

    with pytest.raises(DBAPIError), db.engine.begin() as connection:
        connection.execute(text(sql))


def test_a_draft_without_points_is_refused(app: Flask) -> None:
    assert refused(make_pledge, points=()) == "pledge_without_points"


# Institutions


def test_candidate_teams_are_asked_all_together_or_not_at_all(app: Flask) -> None:
    pledge = make_pledge()
    teams = make_teams()

    code = refused(actions.invite_signatories, pledge, asked(*teams[:2]), by=None, now=clock.now())

    assert code == "pairs_incomplete"
    actions.invite_signatories(pledge, asked(make_organisation("Forum Rekaan")), by=None, now=clock.now())


def test_candidate_teams_stand_in_ballot_order(app: Flask) -> None:
    pledge = make_pledge()
    first, second, third = make_teams()

    code = refused(actions.invite_signatories, pledge, asked(second, first, third), by=None, now=clock.now())

    assert code == "pairs_out_of_ballot_order"


def test_no_institution_stands_between_candidate_teams(app: Flask) -> None:
    pledge = make_pledge()
    first, second, third = make_teams()
    forum = make_organisation("Forum Rekaan")

    code = refused(
        actions.invite_signatories, pledge, asked(first, forum, second, third), by=None, now=clock.now()
    )

    assert code == "pairs_not_together"


def test_asking_candidate_teams_tags_the_pledge_for_masa_tenang(app: Flask) -> None:
    pledge = make_pledge()

    actions.invite_signatories(pledge, asked(*make_teams()), by=None, now=clock.now())

    assert pledge.names_candidates


def test_an_institution_signs_once_with_who_stood_in(app: Flask) -> None:
    pledge = make_pledge()
    [row] = actions.invite_signatories(pledge, asked(make_organisation()), by=None, now=clock.now())
    given = InstitutionSigning(
        name="Ketua Rekaan", capacity="ketua", represented_by="Wakil Rekaan", ink="M10 20h0L30 40"
    )

    actions.sign_for_institution(row, given, by=None, now=clock.now())

    assert (row.state, row.represented_by) == (SignatoryState.SIGNED, "Wakil Rekaan")
    assert refused(actions.sign_for_institution, row, given, by=None, now=clock.now()) == "signatory_signed"


def test_ink_that_is_no_path_is_refused(app: Flask) -> None:
    pledge = make_pledge()
    [row] = actions.invite_signatories(pledge, asked(make_organisation()), by=None, now=clock.now())
    given = InstitutionSigning(name="Ketua Rekaan", capacity="", ink='M0 0"/><script>')

    assert refused(actions.sign_for_institution, row, given, by=None, now=clock.now()) == "ink_unreadable"


# The public


def test_the_same_form_sent_twice_is_one_signature_and_one_receipt(app: Flask) -> None:
    pledge, given = make_pledge(), signing()

    assert actions.sign_as_public(pledge.id, given, now=clock.now()) == actions.sign_as_public(
        pledge.id, given, now=clock.now()
    )
    assert queries.counts_of(pledge.id).total == 1


def test_a_form_that_arrives_twice_at_once_with_two_numbers_is_one_signature(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    pledge, given = make_pledge(), signing()
    first = actions.sign_as_public(pledge.id, given, now=clock.now())
    standing = queries.standing_of

    def seen_too_early(*args: Any, **kwargs: Any) -> Any:
        return replace(standing(*args, **kwargs), submitted=None)

    monkeypatch.setattr(queries, "standing_of", seen_too_early)
    again = actions.sign_as_public(pledge.id, replace(given, phone="+6281299990000"), now=clock.now())

    assert again == first
    actions.seal_logs(clock.now())
    assert queries.extent_of_log(pledge.id) == (1, 0)


@pytest.mark.once
def test_a_signature_takes_few_statements_for_thousands_may_sign_at_once(client: FlaskClient) -> None:
    pledge = make_pledge()
    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    typed = {"name": "Siti Rekaan", "phone": "0812-1111-2222", "district_code": "61.04.16", "consent": "y"}

    address = ADDRESS.format(pledge.slug)
    with counted() as statements:
        answer = client.post(address, data=typed)

    assert answer.status_code == 303
    # Whether the page is there; the text's row; all that decides; the signature; its line in the log.
    assert len([one for one in statements if not one.startswith("BEGIN")]) == 5


def test_a_number_that_signed_already_gets_an_answer_like_any_other(client: FlaskClient) -> None:
    pledge = make_pledge()
    typed = {"name": "Siti Rekaan", "phone": "0812-1111-2222", "district_code": "61.04.16", "consent": True}

    first = fill(client, ADDRESS.format(pledge.slug), typed)
    again = fill(client, ADDRESS.format(pledge.slug), typed)
    actions.seal_logs(clock.now())

    def shape(answer: Any) -> str:
        """The receipt without what differs between any two signers."""
        address = answer.headers["Location"]
        main = client.get(address).get_data(as_text=True).split("<main")[1].split("</main")[0]
        for row in db.session.scalars(select(PledgeSignature)):
            for mine in (row.check_code, row.commitment, row.salt.hex() if row.salt else "-"):
                main = main.replace(mine, "·")
        main = re.sub(r'd="[^"]*"', "", main.replace(address.rpartition("/")[2], "·"))
        return re.sub(r"nomor \d+|bukti/\d+", "", main)

    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] != again.headers["Location"]
    assert shape(first) == shape(again)
    assert queries.counts_of(pledge.id).total == 1
    assert "Cari baris saya" in client.get(again.headers["Location"]).get_data(as_text=True)


def test_the_owner_of_a_number_is_told_once_of_further_tries(app: Flask) -> None:
    pledge, first = make_pledge(), signing()
    actions.sign_as_public(pledge.id, first, now=clock.now())
    for _ in range(3):
        actions.sign_as_public(pledge.id, signing(name=first.name, phone=first.phone), now=clock.now())

    messages = list(db.session.scalars(select(OutboxMessage)))

    assert len(messages) == 1
    assert pledge.title in messages[0].text


def test_at_most_two_names_a_phone_count(app: Flask) -> None:
    pledge = make_pledge()
    for name in ("Ayah Rekaan", "Ibu Rekaan", "Anak Rekaan"):
        actions.sign_as_public(pledge.id, signing(name=name, phone="+6281211112222"), now=clock.now())

    assert queries.counts_of(pledge.id).total == 2


def test_titles_and_capitals_do_not_make_another_name(app: Flask) -> None:
    pledge = make_pledge()
    for name in ("Siti Rekaan", "Hj. SITI REKAAN, S.Pd."):
        actions.sign_as_public(pledge.id, signing(name=name, phone="+6281211112222"), now=clock.now())

    assert queries.counts_of(pledge.id).total == 1


def test_the_same_number_may_sign_another_pledge(app: Flask) -> None:
    for pledge in (make_pledge(), make_pledge()):
        actions.sign_as_public(pledge.id, signing(phone="+6281211112222"), now=clock.now())
        assert queries.counts_of(pledge.id).total == 1


def test_nobody_signs_what_is_paused_closed_or_not_open_yet(app: Flask) -> None:
    officer, now = make_person(), clock.now()
    draft, paused, closed = make_pledge(opened=False), make_pledge(), make_pledge()
    coming = make_pledge(opens_at=now + timedelta(hours=1))
    over = make_pledge(closes_at=now - timedelta(minutes=1))
    actions.pause(paused, by=officer, now=now)
    actions.close(closed, by=officer, now=now)

    codes = [
        refused(actions.sign_as_public, pledge.id, signing(), now=clock.now())
        for pledge in (draft, paused, closed, coming, over)
    ]

    assert codes == ["pledge_not_open", "pledge_paused", "pledge_closed", "pledge_not_open", "pledge_closed"]


def test_a_closed_pledge_is_not_opened_again(app: Flask) -> None:
    officer, pledge = make_person(), make_pledge()
    actions.close(pledge, by=officer, now=clock.now())

    assert refused(actions.open_pledge, pledge, by=officer, now=clock.now()) == "pledge_state_unfit"


def test_counts_go_by_way_and_by_kecamatan(app: Flask) -> None:
    officer, pledge, sandai = make_person(), make_pledge(), make_district("61.04.05")
    receipt = actions.sign_as_public(pledge.id, signing(), now=clock.now())
    actions.sign_as_public(pledge.id, signing(district_code=sandai.code), now=clock.now())
    paper = PaperSigning(name="Kertas Rekaan", district_code=sandai.code, shown=True)
    actions.enter_paper_signature(pledge, paper, by=officer, now=clock.now())
    signed = queries.find_checked(receipt.check_code)
    assert signed is not None
    actions.confirm(signed, SignWay.ONSITE, by=officer, now=clock.now())

    counts = queries.counts_of(pledge.id)

    assert counts.by_way == {SignWay.ONSITE: 1, SignWay.ONLINE: 0, SignWay.PAPER: 1, SignWay.UNVERIFIED: 1}
    assert [(row.name, row.count) for row in counts.by_district] == [("Sandai", 2), ("Delta Pawan", 1)]
    assert counts.confirmed == 2


def test_a_struck_signature_counts_no_more_and_the_number_may_sign_again(app: Flask) -> None:
    officer, pledge, given = make_person(), make_pledge(), signing()
    receipt = actions.sign_as_public(pledge.id, given, now=clock.now())
    signed = queries.find_checked(receipt.check_code)
    assert signed is not None

    actions.strike(signed, reason="Nama tiruan", by=officer, now=clock.now())

    assert queries.counts_of(pledge.id).total == 0
    actions.sign_as_public(pledge.id, signing(name=given.name, phone=given.phone), now=clock.now())
    assert queries.counts_of(pledge.id).total == 1


def test_erasing_leaves_no_name_phone_or_salt_behind(app: Flask) -> None:
    pledge = make_pledge()
    receipt = actions.sign_as_public(pledge.id, signing(), now=clock.now())
    signed = queries.find_receipt(receipt.manage_code)
    assert signed is not None

    actions.erase_own_signature(signed, now=clock.now())

    row = db.session.scalars(select(PledgeSignature)).one()
    assert (row.name, row.name_key, row.phone_sealed, row.phone_hash, row.salt) == ("", "", None, None, None)


def test_phones_go_ninety_days_after_closing(app: Flask) -> None:
    officer, pledge, now = make_person(), make_pledge(), clock.now()
    actions.sign_as_public(pledge.id, signing(), now=now)
    actions.close(pledge, by=officer, now=now)

    actions.sweep_phones(now + timedelta(days=89))
    kept = db.session.scalars(select(PledgeSignature.phone_hash)).one()
    actions.sweep_phones(now + timedelta(days=91))
    gone = db.session.scalars(select(PledgeSignature.phone_hash)).one()

    assert kept is not None
    assert gone is None
    assert queries.counts_of(pledge.id).total == 1


def test_paper_is_refused_plainly_when_number_and_name_have_signed(app: Flask) -> None:
    officer, pledge, given = make_person(), make_pledge(), signing()
    actions.sign_as_public(pledge.id, given, now=clock.now())
    line = PaperSigning(name=given.name, phone=given.phone, district_code=given.district_code, shown=False)

    assert (
        refused(actions.enter_paper_signature, pledge, line, by=officer, now=clock.now()) == "already_signed"
    )


# Races


def _sign_often(pledge_id: int, number: int) -> None:
    pledge = db.session.get_one(Pledge, pledge_id)
    for part in range(4):
        actions.sign_as_public(
            pledge.id,
            signing(
                name=("Ayah Rekaan", "Ibu Rekaan", "Anak Rekaan")[(number + part) % 3],
                phone="+6281211112222",
                submission_key=f"proses-{number}-kunci-kiriman-{part}",
            ),
            now=clock.now(),
        )


@pytest.mark.race
def test_many_processes_with_one_number_leave_two_names_and_no_error(app: Flask) -> None:
    pledge_id = make_pledge().id
    runners = [twin(_sign_often, pledge_id, number) for number in range(6)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(60)

    assert [runner.exitcode for runner in runners] == [0] * len(runners)
    rows = list(db.session.scalars(select(PledgeSignature)))
    assert len(rows) == 4 * len(runners)
    living = [row for row in rows if row.is_living]
    assert len(living) == 2
    assert len({row.name_key for row in living}) == 2
