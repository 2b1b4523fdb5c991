import pytest

from app.core import clock
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.news.actions import correct_article, review_translation, save_translation
from app.news.details import ArticleDetails, TranslationDetails
from app.news.models import ArticleTranslation
from tests.news.factories import make_article
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import fill, post
from tests.support.html import check_page

ENGLISH = {"title": "Residents pray together", "body": "First paragraph.\n\n- a point"}


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
def article(unit):
    return make_article("Warga berdoa bersama", unit=unit)


def test_english_is_read_only_once_another_person_reviewed_it(client, sign_in, writer, editor, article):
    page, public = f"/kelola/berita/{article.id}/inggris", f"/berita/{article.slug}?lang=en"
    check_page(sign_in(writer).get(page))
    assert fill(sign_in(writer), page, ENGLISH).status_code == 303
    assert "Residents pray" not in client.get(public).text
    shown = sign_in(editor).get(page)
    check_page(shown)
    assert post(sign_in(editor), page, "/setujui").status_code == 303
    answer = client.get(public)
    check_page(answer)
    assert "Residents pray together" in answer.text
    assert "<li>a point</li>" in answer.text
    assert "reviewed by the newsroom" in answer.text
    assert "Residents pray" not in client.get(f"/berita/{article.slug}?lang=id").text


def test_a_machines_draft_is_marked(client, writer, editor, article):
    details = TranslationDetails("Residents", "<p>x</p>", by_machine=True)
    save_translation(article, details, language="en", by=writer, now=clock.now())
    review_translation(db.session.query(ArticleTranslation).one(), article, by=editor, now=clock.now())
    assert "drafted by a machine" in client.get(f"/berita/{article.slug}?lang=en").text


def test_whoever_translated_does_not_review(editor, article):
    save_translation(article, TranslationDetails("R", "<p>x</p>"), language="en", by=editor, now=clock.now())
    row = db.session.query(ArticleTranslation).one()
    with pytest.raises(RuleBroken, match="own_translation"):
        review_translation(row, article, by=editor, now=clock.now())


def test_a_new_translation_waits_for_a_review_again(client, writer, editor, article):
    for title in ("First", "Second"):
        save_translation(
            article, TranslationDetails(title, "<p>x</p>"), language="en", by=writer, now=clock.now()
        )
        row = db.session.query(ArticleTranslation).one()
        assert row.reviewed_at is None
        review_translation(row, article, by=editor, now=clock.now())
    assert "Second" in client.get(f"/berita/{article.slug}?lang=en").text


def test_a_correction_after_the_translation_is_told(client, writer, editor, article):
    save_translation(article, TranslationDetails("R", "<p>x</p>"), language="en", by=writer, now=clock.now())
    review_translation(db.session.query(ArticleTranslation).one(), article, by=editor, now=clock.now())
    details = ArticleDetails(article.title, "<p>Yang benar.</p>")
    version = article.version
    correct_article(article, details, note="Angka keliru.", version=version, by=editor, now=clock.now())
    assert "was corrected after" in client.get(f"/berita/{article.slug}?lang=en").text


def test_an_article_without_english_says_its_language(client, article):
    page = check_page(client.get(f"/berita/{article.slug}?lang=en"))
    assert page.find("article")["lang"] == "id"
