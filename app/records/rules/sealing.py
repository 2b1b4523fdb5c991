"""What sealing means: the content of a sheet as one value with one fingerprint."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from app.records.details import EventRecord, MinutesPaper

Paper = MinutesPaper | EventRecord


def content_of(paper: Paper) -> dict[str, Any]:
    """Everything on a paper as plain JSON: what is kept beside the PDF."""
    content: dict[str, Any] = json.loads(json.dumps(asdict(paper), default=str, ensure_ascii=False))
    return content


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256 of a content, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
