"""The second factor: codes that change every thirty seconds (RFC 6238), and spare codes on paper."""

import hmac
import secrets
from datetime import datetime

import pyotp

STEP = 30
RECOVERY_CODES = 10
ISSUER = "Rukun"

# Crockford's letters: none is mistaken for another when written by hand.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_secret() -> str:
    """160 random bits in base32, as authenticator apps take them."""
    return pyotp.random_base32()


def address_for_app(secret: str, *, account: str) -> str:
    """The otpauth address that the app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def step_of_code(secret: str, typed: str, *, now: datetime, last_step: int | None) -> int | None:
    """The thirty-second step that a typed code belongs to, None when it is wrong, too old or used.

    One step before and after now is forgiven, for clocks differ. A code is good once: steps up to `last_step`
    are refused (RFC 6238, 5.2).
    """
    code = "".join(character for character in typed if character.isdigit() and character.isascii())
    if len(code) != 6:
        return None
    totp = pyotp.TOTP(secret)
    present = int(now.timestamp()) // STEP
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(totp.generate_otp(step), code) and (last_step is None or step > last_step):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Ten spare codes of fifty bits each, written in two halves."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    return [f"{code[:5]}-{code[5:]}" for code in codes]
