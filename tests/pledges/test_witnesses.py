"""Witnesses: they co-sign what was sealed here, by page, by program, or when they are visited."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock
from app.core.permissions import Role
from app.pledges import actions, queries
from app.pledges import cli as commands
from app.pledges.models import Pledge
from app.pledges.public.pages import card
from app.pledges.rules import verifying
from tests.people.factories import make_person
from tests.pledges.factories import make_pledge, signing
from tests.support.forms import fill

NAME = "bawaslu.contoh.id"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY_LINE = verifying.witness_key(NAME, KEY.public_key().public_bytes_raw())


def sealed_pledge(*, witness: bool = True, url: str = "") -> Pledge:
    pledge = make_pledge()
    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    actions.seal_logs(clock.now())
    if witness:
        actions.add_witness(
            pledge.unit_id, name="Bawaslu Contoh", key=KEY_LINE, url=url, by=None, now=clock.now()
        )
    return pledge


def note_of(client: FlaskClient, pledge: Pledge, *, key: Ed25519PrivateKey = KEY, name: str = NAME) -> str:
    note = client.get(f"/ikrar/{pledge.slug}/catatan/checkpoint").get_data(as_text=True)
    return f"{note}{verifying.cosignature_line(note, name, key, moment=int(clock.now().timestamp()))}\n"


def send(client: FlaskClient, pledge: Pledge, note: str) -> tuple[int, str]:
    answer = client.post(
        f"/ikrar/{pledge.slug}/catatan/saksi", data=note.encode(), content_type="text/plain; charset=utf-8"
    )
    return answer.status_code, answer.get_data(as_text=True)


def test_a_cosigned_checkpoint_is_kept_and_served_with_the_line_of_its_witness(client: FlaskClient) -> None:
    pledge = sealed_pledge()

    assert send(client, pledge, note_of(client, pledge)) == (201, "ok\n")
    assert send(client, pledge, note_of(client, pledge))[0] == 201

    note = client.get(f"/ikrar/{pledge.slug}/catatan/checkpoint-saksi").get_data(as_text=True)
    key = verifying.read_key(client.get(f"/ikrar/{pledge.slug}/catatan/kunci-saksi").get_data(as_text=True))
    [(signed, moment)] = verifying.signers(verifying.read_checkpoint(note), [key])
    assert signed.name == NAME
    assert moment is not None
    assert "Bawaslu Contoh" in client.get(f"/ikrar/{pledge.slug}/catatan/saksi").get_data(as_text=True)


def test_the_share_card_names_the_newest_seal_that_was_witnessed_under_an_address_of_its_own(
    client: FlaskClient,
) -> None:
    pledge = sealed_pledge()
    before = card(pledge.id, clock.now())
    note = note_of(client, pledge)
    send(client, pledge, note)
    after = card(pledge.id, clock.now())

    assert before is not None
    assert after is not None
    assert before[0] != after[0]
    assert not any("disaksikan" in line for line in before[1].lines)
    root = verifying.read_checkpoint(note).root_text
    assert after[1].lines[-1] == f"Segel 1 baris disaksikan Bawaslu Contoh: {root[:12]}…"
    assert client.get(f"/kartu/ikrar-{pledge.id}-{after[0]}.jpg").status_code == 200
    assert f"/kartu/ikrar-{pledge.id}-{after[0]}.jpg" in client.get(f"/ikrar/{pledge.slug}").get_data(
        as_text=True
    )


def test_what_is_no_witnesss_line_over_a_seal_of_this_log_is_refused(client: FlaskClient) -> None:
    pledge, other = sealed_pledge(), sealed_pledge(witness=False)
    right = note_of(client, pledge)
    size_two = right.replace("\n1\n", "\n2\n")

    for note, code in (
        ("omong kosong", "cosignature_unreadable"),
        (client.get(f"/ikrar/{pledge.slug}/catatan/checkpoint").get_data(as_text=True), "witness_unknown"),
        (note_of(client, pledge, key=Ed25519PrivateKey.generate()), "witness_unknown"),
        (note_of(client, other), "checkpoint_unknown"),
        (size_two, "checkpoint_unknown"),
        (right.replace("\n1\n", f"\n{10**17}\n"), "checkpoint_unknown"),
        (right.replace("\n1\n", f"\n{10**30}\n"), "cosignature_unreadable"),
        (right.replace("\n1\n", f"\n{'9' * 5000}\n"), "cosignature_unreadable"),
        (right.replace(right.splitlines()[-1], _broken(right.splitlines()[-1])), "cosignature_wrong"),
    ):
        status, words = send(client, pledge, note)
        assert (status, words.split(":")[0]) == (422, code)
    assert client.get(f"/ikrar/{pledge.slug}/catatan/checkpoint-saksi").status_code == 404


def _broken(line: str) -> str:
    dash, name, packed = line.split(" ")
    raw = bytearray(base64.b64decode(packed))
    raw[-1] ^= 1
    return f"{dash} {name} {base64.b64encode(bytes(raw)).decode()}"


def test_a_witness_may_paste_its_note_into_the_page(client: FlaskClient) -> None:
    pledge = sealed_pledge()
    address = f"/ikrar/{pledge.slug}/catatan/saksi"

    wrong = fill(client, address, {"note": "tidak terbaca"})
    right = fill(client, address, {"note": note_of(client, pledge).replace("\n", "\r\n")})

    assert wrong.status_code == 422
    assert "bukan segel bertanda tangan" in wrong.get_data(as_text=True)
    assert right.status_code == 303
    assert "Tanda tangan saksi Bawaslu Contoh tersimpan" in client.get(address).get_data(as_text=True)
    assert queries.newest_cosigned(pledge.id) is not None


def test_a_witness_that_has_ended_is_taken_no_more_and_what_it_signed_stays(client: FlaskClient) -> None:
    pledge = sealed_pledge()
    send(client, pledge, note_of(client, pledge))
    [witness] = queries.witnesses_of(pledge.unit_id)
    actions.end_witness(witness, by=make_person(), now=clock.now())

    assert send(client, pledge, note_of(client, pledge))[0] == 422
    assert client.get(f"/ikrar/{pledge.slug}/catatan/checkpoint-saksi").status_code == 200


def test_a_witness_with_a_service_is_visited_and_told_where_it_stood(client: FlaskClient) -> None:
    """The other side is a witness after C2SP tlog-witness that has seen one line already."""
    pledge = sealed_pledge(url="https://saksi.contoh.id/")
    seen = verifying.read_checkpoint(
        client.get(f"/ikrar/{pledge.slug}/catatan/checkpoint").get_data(as_text=True)
    )
    for _ in range(4):
        actions.sign_as_public(pledge.id, signing(), now=clock.now())
    actions.seal_logs(clock.now())
    asked: list[str] = []

    def service(address: str, body: bytes) -> tuple[int, bytes]:
        asked.append(address)
        head, _, note = body.decode().partition("\n\n")
        old, *proof = head.split("\n")
        if old != f"old {seen.size}":
            return 409, f"{seen.size}\n".encode()
        fresh = verifying.read_checkpoint(note)
        path = [base64.b64decode(line) for line in proof]
        verifying.check_consistency(seen.size, fresh.size, seen.root, fresh.root, path)
        return 200, f"{verifying.cosignature_line(note, NAME, KEY, moment=1_800_000_000)}\n".encode()

    assert actions.ask_witnesses(clock.now(), post=service) == 1
    assert asked == ["https://saksi.contoh.id/add-checkpoint"] * 2
    found = queries.newest_cosigned(pledge.id)
    assert found is not None
    assert (found.size, found.names) == (5, ("Bawaslu Contoh",))
    assert actions.ask_witnesses(clock.now(), post=service) == 0


@pytest.mark.parametrize(
    "answer", [(0, b""), (500, b"oops"), (200, b"nonsense"), (409, b"999999"), (409, b"x")]
)
def test_a_witness_that_answers_nonsense_changes_nothing(app: Flask, answer: tuple[int, bytes]) -> None:
    pledge = sealed_pledge(url="https://saksi.contoh.id")

    assert actions.ask_witnesses(clock.now(), post=lambda address, body: answer) == 0
    assert queries.newest_cosigned(pledge.id) is None


def test_an_officer_registers_a_witness_and_a_wrong_key_is_named(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    officer = make_person(Role.PIMPINAN)
    client = sign_in(officer)

    wrong = fill(client, "/kelola/ikrar/saksi", {"name": "FKUB Contoh", "key": "bukan kunci"})
    right = fill(client, "/kelola/ikrar/saksi", {"name": "FKUB Contoh", "key": KEY_LINE})
    again = fill(client, "/kelola/ikrar/saksi", {"name": "FKUB Contoh", "key": KEY_LINE})

    assert "Kunci saksi tidak terbaca" in wrong.get_data(as_text=True)
    assert right.status_code == 303
    assert "sudah terdaftar" in again.get_data(as_text=True)
    assert "FKUB Contoh" in client.get("/kelola/ikrar/saksi").get_data(as_text=True)


def test_the_command_of_a_witness_checks_signs_and_sends(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pledge = sealed_pledge(witness=False)

    class Here(commands.Address):
        """The same addresses, answered by the test's client instead of a network."""

        @staticmethod
        def _get(address: str) -> tuple[bytes, str] | None:
            answer = client.get(address.removeprefix("http://localhost"))
            return None if answer.status_code == 404 else (answer.data, answer.headers.get("Link", ""))

        def send(self, name: str, body: bytes) -> tuple[int, str]:
            return send(client, pledge, body.decode())

    monkeypatch.setattr(commands, "Address", Here)
    words = ["witness", f"http://localhost/ikrar/{pledge.slug}", "--nama", "fkub.contoh.id"]
    words += ["--kunci", str(tmp_path / "kunci"), "--ingatan", str(tmp_path / "ingatan")]
    first = CliRunner().invoke(commands.pledges, words)
    key = first.output.splitlines()[0].removeprefix("Kunci publik saksi: ")
    actions.add_witness(pledge.unit_id, name="FKUB Contoh", key=key, url="", by=None, now=clock.now())
    second = CliRunner().invoke(commands.pledges, words)

    assert (first.exit_code, "witness_unknown" in first.output) == (3, True)
    assert second.exit_code == 0, second.output
    assert (tmp_path / "kunci").stat().st_mode & 0o777 == 0o600
    assert queries.newest_cosigned(pledge.id) is not None
