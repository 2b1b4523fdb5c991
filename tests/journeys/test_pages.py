"""Every kind of page as a machine for accessibility and as a narrow phone sees it."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PUBLIC = [
    "/",
    "/acara/",
    "/acara/?tampilan=bulan",
    "/ikrar/",
    "/berita/",
    "/pengumuman/",
    "/wilayah/",
    "/wilayah/delta-pawan",
    "/kalender-lintas-agama",
    "/cari?q=doa",
    "/periksa/",
    "/masuk",
    "/daftar-tokoh",
    "/lupa-sandi",
    "/tentang",
    "/privasi",
    "/aksesibilitas",
    "/laporkan",
    "/langganan",
]
FIRST_LINK = {  # the first entry of a list, by the beginning of its address
    "/acara/": "main a[href^='/acara/']:not([href*='?']):not([href$='.ics'])",
    "/ikrar/": "main a[href^='/ikrar/']:not([href*='?'])",
    "/berita/": "main a[href^='/berita/']:not([href*='?']):not([href$='.xml'])",
    "/pengumuman/": "main a[href^='/pengumuman/']:not([href*='?']):not([href$='.xml'])",
}
STAFF = {
    "petugas": [
        "/kelola/",
        "/kelola/acara/",
        "/kelola/acara/baru",
        "/kelola/pesan/",
        "/kelola/ikrar/",
        "/kelola/akun/",
    ],
    "editor": [
        "/kelola/",
        "/kelola/berita/",
        "/kelola/berita/baru",
        "/kelola/foto/baru",
        "/kelola/pengumuman/",
    ],
    "admin": ["/kelola/orang/", "/kelola/wilayah/", "/kelola/catatan-audit/", "/kelola/lembaga/"],
}


CONTRAST: dict[str, object] = {"runOnly": ["color-contrast"]}  # all that the dark changes


def look_at(page: Page, address: str, rules: dict[str, object] | None = None) -> list[str]:
    """What is wrong with a page: sideways scrolling, violations of WCAG, more than one h1."""
    answer = page.goto(address)
    problems = []
    if answer is None or answer.status != 200:
        return [f"{address}: {answer.status if answer else 'no answer'}"]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.evaluate("window.innerWidth"):
        problems.append(f"{address}: scrolls sideways ({width} px)")
    if page.locator("h1").count() != 1:
        problems.append(f"{address}: {page.locator('h1').count()} h1")
    for violation in Axe().run(page, options=rules or {}).response["violations"]:
        nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
        problems.append(f"{address}: {violation['id']}: {nodes}")
    return problems


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_public_pages_are_fit_for_everyone(visit: Callable[..., Page], dark: bool) -> None:
    page = visit(width=320, dark=dark)
    rules = CONTRAST if dark else None
    problems = [problem for address in PUBLIC for problem in look_at(page, address, rules)]
    for index, link in FIRST_LINK.items():
        page.goto(index)
        target = page.locator(link).first.get_attribute("href")
        assert target, index
        problems += look_at(page, target, rules)
    assert problems == []


@pytest.mark.parametrize("role", STAFF)
def test_staff_pages_are_fit_for_everyone(visit: Callable[..., Page], role: str) -> None:
    page = visit(role, width=360)
    assert [problem for address in STAFF[role] for problem in look_at(page, address)] == []


def test_a_first_visit_is_light(visit: Callable[..., Page]) -> None:
    """At most six requests and 60 kB over the wire, photographs aside."""
    page = visit()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    wire.on("Network.responseReceived", lambda said: kinds.update({said["requestId"]: said["type"]}))
    wire.on(
        "Network.loadingFinished", lambda said: sizes.update({said["requestId"]: said["encodedDataLength"]})
    )
    page.goto("/", wait_until="networkidle")
    weights = [size for request, size in sizes.items() if kinds[request] != "Image"]
    assert 1 < len(weights) <= 6
    assert 1_000 < sum(weights) <= 60_000
