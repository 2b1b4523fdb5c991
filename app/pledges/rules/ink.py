"""Drawn signatures: SVG path data in a box of 600 by 200, and nothing else."""

import re

_PATH = re.compile(r"M[MLHVQCZmlhvqcz0-9 .,\-]*")
MOST = 20_000


def is_ink(data: str) -> bool:
    """Whether the text is harmless path data."""
    return len(data) <= MOST and _PATH.fullmatch(data) is not None
