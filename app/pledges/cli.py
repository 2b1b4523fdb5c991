"""Management commands of pledges. `verify` works on any machine: it asks the public addresses or reads files.

Nothing here touches a database; `python -m app.pledges.cli verify …` does not even build the application.
"""

import base64
import hashlib
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.pledges.rules import verifying
from app.pledges.rules.verifying import Broken, Checkpoint

HOLDS, BROKEN, UNREADABLE = 0, 1, 3
MOST_BYTES = 64 * 1024 * 1024
PROOFS_TRIED = 8

# The command is used where no catalogue is: its sentences stand here, in Indonesian.
SENTENCES = {
    "base64_unreadable": "Ada data base64 yang rusak.",
    "key_unreadable": "Kunci publik tidak terbaca: {key}",
    "note_unreadable": "Segel tidak berbentuk catatan bertanda tangan (C2SP signed-note).",
    "checkpoint_unreadable": "Isi segel tidak terbaca (C2SP tlog-checkpoint).",
    "signature_wrong": "TANDA TANGAN SEGEL SALAH untuk kunci {key}.",
    "signature_missing": "Segel tidak ditandatangani oleh satu pun kunci catatan ini.",
    "origin_differs": "Segel ini milik catatan lain: {found}, bukan {expected}.",
    "lines_missing": "Baris hilang: segel menyebut {expected} baris, yang ada {found}.",
    "line_unreadable": "Baris nomor {number} tidak berbentuk JSON kanonis (RFC 8785).",
    "line_elsewhere": "Baris nomor {number} menyebut catatan lain.",
    "line_senseless": "Baris nomor {number} ({kind}) tidak mungkin terjadi sesudah baris-baris sebelumnya.",
    "number_wrong": "Baris ke-{number} menyebut dirinya nomor {found}.",
    "root_differs": "BARIS DIUBAH: {size} baris ini tidak menghasilkan akar yang disegel.",
    "inclusion_wrong": "Bukti untuk baris nomor {number} tidak cocok dengan segel.",
    "log_shrank": "CATATAN MENYUSUT: dahulu {old} baris, sekarang {new}.",
    "log_forked": "CATATAN BERCABANG: segel atas {old} baris bukan awal dari catatan yang sekarang ({new} baris).",
    "text_differs": "Naskah yang tampil bukan naskah yang ditandatangani baris terakhir.",
    "counts_differ": "Hitungan di halaman ({page}) tidak sama dengan hitungan dari catatan ({log}).",
    "key_unknown": "Kunci diganti tanpa tanda tangan kunci lama: {key}. "
    "Tanyakan kepada satuan, lalu ulangi dengan --terima-kunci.",
    "part_unreadable": "Ada bagian yang tidak berbentuk seperti di dokumentasi: {why}",
    "file_missing": "Tidak ada: {name}",
    "source_unreachable": "Tidak dapat dibaca: {address} ({why})",
}


class Source(Protocol):
    """Where the parts of a log are read from; None when a part is not there."""

    def part(self, name: str) -> bytes | None: ...


class Address:
    """The public addresses of a declaration."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or "/ikrar/" not in parts.path:
            raise click.BadParameter("alamat ikrar berbentuk https://…/ikrar/<nama>")
        before, _, after = parts.path.partition("/ikrar/")
        slug = after.split("/")[0].removesuffix(".json")
        self._base = f"{parts.scheme}://{parts.netloc}{before}/ikrar/{slug}"

    def part(self, name: str) -> bytes | None:
        if name == "entri.jsonl":
            return self._entries()
        inside = name not in {"naskah.txt", "hitungan.json"}
        found = self._get(f"{self._base}/catatan/{name}" if inside else f"{self._base}/{name}")
        return found[0] if found else None

    def send(self, name: str, body: bytes) -> tuple[int, str]:
        """Send something to the log; status and words of the answer."""
        request = urllib.request.Request(  # noqa: S310 – http(s) only
            f"{self._base}/catatan/{name}", data=body, headers={"Content-Type": "text/plain; charset=utf-8"}
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                return answer.status, answer.read(2000).decode(errors="replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read(2000).decode(errors="replace")
        except OSError as error:
            raise Broken("source_unreachable", address=self._base, why=error) from error

    def _entries(self) -> bytes:
        lines, further = b"", f"{self._base}/catatan/entri.jsonl?dari=0"
        while further:
            found = self._get(further)
            if found is None:
                break
            lines += found[0]
            link = found[1]
            further = urljoin(further, link[1 : link.index(">")]) if 'rel="next"' in link else ""
            if urlsplit(further).netloc not in {"", urlsplit(self._base).netloc} or not found[0]:
                break
        return lines

    @staticmethod
    def _get(address: str) -> tuple[bytes, str] | None:
        request = urllib.request.Request(address, headers={"User-Agent": "rukun-verify/1"})  # noqa: S310 – http(s) only
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                return answer.read(MOST_BYTES), answer.headers.get("Link", "")
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise Broken("source_unreachable", address=address, why=error.code) from error
        except (OSError, ValueError) as error:
            raise Broken("source_unreachable", address=address, why=error) from error


class Files:
    """Saved parts: folders, or files under the names of their addresses."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._files: dict[str, Path] = {}
        for path in paths:
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                if file.is_file():
                    name = f"bukti/{file.name}" if file.parent.name == "bukti" else file.name
                    self._files[name] = file

    def part(self, name: str) -> bytes | None:
        file = self._files.get(name)
        return file.read_bytes() if file else None


class Memory:
    """What earlier runs saw, by origin: the last checkpoint and the keys. A JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}

    def of(self, origin: str) -> dict[str, Any]:
        seen: dict[str, Any] = self._seen.get(origin, {})
        return seen

    def keep(self, origin: str, note: str, keys: Sequence[str]) -> None:
        self._seen[origin] = {"checkpoint": note, "keys": list(keys)}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(self._seen, ensure_ascii=False, indent=1))
        os.replace(fresh, self._path)


def _default_memory() -> Path:
    home = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(home) / "rukun" / "verify.json"


@click.group()
def pledges() -> None:
    """Ikrar dan catatannya / pledges and their logs."""


@pledges.command()
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "--ingatan",
    type=click.Path(path_type=Path, dir_okay=False),
    default=_default_memory,
    help="Berkas segel terakhir yang dilihat / where the last checkpoint is kept.",
)
@click.option("--terima-kunci", default="", help="Sidik (8 heksa) kunci baru yang sudah ditanyakan.")
def verify(sources: tuple[str, ...], ingatan: Path, terima_kunci: str) -> None:
    """Periksa catatan ikrar dari luar / check a pledge's log from outside.

    SOURCES: one address of a declaration (https://…/ikrar/<nama>), or folders and files saved from its
    addresses (kunci, checkpoint, entri.jsonl, naskah.txt, hitungan.json, bukti/N). Needs no database.
    Status 0: everything holds; 1: something does not; 3: it could not be read.
    """
    addresses = [source for source in sources if "://" in source]
    if addresses and len(sources) > 1:
        raise click.UsageError("Satu alamat saja, atau berkas-berkas.")
    source: Source = Address(sources[0]) if addresses else Files([Path(name) for name in sources])
    try:
        for sentence in check(source, Memory(ingatan), accepted=terima_kunci):
            click.echo(f"✓ {sentence}")
    except Broken as broken:
        click.echo(f"✗ {SENTENCES[broken.code].format(**broken.holes)}")
        unread = broken.code in {"source_unreachable", "file_missing"}
        click.echo(
            "Pemeriksaan tidak selesai." if unread else "CATATAN INI TIDAK DAPAT DIPERCAYA SEPERTI ADANYA."
        )
        raise click.exceptions.Exit(UNREADABLE if unread else BROKEN) from broken
    click.echo("Semua yang dapat diperiksa dari luar cocok.")


@pledges.command()
@click.argument("address")
@click.option("--nama", required=True, help="Nama saksi, misalnya bawaslu.contoh.id / the witness's name.")
@click.option(
    "--kunci",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Berkas kunci rahasia; dibuat bila belum ada / the secret key, made when it is missing.",
)
@click.option("--ingatan", type=click.Path(path_type=Path, dir_okay=False), default=_default_memory)
def witness(address: str, nama: str, kunci: Path, ingatan: Path) -> None:
    """Periksa catatan, lalu tanda tangani segelnya sebagai saksi / check a log and co-sign its checkpoint."""
    source = Address(address)
    key = _secret_key(kunci)
    try:
        click.echo(f"Kunci publik saksi: {verifying.witness_key(nama, key.public_key().public_bytes_raw())}")
    except Broken as broken:
        raise click.BadParameter("nama saksi tanpa spasi dan tanpa tanda +") from broken
    try:
        for sentence in check(source, Memory(ingatan)):
            click.echo(f"✓ {sentence}")
        note = _text(source, "checkpoint")
        line = verifying.cosignature_line(note, nama, key, moment=int(time.time()))
        status, words = source.send("saksi", f"{note}{line}\n".encode())
    except Broken as broken:
        click.echo(f"✗ {SENTENCES[broken.code].format(**broken.holes)}")
        raise click.exceptions.Exit(BROKEN) from broken
    if status != 201:
        click.echo(f"✗ Segel tidak diterima ({status}): {words.strip()}")
        raise click.exceptions.Exit(UNREADABLE)
    click.echo("Segel ditandatangani dan terkirim.")


def _secret_key(path: Path) -> Ed25519PrivateKey:
    """The witness's key, made when the file is not there; readable by its owner only."""
    if path.exists():
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))
    key = Ed25519PrivateKey.generate()
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(key.private_bytes_raw().hex() + "\n")
    return key


def check(source: Source, memory: Memory, *, accepted: str = "") -> list[str]:
    """Check all parts of a log; sentences about what holds. Raises Broken with what does not."""
    try:
        return _check(source, memory, accepted)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Broken("part_unreadable", why=type(error).__name__) from error


def _check(source: Source, memory: Memory, accepted: str) -> list[str]:
    said = []
    note = _text(source, "checkpoint")
    key_lines = [line for line in _text(source, "kunci").splitlines() if line]
    checkpoint = verifying.check_checkpoint(note, key_lines)
    seen = memory.of(checkpoint.origin)
    _check_keys(checkpoint, key_lines, seen.get("keys", []), accepted)
    said.append(f"Segel atas {checkpoint.size} baris ditandatangani kunci catatan {checkpoint.origin}.")
    lines = _part(source, "entri.jsonl").split(b"\n")
    if lines[-1] != b"":
        raise Broken("line_unreadable", number=len(lines) - 1)
    lines.pop()
    verifying.check_lines(lines, checkpoint)
    said.append("Setiap baris menyebut nomornya sendiri, dan semua baris menghasilkan akar yang disegel.")
    said += _check_growth(source, lines, checkpoint, seen.get("checkpoint", ""))
    said += _check_proofs(source, lines, checkpoint)
    said += _check_page(source, lines, checkpoint)
    memory.keep(checkpoint.origin, note, key_lines)
    return said


def _check_keys(checkpoint: Checkpoint, lines: Sequence[str], seen: Sequence[str], accepted: str) -> None:
    """Who has seen keys before accepts a new one only beside an old one's signature, or when told to."""
    if not seen:
        return
    signed = [key for key, _ in verifying.signers(checkpoint, [verifying.read_key(line) for line in lines])]
    if any(key.line in seen for key in signed) or any(accepted and key.number == accepted for key in signed):
        return
    raise Broken("key_unknown", key=", ".join(key.line for key in signed))


def _check_growth(source: Source, lines: Sequence[bytes], checkpoint: Checkpoint, kept: str) -> list[str]:
    if not kept:
        return ["Ini pemeriksaan pertama di komputer ini; segelnya disimpan untuk pemeriksaan berikutnya."]
    old = verifying.read_checkpoint(kept)
    if old.size > checkpoint.size:
        raise Broken("log_shrank", old=old.size, new=checkpoint.size)
    if verifying.root_of(lines[: old.size]) != old.root:
        raise Broken("log_forked", old=old.size, new=checkpoint.size)
    served = source.part(f"konsistensi/{old.size}/{checkpoint.size}")
    if served is not None and old.size:
        path = [base64.b64decode(value) for value in json.loads(served)["path"]]
        verifying.check_consistency(old.size, checkpoint.size, old.root, checkpoint.root, path)
    return [f"{old.size} baris dari pemeriksaan terakhir masih sama: catatan hanya bertambah."]


def _check_proofs(source: Source, lines: Sequence[bytes], checkpoint: Checkpoint) -> list[str]:
    """Some of the served proofs of single lines, spread over the log and always the last."""
    step = max(1, checkpoint.size // PROOFS_TRIED)
    tried = 0
    for number in {*range(0, checkpoint.size, step), checkpoint.size - 1}:
        served = source.part(f"bukti/{number}")
        if served is None:
            continue
        proof = json.loads(served)
        under = verifying.read_checkpoint(proof["checkpoint"])
        if under.origin != checkpoint.origin or (
            under.size == checkpoint.size and under.root != checkpoint.root
        ):
            raise Broken("log_forked", old=under.size, new=checkpoint.size)
        path = [base64.b64decode(value) for value in proof["path"]]
        verifying.check_inclusion(verifying.leaf_hash(lines[number]), number, under.size, path, under.root)
        tried += 1
    return [f"{tried} bukti baris yang dicoba cocok dengan segel."] if tried else []


def _check_page(source: Source, lines: Sequence[bytes], checkpoint: Checkpoint) -> list[str]:
    """The text and the numbers that the page shows, against the sealed lines."""
    sealed = lines[: checkpoint.size]
    said = []
    text = source.part("naskah.txt")
    if text is not None and sealed:
        last = verifying.read_line(sealed[-1], len(sealed) - 1)
        if hashlib.sha256(text).hexdigest() != last.get("naskah"):
            raise Broken("text_differs")
        said.append("Naskah yang tampil adalah naskah yang ditandatangani (SHA-256).")
    if any(verifying.read_line(line, number)["v"] == 1 for number, line in enumerate(sealed)):
        return [*said, "Catatan ini memuat baris bentuk lama; hitungannya tidak dibandingkan."]
    ways = verifying.count(sealed)
    shown = ", ".join(f"{way} {ways[way]}" for way in verifying.COUNTED_WAYS)
    page = source.part("hitungan.json")
    if page is None:
        return [*said, f"Tanda tangan warga menurut catatan: {shown}."]
    numbers = json.loads(page)
    named = {way: numbers["ways"][key] for way, key in _LIVE.items()}
    if numbers.get("sealed") != checkpoint.size or numbers.get("waiting"):
        return [*said, f"Tanda tangan warga menurut catatan: {shown}; ada baris yang masih menunggu segel."]
    ways["belum_terverifikasi"] -= numbers.get("unsorted", 0)
    if named != {way: ways[way] for way in _LIVE}:
        raise Broken("counts_differ", page=named, log=dict(ways))
    unsorted = numbers.get("unsorted", 0)
    beside = f"; {unsorted} kiriman ulang belum dipilah" if unsorted else ""
    return [*said, f"Hitungan di halaman sama dengan hitungan dari catatan: {shown}{beside}."]


_LIVE = {
    "di_tempat": "onsite",
    "daring_terverifikasi": "online",
    "kertas": "paper",
    "belum_terverifikasi": "unverified",
}


def _part(source: Source, name: str) -> bytes:
    found = source.part(name)
    if found is None:
        raise Broken("file_missing", name=name)
    return found


def _text(source: Source, name: str) -> str:
    try:
        return _part(source, name).decode()
    except UnicodeDecodeError as error:
        raise Broken("note_unreadable") from error


if __name__ == "__main__":
    pledges.main(prog_name="rukun pledges")
