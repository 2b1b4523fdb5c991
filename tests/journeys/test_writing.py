"""A long text, written on a phone where the network comes and goes."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

PARAGRAPH = "Warga dari enam komunitas iman membersihkan tepi sungai bersama petugas pada pagi itu. " * 25
WORDS_IN_A_PARAGRAPH = len(PARAGRAPH.split())


def test_three_thousand_words_survive_a_dropping_network_and_a_dead_tab(visit: Callable[..., Page]) -> None:
    page = visit("penulis")
    page.goto("/kelola/berita/baru")
    page.get_by_label("Judul", exact=True).fill("Enam Komunitas Bersihkan Tepi Sungai")
    editor = page.locator("trix-editor")
    said = page.locator('[data-draft="status"]')
    editor.click()
    for _part in range(4):
        page.keyboard.insert_text(PARAGRAPH)
        page.keyboard.press("Enter")
    expect(said).to_contain_text("Titipan tersimpan")
    page.wait_for_url("**/ubah")
    address = page.url

    page.context.set_offline(True)
    for _part in range(5):
        page.keyboard.insert_text(PARAGRAPH)
        page.keyboard.press("Enter")
    expect(said).to_contain_text("Belum ada sinyal")
    page.context.set_offline(False)
    expect(said).to_contain_text("Titipan tersimpan di server:")

    context = page.context
    page.close()  # the phone died; nothing was saved by hand
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#titipan")).to_contain_text("sudah dimuat kembali")
    assert len(page.locator("trix-editor").inner_text().split()) == 9 * WORDS_IN_A_PARAGRAPH > 2900
    page.get_by_role("button", name="Simpan konsep").click()
    expect(page.locator(".flashes")).to_contain_text("Konsep tersimpan")
