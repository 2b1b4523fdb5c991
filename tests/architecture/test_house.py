"""The plan of the house, checked where imports alone cannot."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.factory import FEATURES

pytestmark = pytest.mark.once

PROJECT = Path(__file__).resolve().parents[2]


def test_opening_a_link_changes_nothing(app):
    """Whatever answers GET does not answer it by an action: views that write accept POST alone."""
    both = [
        f"{rule.rule} {sorted(rule.methods)}"
        for rule in app.url_map.iter_rules()
        if {"GET", "POST"} <= rule.methods
        and rule.endpoint.split(".")[-1] in {"sign_out", "delete", "cancel"}
    ]
    assert both == []


def test_no_address_uses_another_verb_than_get_and_post(app):
    verbs = {verb for rule in app.url_map.iter_rules() for verb in rule.methods}
    assert verbs <= {"GET", "HEAD", "OPTIONS", "POST"}


def test_the_house_stands_without_its_upper_floors(tmp_path):
    """Built up to below each feature, the app answers: no lower floor leans on an upper one.

    Each house is built in a child of its own, which has imported no feature yet.
    """
    program = (
        "import os\n"
        "from app.factory import FEATURES, create_app\n"
        "for top in FEATURES[6:]:\n"
        "    if os.fork() == 0:\n"
        "        floors = FEATURES[:FEATURES.index(top)]\n"
        f"        app = create_app({{'INSTANCE': {str(tmp_path)!r}, 'TESTING': True}}, features=floors)\n"
        "        assert list(app.url_map.iter_rules())\n"
        "        print(top, flush=True)\n"
        "        os._exit(0)\n"
        "    os.wait()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == list(FEATURES[6:]), done.stderr


def test_templates_hold_no_inline_script_or_style():
    """The content policy forbids both; data for machines (JSON-LD) is no script."""
    found = []
    for path in (PROJECT / "app").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if " style=" in text or "<style" in text or " onclick=" in text:
            found.append(str(path))
        for piece in text.split("<script")[1:]:
            tag = piece.split(">")[0]
            if "src=" not in tag and "application/ld+json" not in tag:
                found.append(f"{path}: <script{tag}>")
    assert found == []
