"""A declaration in a browser: the receipt checks itself, and says so when the log was tampered with."""

import json
from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from app.core import clock
from app.core.database import db
from app.notify import actions as outbox
from app.notify.models import OutboxMessage
from app.pledges import actions, queries
from app.pledges.details import SignWay
from app.pledges.models import Pledge
from tests.pledges.factories import make_pledge, pledge_details

Visit = Callable[..., Page]
PLEDGE = "/ikrar/ikrar-hari-hari-damai-di-kampung-kita"


def sign(page: Page, name: str, phone: str, pledge: str = PLEDGE) -> None:
    page.goto(f"{pledge}/tanda-tangan")
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


@pytest.fixture
def own_house(app: Flask) -> Iterator[str]:
    """The address of this test's own application, which reaches phones by itself."""
    outbox.configure(mail=False, whatsapp=True)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    outbox.configure(mail=False)


def test_a_signer_proves_the_number_checks_the_receipt_and_affirms_the_changed_text(
    own_house: str, browser: Browser
) -> None:
    old = make_pledge()
    old_id, slug = old.id, old.slug
    db.session.rollback()
    page = browser.new_page(base_url=own_house, viewport={"width": 360, "height": 740}, locale="id-ID")
    sign(page, "Rekawan Contoh", "0812-7000-2002", f"/ikrar/{slug}")

    page.get_by_role("button", name="Kirim kode lewat WhatsApp").click()
    expect(page.get_by_text("Kode dikirim lewat WhatsApp")).to_be_visible()
    db.session.rollback()
    message = db.session.scalars(
        select(OutboxMessage.text).where(OutboxMessage.cause == "pledges:signature:code")
    ).one()
    page.get_by_label("Kode enam angka").fill("000 000")
    page.get_by_role("button", name="Pastikan").click()
    expect(page.get_by_text("Kode ini tidak cocok").first).to_be_visible()
    page.get_by_label("Kode enam angka").fill(message[:6])
    page.get_by_role("button", name="Pastikan").click()
    expect(page.get_by_text("Nomor Anda dipastikan")).to_be_visible()

    actions.seal_logs(clock.now())
    page.reload()
    expect(page.get_by_text("sudah memeriksa sendiri")).to_be_visible()

    old = db.session.get_one(Pledge, old_id)
    fresh = actions.draft_version(old, by=None, now=clock.now())
    changed = pledge_details(title=old.title, points=("Menjaga kerukunan.", "Memeriksa kabar."))
    actions.revise_pledge(fresh, changed, by=None, now=clock.now())
    actions.open_version(fresh, by=None, now=clock.now())
    fresh_id = fresh.id
    db.session.rollback()
    page.reload()
    expect(page.get_by_text("Naskah ikrar ini diperbarui")).to_be_visible()
    page.get_by_role("button", name="Tegaskan untuk naskah baru").click()
    expect(page.get_by_text("Anda menegaskan naskah yang baru")).to_be_visible()
    actions.seal_logs(clock.now())
    page.reload()
    expect(page.get_by_text("sudah memeriksa sendiri")).to_be_visible()
    page.close()

    db.session.rollback()
    assert [queries.counts_of(one).by_way[SignWay.ONLINE] for one in (old_id, fresh_id)] == [1, 1]
