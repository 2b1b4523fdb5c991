"""Texts before they are sent."""

from typing import Any

from app.core.i18n import number
from app.events.actions.telling import Rehearsal


def samples_of(shown: Rehearsal) -> list[dict[str, Any]]:
    """Texts before they are sent, as component `message_samples` shows them."""
    most = 40
    return [
        {
            "circle": sample.circle,
            "count": number(len(sample.names)),
            "subject": sample.subject,
            "text": sample.text,
            "names": sample.names[:most],
            "more": number(len(sample.names) - most) if len(sample.names) > most else None,
        }
        for sample in shown.samples
    ]
