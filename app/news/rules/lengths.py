"""One text in the three lengths in which a newsroom sends it: to the press, on the web, by WhatsApp."""

from dataclasses import dataclass

from app.news.rules.sharing import whatsapp_text

WEB_WORDS = 250
WHATSAPP_CHARACTERS = 700


@dataclass(frozen=True)
class Lengths:
    """media: the whole; web: whole paragraphs up to about 250 words; whatsapp: title, the beginning, one address."""

    media: str
    web: str
    whatsapp: str


def lengths_of(*, title: str, subtitle: str, lines: list[str], unit: str, address: str) -> Lengths:
    """The three texts. lines: paragraphs in plain words; address: "" while there is no public one."""
    media = "\n\n".join(part for part in (title.upper(), subtitle, *lines, f"({unit})") if part)
    kept: list[str] = []
    for line in lines:
        if kept and sum(len(each.split()) for each in [*kept, line]) > WEB_WORDS:
            break
        kept.append(line)
    web = "\n\n".join(part for part in (title, *kept, address) if part)
    short: list[str] = []
    for line in lines:
        if short and sum(map(len, [*short, line])) > WHATSAPP_CHARACTERS:
            break
        short.append(line)
    first = short[0] if short else ""
    if len(first) > WHATSAPP_CHARACTERS:
        short = [first[:WHATSAPP_CHARACTERS].rpartition(" ")[0] + " …"]
    return Lengths(media, web, whatsapp_text(title, short, address).rstrip())
