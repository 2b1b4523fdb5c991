"""Filling in a form as a browser would: get the page, keep what it already says, change some, send it."""

from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

FormValues = dict[str, list[str]]


def fill(
    client: FlaskClient,
    url: str,
    given: Mapping[str, Any] | None = None,
    *,
    action: str | None = None,
    press: tuple[str, str] | None = None,
    follow_redirects: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Any:
    """Open `url`, fill the form and send it; gives the answer to the POST.

    given: field name → text, list of texts (several ticks), True/False (one tick), a (file, name) pair, or
    None (leave the field out). action: the form's address when the page holds several (its end is enough);
    otherwise the form with most of the given fields is taken. press: name and value of the button.
    """
    page = client.get(url)
    assert page.status_code == 200, f"{url} answered {page.status_code} → {page.headers.get('Location', '')}"
    form = find_form(page.get_data(as_text=True), names=list(given or {}), action=action)
    values = values_of(form)
    files: dict[str, Any] = {}
    for name, value in (given or {}).items():
        if value is None or value is False:
            values.pop(name, None)
        elif value is True:
            values[name] = [_tick(form, name)]
        elif isinstance(value, tuple):
            files[name] = value
        elif isinstance(value, (list, set, frozenset)):
            values[name] = [str(each) for each in value]
        else:
            values[name] = [str(value)]
    if press is not None:
        values[press[0]] = [press[1]]
    target = str(form.get("action") or url)
    data: MultiDict[str, Any] = MultiDict((name, value) for name, many in values.items() for value in many)
    for name, file in files.items():
        data.add(name, file)
    kind = "multipart/form-data" if files else "application/x-www-form-urlencoded"
    return client.post(
        target, data=data, content_type=kind, follow_redirects=follow_redirects, headers=dict(headers or {})
    )


def post(client: FlaskClient, page: str, action: str, given: Mapping[str, Any] | None = None) -> Any:
    """Press the button on `page` whose form goes to `action` (its end is enough)."""
    return fill(client, page, given, action=action)


def find_form(html: str, *, names: list[str], action: str | None = None) -> Tag:
    """The form of a page that is sent by POST: by its address, else the one that holds most of `names`."""
    soup = BeautifulSoup(html, "html.parser")  # quick; whether a page is sound is asked by `html.check_page`
    forms = [form for form in soup.find_all("form") if str(form.get("method", "get")).lower() == "post"]
    if action is not None:
        forms = [form for form in forms if str(form.get("action", "")).split("?")[0].endswith(action)]
        assert forms, f"no form goes to …{action}"
        return forms[0]
    main = soup.find("main")
    inside = [form for form in forms if main is None or main in form.parents] or forms
    assert inside, "the page holds no form that is sent by POST"
    return max(inside, key=lambda form: len(_names_in(form).intersection(names)))


def _names_in(form: Tag) -> set[str]:
    return {str(field["name"]) for field in form.find_all(True, attrs={"name": True})}


def values_of(form: Tag) -> FormValues:
    """What the browser would send if nothing were changed: texts, ticks, choices; no buttons, no files."""
    values: FormValues = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name = str(field.get("name") or "")
        if not name or field.has_attr("disabled"):
            continue
        if field.name == "textarea":
            values.setdefault(name, []).append(field.get_text().removeprefix("\n"))
        elif field.name == "select":
            options = field.find_all("option")
            chosen = [option for option in options if option.has_attr("selected")]
            if not chosen and options and not field.has_attr("multiple"):
                chosen = options[:1]
            for option in chosen:
                values.setdefault(name, []).append(str(option.get("value", option.get_text())))
        else:
            kind = str(field.get("type") or "text").lower()
            if kind in {"submit", "button", "image", "reset", "file"}:
                continue
            if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
                continue
            values.setdefault(name, []).append(str(field.get("value", "on" if kind == "checkbox" else "")))
    return values


def errors_in(answer: Any) -> list[str]:
    """The sentences that stand beside fields or above the form of a refused try."""
    soup = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    found = [tag.get_text(" ", strip=True) for tag in soup.select(".field__error")]
    found += [tag.get_text(" ", strip=True) for tag in soup.select(".error-summary li")]
    return found


def _tick(form: Tag, name: str) -> str:
    box = form.find("input", {"name": name, "type": "checkbox"})
    return str(box.get("value", "y")) if isinstance(box, Tag) else "y"
