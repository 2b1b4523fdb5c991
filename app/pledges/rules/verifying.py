"""Checks the log of a declaration from outside.

This file stands alone: it needs Python 3.11 and `cryptography`, nothing of Rukun and no database, and shares no
code with what writes the log. Whoever distrusts the house copies it, or writes another one after
docs/pledge-log.md. Everything takes plain bytes and text; what does not hold raises `Broken` with a code.
"""

import base64
import hashlib
import json
import re
from binascii import Error as NoBase64
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

# How many lines a log has, as its checkpoint says it; no log has more than a database can count.
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")

ED25519 = 1
COSIGNATURE = 4
COUNTED_WAYS = ("di_tempat", "daring_terverifikasi", "kertas", "belum_terverifikasi")


class Broken(Exception):
    """Something does not hold. code: which rule; holes: what to put into the sentence about it."""

    def __init__(self, code: str, **holes: object) -> None:
        super().__init__(code, holes)
        self.code = code
        self.holes = holes


@dataclass(frozen=True)
class Key:
    """A public key as C2SP signed notes write it: name+hash+base64(type ‖ 32 bytes)."""

    name: str
    number: str
    kind: int
    public: bytes
    line: str


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint: whose log, how many lines, the root over them. text: the signed part, with its last newline."""

    origin: str
    size: int
    root: bytes
    text: str
    signatures: tuple[tuple[str, bytes], ...]

    @property
    def root_text(self) -> str:
        return base64.b64encode(self.root).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (NoBase64, ValueError) as error:
        raise Broken("base64_unreadable") from error


def read_key(line: str) -> Key:
    """One public key. Raises key_unreadable."""
    parts = line.strip().split("+", 2)
    if len(parts) != 3:
        raise Broken("key_unreadable", key=line.strip()[:80])
    name, number, packed = parts
    raw = _bytes(packed)
    if len(raw) != 33 or raw[0] not in {ED25519, COSIGNATURE} or key_hash(name, raw).hex() != number:
        raise Broken("key_unreadable", key=line.strip()[:80])
    return Key(name, number, raw[0], raw[1:], line.strip())


def key_hash(name: str, typed: bytes) -> bytes:
    """The first four bytes of SHA-256(name ‖ LF ‖ type ‖ public key). typed: type ‖ public key."""
    return hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]


def read_note(note: str) -> tuple[str, tuple[tuple[str, bytes], ...]]:
    """The signed text and the signature lines (name, bytes) of a C2SP signed note. Raises note_unreadable."""
    head, gap, tail = note.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise Broken("note_unreadable")
    signatures = []
    for line in tail.splitlines():
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "—":
            raise Broken("note_unreadable")
        raw = _bytes(parts[2])
        if len(raw) < 5:
            raise Broken("note_unreadable")
        signatures.append((parts[1], raw))
    return f"{head}\n", tuple(signatures)


def read_checkpoint(note: str) -> Checkpoint:
    """A C2SP tlog-checkpoint. Raises note_unreadable, checkpoint_unreadable."""
    text, signatures = read_note(note)
    lines = text.split("\n")
    if len(lines) < 4 or not _SIZE.fullmatch(lines[1]):
        raise Broken("checkpoint_unreadable")
    root = _bytes(lines[2])
    if len(root) != 32 or not lines[0]:
        raise Broken("checkpoint_unreadable")
    return Checkpoint(lines[0], int(lines[1]), root, text, signatures)


def signers(checkpoint: Checkpoint, keys: Iterable[Key]) -> list[tuple[Key, int | None]]:
    """Which of the keys signed, with the moment (Unix seconds) of a witness's cosignature.

    A line that names one of the keys and does not hold raises signature_wrong; lines of strangers are skipped.
    """
    found: list[tuple[Key, int | None]] = []
    for key in keys:
        for name, raw in checkpoint.signatures:
            if name != key.name or raw[:4].hex() != key.number:
                continue
            message, signature, moment = checkpoint.text.encode(), raw[4:], None
            if key.kind == COSIGNATURE:
                moment = int.from_bytes(raw[4:12], "big")
                message, signature = cosigned(checkpoint.text, moment), raw[12:]
            try:
                Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
            except (InvalidSignature, ValueError) as error:
                raise Broken("signature_wrong", key=f"{key.name}+{key.number}") from error
            found.append((key, moment))
            break
    return found


def cosigned(text: str, moment: int) -> bytes:
    """What a witness signs (C2SP tlog-cosignature, cosignature/v1). moment: Unix seconds."""
    return f"cosignature/v1\ntime {moment}\n{text}".encode()


def witness_key(name: str, public: bytes) -> str:
    """The verifier key of a witness; the name holds no blank and no plus. Raises key_unreadable."""
    if not name or "+" in name or any(character.isspace() for character in name):
        raise Broken("key_unreadable", key=name)
    typed = bytes([COSIGNATURE]) + public
    return f"{name}+{key_hash(name, typed).hex()}+{base64.b64encode(typed).decode()}"


def cosignature_line(note: str, name: str, key: Ed25519PrivateKey, *, moment: int) -> str:
    """A witness's line under a checkpoint, without its newline. moment: Unix seconds."""
    checkpoint = read_checkpoint(note)
    typed = bytes([COSIGNATURE]) + key.public_key().public_bytes_raw()
    signature = key.sign(cosigned(checkpoint.text, moment))
    raw = key_hash(name, typed) + moment.to_bytes(8, "big") + signature
    return f"— {name} {base64.b64encode(raw).decode()}"


def check_checkpoint(note: str, key_lines: Iterable[str], *, origin: str | None = None) -> Checkpoint:
    """A checkpoint that at least one of the log's own keys signed; every line of a listed key must hold.

    Raises signature_missing, signature_wrong, origin_differs besides what cannot be read.
    """
    checkpoint = read_checkpoint(note)
    if origin is not None and checkpoint.origin != origin:
        raise Broken("origin_differs", expected=origin, found=checkpoint.origin)
    keys = [read_key(line) for line in key_lines if line.strip()]
    own = [key for key in keys if key.name == checkpoint.origin and key.kind == ED25519]
    if not signers(checkpoint, own):
        raise Broken("signature_missing")
    return checkpoint


def leaf_hash(line: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + line).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(lines: Iterable[bytes]) -> bytes:
    """The Merkle tree hash of RFC 9162 §2.1.1, with a stack of complete subtrees."""
    stack: list[tuple[int, bytes]] = []
    for line in lines:
        size, value = 1, leaf_hash(line)
        while stack and stack[-1][0] == size:
            value = _node(stack.pop()[1], value)
            size *= 2
        stack.append((size, value))
    if not stack:
        return hashlib.sha256(b"").digest()
    value = stack.pop()[1]
    while stack:
        value = _node(stack.pop()[1], value)
    return value


def check_inclusion(leaf: bytes, number: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """RFC 9162 §2.1.3.2. leaf: its hash. Raises inclusion_wrong."""
    if not 0 <= number < size:
        raise Broken("inclusion_wrong", number=number)
    fn, sn, value = number, size - 1, leaf
    for other in path:
        if sn == 0:
            raise Broken("inclusion_wrong", number=number)
        if fn & 1 or fn == sn:
            value = _node(other, value)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            value = _node(value, other)
        fn, sn = fn >> 1, sn >> 1
    if sn or value != root:
        raise Broken("inclusion_wrong", number=number)


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> None:
    """RFC 9162 §2.1.4.2: the log of `old` lines grew into the one of `new`. Raises log_shrank, log_forked."""
    if new < old:
        raise Broken("log_shrank", old=old, new=new)
    wrong = Broken("log_forked", old=old, new=new)
    if old == new:
        if path or old_root != new_root:
            raise wrong
        return
    if old == 0:
        return
    proof = list(path) if old & (old - 1) else [old_root, *path]
    if not proof:
        raise wrong
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = proof[0]
    for other in proof[1:]:
        if sn == 0:
            raise wrong
        if fn & 1 or fn == sn:
            first, second = _node(other, first), _node(other, second)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = _node(second, other)
        fn, sn = fn >> 1, sn >> 1
    if sn or first != old_root or second != new_root:
        raise wrong


def check_lines(lines: Sequence[bytes], checkpoint: Checkpoint) -> None:
    """The sealed lines are those the checkpoint was made over, and each says what it is.

    Raises lines_missing, line_unreadable, line_elsewhere, number_wrong, root_differs.
    """
    if len(lines) < checkpoint.size:
        raise Broken("lines_missing", expected=checkpoint.size, found=len(lines))
    sealed = lines[: checkpoint.size]
    for number, line in enumerate(sealed):
        value = read_line(line, number)
        if value["ikrar"] != checkpoint.origin:
            raise Broken("line_elsewhere", number=number)
        if value["v"] >= 3 and value.get("nomor") != number:
            raise Broken("number_wrong", number=number, found=value.get("nomor"))
    if root_of(sealed) != checkpoint.root:
        raise Broken("root_differs", size=checkpoint.size)


def read_line(line: bytes, number: int) -> dict[str, Any]:
    """A line as its values; it must be in the form of RFC 8785. Raises line_unreadable."""
    try:
        value = json.loads(line)
        again = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    except ValueError as error:
        raise Broken("line_unreadable", number=number) from error
    if not isinstance(value, dict) or again != line or not isinstance(value.get("ikrar"), str):
        raise Broken("line_unreadable", number=number)
    if type(value.get("v")) is not int:
        raise Broken("line_unreadable", number=number)
    return value


def count(lines: Iterable[bytes]) -> Counter[str]:
    """Signatures of the public that count, by way, as the lines tell them. Raises line_senseless.

    Every line must make sense after those before it: nothing is struck twice, confirmed after being struck, or
    restored without a strike.
    """
    ways: dict[str, str] = {}
    struck: set[str] = set()
    gone: set[str] = set()
    sorted_out = 0
    for number, line in enumerate(lines):
        value = read_line(line, number)
        kind, about, way = value.get("jenis"), str(value.get("komitmen")), str(value.get("cara", ""))
        known = about in ways
        fits = {
            "lembaga": not known,
            "tanda_tangan": not known and way in COUNTED_WAYS,
            "pemastian": known and about not in struck | gone and way in COUNTED_WAYS,
            "pencoretan": known and about not in struck | gone,
            "pemulihan": about in struck and about not in gone,
            "penghapusan": known and about not in gone,
            "kiriman_ulang": type(value.get("jumlah")) is int,
            "pencabutan": True,
        }
        if not fits.get(str(kind), False):
            raise Broken("line_senseless", number=number, kind=kind)
        if kind == "kiriman_ulang":
            sorted_out += value["jumlah"]
        elif kind in {"tanda_tangan", "pemastian"}:
            ways[about] = way
        elif kind == "pencoretan":
            struck.add(about)
        elif kind == "pemulihan":
            struck.discard(about)
        elif kind in {"penghapusan", "pencabutan"}:
            gone.add(about)
    counted = Counter(way for about, way in ways.items() if about not in struck and about not in gone)
    counted["belum_terverifikasi"] -= sorted_out
    return counted


def check_person(commitment: str, *, salt: str, name: str, phone: str) -> None:
    """A commitment opens to this name and telephone (+62…). salt: 64 hex digits. Raises commitment_differs."""
    person = json.dumps({"nama": name, "telepon": phone}, ensure_ascii=False, separators=(",", ":"))
    if hashlib.sha256(bytes.fromhex(salt) + person.encode()).hexdigest() != commitment:
        raise Broken("commitment_differs")
