"""Text as people type it, made fit to keep: cleaned lines, slugs, names, phone numbers."""

import re
import unicodedata

import phonenumbers

# Marks that turn the writing direction or hide; they let one text show as another.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(typed: str | None) -> str:
    """Several lines: normalised (NFC), without control and direction marks, at most two empty lines in a row."""
    text = unicodedata.normalize("NFC", (typed or "").replace("\r\n", "\n").replace("\r", "\n"))
    text = _LONE_SURROGATE.sub("", _CONTROL.sub("", _INVISIBLE.sub("", text)))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{4,}", "\n\n\n", text).strip()


def clean_line(typed: str | None) -> str:
    """One line: as `clean_text`, with every run of white space made one blank."""
    return " ".join(clean_text(typed).split())


def whole_number(typed: str | None, *, digits: int = 9) -> int | None:
    """The whole number, from 0, that was typed in so many digits at most; None for anything else.

    Nine digits fit every integer column; other scripts' digits and raised ones are no number here.
    """
    text = typed or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def slugify(text: str, *, limit: int = 80) -> str:
    """A readable address part: ASCII letters, digits and dashes, cut between words. "x" when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > limit:
        slug = slug[: limit + 1].rpartition("-")[0] or slug[:limit]
    return slug or "x"


def fold(text: str) -> str:
    """For comparing: lower case, no accents, no punctuation, single blanks."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


_TITLES = {
    *[
        "h",
        "hj",
        "drs",
        "dra",
        "ir",
        "dr",
        "prof",
        "kh",
        "k",
        "kiai",
        "habib",
        "ust",
        "ustaz",
        "ustazah",
        "pdt",
        "pdm",
        "ev",
        "rd",
        "rp",
        "pastor",
        "romo",
        "mgr",
        "br",
        "sr",
    ],
    *[
        "pinandita",
        "pandita",
        "bhikkhu",
        "bhante",
        "xs",
        "ws",
        "js",
        "dq",
        "sh",
        "sik",
        "mh",
        "msi",
        "mm",
        "spd",
        "se",
        "ssos",
        "sag",
        "sth",
        "stp",
        "akbp",
        "akp",
    ],
    *["kompol", "iptu", "ipda", "aiptu", "aipda", "bripka", "brigpol", "briptu", "bripda", "bapak", "ibu"],
}


def fold_name(name: str) -> str:
    """A name without titles, case and punctuation, for finding and for telling whether two are the same."""
    front, _, _ = name.partition(",")
    words = [word for word in fold(front).split() if word not in _TITLES]
    return " ".join(words) or fold(name)


def normalise_phone(typed: str) -> str | None:
    """An Indonesian number in E.164 ("+6281234567890"), or None when it is none.

    Digits are put into international form first, because the library reads a bare "62812…" as a landline.
    """
    digits = re.sub(r"\D", "", typed)
    if typed.strip().startswith("+") and not digits.startswith("62"):
        return None
    digits = re.sub(r"^0062", "62", digits)
    digits = re.sub(r"^620", "62", digits)
    if digits.startswith("0"):
        digits = "62" + digits[1:]
    elif digits.startswith("8"):
        digits = "62" + digits
    if not (re.fullmatch(r"628[1-9]\d{7,10}", digits) or re.fullmatch(r"62(?!8)[2-9]\d{7,10}", digits)):
        return None
    try:
        number = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return None
    # The library's lists of prefixes age; a mobile number that fits the national plan passes without them.
    if digits.startswith("628") or phonenumbers.is_possible_number(number):
        return "+" + digits
    return None


def is_mobile(phone: str) -> bool:
    """Whether an E.164 number is a mobile one, so that WhatsApp may reach it."""
    return phone.startswith("+628")


def show_phone(phone: str) -> str:
    """The number as people write it here: 0812-3456-7890."""
    digits = "0" + phone.removeprefix("+62")
    return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)


def mask_phone(phone: str) -> str:
    """Enough to recognise one's own number, not to call a stranger: 0812-••••-890."""
    digits = "0" + phone.removeprefix("+62")
    return f"{digits[:4]}-••••-{digits[-3:]}"


def truncate(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words, with an ellipsis when something was cut."""
    if len(text) <= limit:
        return text
    return (text[:limit].rpartition(" ")[0] or text[: limit - 1]).rstrip(" ,;.") + "…"
