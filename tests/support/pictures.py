"""The pictures in README: `.venv/bin/python -m tests.support.pictures` draws them afresh into docs/pictures/."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.support import chromium, site

TARGET = site.PROJECT / "docs" / "pictures"
PHONE, DESK = (360, 740), (1280, 800)
PUBLIC = {
    "beranda": ("/", PHONE),
    "beranda-lebar": ("/", DESK),
    "acara": ("main a[href^='/acara/']:not([href*='?']):not([href$='.ics'])", PHONE),
    "ikrar": ("main a[href^='/ikrar/']:not([href*='?'])", PHONE),
    "berita": ("main a[href^='/berita/']:not([href*='?']):not([href$='.xml'])", PHONE),
}
LISTS = {"acara": "/acara/", "ikrar": "/ikrar/", "berita": "/berita/"}
STAFF = {"meja-kerja": ("petugas", "/kelola/", DESK)}


def main() -> None:
    """Draw every picture once."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        site.running(Path(folder)) as running,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(**chromium.launch_options())
        for name, (where, size) in PUBLIC.items():
            _draw(browser, running, name, where, size)
        for name, (role, where, size) in STAFF.items():
            _draw(browser, running, name, where, size, role=role)
        browser.close()


def _draw(
    browser: Browser,
    running: site.Site,
    name: str,
    where: str,
    size: tuple[int, int],
    *,
    role: str | None = None,
) -> None:
    context = browser.new_context(base_url=running.url, viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    if role is not None:
        running.sign_in(page, role)
    if name in LISTS:
        page.goto(LISTS[name])
        where = page.locator(where).first.get_attribute("href") or LISTS[name]
    page.goto(where, wait_until="networkidle")
    page.screenshot(path=TARGET / f"{name}.jpg", type="jpeg", quality=80)
    context.close()


if __name__ == "__main__":
    main()
