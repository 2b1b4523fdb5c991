"""Drawn signatures: SVG path data in a box of 600 by 200, and nothing else."""

import hashlib
import re

_PATH = re.compile(r"M[MLHVQCZmlhvqcz0-9 .,\-]*")
MOST = 20_000


def is_ink(data: str) -> bool:
    """Whether the text is harmless path data."""
    return len(data) <= MOST and _PATH.fullmatch(data) is not None


def ink_hash(data: str) -> str:
    """SHA-256 of the path data as hex, so that a drawn signature cannot be exchanged later; empty without one."""
    return hashlib.sha256(data.encode()).hexdigest() if data else ""
