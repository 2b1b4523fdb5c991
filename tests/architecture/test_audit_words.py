"""Every deed that the audit log holds, and every cause of a message, has its words."""

import ast
import re
from pathlib import Path

import pytest

from app.core.permissions import Role
from app.regions.details import UnitKind
from tests.news.factories import make_article
from tests.people.factories import make_person
from tests.regions.factories import make_unit

pytestmark = pytest.mark.once

APP = Path(__file__).parents[2] / "app"
TAG = re.compile(r"[a-z_]+:[a-z_]+:[a-z_]+")
HOLE = "[a-z_]+"


def _pattern(text: ast.JoinedStr) -> str:
    """An f-string as a regular expression: what stands in its holes is unknown."""
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else HOLE for part in text.values]
    return "".join(parts)


def tags_in(path: Path) -> set[str]:
    """The tags of a module as regular expressions."""
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            tag = _pattern(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            tag = re.escape(node.value)
        else:
            continue
        if TAG.fullmatch(tag.replace(HOLE, "x")) and not tag.startswith(HOLE):
            found.add(tag)
    return found


@pytest.fixture
def words(app):
    return {str(tag) for _kind, tag in app.extensions["house"].labels}


def test_every_tag_has_words(words):
    modules = [path for path in APP.rglob("*.py") if path.name != "permissions.py"]
    tags = set().union(*(tags_in(path) for path in modules))
    assert len(tags) > 100
    silent = [tag for tag in tags if not any(re.fullmatch(tag, known) for known in words)]
    assert sorted(silent) == []


@pytest.mark.parametrize(
    ("begin", "deeds"),
    [
        ("news:article", "submitted returned published published_in_emergency emergency_approved withdrawn"),
        ("news:notice", "submitted returned published published_in_emergency emergency_approved withdrawn"),
        ("pledges:pledge", "draft open paused closed"),
        ("attendance:registration", "checked_in check_in_undone walked_in merged"),
        ("notify:message", "sent retried"),
    ],
)
def test_tags_that_are_put_together_have_words_for_every_part(words, begin, deeds):
    assert {f"{begin}:{deed}" for deed in deeds.split()} <= words


def test_the_audit_page_shows_words(app, sign_in):
    unit = make_unit("Polres Contoh", kind=UnitKind.POLRES)
    make_article(unit=unit)
    page = sign_in(make_person(Role.ADMIN, unit=unit)).get("/kelola/catatan-audit/").get_data(as_text=True)
    assert "Konsep berita dibuat" in page
    assert ">news:article" not in page
