"""The read API described for programs (OpenAPI 3.1)."""

from typing import Any

MOST_PER_PAGE = 100

_TEXT = {"type": "string"}
_ADDRESS = {"type": "string", "format": "uri"}
_MOMENT = {
    "type": "string",
    "format": "date-time",
    "description": "ISO 8601 with the offset of the unit's zone",
}
_MAYBE_MOMENT = {**_MOMENT, "type": ["string", "null"]}
_WHOLE = {"type": "integer", "minimum": 0}


def _shape(**properties: Any) -> dict[str, Any]:
    """An object that holds exactly these."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_UNIT = _shape(name=_TEXT, url=_ADDRESS)
_SCHEMAS = {
    "Event": _shape(
        id={**_TEXT, "description": "stable for life; the UID of the calendar entry"},
        title=_TEXT,
        theme=_TEXT,
        url=_ADDRESS,
        calendar=_ADDRESS,
        kinds={"type": "array", "items": _TEXT},
        status={"enum": ["published", "postponed", "cancelled", "completed"]},
        audience={"enum": ["umum", "undangan"]},
        starts_at=_MOMENT,
        ends_at={**_MAYBE_MOMENT, "description": "null: open end"},
        postponed_from={**_MAYBE_MOMENT, "description": "the start that was announced before"},
        venue=_shape(name=_TEXT, address=_TEXT, kind=_TEXT),
        district=_shape(code={**_TEXT, "description": "Kemendagri code"}, name=_TEXT),
        unit=_UNIT,
        sequence={**_WHOLE, "description": "raised with every announced change"},
    ),
    "Pledge": _shape(
        id={**_TEXT, "description": "the permanent name of its log"},
        title=_TEXT,
        url=_ADDRESS,
        on={"type": "string", "format": "date"},
        status={"enum": ["open", "paused", "closed"]},
        place=_TEXT,
        points={"type": "array", "items": _TEXT},
        text_hash=_TEXT,
        opens_at=_MAYBE_MOMENT,
        closes_at=_MAYBE_MOMENT,
        signatures={
            "type": "object",
            "description": "by way of signing; add them up only where you say that you do",
            "additionalProperties": _WHOLE,
        },
        unit=_UNIT,
        log=_ADDRESS,
    ),
    "Article": _shape(
        id=_WHOLE,
        title=_TEXT,
        subtitle=_TEXT,
        lead=_TEXT,
        byline=_TEXT,
        url=_ADDRESS,
        published_at=_MOMENT,
        corrected_at=_MAYBE_MOMENT,
        districts={"type": "array", "items": _TEXT},
        unit=_UNIT,
    ),
    "Region": _shape(
        code=_TEXT,
        name=_TEXT,
        url=_ADDRESS,
        calendar=_ADDRESS,
        zone=_TEXT,
        lat={"type": ["number", "null"]},
        lon={"type": ["number", "null"]},
        tile=_shape(row={"type": ["integer", "null"]}, column={"type": ["integer", "null"]}),
    ),
    "Paging": _shape(
        page=_WHOLE,
        pages=_WHOLE,
        per_page=_WHOLE,
        total=_WHOLE,
        next={**_ADDRESS, "type": ["string", "null"]},
        previous={**_ADDRESS, "type": ["string", "null"]},
    ),
    "Error": _shape(error=_TEXT, argument=_TEXT),
}
_PAGE = [
    {
        "name": "page",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 1},
    },
    {
        "name": "per_page",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": 50},
    },
]
_EVENT_FILTERS = [
    {"name": "from", "in": "query", "schema": {"type": "string", "format": "date"}},
    {
        "name": "to",
        "in": "query",
        "description": "this day included",
        "schema": {"type": "string", "format": "date"},
    },
    {"name": "district", "in": "query", "description": "Kemendagri code", "schema": {"type": "string"}},
]


def document(server: str) -> dict[str, Any]:
    """The whole description; server: the public address of this installation."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Rukun",
            "version": "1",
            "description": "What the public pages show, for programs. No key, no personal data of citizens. "
            "Every answer carries an ETag; ask again with If-None-Match.",
        },
        "servers": [{"url": server}],
        "paths": {
            "/api/v1/events": _list("Event", "Public events by start", _EVENT_FILTERS),
            "/api/v1/pledges": _list("Pledge", "Public pledges, newest first, with counts by way of signing"),
            "/api/v1/articles": _list("Article", "Published articles, newest first"),
            "/api/v1/regions": _list("Region", "The kecamatan of this installation by name"),
        },
        "components": {"schemas": _SCHEMAS},
    }


def _list(schema: str, summary: str, more: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    body = _shape(
        data={"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}},
        paging={"$ref": "#/components/schemas/Paging"},
    )
    wrong = {"$ref": "#/components/schemas/Error"}
    return {
        "get": {
            "summary": summary,
            "operationId": f"list{schema}s",
            "parameters": [*_PAGE, *(more or [])],
            "responses": {
                "200": {"description": summary, "content": {"application/json": {"schema": body}}},
                "304": {"description": "Not changed since the given ETag"},
                "400": {
                    "description": "An argument cannot be read",
                    "content": {"application/json": {"schema": wrong}},
                },
            },
        }
    }
