"""Secrets: codes that cannot be guessed, encrypted columns, keyed hashes for looking up without reading.

The encryption key may be rotated (old keys stay readable); the hash key may not, or nothing would be found.
"""

import base64
import hashlib
import hmac
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_keys: dict[str, bytes] = {}

# Crockford's alphabet without letters that are read wrongly aloud or by eye.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def configure(secret_key: str) -> None:
    """Derive this installation's keys from its secret."""
    for purpose in ("encrypt", "hash", "sign"):
        derive = HKDF(algorithm=SHA256(), length=32, salt=b"rukun/1", info=purpose.encode())
        _keys[purpose] = derive.derive(secret_key.encode())


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
    return b"\x01" + nonce + AESGCM(_keys["encrypt"]).encrypt(nonce, text.encode(), b"\x01")


def decrypt(sealed: bytes) -> str:
    """The text again. Raises ValueError when it was made with another key or was altered."""
    try:
        return AESGCM(_keys["encrypt"]).decrypt(sealed[1:13], sealed[13:], sealed[:1]).decode()
    except (InvalidTag, IndexError) as error:
        raise ValueError("sealed text does not open with this installation's key") from error


def keyed_hash(text: str, *, purpose: str) -> str:
    """HMAC-SHA-256 of `text` for look-ups, 64 hex digits; differs by purpose so that lists cannot be joined."""
    return hmac.new(_keys["hash"], f"{purpose}\x00{text}".encode(), hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """SHA-256 of a random token, for tokens that are stored but must not be usable from a stolen database."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """256 random bits, safe in an address."""
    return base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
