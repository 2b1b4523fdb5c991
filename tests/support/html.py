"""Reading a page as strictly as a careful reader: what no page of the house may get wrong."""

import re
from collections import Counter
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag
from bs4.builder import HTML5TreeBuilder

_NEEDS_LABEL = ["input", "select", "textarea"]
_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}
_BOOLEAN = (
    "hidden",
    "disabled",
    "checked",
    "selected",
    "required",
    "readonly",
    "open",
    "multiple",
    "autofocus",
)
_OF_NUMBERS = {"number", "range", "date", "datetime-local", "month", "time", "week"}
_BLOCKS = ["form", "div", "p", "ul", "ol", "dl", "table", "section", "details", "h1", "h2", "h3", "h4"]
_POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list")


class StrictBuilder(HTML5TreeBuilder):
    """Builds the tree as a browser would and keeps what was wrong with the text: one reading gives both."""

    errors: list[Any] = []  # noqa: RUF012 – set anew by every reading

    def feed(self, markup: Any) -> None:
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)
        self.underlying_builder.parser = parser  # type: ignore[union-attr]
        document = parser.parse(markup)
        document.original_encoding = None
        self.errors = parser.errors
        self.underlying_builder.parser = None  # type: ignore[union-attr]


class Reading:
    """How pages are read in this run. A page's text does not hang on the database: one run reads it strictly."""

    strict = True


def check_page(html: str | Any) -> BeautifulSoup:
    """Fail on the first thing that is wrong with a page; gives it parsed. Takes an answer or its text."""
    text = html if isinstance(html, str) else html.get_data(as_text=True)
    if not Reading.strict:
        return BeautifulSoup(text, "html.parser")
    wrong, soup = _read(text)
    assert not wrong, "\n".join(wrong[:20])
    return soup


def problems_in(text: str) -> list[str]:
    """Everything that is wrong with a whole page, one line each."""
    return _read(text)[0]


def _read(text: str) -> tuple[list[str], BeautifulSoup]:
    builder = StrictBuilder()
    soup = BeautifulSoup(text, builder=builder)
    return [*_parse_errors(text, builder.errors), *_problems(soup)], soup


def _problems(soup: BeautifulSoup) -> list[str]:
    found = []
    headings = soup.find_all("h1")
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 instead of one")
    if soup.title is None or not soup.title.get_text(strip=True):
        found.append("no title")
    if soup.html is None or not soup.html.get("lang"):
        found.append("no lang")
    found += [f"id {name!r} stands {count} times" for name, count in _ids(soup).items() if count > 1]
    found += _forms(soup)
    found += _fields(soup)
    found += _attributes(soup)
    found += _values(soup)
    for span in soup.find_all("span"):
        if (block := span.find(_BLOCKS)) is not None:
            found.append(f"{block.name} inside {_short(span)}")
    for script in soup.find_all("script"):
        is_data = str(script.get("type", "")).endswith("json")
        if not script.get("src") and not is_data and not script.get("nonce"):
            found.append("script in the page")
    for picture in soup.find_all("img"):
        if not picture.has_attr("alt"):
            found.append(f"picture without alt: {_short(picture)}")
    for control in soup.find_all(["a", "button"]):
        named = control.get_text(strip=True) or control.get("aria-label") or control.find("img", alt=True)
        if not named:
            found.append(f"nothing to read in {_short(control)}")
    return found


def _parse_errors(text: str, errors: list[Any]) -> list[str]:
    lines = text.splitlines()
    found = []
    for (line, column), code, values in errors:
        near = lines[line - 1][max(0, column - 60) : column + 20].strip() if 0 < line <= len(lines) else ""
        found.append(f"line {line}: {code} {values or ''} near {near!r}")
    return found


def _ids(soup: BeautifulSoup) -> Counter[str]:
    return Counter(str(tag["id"]) for tag in soup.find_all(id=True))


def _forms(soup: BeautifulSoup) -> list[str]:
    found = []
    for form in soup.find_all("form"):
        if not str(form.get("action") or "").strip():
            found.append(f"form without action: {_short(form)}")
        if str(form.get("method", "")).lower() not in {"get", "post"}:
            found.append(f"form without method: {_short(form)}")
    return found


def _fields(soup: BeautifulSoup) -> list[str]:
    labelled = {str(label["for"]) for label in soup.find_all("label", attrs={"for": True})}
    found = []
    for field in soup.find_all(_NEEDS_LABEL):
        if field.name == "input" and str(field.get("type", "text")).lower() in _NO_LABEL:
            continue
        inside = any(parent.name == "label" for parent in field.parents)
        if str(field.get("id", "")) in labelled or inside or field.get("aria-label"):
            continue
        if field.get("aria-labelledby"):
            continue
        found.append(f"field without label: {_short(field)}")
    return found


def _attributes(soup: BeautifulSoup) -> list[str]:
    ids = set(_ids(soup))
    found = []
    for tag in soup.find_all(True):
        attributes = tag.attrs
        if "style" in attributes and tag.name != "svg":
            found.append(f"style attribute on {_short(tag)}")
        if any(name.lower().startswith("on") for name in attributes):
            found.append(f"script in an attribute: {_short(tag)}")
        for name in _POINTERS:
            if name in attributes:
                missing = [wanted for wanted in str(attributes[name]).split() if wanted not in ids]
                found += [f"{name}={wanted!r} leads nowhere: {_short(tag)}" for wanted in missing]
        href = str(attributes.get("href") or "")
        if tag.name == "a" and len(href) > 1 and href.startswith("#") and href[1:] not in ids:
            found.append(f"link to {href} leads nowhere")
    return found


def _values(soup: BeautifulSoup) -> list[str]:
    """Attributes that take no such value, as the checker of the W3C sees it."""
    found = [
        f"fraction of a second too fine: {_short(time)}"
        for time in soup.find_all("time", attrs={"datetime": re.compile(r"\.\d{4}")})
    ]
    for name in _BOOLEAN:
        allowed = {"", name, "until-found"}
        found += [
            f"{name}={tag[name]!r} on {_short(tag)}"
            for tag in soup.find_all(attrs={name: True})
            if tag[name] not in allowed
        ]
    for field in soup.find_all("input"):
        if str(field.get("type", "text")).lower() not in _OF_NUMBERS:
            found += [f"{name} on {_short(field)}" for name in ("min", "max", "step") if field.has_attr(name)]
    return found


def _short(tag: Tag) -> str:
    return str(tag)[:160].replace("\n", " ")
