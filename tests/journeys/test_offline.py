"""A reader whose network goes away."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

WAIT = """async (paths) => {
  const box = await caches.open("rukun-halaman");
  const until = performance.now() + 30000;
  while (performance.now() < until) {
    const kept = (await box.keys()).map((key) => new URL(key.url).pathname);
    if (paths.every((path) => kept.includes(path))) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}"""
AGE = """async (path) => {
  const box = await caches.open("rukun-halaman");
  const copy = await box.match(path);
  const headers = new Headers(copy.headers);
  headers.set("Rukun-Kept-Until", String(Date.now() - 1));
  await box.put(path, new Response(await copy.text(), { headers }));
}"""


def test_what_was_read_opens_without_a_network_until_its_copy_expires(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/berita/")
    article = page.locator("main h2 a, main h3 a").first.get_attribute("href")
    assert article
    page.goto(article)
    title = page.locator("h1").inner_text()
    assert page.evaluate(WAIT, ["/berita/", article, "/acara/"])  # the schedule was never opened
    page.context.set_offline(True)

    page.goto(article)
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".notice[role=status]")).to_contain_text("terakhir diperbarui")
    page.goto("/acara/")
    expect(page.locator(".notice[role=status]")).to_contain_text("terakhir diperbarui")
    page.goto("/tentang")  # never read
    expect(page.locator("h1")).to_have_text("Salinan di perangkat ini")
    expect(page.locator("main li")).to_have_count(3)

    page.evaluate(AGE, article)
    page.goto(article)
    expect(page.locator("h1")).to_have_text("Salinan di perangkat ini")
    expect(page.locator("main li")).to_have_count(2)
    page.get_by_role("button", name="Hapus semua salinan").click()
    expect(page.locator("main li")).to_have_count(0)
    page.goto("/acara/")
    expect(page.locator("h1")).to_have_text("Salinan di perangkat ini")
