"""Extensions of Flask that are not tied to one subject."""

from datetime import UTC, datetime
from typing import Any

from flask_alembic import Alembic
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from sqlalchemy.types import TypeDecorator


class Migrations(Alembic):
    """Alembic with dated revisions: 20261123_2310_create_everything.py."""

    def rev_id(self) -> str:
        """The minute in which a revision is made, UTC."""
        return f"{datetime.now(UTC):%Y%m%d_%H%M}"


def _plain_types(kind: str, item: Any, context: Any) -> Any:
    """Migrations stand alone: our own column types are written as the library's types beneath them."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def _is_ours(item: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """Full-text search is made by hand-written statements; comparing must not want to drop it."""
    by_hand = {"table": "search_index", "index": "ix_search_documents_stems"}.get(kind)
    return by_hand is None or not (name or "").startswith(by_hand)


MIGRATION_CONTEXT = {
    "render_item": _plain_types,
    "include_object": _is_ours,
    "render_as_batch": True,
    "transactional_ddl": True,
    "compare_type": True,
    "compare_server_default": False,
}

alembic = Migrations()
csrf = CSRFProtect()
login = LoginManager()
