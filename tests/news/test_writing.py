from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.news.actions import (
    approve,
    begin_check,
    keep_draft,
    publish,
    return_item,
    save_article,
    start_article,
    submit,
    sweep_drafts,
    take_back_submission,
)
from app.news.details import ArticleDetails, ItemStatus
from app.news.models import Article, ArticleDraft
from tests.media.factories import make_photo
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
def editor(unit):
    return make_person(Role.EDITOR, unit=unit)


@pytest.fixture
def article(unit, writer):
    details = ArticleDetails("Judul pertama", "<p>Isi pertama.</p>")
    return start_article(details, unit_id=unit.id, by=writer, now=clock.now())


def token_of(client, page):
    return BeautifulSoup(client.get(page).text, "html5lib").find("input", {"name": "csrf_token"})["value"]


def keep(client, article, **given):
    page = f"/kelola/berita/{article.id}/ubah"
    data = {"csrf_token": token_of(client, page), **given}
    return client.post(f"/kelola/berita/{article.id}/titipan", data=data)


def test_what_was_typed_before_a_crash_is_back_in_the_editor(sign_in, writer, article):
    client = sign_in(writer)
    answer = keep(client, article, title="Judul kedua", body="<p>Isi yang belum disimpan.</p>", version=1)
    assert "Titipan tersimpan" in answer.json["status"]
    page = check_page(client.get(f"/kelola/berita/{article.id}/ubah"))
    assert page.find("input", {"name": "title"})["value"] == "Judul kedua"
    assert "Isi yang belum disimpan." in page.find("textarea").text
    db.session.refresh(article)
    assert article.title == "Judul pertama"


def test_unsaved_text_can_be_discarded(sign_in, writer, article):
    client = sign_in(writer)
    keep(client, article, title="Judul kedua", body="<p>x</p>", version=1)
    assert post(client, f"/kelola/berita/{article.id}/ubah", "/titipan/buang").status_code == 303
    assert "Judul kedua" not in client.get(f"/kelola/berita/{article.id}/ubah").text


def test_saving_takes_the_kept_text_away(sign_in, writer, article):
    client = sign_in(writer)
    keep(client, article, title="Judul kedua", body="<p>x</p>", version=1)
    fill(client, f"/kelola/berita/{article.id}/ubah", {"title": "Judul tiga"})
    assert db.session.query(ArticleDraft).count() == 0


def test_the_first_words_of_a_new_article_are_kept_as_a_draft(sign_in, writer):
    client = sign_in(writer)
    data = {"csrf_token": token_of(client, "/kelola/berita/baru"), "title": "Baru", "body": "<p>a</p>"}
    answer = client.post("/kelola/berita/titipan", data=data)
    article = db.session.query(Article).one()
    assert answer.json["address"] == f"/kelola/berita/{article.id}/ubah"
    assert client.post("/kelola/berita/titipan", data={**data, "title": " "}).status_code == 422


def test_two_writers_see_each_other(sign_in, unit, writer, editor, article):
    keep(sign_in(writer), article)
    assert editor.full_name not in keep(sign_in(writer), article).json["others"]
    assert writer.full_name in keep(sign_in(editor), article).json["others"]
    assert writer.full_name in sign_in(editor).get(f"/kelola/berita/{article.id}/ubah").text


def test_both_texts_are_kept_and_shown_when_two_save(sign_in, writer, editor, article):
    mine = {"title": "Judul pertama", "body": "Isi dari penulis kedua.", "version": 1}
    save_article(
        article,
        ArticleDetails("Judul pertama", "<p>Isi orang lain.</p>"),
        version=1,
        by=editor,
        now=clock.now(),
    )
    client, page = sign_in(writer), f"/kelola/berita/{article.id}/ubah"
    answer = fill(client, page, mine)
    assert answer.status_code == 422
    soup = BeautifulSoup(answer.text, "html5lib")
    assert "orang lain." in " ".join(tag.text for tag in soup.find_all("del"))
    assert "penulis kedua." in " ".join(tag.text for tag in soup.find_all("ins"))
    assert editor.full_name in soup.find(id="dua-naskah").text
    # Closed without saving: it is still there, and a second press saves it beside the other's.
    assert "Isi dari penulis kedua." in client.get(page).text
    assert fill(client, page, {}, action="/ubah").status_code == 303
    db.session.refresh(article)
    assert article.body == "<p>Isi dari penulis kedua.</p>"
    assert "Isi orang lain." in client.get(f"/kelola/berita/{article.id}/naskah?dari=2&ke=3").text


def test_an_earlier_text_comes_back_as_the_newest(sign_in, writer, article):
    save_article(
        article, ArticleDetails("Judul kedua", "<p>Isi kedua.</p>"), version=1, by=writer, now=clock.now()
    )
    client, page = sign_in(writer), f"/kelola/berita/{article.id}/naskah?dari=1&ke=2"
    check_page(client.get(page))
    assert post(client, page, "/naskah/1/pulihkan").status_code == 303
    db.session.refresh(article)
    assert (article.title, article.body, article.version) == ("Judul pertama", "<p>Isi pertama.</p>", 3)


@pytest.mark.parametrize("query", ["?dari=99&ke=1", "?dari=x&ke=y", "?dari=-1", "?ke=0"])
def test_revisions_that_are_not_there_make_no_error(sign_in, writer, article, query):
    assert sign_in(writer).get(f"/kelola/berita/{article.id}/naskah{query}").status_code in {200, 404}


def test_while_one_checks_nobody_else_decides(unit, writer, editor, article):
    other = make_person(Role.EDITOR, unit=unit)
    now = clock.now()
    submit(article, by=writer, now=now)
    begin_check(article, by=editor, now=now)
    for deed in (
        lambda: publish(article, by=other, now=now),
        lambda: approve(article, by=other, now=now),
        lambda: return_item(article, note="x", by=other, now=now),
        lambda: begin_check(article, by=other, now=now),
        lambda: take_back_submission(article, by=writer, now=now),
    ):
        with pytest.raises(RuleBroken) as refused:
            deed()
        assert refused.value.code == "being_checked"
    publish(article, by=other, now=now + timedelta(hours=2))  # who forgot to let go keeps nothing for ever
    assert article.status is ItemStatus.PUBLISHED


def test_the_checking_editor_may_mend_a_word_and_nobody_else(sign_in, writer, editor, article):
    submit(article, by=writer, now=clock.now())
    client, page = sign_in(editor), f"/kelola/berita/{article.id}"
    assert client.get(f"{page}/ubah").status_code == 303
    post(client, page, "/periksa")
    assert fill(client, f"{page}/ubah", {"title": "Judul yang diperbaiki"}).status_code == 303
    assert sign_in(writer).get(f"{page}/ubah").status_code == 303
    check_page(sign_in(writer).get(page))
    post(sign_in(editor), page, "/lepas")
    assert sign_in(editor).get(f"{page}/ubah").status_code == 303


def test_an_approved_text_may_be_published_by_any_editor(sign_in, unit, writer, editor, article):
    page = f"/kelola/berita/{article.id}"
    submit(article, by=writer, now=clock.now())
    assert post(sign_in(editor), page, "/siap-terbit").status_code == 303
    check_page(sign_in(editor).get(page))
    assert sign_in(writer).get(f"{page}/ubah").status_code == 303
    assert post(sign_in(make_person(Role.EDITOR, unit=unit)), page, "/terbitkan").status_code == 303
    db.session.refresh(article)
    assert (article.status, article.approved_by_id) == (ItemStatus.PUBLISHED, editor.id)


def test_a_writer_takes_a_submission_back(sign_in, writer, article):
    submit(article, by=writer, now=clock.now())
    assert post(sign_in(writer), f"/kelola/berita/{article.id}", "/tarik-pengajuan").status_code == 303
    db.session.refresh(article)
    assert article.status is ItemStatus.DRAFT


def test_what_nobody_came_back_for_goes_after_a_month(writer, article):
    now = clock.now()
    keep_draft(article, ArticleDetails("x", "y"), version=1, by=writer, now=now)
    sweep_drafts(now + timedelta(days=29))
    assert db.session.query(ArticleDraft).count() == 1
    sweep_drafts(now + timedelta(days=31))
    assert db.session.query(ArticleDraft).count() == 0


def test_the_editor_tells_no_title_of_an_unpublished_text_of_another_unit(unit, writer, sign_in):
    elsewhere = make_unit("Polsek Seberang")
    now = clock.now()
    secret = start_article(
        ArticleDetails("Rahasia seberang", "<p>Isi.</p>"), unit_id=elsewhere.id, by=None, now=now
    )
    own = start_article(
        ArticleDetails("Konsep sendiri lain", "<p>Isi.</p>"), unit_id=unit.id, by=writer, now=now
    )
    body = "".join(f'<p>Isi.</p><figure data-read="{number}"></figure>' for number in (secret.id, own.id))
    article = start_article(ArticleDetails("Judul", body), unit_id=unit.id, by=writer, now=now)
    page = sign_in(writer).get(f"/kelola/berita/{article.id}/ubah").text
    assert "Konsep sendiri lain" in page
    assert "Rahasia seberang" not in page


def test_a_guessed_number_puts_no_photo_of_another_unit_into_a_text(unit, writer, sign_in):
    own, foreign = make_photo(unit=unit), make_photo(unit=make_unit("Polsek Seberang"))
    client = sign_in(writer)
    page = "/kelola/berita/baru"
    for number in (foreign.id, 999_999):
        body = f"Isi.\n\n[galeri {own.id} {number}]"
        answer = fill(client, page, {"title": "Judul", "body": body, "unit_id": unit.id})
        assert answer.status_code == 422
        assert f"Foto nomor {number} bukan milik satuan Anda" in errors_in(answer)[0]
        assert foreign.key not in answer.text
        assert body in answer.text.replace("\r", "")
        typed = {"csrf_token": token_of(client, page), "title": "Judul", "body": body, "unit_id": unit.id}
        assert client.post("/kelola/berita/titipan", data=typed).status_code == 422
    assert db.session.query(Article).count() == 0
    assert fill(client, page, {"title": "Judul", "body": f"Isi.\n\n[foto {own.id}]"}).status_code == 303


def test_a_photo_that_another_put_in_stays_and_no_other_comes_through_the_kept_text(
    unit, writer, article, sign_in
):
    elsewhere = make_unit("Polres Atas")
    theirs, secret = make_photo(unit=elsewhere), make_photo(unit=elsewhere)
    body = f'<p>Isi.</p><figure data-photo="{theirs.id}"></figure>'
    chief = make_person(Role.EDITOR, unit=elsewhere)
    save_article(article, ArticleDetails("Judul", body), version=1, by=chief, now=clock.now())
    client = sign_in(writer)
    page = f"/kelola/berita/{article.id}/ubah"
    assert fill(client, page, {"title": "Judul lain"}).status_code == 303
    db.session.refresh(article)
    assert f'data-photo="{theirs.id}"' in article.body
    keep(client, article, title="Judul", body=f"Isi.\n\n[foto {secret.id}]", version=article.version)
    shown = client.get(page).text
    assert f"[foto {secret.id}]" in shown
    assert secret.key not in shown
