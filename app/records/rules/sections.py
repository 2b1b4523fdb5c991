"""The sections of the minutes. Each is saved by itself, so that two people can write two of them at once."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

OPENING = "pembukaan"
NOTES = "rapat-lalu"
DECISIONS = "keputusan"
TASKS = "tindak-lanjut"
FIXED = (OPENING, NOTES, DECISIONS, TASKS)
_SPEAKER = "pembicara-"


def speaker_key(speaker_id: int) -> str:
    """The key of a speaker's section."""
    return f"{_SPEAKER}{speaker_id}"


def is_speaker(key: str) -> bool:
    """Whether a section is a speaker's."""
    return key.startswith(_SPEAKER)


def plain(values: Any) -> Any:
    """What a section holds as texts: nothing is empty in two ways, and rows without a word do not count."""
    if isinstance(values, Mapping):
        return {str(name): plain(value) for name, value in values.items()}
    if isinstance(values, (list, tuple)):
        rows = [plain(row) for row in values]
        return [row for row in rows if not isinstance(row, dict) or any(row.values())]
    if isinstance(values, date):
        return values.isoformat()
    return "" if values is None else str(values)


def as_submitted(content: Mapping[str, Any], prefix: str) -> dict[str, str]:
    """Plain texts of a section under the names a browser would send them by."""
    fields: dict[str, str] = {}
    for name, value in content.items():
        if isinstance(value, list):
            for place, row in enumerate(value):
                fields |= as_submitted(row, f"{prefix}{name}-{place}-")
        else:
            fields[f"{prefix}{name}"] = str(value)
    return fields


def mark_of(values: Any) -> str:
    """A short mark of what a section held when the page was made: the same text, the same mark."""
    text = json.dumps(plain(values), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
