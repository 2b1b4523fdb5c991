"""The site in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import camera, chromium
from tests.support import site as sites
from tests.support.site import Site

HERE = Path(__file__).parent
# Milliseconds until something that should be seen counts as missing. Other checks run on the same machine.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey needs a browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = "" if database_url.startswith("sqlite") else database_url
    with sites.running(tmp_path_factory.mktemp("site"), database_url=url) as running:
        yield running


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the browser's camera sees, see `tests.support.camera.hold_before`."""
    return tmp_path_factory.mktemp("camera") / "film.mjpeg"


@pytest.fixture(scope="session")
def browser_type_launch_args(film: Path) -> dict[str, Any]:
    options = chromium.launch_options()
    return {**options, "args": [*options["args"], *camera.options(film)]}


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """visit(role): a page in a browser of its own, 360 pixels wide, signed in when a role is named."""
    contexts: list[BrowserContext] = []
    foreign: list[str] = []

    def open_browser(
        role: str | None = None,
        *,
        javascript: bool = True,
        width: int = 360,
        height: int = 740,
        dark: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=site.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="id-ID",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda request: foreign.append(request.url) if _foreign(request.url, site.url) else None,
        )
        if role is not None:
            site.sign_in(page, role)
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert foreign == [], "no page may ask another host for anything"


def _foreign(address: str, own: str) -> bool:
    return not address.startswith((own, "data:", "blob:"))
