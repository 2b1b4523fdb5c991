"""Passwords: how they are kept and what is asked of them. Hashing takes tens of milliseconds on purpose."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.core.text import fold

SHORTEST = 10
LONGEST = 200

# OWASP's parameters for argon2id: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# Verified when there is no such account, so that the answer takes as long as for one that exists.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$dRsPCkaRx8satNbnQJbYZA$8Ri8aumocZH+SLs5Z/qxk4c8ZPFFICe1kPpeasK4jjo"

# The beginnings of what is guessed first here.
_GUESSED = (
    "password",
    "katasandi",
    "kata sandi",
    "sandi",
    "rahasia",
    "polri",
    "polres",
    "polsek",
    "bhayangkara",
    "indonesia",
    "ketapang",
    "admin",
    "qwerty",
    "123456",
    "111111",
    "abc123",
    "bismillah",
)


def hash_password(password: str) -> str:
    """The argon2id hash that is kept."""
    return _hasher.hash(password)


def password_matches(kept: str, password: str) -> bool:
    """Whether `password` is the one behind the hash `kept`; "" (no account, none set) never matches.

    Takes the same time either way.
    """
    try:
        return _hasher.verify(kept or _NOBODY, password[:LONGEST]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def needs_new_hash(kept: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def problem_with_password(password: str, *, email: str = "", name: str = "") -> str | None:
    """Why a new password is refused, as a refusal's code; None when it is good.

    Length decides, not kinds of characters (NIST SP 800-63B 5.1.1.2); what is guessed first is refused.
    """
    if len(password) < SHORTEST:
        return "password_short"
    if len(password) > LONGEST:
        return "password_long"
    plain = fold(password)
    letters = plain.replace(" ", "")
    if len(set(password)) < 4:
        return "password_guessed"
    for start in _GUESSED:
        begin = start.replace(" ", "")
        if letters.startswith(begin) and len(letters) - len(begin) < 5:
            return "password_guessed"
    account = fold(email.partition("@")[0]).replace(" ", "")
    own = [fold(word) for word in name.split() if len(word) > 3]
    if (len(account) > 3 and letters.strip("0123456789") == account.strip("0123456789")) or any(
        letters.strip("0123456789") == word for word in own
    ):
        return "password_guessed"
    return None
