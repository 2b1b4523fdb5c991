"""Ready texts for WhatsApp, in its own markup."""

from collections.abc import Iterable
from urllib.parse import quote

MOST_CHARACTERS = 1500


def whatsapp_text(title: str, parts: Iterable[str], address: str) -> str:
    """Bold title, some lines, one address. WhatsApp previews the first address only, so there is just one.

    Stars in the title would end the bold face too early.
    """
    head = f"*{title.replace('*', '').strip()}*"
    lines = [part.strip() for part in parts if part.strip()]
    text = "\n\n".join([head, *lines])
    return f"{text[:MOST_CHARACTERS].rstrip()}\n\n{address}"


def whatsapp_url(text: str) -> str:
    """The address that opens WhatsApp with a text and lets the person choose the chat."""
    return f"https://wa.me/?text={quote(text, safe='')}"
