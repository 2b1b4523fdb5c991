"""Two devices at the minutes of one meeting: autosave, a clash, a tab that dies without a network."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def begun(page: Page) -> str:
    """The minutes of some event of the officer's unit; gives the page's address."""
    page.goto("/kelola/acara/")
    address = page.locator("main a[href^='/kelola/acara/']").evaluate_all(
        "links => links.map(it => it.getAttribute('href')).find(it => /acara\\/\\d+$/.test(it))"
    )
    page.goto(address.replace("/kelola/acara/", "/kelola/catatan/acara/"))
    page.locator("#notula").get_by_role("button", name="Mulai menulis").click()
    return page.url.split("#")[0]


def status(page: Page, section: str = "pembukaan") -> object:
    return page.locator(f"[data-section='{section}'] [data-status]")


def test_minutes_typed_on_two_devices_overwrite_nothing_and_outlive_a_crash(visit: Visit) -> None:
    first, second = visit("petugas"), visit("petugas")
    address = begun(first)
    # This one hears nothing and comes too late.
    second.route("**/notula/keadaan", lambda route: route.abort())
    second.goto(address)
    opening = "textarea[name='pembukaan-opening']"

    # Saved by itself while typing; new rows get their ids, so that a second save does not double them.
    first.fill(opening, "Rapat dibuka dengan doa.")
    expect(status(first)).to_contain_text("Tersimpan pukul")
    first.fill("input[name='tindak-lanjut-rows-0-task']", "apel kesiapan")
    expect(status(first, "tindak-lanjut")).to_contain_text("Tersimpan pukul")
    first.locator("#tindak-lanjut").get_by_role("button", name="Tambah tindak lanjut").click()
    first.fill("input[name='tindak-lanjut-rows-1-task']", "pemetaan TPS")
    expect(first.locator("input[name='tindak-lanjut-rows-1-id']")).not_to_have_value("")

    # The other device comes too late: both texts stand side by side, nothing is overwritten.
    second.fill(opening, "Rapat dibuka Kapolsek.")
    clash = second.locator("#pembukaan .minutes__clash")
    expect(clash).to_contain_text("Rapat dibuka dengan doa.")
    expect(clash).to_contain_text("Rapat dibuka Kapolsek.")
    second.fill(opening, "Rapat dibuka Kapolsek dengan doa.")
    clash.get_by_role("button", name="Simpan isi kolom").click()
    expect(second.locator(opening)).to_have_value("Rapat dibuka Kapolsek dengan doa.")
    expect(second.locator(".minutes__clash")).to_have_count(0)
    # The first hears of it without touching anything.
    expect(first.locator(opening)).to_have_value("Rapat dibuka Kapolsek dengan doa.", timeout=20_000)

    # Without a network the text stays on the device, and a new tab brings it back and sends it.
    device = first.context
    device.set_offline(True)
    first.fill("input[name='pembukaan-chair']", "Kapolsek Contoh")
    expect(status(first)).to_contain_text("tidak ada sambungan")
    first.close(run_before_unload=False)
    device.set_offline(False)
    again = device.new_page()
    again.goto(address)
    expect(again.locator("[data-news]")).to_contain_text("sudah dikembalikan")
    expect(again.locator("input[name='pembukaan-chair']")).to_have_value("Kapolsek Contoh")
    again.reload()
    expect(again.locator("input[name='pembukaan-chair']")).to_have_value("Kapolsek Contoh")
    expect(again.locator("[data-news]")).to_be_empty()
    assert again.evaluate("Object.keys(localStorage).filter(it => it.startsWith('rukun:minutes'))") == []
