"""Secrets: codes that cannot be guessed, encrypted columns, keyed hashes for looking up without reading.

The encryption key may be rotated (old keys stay readable); the hash key may not, or nothing would be found.
"""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_keys: dict[str, bytes] = {}
# Encryption keys by number. 1 is derived from the secret; later ones are random and stand in a file.
_encryption: dict[int, bytes] = {}
_file: dict[str, object] = {"path": None, "seen": None}

# Crockford's alphabet without letters that are read wrongly aloud or by eye.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def configure(secret_key: str, *, key_file: Path | None = None) -> None:
    """Derive this installation's keys from its secret; key_file holds the encryption keys that came later."""
    for purpose in ("encrypt", "hash", "sign", "push"):
        derive = HKDF(algorithm=SHA256(), length=32, salt=b"rukun/1", info=purpose.encode())
        _keys[purpose] = derive.derive(secret_key.encode())
    _file.update(path=key_file, seen=None)
    _read_keys()


def _read_keys() -> None:
    """Take up keys that another process has added."""
    path = _file["path"]
    _encryption[1] = _keys["encrypt"]
    seen = path.stat().st_mtime_ns if isinstance(path, Path) and path.exists() else None
    if seen == _file["seen"] and seen is not None:
        return
    _encryption.clear()
    _encryption[1] = _keys["encrypt"]
    if isinstance(path, Path) and seen is not None:
        for line in path.read_text(encoding="ascii").splitlines():
            number, _blank, key = line.partition(" ")
            _encryption[int(number)] = base64.b64decode(key)
    _file["seen"] = seen


def add_key() -> int:
    """Make a new encryption key; from now on every process seals with it. Gives its number."""
    path = _file["path"]
    if not isinstance(path, Path):
        raise RuntimeError("this installation has no place for keys")
    _read_keys()
    number = max(_encryption) + 1
    if number > 255:
        raise RuntimeError("no number is left for another key")
    lines = [f"{each} {base64.b64encode(key).decode()}" for each, key in _encryption.items() if each > 1]
    lines.append(f"{number} {base64.b64encode(os.urandom(32)).decode()}")
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text("\n".join(lines) + "\n", encoding="ascii")
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    _read_keys()
    return number


def current_key() -> int:
    """The number of the key that seals now."""
    _read_keys()
    return max(_encryption)


def new_code(bits: int = 80) -> str:
    """A random code in base32, five bits a character, in capitals; at least 80 bits by rule."""
    if bits < 80:
        raise ValueError("codes have at least 80 bits")
    return "".join(secrets.choice(_ALPHABET) for _ in range(-(-bits // 5)))


def read_code(typed: str) -> str:
    """A code as it was typed by a person: spaces, dashes, small letters and look-alikes are forgiven."""
    kept = "".join(character for character in typed.upper() if character.isalnum())
    return kept.translate(_READ_AS)[:64]


def encrypt(text: str) -> bytes:
    """AES-256-GCM with a random nonce; the result begins with the key's number."""
    nonce = os.urandom(12)
    number = current_key()
    mark = bytes([number])
    return mark + nonce + AESGCM(_encryption[number]).encrypt(nonce, text.encode(), mark)


def decrypt(sealed: bytes) -> str:
    """The text again. Raises ValueError when it was made with another key or was altered."""
    try:
        if sealed[0] not in _encryption:
            _read_keys()
        return AESGCM(_encryption[sealed[0]]).decrypt(sealed[1:13], sealed[13:], sealed[:1]).decode()
    except (InvalidTag, IndexError, KeyError) as error:
        raise ValueError("sealed text does not open with this installation's key") from error


def keyed_hash(text: str, *, purpose: str) -> str:
    """HMAC-SHA-256 of `text` for look-ups, 64 hex digits; differs by purpose so that lists cannot be joined."""
    return hmac.new(_keys["hash"], f"{purpose}\x00{text}".encode(), hashlib.sha256).hexdigest()


def push_key() -> ec.EllipticCurvePrivateKey:
    """The key that signs what this installation sends to browsers; made from the secret, so it stays the same."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
    return ec.derive_private_key(int.from_bytes(_keys["push"]) % (order - 1) + 1, ec.SECP256R1())


def push_public_key() -> str:
    """Its public half, as browsers ask for it."""
    point = push_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def token_hash(token: str) -> str:
    """SHA-256 of a random token, for tokens that are stored but must not be usable from a stolen database."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """256 random bits, safe in an address."""
    return base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
