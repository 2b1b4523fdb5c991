"""The log's arithmetic: the Merkle tree of RFC 9162 and the signed note of C2SP.

A tree is kept as the hashes of its complete subtrees, by (level, index): level 0 are the leaves, a node at
(l, i) covers the leaves [i·2^l, (i+1)·2^l). Roots and proofs of any size are folded from few of them.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Node = tuple[int, int]
ED25519 = b"\x01"  # the signature type of the C2SP signed note


def canonical_json(value: dict[str, object]) -> str:
    """RFC 8785: the same value always gives the same bytes."""
    return bytes(rfc8785.dumps(value)).decode()  # type: ignore[arg-type]


def numbered(queued: str, number: int) -> str:
    """A waiting line with its own number in it, as it stands in the log for good.

    A line that names its place cannot be swapped, dropped or put between others without that showing in the
    lines alone. Lines of the older forms 1 and 2 carry none and stay as they are.
    """
    value = json.loads(queued)
    return canonical_json({**value, "nomor": number}) if value["v"] >= 3 else queued


def commitment(salt: bytes, *, name: str, phone: str) -> str:
    """SHA-256(salt ‖ canonical JSON of name and phone), 64 hex digits.

    salt: 32 random bytes; once they are deleted the commitment tells nothing about anybody.
    """
    if len(salt) != 32:
        raise ValueError("the salt has 32 bytes")
    person = canonical_json({"nama": name, "telepon": phone}).encode()
    return hashlib.sha256(salt + person).hexdigest()


def leaf_hash(leaf: bytes) -> bytes:
    """RFC 9162 §2.1.1."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 9162 §2.1.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed_by(index: int, leaf: bytes, stored: Callable[[Node], bytes]) -> list[tuple[Node, bytes]]:
    """The nodes that leaf number `index` (from 0, a hash) completes, itself first.

    stored(node): the hash of a node that was complete before.
    """
    level, value = 0, leaf
    made = [((0, index), leaf)]
    while index & 1:
        value = node_hash(stored((level, index - 1)), value)
        level, index = level + 1, index >> 1
        made.append(((level, index), value))
    return made


def nodes_of_range(start: int, end: int) -> list[Node]:
    """The complete subtrees that make up the leaves [start, end), left to right.

    start must be a multiple of the greatest power of two below the length, as in every range of RFC 9162.
    """
    nodes: list[Node] = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def ranges_of_inclusion(index: int, size: int) -> list[tuple[int, int]]:
    """The ranges that prove leaf `index` in a tree of `size`, from the leaf upwards (RFC 9162 §2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    start, end = 0, size
    path: list[tuple[int, int]] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def ranges_of_consistency(old: int, new: int) -> list[tuple[int, int]]:
    """The ranges whose hashes prove that a tree of `old` leaves grew into `new` (RFC 9162 §2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError("the older tree has between 1 and all leaves")

    def prove(start: int, middle: int, end: int, whole: bool) -> list[tuple[int, int]]:
        if middle == end:
            return [] if whole else [(start, end)]
        cut = start + _split(end - start)
        if middle <= cut:
            return [*prove(start, middle, cut, whole), (cut, end)]
        return [*prove(cut, middle, end, False), (start, cut)]

    return prove(0, old, new, True)


def fold(hashes: Sequence[bytes]) -> bytes:
    """The hash of neighbouring complete subtrees of falling size; of nothing, the hash of the empty tree."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    value = hashes[-1]
    for left in reversed(hashes[:-1]):
        value = node_hash(left, value)
    return value


def _split(size: int) -> int:
    """The greatest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def signed_checkpoint(origin: str, size: int, root: bytes, keys: Sequence[Ed25519PrivateKey]) -> str:
    """A checkpoint (c2sp.org/tlog-checkpoint) as a note (c2sp.org/signed-note) signed by keys named `origin`.

    keys: the present one first; around a change of keys the old one signs too, in a line of its own.
    """
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    lines = []
    for key in keys:
        signature = key_id(origin, public_bytes(key)) + key.sign(text.encode())
        lines.append(f"— {origin} {base64.b64encode(signature).decode()}\n")
    return f"{text}\n{''.join(lines)}"


def verifier_key(origin: str, public: bytes) -> str:
    """The public key (32 bytes) in the form other tools read: name+hash+base64(type ‖ key)."""
    return f"{origin}+{key_id(origin, public).hex()}+{base64.b64encode(ED25519 + public).decode()}"


def key_id(name: str, public: bytes) -> bytes:
    """The first four bytes of SHA-256(name ‖ LF ‖ type ‖ public key)."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public key."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
