"""What programs ask for."""

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest

from app.core import clock
from app.core.database import db
from app.events.details import EventStatus
from app.home.rules.openapi import MOST_PER_PAGE
from app.pledges.details import PledgeStatus
from tests.events.factories import make_event
from tests.home.factories import make_article, make_pledge, make_signature

LISTS = ["events", "pledges", "articles", "regions"]


def fits(value, schema, schemas):
    """What is wrong with a value under the part of JSON Schema that our description uses."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{value!r} is none of {schema['enum']}"]
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "null": type(None),
    }
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, kinds[kind]) for kind in wanted):
        return [f"{value!r} is not {wanted}"]
    if isinstance(value, list):
        return [wrong for each in value for wrong in fits(each, schema["items"], schemas)]
    if isinstance(value, dict):
        shapes = schema.get("properties", {})
        more = schema.get("additionalProperties")
        wrong = [f"{name} is missing" for name in schema.get("required", []) if name not in value]
        for name, each in value.items():
            if name in shapes:
                wrong += [f"{name}: {problem}" for problem in fits(each, shapes[name], schemas)]
            elif more is False:
                wrong.append(f"{name} is not described")
            elif isinstance(more, dict):
                wrong += fits(each, more, schemas)
        return wrong
    if isinstance(value, str) and schema.get("format") == "date-time":
        return [] if datetime.fromisoformat(value).utcoffset() is not None else [f"{value} has no offset"]
    return []


@pytest.mark.parametrize("name", LISTS)
def test_the_api_answers_as_it_is_described(client, name):
    make_event()
    make_signature(make_pledge())
    make_article()
    described = json.loads(client.get("/api/v1/openapi.json").data)
    path = described["paths"][f"/api/v1/{name}"]["get"]
    schema = path["responses"]["200"]["content"]["application/json"]["schema"]
    answer = client.get(f"/api/v1/{name}").get_json()
    assert answer["data"]
    assert fits(answer, schema, described["components"]["schemas"]) == []


def test_the_api_shows_only_what_is_public(client):
    now = clock.now()
    make_event("Terbuka")
    make_event("Konsep", status=EventStatus.DRAFT)
    make_event("Nanti", published_at=now + timedelta(hours=1))
    make_pledge("Konsep ikrar", status=PledgeStatus.DRAFT)
    make_article("Kabar nanti", published_at=now + timedelta(hours=1))
    assert [row["title"] for row in client.get("/api/v1/events").get_json()["data"]] == ["Terbuka"]
    assert client.get("/api/v1/pledges").get_json()["data"] == []
    assert client.get("/api/v1/articles").get_json()["data"] == []


def test_moments_carry_the_offset_of_the_unit(client):
    make_event()
    assert client.get("/api/v1/events").get_json()["data"][0]["starts_at"].endswith("+07:00")


def test_pages_lead_from_one_to_the_next(client):
    for _number in range(5):
        make_event()
    seen, url = [], "/api/v1/events?per_page=2"
    while url:
        answer = client.get(url).get_json()
        seen += [row["id"] for row in answer["data"]]
        url = (answer["paging"]["next"] or "").removeprefix("http://localhost")
    assert len(seen) == len(set(seen)) == 5


def test_events_are_narrowed_by_day(client):
    now = clock.now()
    make_event("Dekat", starts_at=now + timedelta(days=2))
    make_event("Jauh", starts_at=now + timedelta(days=40))
    until = (now + timedelta(days=10)).date().isoformat()
    rows = client.get(f"/api/v1/events?to={until}").get_json()["data"]
    assert [row["title"] for row in rows] == ["Dekat"]


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=x", "page=99999999", f"per_page={MOST_PER_PAGE + 1}", "from=kemarin", "to=0001-01-01"],
)
def test_what_cannot_be_read_is_named(client, query):
    answer = client.get(f"/api/v1/events?{query}")
    assert answer.status_code == 400
    assert answer.get_json()["argument"] == query.partition("=")[0]


def test_the_sitemap_holds_what_is_public_and_nothing_else(client):
    now = clock.now()
    make_event(slug="terbuka")
    make_event(slug="konsep", status=EventStatus.DRAFT)
    make_article(slug="kabar-nanti", published_at=now + timedelta(hours=1))
    make_article(slug="kabar-kini")
    make_pledge(slug="ikrar-konsep", status=PledgeStatus.DRAFT)
    tree = ElementTree.fromstring(client.get("/sitemap.xml").data)
    found = [tag.text for tag in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert "http://localhost/" in found
    assert "http://localhost/berita/kabar-kini" in found
    assert not [
        address for address in found if "konsep" in address or "nanti" in address or "kelola" in address
    ]
    assert len(found) == len(set(found))


def test_every_address_in_the_sitemap_opens(client):
    make_event()
    make_article()
    make_pledge()
    tree = ElementTree.fromstring(client.get("/sitemap.xml").data)
    for tag in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        assert client.get(tag.text.removeprefix("http://localhost")).status_code == 200, tag.text


@pytest.mark.once
def test_robots_are_kept_from_staff_and_from_personal_links(client):
    text = client.get("/robots.txt").get_data(as_text=True)
    assert "Disallow: /kelola/" in text
    assert "Disallow: /tiket/" in text
    assert "Sitemap: http://localhost/sitemap.xml" in text


@pytest.mark.once
def test_the_icons_of_the_manifest_are_there(client):
    answer = client.get("/manifest.webmanifest")
    assert answer.content_type.startswith("application/manifest+json")
    for icon in answer.get_json()["icons"]:
        assert client.get(icon["src"]).status_code == 200


def test_the_house_says_that_it_lives(client):
    assert client.get("/sehat").data == b"ok\n"


def test_readiness_names_what_is_missing(client, monkeypatch):
    monkeypatch.setattr("app.home.public.machines.migrating.is_current", lambda: True)
    assert client.get("/siap").status_code == 200
    monkeypatch.setattr("app.home.public.machines.LEAST_FREE", 1 << 62)
    answer = client.get("/siap")
    assert answer.status_code == 503
    assert answer.get_json() == {"ready": False, "database": True, "migrations": True, "disk": False}


def test_figures_are_for_this_machine_or_for_who_holds_the_token(client):
    make_event()
    db.session.rollback()
    assert b"rukun_events" in client.get("/metrik").data
    foreign = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrik", environ_base=foreign).status_code == 404
    token = {"Authorization": "Bearer token"}
    assert client.get("/metrik", environ_base=foreign, headers=token).status_code == 200
    wrong = {"Authorization": "Bearer tokem"}
    assert client.get("/metrik", environ_base=foreign, headers=wrong).status_code == 404


@pytest.mark.once
def test_a_proxy_on_this_machine_opens_no_door_to_the_figures(client):
    assert client.get("/metrik", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
