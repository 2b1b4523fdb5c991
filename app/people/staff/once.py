"""Secrets that a page shows exactly once, after the redirect: sealed in the session cookie until then."""

import base64
import json
from typing import Any

from flask import session

from app.core import crypto

_KEY = "sekali"


def keep_once(kind: str, value: Any) -> None:
    """Put something aside for the next page of this person."""
    sealed = crypto.encrypt(json.dumps([kind, value]))
    session[_KEY] = base64.b64encode(sealed).decode()


def take_once(kind: str) -> Any:
    """What was put aside, or None; it is gone afterwards."""
    kept = session.get(_KEY)
    if kept is None:
        return None
    try:
        found, value = json.loads(crypto.decrypt(base64.b64decode(kept)))
    except ValueError:
        session.pop(_KEY)
        return None
    if found != kind:
        return None
    session.pop(_KEY)
    return value


def keep(kind: str, value: str) -> None:
    """Put a secret aside in the session until `forget`."""
    session[kind] = base64.b64encode(crypto.encrypt(value)).decode()


def kept(kind: str) -> str | None:
    """The secret that was put aside."""
    try:
        return crypto.decrypt(base64.b64decode(session[kind]))
    except (KeyError, ValueError):
        return None


def forget(kind: str) -> None:
    session.pop(kind, None)
