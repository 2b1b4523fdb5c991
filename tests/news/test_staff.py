import io

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from app.core import clock
from app.core.database import db
from app.core.permissions import Role
from app.news.actions import start_article, submit
from app.news.details import ArticleDetails, ItemStatus
from app.news.models import Article, Notice
from tests.events.factories import make_event
from tests.media.factories import make_photo
from tests.news.factories import make_article, make_notice
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill, post
from tests.support.html import check_page


@pytest.fixture
def unit(app):
    return make_unit("Polsek Redaksi")


@pytest.fixture
def writer(unit):
    return make_person(Role.PENULIS, unit=unit)


@pytest.fixture
def editor(unit):
    return make_person(Role.EDITOR, unit=unit)


def test_an_article_goes_from_an_empty_form_to_the_public(client, sign_in, unit, writer, editor):
    answer = fill(
        sign_in(writer),
        "/kelola/berita/baru",
        {
            "title": "Warga Contoh Gelar Doa Bersama",
            "body": "Paragraf satu.\n\nParagraf dua.",
            "unit_id": unit.id,
        },
    )
    assert answer.status_code == 303, answer.text
    page = answer.headers["Location"]
    assert post(sign_in(writer), page, "/ajukan").status_code == 303
    assert post(sign_in(editor), page, "/terbitkan").status_code == 303
    assert "<p>Paragraf dua.</p>" in client.get("/berita/warga-contoh-gelar-doa-bersama").text


@pytest.mark.once
def test_pasted_markup_loses_everything_that_could_run(client, sign_in, unit, writer, editor):
    nasty = (
        '<p onclick="x()">Isi <script>alert(1)</script><img src=x onerror=alert(2)>'
        '<a href="javascript:alert(3)">tautan</a><svg onload=alert(4)></svg><iframe src="//x"></iframe></p>'
        '<p style="color:red" class="MsoNormal">Dari Word<o:p></o:p></p>'
    )
    answer = fill(
        sign_in(writer), "/kelola/berita/baru", {"title": "Tempel", "body": nasty, "unit_id": unit.id}
    )
    article = db.session.query(Article).one()
    assert answer.status_code == 303
    assert article.body == "<p>Isi tautan</p><p>Dari Word</p>"


@pytest.mark.once
def test_the_editor_who_submitted_sees_no_publish_button(sign_in, unit, editor):
    article = start_article(ArticleDetails("Judul", "<p>x</p>"), unit_id=unit.id, by=editor, now=clock.now())
    submit(article, by=editor, now=clock.now())
    page = check_page(sign_in(editor).get(f"/kelola/berita/{article.id}"))
    assert page.find("form", action=f"/kelola/berita/{article.id}/terbitkan") is None


@pytest.mark.once
def test_a_writer_may_not_publish(sign_in, unit, writer):
    article = make_article(unit=unit, status=ItemStatus.SUBMITTED, published_at=None)
    client = sign_in(writer)
    assert client.post(f"/kelola/berita/{article.id}/terbitkan").status_code == 404


def test_another_units_articles_do_not_exist(sign_in, writer):
    article = make_article(unit=make_unit("Polsek Jauh"))
    assert sign_in(writer).get(f"/kelola/berita/{article.id}").status_code == 404


def test_a_stale_form_keeps_what_was_typed(sign_in, unit, writer):
    article = start_article(ArticleDetails("Judul", "<p>x</p>"), unit_id=unit.id, by=writer, now=clock.now())
    answer = fill(
        sign_in(writer),
        f"/kelola/berita/{article.id}/ubah",
        {"title": "Judul kedua", "body": "Isi kedua", "version": 77},
    )
    assert answer.status_code == 422
    assert "Isi kedua" in answer.text


@pytest.mark.once
@pytest.mark.parametrize("role", [Role.PENULIS, Role.EDITOR])  # the others may the same as one of these
def test_every_staff_page_of_news_is_sound(sign_in, unit, role):
    person = make_person(role, unit=unit)
    photo = make_photo(unit=unit, copies=True)
    event = make_event(unit=unit)
    published = make_article(
        unit=unit, cover_id=photo.id, event_id=event.id, body=f"<p>a</p><p>[foto {photo.id}]</p>"
    )
    waiting = make_article(unit=unit, status=ItemStatus.SUBMITTED, published_at=None)
    kept = make_article(unit=unit, status=ItemStatus.DRAFT, published_at=None)
    notice = make_notice(unit=unit)
    draft = make_notice(unit=unit, status=ItemStatus.DRAFT, published_at=None)
    client = sign_in(person)
    addresses = [
        "/kelola/berita/",
        "/kelola/berita/baru",
        *(f"/kelola/berita/{row.id}" for row in (published, waiting, kept)),
        f"/kelola/berita/{published.id}/pratinjau",
        f"/kelola/berita/{kept.id}/ubah",
        "/kelola/pengumuman/",
        "/kelola/pengumuman/baru",
        *(f"/kelola/pengumuman/{row.id}" for row in (notice, draft)),
        f"/kelola/pengumuman/{draft.id}/ubah",
        "/kelola/foto/",
        "/kelola/foto/baru",
        f"/kelola/foto/{photo.id}",
    ]
    if role is Role.EDITOR:
        addresses.append(f"/kelola/berita/{published.id}/ralat")
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        check_page(answer)
    assert client.get(f"/kelola/berita/{published.id}/kartu.jpg").content_type == "image/jpeg"


def test_a_notice_goes_from_the_form_to_every_page(client, sign_in, unit, writer, editor):
    answer = fill(
        sign_in(writer),
        "/kelola/pengumuman/baru",
        {
            "title": "Jembatan Contoh ditutup",
            "body": "Lewat jalan lain.",
            "urgency": "mendesak",
            "unit_id": unit.id,
        },
    )
    assert answer.status_code == 303, answer.text
    page = answer.headers["Location"]
    post(sign_in(writer), page, "/ajukan")
    assert post(sign_in(editor), page, "/terbitkan").status_code == 303
    assert "Jembatan Contoh ditutup" in client.get("/berita/").text
    notice = db.session.query(Notice).one()
    assert "Asli dan berlaku" in client.get(f"/periksa/{notice.code}").text


@pytest.mark.once
@pytest.mark.parametrize(
    "given",
    [
        {"title": ""},
        {"title": "x" * 5000},
        {"title": "Judul", "event_id": "999999"},
        {"title": "Judul", "event_id": "abc"},
        {"title": "Judul", "cover_id": "-1"},
        {"title": "Judul", "unit_id": "999"},
        {"title": "Judul", "wanted_at": "kemarin"},
        {"title": "Judul", "districts": ["99.99"]},
        {"title": "Judul", "version": "sembilan"},
        {"title": "\x00\u202eJudul", "body": "<<<>>>&#x0;", "unit_id": "x"},
    ],
)
def test_nasty_input_is_refused_beside_the_field(sign_in, writer, given):
    answer = fill(sign_in(writer), "/kelola/berita/baru", given)
    assert answer.status_code in {303, 422}


def test_the_release_is_drafted_from_the_record_with_its_gaps_marked(sign_in, unit, writer, editor):
    event = make_event("Doa bersama contoh", unit=unit)
    given = {"title": "Kosong", "event_id": event.id}
    assert fill(sign_in(writer), "/kelola/berita/baru", given).status_code == 303
    client = sign_in(writer)
    page = client.get("/kelola/berita/baru").text
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    answer = client.post(f"/kelola/berita/dari-acara/{event.id}", data={"csrf_token": token})
    assert answer.status_code == 303
    article = db.session.query(Article).order_by(Article.id.desc()).first()
    assert (article.event_id, article.status) == (event.id, ItemStatus.DRAFT)
    assert "[LENGKAPI: jam selesai]" in article.body
    check_page(client.get(answer.headers["Location"]))
    stranger = sign_in(make_person(Role.PENULIS, unit=make_unit("Polsek Jauh")))
    page = stranger.get("/kelola/berita/baru").text
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    assert (
        stranger.post(f"/kelola/berita/dari-acara/{event.id}", data={"csrf_token": token}).status_code == 404
    )


def test_a_photos_page_lists_where_it_is_used(sign_in, unit, writer):
    photo, other = make_photo(unit=unit), make_photo(unit=unit)
    make_article("Memakai di teks", unit=unit, body=f"<p>a</p><p>[foto {photo.id}]</p>")
    make_article("Memakai di galeri", unit=unit, body=f"<p>a</p><p>[galeri {other.id} {photo.id}]</p>")
    make_article("Memakai sebagai sampul", unit=unit, cover_id=photo.id)
    make_article("Di tempat lain", cover_id=photo.id)
    make_article("Tanpa foto", unit=unit, body=f"<p>[galeri {other.id}]</p>")
    page = sign_in(writer).get(f"/kelola/foto/{photo.id}").text
    for title in ("Memakai di teks", "Memakai di galeri", "Memakai sebagai sampul", "Di satuan lain: 1"):
        assert title in page
    assert "Tanpa foto" not in page
    assert "Di tempat lain" not in page


@pytest.mark.once
def test_a_notice_lies_ready_as_a_poster_that_leads_to_its_check(sign_in, unit, writer):
    notice = make_notice("Jembatan Contoh ditutup", unit=unit, body="<p>Lewat jalan lain.</p>")
    client = sign_in(writer)
    answer = client.get(f"/kelola/pengumuman/{notice.id}/poster.pdf")
    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    for words in ("Jembatan Contoh ditutup", "Lewat jalan lain.", f"/periksa/{notice.code}"):
        assert words in text
    answer = client.get(f"/kelola/pengumuman/{notice.id}/poster.png")
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert picture.size == (1080, 1080)
        [read] = zxingcpp.read_barcodes(picture)
    assert read.text.endswith(f"/periksa/{notice.code}")
    stranger = sign_in(make_person(Role.PENULIS, unit=make_unit("Polsek Jauh")))
    assert stranger.get(f"/kelola/pengumuman/{notice.id}/poster.png").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("view", ["", "gelap", "lebar", "whatsapp"])
def test_an_article_is_previewed_in_every_way(sign_in, unit, writer, view):
    article = make_article(unit=unit, status=ItemStatus.DRAFT, published_at=None)
    client = sign_in(writer)
    page = client.get(f"/kelola/berita/{article.id}/pratinjau?layar={view}")
    check_page(page)
    assert ("Sesuai syarat WhatsApp." in page.text) == (view == "whatsapp")
    assert client.get(f"/kelola/berita/{article.id}/pratinjau?layar=x").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("broken", [ValueError("too large"), OSError("full"), None])
def test_publishing_tells_when_the_share_card_fails_and_what_to_do(
    sign_in, unit, editor, monkeypatch, broken
):
    def draw(*_words):
        raise broken

    if broken:
        monkeypatch.setattr("app.news.staff.cards.share_card", draw)
    article = make_article(unit=unit, status=ItemStatus.APPROVED, published_at=None)
    client = sign_in(editor)
    page = f"/kelola/berita/{article.id}"
    assert fill(client, page, action="/terbitkan").headers["Location"] == page
    told = client.get(page).get_data(as_text=True)
    assert "Sudah terbit." in told
    assert ("Ganti foto utamanya" in told) is (broken is not None)
