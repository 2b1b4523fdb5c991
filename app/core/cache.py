"""What tells kept pages that they are old: two stamps that every process of this machine looks at.

The content version moves when something public was changed, and a page made before it is never shown again. The
counts version moves with every deed of a crowd (a registration, a signature): such a page may be shown a moment
longer, or a thousand people registering would have it made anew a thousand times.
"""

import os
import time
from pathlib import Path

from app.core.database import after_commit

_CONTENT = "content.version"
_COUNTS = "counts.version"
STAMPS = frozenset({_CONTENT, _COUNTS})  # the files; they belong to a run, not to what is kept
_place: dict[str, Path] = {}


def configure(folder: Path) -> None:
    """Keep the stamps' files in the instance folder."""
    for name in STAMPS:
        _place[name] = folder / name
        if not _place[name].exists():
            _place[name].touch()


def version() -> int:
    """The present version of what is public; compare for equality only."""
    return _stamp(_CONTENT)


def counts_version() -> int:
    """The present version of what crowds change: free seats, signatures. Compare for equality only."""
    return _stamp(_COUNTS)


def bump() -> None:
    """Make every kept page old, now."""
    _move(_CONTENT)


def bump_after_commit() -> None:
    """Make kept pages old as soon as the surrounding action stands."""
    after_commit(bump)


def bump_counts() -> None:
    """Have kept pages made anew within a second."""
    _move(_COUNTS)


def bump_counts_after_commit() -> None:
    """Have kept pages made anew within a second after the surrounding action stands."""
    after_commit(bump_counts)


def _stamp(name: str) -> int:
    try:
        return os.stat(_place[name]).st_mtime_ns
    except FileNotFoundError:
        return 0


def _move(name: str) -> None:
    """Two moves in one tick of the file system's clock still differ."""
    stamp = max(time.time_ns(), _stamp(name) + 1000)
    _place[name].touch(exist_ok=True)
    os.utime(_place[name], ns=(stamp, stamp))
