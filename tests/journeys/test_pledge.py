"""A declaration in a browser: the receipt checks itself, and says so when the log was tampered with."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

Visit = Callable[..., Page]
PLEDGE = "/ikrar/ikrar-hari-hari-damai-di-kampung-kita"


def sign(page: Page, name: str, phone: str) -> None:
    page.goto(f"{PLEDGE}/tanda-tangan")
    page.get_by_label("Nama lengkap").fill(name)
    page.get_by_label("Nomor telepon").fill(phone)
    page.get_by_label("Kecamatan").select_option(label="Delta Pawan")
    page.get_by_label("Saya setuju").check()
    page.get_by_role("button", name="Tanda tangani").click()
    page.wait_for_url("**/tanda-terima/*")


def test_the_receipt_checks_itself_and_finds_what_was_tampered_with(visit: Visit) -> None:
    page = visit()
    sign(page, "Rekawan Contoh", "0812-7000-1001")

    expect(page.get_by_text("sudah memeriksa sendiri")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Ditandatangani dengan kunci kesatuan (Ed25519).")).to_be_visible()
    expect(page.get_by_text("disimpan di perangkat ini")).to_be_visible()

    page.get_by_label("Nomor yang Anda pakai").fill("0812 7000 1001")
    page.get_by_role("button", name="Cocokkan").click()
    expect(page.get_by_text("Cocok dengan baris itu.")).to_be_visible()

    page.reload()
    expect(page.get_by_text("yang pernah dilihat perangkat ini tidak berubah")).to_be_visible(timeout=20_000)

    def tamper(route: Route) -> None:
        answer = route.fetch()
        proof = answer.json()
        proof["leaf"] = proof["leaf"].replace("belum_terverifikasi", "di_tempat")
        route.fulfill(response=answer, body=json.dumps(proof))

    page.route("**/komitmen/*", tamper)
    page.reload()
    expect(page.get_by_text("Ada yang TIDAK cocok")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Buktinya tidak menghasilkan akar")).to_be_visible()
