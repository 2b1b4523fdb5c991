"""Checking a log from outside: published vectors, any tampering is found, the command says it in words."""

import base64
import functools
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import clock
from app.core.database import db
from app.pledges import actions, queries
from app.pledges.cli import pledges
from app.pledges.details import SignWay
from app.pledges.models import Pledge
from app.pledges.rules import log, verifying
from app.pledges.rules.verifying import Broken
from tests.people.factories import make_person
from tests.pledges.factories import make_pledge, signing

pytestmark = pytest.mark.once

# The reference tree of Certificate Transparency (RFC 6962, unchanged in RFC 9162).
REFERENCE = [
    bytes.fromhex(text)
    for text in [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
CONSISTENCY = {
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
# The example of Go's sumdb/note, on which C2SP signed-note rests.
NOTE_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def nodes_of(leaves: list[bytes]) -> dict[log.Node, bytes]:
    nodes: dict[log.Node, bytes] = {}
    for number, leaf in enumerate(leaves):
        nodes.update(log.completed_by(number, log.leaf_hash(leaf), nodes.__getitem__))
    return nodes


def hashes(nodes: dict[log.Node, bytes], ranges: list[tuple[int, int]]) -> list[bytes]:
    return [log.fold([nodes[node] for node in log.nodes_of_range(*part)]) for part in ranges]


def test_the_published_roots_come_out_of_writer_and_verifier() -> None:
    nodes = nodes_of(REFERENCE)
    for size, root in enumerate(ROOTS):
        assert verifying.root_of(REFERENCE[:size]).hex() == root
        assert log.fold([nodes[node] for node in log.nodes_of_range(0, size)]).hex() == root


def test_the_published_proofs_are_made_and_accepted() -> None:
    nodes = nodes_of(REFERENCE)
    root = bytes.fromhex(ROOTS[8])
    for (number, size), published in INCLUSION.items():
        path = hashes(nodes, log.ranges_of_inclusion(number, size))
        assert [value.hex() for value in path] == published
        verifying.check_inclusion(verifying.leaf_hash(REFERENCE[number]), number, size, path, root)
    for (old, new), published in CONSISTENCY.items():
        path = hashes(nodes, log.ranges_of_consistency(old, new))
        assert [value.hex() for value in path] == published
        verifying.check_consistency(old, new, bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]), path)


def test_the_published_note_verifies_and_an_altered_one_does_not() -> None:
    key = verifying.read_key(NOTE_KEY)
    for note, holds in ((NOTE, True), (NOTE.replace("answer", "Answer"), False)):
        text, signatures = verifying.read_note(note)
        checkpoint = verifying.Checkpoint("PeterNeumann", 0, b"", text, signatures)
        if holds:
            assert verifying.signers(checkpoint, [key]) == [(key, None)]
        else:
            with pytest.raises(Broken, match="signature_wrong"):
                verifying.signers(checkpoint, [key])


# Tampering

ORIGIN = "rukun/ikrar/contoh"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY_LINE = log.verifier_key(ORIGIN, log.public_bytes(KEY))


def lines_of(names: list[str]) -> list[bytes]:
    return [
        log.canonical_json(
            {"v": 3, "ikrar": ORIGIN, "jenis": "tanda_tangan", "komitmen": name, "nomor": number}
        ).encode()
        for number, name in enumerate(names)
    ]


def seal(lines: list[bytes]) -> str:
    return log.signed_checkpoint(ORIGIN, len(lines), verifying.root_of(lines), [KEY])


names = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), min_size=2, max_size=12)


@settings(max_examples=50, deadline=None)
@given(names, st.data())
def test_edits_drops_swaps_and_insertions_are_found(texts: list[str], data: st.DataObject) -> None:
    lines = lines_of(texts)
    checkpoint = verifying.check_checkpoint(seal(lines), [KEY_LINE])
    verifying.check_lines(lines, checkpoint)
    place = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.integers(0, len(lines) - 1).filter(lambda value: value != place))
    forged = lines_of([*texts, "lain"])[-1]
    tampered = {
        "edit": [*lines[:place], lines[place].replace(b"tanda_tangan", b"pencoretan"), *lines[place + 1 :]],
        "drop": [*lines[:place], *lines[place + 1 :]],
        "insert": [*lines[:place], forged, *lines[place:]],
        "swap": [
            lines[other] if n == place else lines[place] if n == other else line
            for n, line in enumerate(lines)
        ],
    }[data.draw(st.sampled_from(["edit", "drop", "insert", "swap"]))]
    with pytest.raises(Broken):
        verifying.check_lines(tampered, checkpoint)


@settings(max_examples=40, deadline=None)
@given(names, st.data())
def test_a_fork_has_no_proof_even_when_it_is_properly_signed(texts: list[str], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(texts)))
    place = data.draw(st.integers(0, old - 1))
    seen = verifying.check_checkpoint(seal(lines_of(texts)[:old]), [KEY_LINE])
    forked = lines_of([*texts[:place], texts[place] + "!", *texts[place + 1 :]])
    now = verifying.check_checkpoint(seal(forked), [KEY_LINE])
    nodes = nodes_of(forked)
    path = hashes(nodes, log.ranges_of_consistency(old, len(forked)))
    with pytest.raises(Broken, match="log_forked"):
        verifying.check_consistency(old, len(forked), seen.root, now.root, path)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.data())
def test_no_proof_survives_a_changed_hash_number_or_size(size: int, data: st.DataObject) -> None:
    lines = lines_of([str(number) for number in range(size)])
    number = data.draw(st.integers(0, size - 1))
    path = hashes(nodes_of(lines), log.ranges_of_inclusion(number, size))
    root = verifying.root_of(lines)
    verifying.check_inclusion(verifying.leaf_hash(lines[number]), number, size, path, root)
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        wrong = [*path[:place], bytes(32), *path[place + 1 :]]
        with pytest.raises(Broken):
            verifying.check_inclusion(verifying.leaf_hash(lines[number]), number, size, wrong, root)
    with pytest.raises(Broken):
        verifying.check_inclusion(verifying.leaf_hash(b"lain"), number, size, path, root)
    with pytest.raises(Broken):
        verifying.check_inclusion(verifying.leaf_hash(lines[number]), size, size, path, root)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.binary(max_size=60))
def test_whatever_is_read_is_read_or_refused_never_a_crash(text: str, raw: bytes) -> None:
    for deed in (
        functools.partial(verifying.read_checkpoint, text),
        functools.partial(verifying.read_checkpoint, f"{ORIGIN}\n1\n{text}\n\n— a {text}\n"),
        functools.partial(verifying.read_key, text),
        functools.partial(verifying.read_key, f"a+b+{text}"),
        functools.partial(verifying.read_line, raw, 0),
    ):
        try:
            deed()
        except Broken:
            continue


# The command


def signed_pledge() -> Pledge:
    officer, pledge = make_person(), make_pledge()
    for _ in range(5):
        receipt = actions.sign_as_public(pledge.id, signing(), now=clock.now())
    row = queries.find_checked(receipt.check_code)
    assert row is not None
    actions.confirm(row, SignWay.ONSITE, by=officer, now=clock.now())
    actions.seal_logs(clock.now())
    return pledge


def save(client: FlaskClient, pledge: Pledge, folder: Path) -> Path:
    """What a journalist saves in a browser."""
    (folder / "bukti").mkdir(parents=True, exist_ok=True)
    for name in ("kunci", "checkpoint", "entri.jsonl", "bukti/0"):
        (folder / name).write_bytes(client.get(f"/ikrar/{pledge.slug}/catatan/{name}").data)
    for name in ("naskah.txt", "hitungan.json"):
        (folder / name).write_bytes(client.get(f"/ikrar/{pledge.slug}/{name}").data)
    return folder


def verify(folder: Path, memory: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(pledges, ["verify", str(folder), "--ingatan", str(memory), *options])
    return done.exit_code, done.output


def test_saved_files_of_a_growing_log_hold_run_after_run(client: FlaskClient, tmp_path: Path) -> None:
    pledge, memory = signed_pledge(), tmp_path / "ingatan.json"

    first = verify(save(client, pledge, tmp_path / "a"), memory)
    actions.sign_as_public(pledge.id, signing(), now=clock.now())
    actions.seal_logs(clock.now())
    second = verify(save(client, pledge, tmp_path / "b"), memory)

    assert first[0] == second[0] == 0, first[1] + second[1]
    assert "pemeriksaan pertama" in first[1]
    assert "6 baris dari pemeriksaan terakhir masih sama" in second[1]
    assert "Hitungan di halaman sama" in second[1]
    assert "Naskah yang tampil adalah naskah yang ditandatangani" in second[1]
    assert "1 bukti baris" in first[1]


@pytest.mark.parametrize(
    ("part", "before", "after", "said"),
    [
        ("entri.jsonl", b"belum_terverifikasi", b"di_tempat", "BARIS DIUBAH"),
        ("entri.jsonl", b'"nomor":2', b'"nomor":9', "menyebut dirinya nomor 9"),
        ("checkpoint", b"\n6\n", b"\n5\n", "TANDA TANGAN SEGEL SALAH"),
        ("naskah.txt", b"kerukunan", b"kerukuman", "bukan naskah yang ditandatangani"),
        ("hitungan.json", b'"onsite":1', b'"onsite":7', "tidak sama dengan hitungan dari catatan"),
        ("bukti/0", b'"path":["', b'"path":["AAAA', "tidak cocok"),
        ("bukti/0", b'"path"', b'"jalan"', "tidak berbentuk seperti di dokumentasi"),
    ],
)
def test_a_changed_part_is_named_and_the_status_is_one(
    client: FlaskClient, tmp_path: Path, part: str, before: bytes, after: bytes, said: str
) -> None:
    folder = save(client, signed_pledge(), tmp_path / "a")
    whole = (folder / part).read_bytes()
    assert before in whole
    (folder / part).write_bytes(whole.replace(before, after, 1))

    status, words = verify(folder, tmp_path / "ingatan.json")

    assert status == 1
    assert said in words


def test_a_log_that_was_made_anew_is_found_by_who_saw_the_old_one(
    client: FlaskClient, tmp_path: Path
) -> None:
    pledge, memory = signed_pledge(), tmp_path / "ingatan.json"
    folder = save(client, pledge, tmp_path / "a")
    assert verify(folder, memory)[0] == 0
    row = json.loads(memory.read_text())
    shorter = folder / "entri.jsonl"
    lines = shorter.read_bytes().splitlines(keepends=True)

    # The same log as somebody with the key would tell it who wants one signature gone.
    [seed] = db.session.execute(db.text("SELECT seed_sealed FROM pledge_log_keys")).scalars()
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(actions.sealing.crypto.decrypt(seed)))
    bare = [line.rstrip(b"\n") for line in lines[:4]]
    (folder / "checkpoint").write_text(
        log.signed_checkpoint(pledge.origin, 4, verifying.root_of(bare), [key])
    )
    shorter.write_bytes(b"".join(lines[:4]))

    status, words = verify(folder, memory)

    assert (status, "MENYUSUT" in words) == (1, True)
    assert json.loads(memory.read_text()) == row


def test_a_key_that_no_old_key_vouches_for_is_asked_about(client: FlaskClient, tmp_path: Path) -> None:
    pledge, memory = signed_pledge(), tmp_path / "ingatan.json"
    assert verify(save(client, pledge, tmp_path / "a"), memory)[0] == 0
    later = clock.now() + timedelta(days=1)
    actions.change_log_key(pledge.unit_id, by=None, now=later, at_once=True)
    actions.sign_as_public(pledge.id, signing(), now=later)
    actions.seal_logs(later)
    folder = save(client, pledge, tmp_path / "b")
    number = verifying.read_key(queries.log_keys(pledge)[0]).number

    assert verify(folder, memory) == (1, verify(folder, memory)[1])
    assert "--terima-kunci" in verify(folder, memory)[1]
    assert verify(folder, memory, "--terima-kunci", number)[0] == 0
    assert verify(folder, memory)[0] == 0


def test_what_is_not_there_is_status_three(tmp_path: Path) -> None:
    status, words = verify(tmp_path, tmp_path / "ingatan.json")

    assert status == 3
    assert "Tidak ada: checkpoint" in words


def test_the_command_runs_where_there_is_no_database(tmp_path: Path, client: FlaskClient) -> None:
    """In a process of its own, with a database that cannot be reached and an instance that cannot be made."""
    folder = save(client, signed_pledge(), tmp_path / "a")
    where = {
        **os.environ,
        "RUKUN_DATABASE_URL": "postgresql://127.0.0.1:1/none",
        "RUKUN_INSTANCE": "/dev/null/instance",
    }
    done = subprocess.run(
        [sys.executable, "-m", "app.pledges.cli", "verify", str(folder), "--ingatan", str(tmp_path / "i")],
        env=where,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Semua yang dapat diperiksa dari luar cocok." in done.stdout


def test_the_verifier_file_stands_alone(app: Flask) -> None:
    source = Path(verifying.__file__).read_text()

    assert "from app" not in source
    assert "import app" not in source


def test_a_receipts_commitment_opens_to_its_person_only() -> None:
    salt = bytes(range(32))
    known = log.commitment(salt, name="Siti Rekaan", phone="+62812000")
    verifying.check_person(known, salt=salt.hex(), name="Siti Rekaan", phone="+62812000")
    with pytest.raises(Broken, match="commitment_differs"):
        verifying.check_person(known, salt=salt.hex(), name="Siti Rekaan", phone="+62812001")
    assert base64.b64encode(salt)
