"""The content version: one number that changes whenever anything public may have changed.

On one machine it is the stamp of a file that every process looks at; on several a key in Redis.
"""

import os
import time
from pathlib import Path

from app.core.database import after_commit

_place: dict[str, Path] = {}


def configure(folder: Path) -> None:
    """Keep the version's file in the instance folder."""
    _place["file"] = folder / "content.version"
    if not _place["file"].exists():
        _place["file"].touch()


def version() -> int:
    """The present version; compare for equality only."""
    try:
        return os.stat(_place["file"]).st_mtime_ns
    except FileNotFoundError:
        return 0


def bump() -> None:
    """Make every kept page old, now. Two bumps in one tick of the file system's clock still differ."""
    stamp = max(time.time_ns(), version() + 1000)
    _place["file"].touch(exist_ok=True)
    os.utime(_place["file"], ns=(stamp, stamp))


def bump_after_commit() -> None:
    """Make kept pages old as soon as the surrounding action stands."""
    after_commit(bump)
