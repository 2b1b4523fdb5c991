"""Who may do what stands in one file that people read before they agree to a change."""

from pathlib import Path

import pytest
from flask import Flask

from app.core.permissions import matrix

pytestmark = pytest.mark.once

REVIEWED = Path(__file__).with_name("permission_matrix.txt")


def test_permissions_are_as_reviewed(app: Flask) -> None:
    """After a change that was meant: `./rukun permissions > tests/architecture/permission_matrix.txt`."""
    assert matrix() == REVIEWED.read_text(encoding="utf-8")
