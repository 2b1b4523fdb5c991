"""The public log, checked by a verifier that shares no code with it."""

import base64
import hashlib
import json
import random
import re
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.pledges import actions, queries
from app.pledges.details import InstitutionSigning, SignWay, Stage
from app.pledges.rules import floods, log, verifying
from app.pledges.rules.states import stage_of
from tests.people.factories import make_organisation, make_person
from tests.pledges.factories import asked, make_pledge, make_teams, signing

# A verifier after RFC 9162 §2.1.3.2 and §2.1.4.2, written from the text of the standard.


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def tree_hash(leaves: list[bytes]) -> bytes:
    """The definition of §2.1.1, leaf by leaf."""
    if not leaves:
        return sha()
    if len(leaves) == 1:
        return sha(b"\x00", leaves[0])
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    return sha(b"\x01", tree_hash(leaves[:cut]), tree_hash(leaves[cut:]))


def inclusion_holds(leaf: bytes, number: int, size: int, path: list[bytes], root: bytes) -> bool:
    if number >= size:
        return False
    fn, sn, r = number, size - 1, sha(b"\x00", leaf)
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = sha(b"\x01", p, r)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha(b"\x01", r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def consistency_holds(old: int, new: int, old_root: bytes, new_root: bytes, path: list[bytes]) -> bool:
    if old == new:
        return not path and old_root == new_root
    proof = list(path)
    if old & (old - 1) == 0:
        proof.insert(0, old_root)
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = sha(b"\x01", c, fr), sha(b"\x01", c, sr)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = sha(b"\x01", sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == new_root


def read_checkpoint(note: str, key: str) -> tuple[str, int, bytes]:
    """Origin, size and root of a C2SP note whose signature holds."""
    text, _, lines = note.partition("\n\n")
    name, number, packed = key.strip().split("+", 2)
    dash, signer, blob = lines.strip().split(" ")
    signature, public = base64.b64decode(blob), base64.b64decode(packed)
    assert (dash, signer) == ("—", name)
    assert signature[:4].hex() == number == sha(name.encode(), b"\n", public)[:4].hex()
    assert public[0] == 1
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature[4:], f"{text}\n".encode())
    origin, size, root = text.split("\n")
    return origin, int(size), base64.b64decode(root)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 64, 100])
def test_the_kept_subtrees_give_roots_and_proofs_of_the_standard(size: int) -> None:
    leaves = [f"baris {number}".encode() for number in range(size)]
    nodes: dict[log.Node, bytes] = {}
    for number, leaf in enumerate(leaves):
        nodes.update(log.completed_by(number, log.leaf_hash(leaf), nodes.__getitem__))

    def hashed(start: int, end: int) -> bytes:
        return log.fold([nodes[node] for node in log.nodes_of_range(start, end)])

    root = tree_hash(leaves)
    assert hashed(0, size) == root
    for number in range(size):
        path = [hashed(*part) for part in log.ranges_of_inclusion(number, size)]
        assert inclusion_holds(leaves[number], number, size, path, root)
        assert not inclusion_holds(b"lain", number, size, path, root)
    for old in range(1, size + 1):
        path = [hashed(*part) for part in log.ranges_of_consistency(old, size)]
        assert consistency_holds(old, size, tree_hash(leaves[:old]), root, path)


@pytest.mark.once
def test_a_proof_asks_for_each_node_by_its_whole_key_however_long_the_log(app: Flask) -> None:
    query = queries.logbook.nodes_query(1, log.nodes_of_range(0, 999_999))
    sql = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))

    steps = [row.detail for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]

    searches = [step for step in steps if step.startswith("SEARCH")]
    assert len(searches) == len(log.nodes_of_range(0, 999_999))
    assert all("pledge_id=? AND level=? AND index=?" in step for step in searches)


def test_the_served_log_verifies_from_outside_and_only_grows(client: FlaskClient) -> None:
    chance, officer, pledge = random.Random(4), make_person(), make_pledge()
    address = f"/ikrar/{pledge.slug}/catatan"
    earlier: list[tuple[int, bytes]] = []
    for _ in range(6):
        for _ in range(chance.randint(1, 9)):
            receipt = actions.sign_as_public(pledge.id, signing(), now=clock.now())
        signed = queries.find_checked(receipt.check_code)
        assert signed is not None
        actions.confirm(signed, SignWay.ONSITE, by=officer, now=clock.now())
        actions.seal_logs(clock.now())
        note = client.get(f"{address}/checkpoint").get_data(as_text=True)
        origin, size, root = read_checkpoint(note, client.get(f"{address}/kunci").get_data(as_text=True))
        leaves = client.get(f"{address}/entri.jsonl").data.splitlines()
        assert origin == pledge.origin
        assert len(leaves) == size
        assert tree_hash(leaves) == root
        for number in range(size):
            proof = client.get(f"{address}/bukti/{number}").json
            path = [base64.b64decode(part) for part in proof["path"]]
            assert inclusion_holds(leaves[number], number, size, path, root)
        for old, old_root in earlier:
            proof = client.get(f"{address}/konsistensi/{old}/{size}").json
            assert consistency_holds(old, size, old_root, root, [base64.b64decode(x) for x in proof["path"]])
        earlier.append((size, root))


def test_the_signer_can_open_the_commitment_and_nobody_else(client: FlaskClient) -> None:
    pledge, given = make_pledge(), signing()
    receipt = actions.sign_as_public(pledge.id, given, now=clock.now())
    actions.seal_logs(clock.now())
    row = queries.find_receipt(receipt.manage_code)
    assert row is not None
    assert row.salt is not None

    [line] = client.get(f"/ikrar/{pledge.slug}/catatan/entri.jsonl").data.splitlines()
    person = json.dumps(
        {"nama": given.name, "telepon": given.phone}, separators=(",", ":"), ensure_ascii=False
    ).encode()

    assert json.loads(line)["komitmen"] == sha(row.salt, person).hex()
    assert given.name.encode() not in line
    assert given.phone.encode() not in line
    assert json.dumps(json.loads(line), separators=(",", ":"), sort_keys=True).encode() == line


def test_until_the_sealer_comes_the_receipt_waits_and_there_is_no_checkpoint(client: FlaskClient) -> None:
    pledge = make_pledge()
    receipt = actions.sign_as_public(pledge.id, signing(), now=clock.now())

    assert "Cari baris saya" in client.get(f"/tanda-terima/{receipt.manage_code}").get_data(as_text=True)
    assert client.get(f"/ikrar/{pledge.slug}/catatan/checkpoint").status_code == 404
    assert client.get(f"/ikrar/{pledge.slug}/catatan/bukti/0").status_code == 404


def test_erasing_a_person_leaves_the_log_whole(client: FlaskClient) -> None:
    pledge = make_pledge()
    receipt = actions.sign_as_public(pledge.id, signing(), now=clock.now())
    actions.seal_logs(clock.now())
    before = client.get(f"/ikrar/{pledge.slug}/catatan/entri.jsonl").data
    row = queries.find_receipt(receipt.manage_code)
    assert row is not None

    actions.erase_own_signature(row, now=clock.now())
    actions.seal_logs(clock.now())

    after = client.get(f"/ikrar/{pledge.slug}/catatan/entri.jsonl").data
    assert after.startswith(before)
    assert json.loads(after.splitlines()[-1])["jenis"] == "penghapusan"


def test_a_campaign_teams_name_stays_out_of_the_log_another_institutions_does_not(
    client: FlaskClient,
) -> None:
    pledge = make_pledge()
    rows = actions.invite_signatories(
        pledge, asked(*make_teams(), make_organisation("Forum Rekaan")), by=None, now=clock.now()
    )
    for row in rows:
        actions.sign_for_institution(
            row, InstitutionSigning(name="Wakil Rekaan", capacity="ketua"), by=None, now=clock.now()
        )
    actions.seal_logs(clock.now())

    text = client.get(f"/ikrar/{pledge.slug}/catatan/entri.jsonl").get_data(as_text=True)

    assert "nomor urut" not in text
    assert text.count("Forum Rekaan") == 1
    assert [json.loads(line)["nama_publik"] for line in text.splitlines()] == [False, False, False, True]


def test_two_sealers_number_every_line_once(app: Flask) -> None:
    pledge = make_pledge()
    for _ in range(5):
        actions.sign_as_public(pledge.id, signing(), now=clock.now())

    assert actions.seal_pledge(pledge.id, now=clock.now()) == 5
    assert actions.seal_pledge(pledge.id, now=clock.now()) == 0


@pytest.mark.parametrize("number", ["-1", "abc", "99", "9" * 30, "%00"])
def test_a_senseless_number_is_a_plain_404(client: FlaskClient, number: str) -> None:
    pledge = make_pledge()
    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    actions.seal_logs(clock.now())

    assert client.get(f"/ikrar/{pledge.slug}/catatan/bukti/{number}").status_code == 404


# Keys


def test_around_a_change_of_keys_the_old_and_the_new_one_sign_together(client: FlaskClient) -> None:
    pledge = make_pledge()
    address = f"/ikrar/{pledge.slug}/catatan"
    assert client.get(f"{address}/kunci").status_code == 404

    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    actions.seal_logs(clock.now())
    [first] = client.get(f"{address}/kunci").get_data(as_text=True).splitlines()

    actions.change_log_key(pledge.unit_id, by=None, now=clock.now())
    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    actions.seal_logs(clock.now())
    keys = client.get(f"{address}/kunci").get_data(as_text=True).splitlines()
    text, _, lines = client.get(f"{address}/checkpoint").get_data(as_text=True).partition("\n\n")
    both = lines.splitlines()

    assert keys[1:] == [first]
    assert keys[0] != first
    for line, key in zip(both, keys, strict=True):
        assert read_checkpoint(f"{text}\n\n{line}", key)[1] == 2


def test_an_old_key_signs_no_more_when_its_time_is_over_or_it_was_seen_by_others(app: Flask) -> None:
    pledge, now = make_pledge(), clock.now()
    actions.sign_as_public(pledge.id, signing(), now=now)
    actions.seal_logs(now)

    def signatures(at: datetime) -> int:
        actions.sign_as_public(pledge.id, signing(), now=at)
        actions.seal_logs(at)
        checkpoint = queries.newest_checkpoint(pledge.id)
        return checkpoint.note.count("— ") if checkpoint else 0

    actions.change_log_key(pledge.unit_id, by=None, now=now)
    assert signatures(now) == 2
    assert signatures(now + timedelta(days=90)) == 1
    actions.change_log_key(pledge.unit_id, by=None, now=now + timedelta(days=91), at_once=True)
    assert signatures(now + timedelta(days=91)) == 1
    assert len(queries.log_keys(pledge)) == 3


def test_units_sign_with_keys_of_their_own(app: Flask) -> None:
    pledges = [make_pledge(), make_pledge()]
    for pledge in pledges:
        actions.sign_as_public(pledge.id, signing(), now=clock.now())
    actions.seal_logs(clock.now())

    keys = [queries.log_keys(pledge)[0].rpartition("+")[2] for pledge in pledges]

    assert keys[0] != keys[1]


# What becomes a line


def test_further_tries_are_lines_like_any_other_and_are_sorted_out_as_a_number(client: FlaskClient) -> None:
    pledge, given, now = make_pledge(), signing(), clock.now()
    actions.sign_as_public(pledge.id, given, now=now)
    for _ in range(5):
        actions.sign_as_public(pledge.id, signing(name=given.name, phone=given.phone), now=now)
    actions.seal_logs(now)
    numbers = client.get(f"/ikrar/{pledge.slug}/hitungan.json").json
    lines = [
        json.loads(line) for line in client.get(f"/ikrar/{pledge.slug}/catatan/entri.jsonl").data.splitlines()
    ]

    assert (numbers["ways"]["unverified"], numbers["unsorted"]) == (1, 5)
    assert len({frozenset(line) for line in lines}) == 1
    assert len({line["komitmen"] for line in lines}) == 6

    assert actions.sort_out_doubtful(now) == 0
    assert actions.sort_out_doubtful(now + timedelta(days=1, minutes=1)) == 5
    actions.seal_logs(now)
    raw = client.get(f"/ikrar/{pledge.slug}/catatan/entri.jsonl").data.splitlines()
    numbers = client.get(f"/ikrar/{pledge.slug}/hitungan.json").json

    assert json.loads(raw[-1])["jumlah"] == 5
    assert verifying.count(raw)["belum_terverifikasi"] == numbers["ways"]["unverified"] == 1
    assert numbers["unsorted"] == 0
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", line["waktu"]) for line in lines)


def test_a_flood_from_one_network_is_marked_silently_and_an_officer_may_let_one_count(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floods, "BURST", 3)
    pledge, now = make_pledge(), clock.now()
    receipts = [actions.sign_as_public(pledge.id, signing(network="10.9.8.7"), now=now) for _ in range(6)]
    other = actions.sign_as_public(pledge.id, signing(network="10.9.8.8"), now=now)
    assert queries.counts_of(pledge.id).total == 4
    assert client.get(f"/tanda-terima/{receipts[-1].manage_code}").status_code == 200
    assert actions.sort_out_doubtful(now) == 3

    marked = queries.find_checked(receipts[-1].check_code)
    fine = queries.find_checked(other.check_code)
    assert marked is not None
    assert fine is not None
    actions.confirm(marked, SignWay.ONSITE, by=make_person(), now=now)
    actions.strike(fine, reason="coba", by=make_person(), now=now)
    actions.seal_logs(now)
    raw = client.get(f"/ikrar/{pledge.slug}/catatan/entri.jsonl").data.splitlines()
    counts = queries.counts_of(pledge.id)

    assert counts.by_way[SignWay.ONSITE] == verifying.count(raw)["di_tempat"] == 1
    assert counts.by_way[SignWay.UNVERIFIED] == verifying.count(raw)["belum_terverifikasi"] == 3
    assert queries.problems_with_counts() == []


def test_the_recount_finds_a_tally_that_is_off(app: Flask) -> None:
    pledge = make_pledge()
    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    assert queries.problems_with_counts() == []
    actions.seal_logs(clock.now())
    assert queries.problems_with_counts() == []
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE pledge_tallies SET count = count + 1"))
    db.session.rollback()

    [problem] = queries.problems_with_counts()
    assert str(pledge.id) in problem


def test_strike_restoration_and_erasure_are_kinds_of_their_own(client: FlaskClient) -> None:
    pledge, officer, now = make_pledge(), make_person(), clock.now()
    receipt = actions.sign_as_public(pledge.id, signing(), now=now)
    row = queries.find_receipt(receipt.manage_code)
    assert row is not None
    actions.strike(row, reason="nama rekaan", by=officer, now=now)
    assert queries.counts_of(pledge.id).total == 0
    actions.restore(row, reason="salah coret", by=officer, now=now)
    assert queries.counts_of(pledge.id).total == 1
    actions.erase_own_signature(row, now=now)
    actions.seal_logs(now)

    lines = client.get(f"/ikrar/{pledge.slug}/catatan/entri.jsonl").data.splitlines()

    kinds = [json.loads(line)["jenis"] for line in lines]
    assert kinds == ["tanda_tangan", "pencoretan", "pemulihan", "penghapusan"]


def test_a_strike_is_not_taken_back_when_the_number_has_signed_again(app: Flask) -> None:
    pledge, officer, given = make_pledge(), make_person(), signing()
    row = queries.find_receipt(actions.sign_as_public(pledge.id, given, now=clock.now()).manage_code)
    assert row is not None
    actions.strike(row, reason="nama rekaan", by=officer, now=clock.now())
    actions.sign_as_public(pledge.id, signing(name=given.name, phone=given.phone), now=clock.now())

    with pytest.raises(RuleBroken, match="already_signed"):
        actions.restore(row, reason="salah coret", by=officer, now=clock.now())


def test_the_line_of_a_receipt_is_found_by_its_commitment(client: FlaskClient) -> None:
    pledge = make_pledge()
    row = queries.find_receipt(actions.sign_as_public(pledge.id, signing(), now=clock.now()).manage_code)
    assert row is not None
    address = f"/ikrar/{pledge.slug}/catatan/komitmen"
    assert client.get(f"{address}/{row.commitment}").status_code == 404
    actions.seal_logs(clock.now())

    assert client.get(f"{address}/{row.commitment}").location.endswith("/catatan/bukti/0")
    assert client.get(f"{address}/{'0' * 64}").status_code == 404
    assert client.get(f"{address}/x").status_code == 404


def test_closing_seals_every_line_however_many(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.pledges.actions.sealing.MOST_AT_ONCE", 2)
    pledge = make_pledge()
    for _ in range(5):
        actions.sign_as_public(pledge.id, signing(), now=clock.now())

    actions.close(pledge, by=None, now=clock.now())

    checkpoint = queries.newest_checkpoint(pledge.id)
    assert checkpoint is not None
    assert checkpoint.size == 5


def test_a_pause_moves_the_end_by_the_time_lost(app: Flask) -> None:
    now = clock.now()
    pledge, officer = make_pledge(closes_at=now + timedelta(hours=2)), make_person()
    actions.pause(pledge, by=officer, now=now + timedelta(hours=1))
    assert stage_of(pledge, now + timedelta(hours=3), quiet=False) is Stage.PAUSED

    actions.open_pledge(pledge, by=officer, now=now + timedelta(hours=4))

    assert pledge.closes_at == now + timedelta(hours=5)
    assert stage_of(pledge, now + timedelta(hours=4), quiet=False) is Stage.SIGNING
    assert stage_of(pledge, now + timedelta(hours=5), quiet=False) is Stage.CLOSED
