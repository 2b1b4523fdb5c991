"""Work of pledges that the worker does by itself."""

import logging
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any

from app.pledges import actions, queries

log = logging.getLogger(__name__)


def recount(now: datetime) -> None:
    """Each night: compare what pages count with the signatures themselves; a difference goes into the log loudly."""
    for problem in queries.problems_with_counts():
        log.error("recount: %s", problem)


def ask_witnesses(now: datetime) -> None:
    """Bring new checkpoints to the witnesses that have a service of their own."""
    actions.ask_witnesses(now, post=_post)


def tell_signers(payload: dict[str, Any], *, now: datetime) -> None:
    """Tell some of those who signed the text that a declaration replaces."""
    actions.tell_signers(payload["pledge_id"], above=payload["above"], now=now)


def _post(address: str, body: bytes) -> tuple[int, bytes]:
    """Status and body of the answer; 0 when there is none. An address is an officer's entry, held to http(s)."""
    request = urllib.request.Request(address, data=body, headers={"Content-Type": "text/plain"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read(65_536)
    except urllib.error.HTTPError as error:
        return error.code, error.read(65_536)
    except OSError as error:
        log.warning("witness at %s does not answer: %s", address, error)
        return 0, b""
