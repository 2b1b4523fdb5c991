"""WhatsApp Business Cloud API: one more way out behind the same interface."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from app.core import crypto
from app.core.i18n import _
from app.core.jobs import TryLater
from app.notify.jobs.channels import PATIENCE, Refused, Slower
from app.notify.models import OutboxMessage

# Codes by which the other side asks for fewer messages.
TOO_MANY = {4, 80007, 130429, 131048, 131056}
# … and by which it says that something is wrong that passes or is mended by the admin.
PASSING = {0, 1, 2, 190, 131000, 131016, 133004, 368}


@dataclass(frozen=True)
class WhatsAppChannel:
    """Sends one message by HTTPS. What we call it comes back in every report, so a lost answer can be made up for.

    template: outside a conversation the other side takes templates alone; ours has one text in its body.
    """

    url: str
    phone_id: str
    token: str
    template: str = ""
    patience: float = PATIENCE

    def send(self, message: OutboxMessage, *, leave: str) -> str:
        """The number under which the other side reports. 429 means slower, 5xx later, other refusals never."""
        if not message.phone_sealed:
            raise Refused("no number")
        request = urllib.request.Request(  # noqa: S310 – the address is the installation's own setting
            f"{self.url.rstrip('/')}/{self.phone_id}/messages",
            data=json.dumps(self._body(message, leave)).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=self.patience) as answer:  # noqa: S310
                got = json.load(answer)
        except urllib.error.HTTPError as error:
            raise _judged(error) from error
        except (OSError, ValueError) as error:
            raise TryLater(f"{type(error).__name__}: {error}") from error
        try:
            return str(got["messages"][0]["id"])
        except (KeyError, IndexError, TypeError) as error:
            raise TryLater("an answer without a number") from error

    def _body(self, message: OutboxMessage, leave: str) -> dict[str, Any]:
        assert message.phone_sealed is not None
        text = message.text
        if leave:
            text += "\n\n" + _("Atur pesan: %(link)s", link=leave)
        body: dict[str, Any] = {
            "messaging_product": "whatsapp",
            "to": crypto.decrypt(message.phone_sealed).removeprefix("+"),
            "biz_opaque_callback_data": f"rukun-{message.id}",
        }
        if not self.template:
            return {**body, "type": "text", "text": {"body": text[:4096]}}
        line = " ".join(text.split())[:1000]  # a template's text holds no line breaks
        components = [{"type": "body", "parameters": [{"type": "text", "text": line}]}]
        return {
            **body,
            "type": "template",
            "template": {"name": self.template, "language": {"code": "id"}, "components": components},
        }


def _judged(error: urllib.error.HTTPError) -> Exception:
    try:
        problem = json.loads(error.read())["error"]
        code, text = int(problem.get("code", -1)), str(problem.get("message", error.reason))
    except (ValueError, OSError, AttributeError, KeyError, TypeError):  # not the gateway's own words
        code, text = -1, str(error.reason)
    if error.code == 429 or code in TOO_MANY:
        return Slower.as_told(error.headers.get("Retry-After"))
    if error.code >= 500 or error.code == 401 or code in PASSING:
        return TryLater(f"{error.code} {code} {text}")
    return Refused(f"{error.code} {code} {text}")
