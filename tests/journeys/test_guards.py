"""The guards answer while a proposal is being written, and say so when they cannot."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
CHECK = "**/kelola/acara/periksa*"


def test_guards_answer_while_the_form_is_filled_and_say_when_they_cannot(visit: Visit) -> None:
    page = visit("tokoh")
    page.goto("/kelola/acara/baru")
    starts, ends, guards = page.locator("#starts_at"), page.locator("#ends_at"), page.locator("#guards")

    # A Sunday morning stands in the way without anything being pressed.
    page.get_by_label("Kecamatan", exact=True).select_option(label="Delta Pawan")
    page.get_by_label("Tempat", exact=True).fill("Aula Contoh")
    starts.fill("2026-12-06T09:00")
    ends.fill("2026-12-06T10:30")
    expect(guards).to_contain_text("Ibadah Minggu pagi")

    # A free time moves the start and the end, and what stood there is gone.
    slot = guards.locator("button.slot").first
    taken = slot.get_attribute("value") or ""
    slot.click()
    expect(starts).to_have_value(taken)
    hour, minute = int(taken[11:13]) * 60 + 90, int(taken[14:16])
    expect(ends).to_have_value(f"{taken[:11]}{(hour + minute) // 60:02d}:{(hour + minute) % 60:02d}")
    expect(guards).not_to_contain_text("Ibadah Minggu pagi")

    # Without an answer the page says so, keeps what was written, and asks again when the network is back.
    page.route(CHECK, lambda route: route.abort())
    starts.fill("2026-12-06T08:00")
    expect(guards).to_contain_text("Belum dapat diperiksa ulang")
    expect(page.get_by_label("Tempat", exact=True)).to_have_value("Aula Contoh")
    page.unroute(CHECK)
    page.evaluate("() => { window.dispatchEvent(new Event('online')) }")
    expect(guards).to_contain_text("Ibadah Minggu pagi")
    expect(guards).not_to_contain_text("Belum dapat diperiksa ulang")
