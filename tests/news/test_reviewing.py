from datetime import timedelta

import pytest
import time_machine

from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.news.actions import ask_fact_check, save_article, withdraw
from app.news.details import ArticleDetails, ItemStatus, Verdict
from app.news.models import FactCheck
from app.notify.models import OutboxMessage
from tests.news.factories import make_article
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import errors_in, fill, post
from tests.support.html import check_page


@pytest.fixture
def unit(app):
    return make_unit("Polsek Redaksi")


@pytest.fixture
def writer(unit):
    return make_person(Role.PENULIS, unit=unit)


@pytest.fixture
def draft(unit, writer):
    return make_article(
        "Warga Contoh Gelar Doa", unit=unit, by=writer, status=ItemStatus.DRAFT, published_at=None
    )


@pytest.fixture
def check(draft, writer):
    return ask_fact_check(
        draft, asked_of="Sekretaris FKUB", question="Jumlahnya?", by=writer, now=clock.now()
    )


def test_the_newsroom_leaves_notes_that_the_public_never_sees(client, sign_in, unit, writer):
    article = make_article(unit=unit)
    page = f"/kelola/berita/{article.id}"
    assert post(sign_in(writer), page, "/catatan", {"text": "Tanyakan ulang jumlahnya."}).status_code == 303
    check_page(sign_in(writer).get(page))
    assert "Tanyakan ulang jumlahnya." in sign_in(writer).get(page).text
    assert "Tanyakan ulang" not in client.get(f"/berita/{article.slug}").text
    assert post(sign_in(writer), page, "/catatan", {"text": " "}).status_code == 422


def test_somebody_outside_reads_the_draft_and_answers_once(client, sign_in, draft, writer):
    page = f"/kelola/berita/{draft.id}"
    assert post(sign_in(writer), page, "/cek-fakta", {"asked_of": "Sekretaris FKUB"}).status_code == 303
    link = f"/cek-fakta/{db.session.query(FactCheck).one().code}"
    answer = client.get(link)
    assert "Warga Contoh Gelar Doa" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    check_page(answer)
    wrong = fill(client, link, {"verdict": "keliru"})
    assert (wrong.status_code, errors_in(wrong)[0]) == (422, "Tulis apa yang keliru dan apa yang benar.")
    assert fill(client, link, {"verdict": "keliru", "answer": "Enam, bukan lima."}).status_code == 303
    assert "sudah diterima" in client.get(link).text
    assert client.post(link, data={"verdict": "benar"}).status_code == 422
    assert db.session.query(FactCheck).one().verdict is Verdict.WRONG
    shown = sign_in(writer).get(page)
    check_page(shown)
    assert "Enam, bukan lima." in shown.text
    assert (
        db.session.query(OutboxMessage).filter(OutboxMessage.text.contains("Enam, bukan lima.")).count() == 1
    )


def test_the_answer_names_the_text_that_was_read(sign_in, draft, writer, check):
    now = clock.now()
    fill(sign_in(writer), f"/cek-fakta/{check.code}", {"verdict": "benar"})
    save_article(
        draft, ArticleDetails("Judul lain", "<p>Isi lain.</p>"), version=draft.version, by=writer, now=now
    )
    assert "sudah berubah sejak diperiksa" in sign_in(writer).get(f"/kelola/berita/{draft.id}").text


def test_a_link_ends_after_three_days_and_with_a_withdrawal(client, unit, writer, check):
    other = make_article(unit=unit)
    second = ask_fact_check(other, asked_of="KPU", question="", by=writer, now=clock.now())
    withdraw(other, reason="Keliru.", by=writer, now=clock.now())
    assert client.get(f"/cek-fakta/{second.code}").status_code == 404
    assert client.get(f"/cek-fakta/{check.code}").status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1), tick=False):
        assert client.get(f"/cek-fakta/{check.code}").status_code == 404
    assert client.get("/cek-fakta/AAAA-BBBB").status_code == 404


@pytest.mark.parametrize(
    "advert",
    ["Main di https://slot-gacor.example/maxwin", "daftar TOGEL di menang.xyz", "rtp-live www.contoh"],
)
def test_an_advertisement_is_no_answer_and_what_was_typed_stays(client, check, advert):
    page = f"/cek-fakta/{check.code}"
    answer = fill(client, page, {"verdict": "keliru", "answer": advert})
    assert answer.status_code == 422
    assert errors_in(answer)[0] == "Jawaban ini memuat tautan promosi judi. Hapus tautannya, lalu kirim lagi."
    assert advert in answer.text
    plain = "Yang dibahas penolakan judi online, bukan togel saja."
    assert fill(client, page, {"verdict": "keliru", "answer": plain}).status_code == 303
