"""Web push: one more way out behind the same interface. The browser's own push service carries what it cannot read."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from app.core import crypto
from app.core.i18n import _
from app.core.jobs import TryLater
from app.notify.jobs.channels import PATIENCE, Gone, Refused, Slower
from app.notify.models import OutboxMessage
from app.notify.rules import MOST_PUSHED_TEXT, is_push_service

try:
    import http_ece
    from py_vapid import Vapid02
except ImportError:  # without the extra `push` the house has no such channel
    http_ece = None  # type: ignore[assignment]

KEPT_FOR = 24 * 3600  # seconds the push service waits for a phone that is off
HAS_LIBRARY = http_ece is not None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A push service answers itself; where it sent us instead nobody has agreed to."""

    def redirect_request(self, *_words: Any) -> None:
        return None


@dataclass(frozen=True)
class PushChannel:
    """Sends one message, encrypted for one browser (RFC 8291) and signed with the house's key (RFC 8292).

    subject: whom the push service may write to about us. services: see `rules.is_push_service`.
    """

    subject: str
    services: Collection[str]
    patience: float = PATIENCE

    def send(self, message: OutboxMessage, *, leave: str) -> str:
        """404 and 410 mean that the browser asked for no more; 429 slower; 5xx later; other refusals never."""
        if not message.push_sealed:
            raise Refused("no browser")
        browser = json.loads(crypto.decrypt(message.push_sealed))
        endpoint = str(browser["endpoint"])
        if not is_push_service(endpoint, self.services):
            raise Refused("unknown push service")
        request = urllib.request.Request(  # noqa: S310 – https, or a service the installation has named
            endpoint,
            data=self._sealed_for(browser, self._payload(message)),
            headers={
                **self._signature(endpoint),
                "Content-Encoding": "aes128gcm",
                "Content-Type": "application/octet-stream",
                "TTL": str(KEPT_FOR),
            },
            method="POST",
        )
        try:
            with urllib.request.build_opener(_NoRedirects).open(request, timeout=self.patience):
                return ""
        except urllib.error.HTTPError as error:
            raise _judged(error) from error
        except OSError as error:
            raise TryLater(f"{type(error).__name__}: {error}") from error

    def _payload(self, message: OutboxMessage) -> bytes:
        told = {
            "title": message.subject[:200],
            "body": message.text[:MOST_PUSHED_TEXT],
            "link": message.link,
            "leave": message.leave,
            "stop": _("Berhenti"),
        }
        return json.dumps(told, ensure_ascii=False).encode()

    def _sealed_for(self, browser: dict[str, Any], payload: bytes) -> bytes:
        sealed: bytes = http_ece.encrypt(
            payload,
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=_bytes(browser["p256dh"]),
            auth_secret=_bytes(browser["auth"]),
            version="aes128gcm",
        )
        return sealed

    def _signature(self, endpoint: str) -> dict[str, str]:
        service = urlsplit(endpoint)
        claims = {"sub": self.subject, "aud": f"{service.scheme}://{service.netloc}"}
        signed: dict[str, str] = Vapid02(crypto.push_key(), {"no-strict": True}).sign(claims)
        return signed


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _judged(error: urllib.error.HTTPError) -> Exception:
    if error.code in {404, 410}:
        return Gone(f"{error.code}")
    if error.code == 429:
        return Slower.as_told(error.headers.get("Retry-After"))
    text = f"{error.code} {error.reason}"
    return TryLater(text) if error.code >= 500 else Refused(text)
