import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock
from app.core.database import db
from app.home.models import SearchWord
from app.home.queries.search import find
from app.home.queries.spelling import meant_by
from app.home.rules.nearness import nearest, steps_between, trigrams
from app.home.rules.words import terms_of
from tests.home.factories import fill_index, make_article, make_notice
from tests.regions.factories import make_district
from tests.support.html import check_page

letters = st.text(alphabet="abcd", max_size=7)


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("sandai", "sandai", 0),
        ("sandia", "sandai", 1),
        ("sndai", "sandai", 1),
        ("sanday", "sandai", 1),
        ("abc", "xyz", 3),
    ],
)
def test_steps_count_slips_of_a_finger(one, other, steps):
    assert steps_between(one, other, most=3) == steps


@given(letters, letters)
def test_steps_are_the_same_both_ways(one, other):
    assert steps_between(one, other, most=2) == steps_between(other, one, most=2)


def test_the_nearest_word_wins_and_a_far_one_is_none():
    assert nearest("ketapagn", ["ketapang", "ketupat", "tepung"]) == "ketapang"
    assert nearest("sandai", ["sungai"]) is None


def test_the_ends_of_a_word_are_marked():
    assert trigrams("doa") == {"  d", " do", "doa", "oa "}


@pytest.mark.parametrize("typed", ["Ketapagn", "doa di ketapng", "jembattan"])
def test_a_misspelt_word_is_put_right(app, typed):
    make_article("Doa di Ketapang", body="<p>Warga melintasi jembatan.</p>")
    fill_index()
    assert find(terms_of(meant_by(typed)), clock.now()).total == 1


def test_words_that_are_known_or_short_are_left_alone(app):
    make_article("Doa di Ketapang")
    fill_index()
    assert meant_by("doa ketapang") is None
    assert meant_by("dao") is None
    assert meant_by("") is None


def test_indexing_twice_knows_each_word_once(app):
    make_article("Doa di Ketapang")
    fill_index()
    fill_index()
    words = [row.word for row in db.session.query(SearchWord)]
    assert len(words) == len(set(words))


def test_the_page_shows_what_was_meant_and_says_so(client):
    make_article("Doa di Ketapang")
    fill_index()
    page = check_page(client.get("/cari?q=ketapagn"))
    assert "Ini hasil untuk “ketapang”" in page.text
    assert "Doa di Ketapang" in page.text
    assert "Tidak ada yang cocok" in client.get("/cari?q=xyzxyzxyz").text


def test_results_can_be_put_newest_first_and_narrowed_to_a_year(client):
    make_article("Rukun lama", body="<p>a</p>")
    make_notice("Lain", body="<p>Rukun baru.</p>")
    fill_index()
    page = check_page(client.get("/cari?q=rukun&urut=terbaru"))
    assert page.find("a", string="Urutkan: paling cocok dahulu") is not None
    year = clock.now().year
    assert "Rukun" in client.get(f"/cari?q=rukun&tahun={year}").text
    for query in ("tahun=1999", "tahun=x", "urut=x", f"tahun={year - 5}"):
        assert client.get(f"/cari?q=rukun&{query}").status_code == 200


def test_a_misspelt_word_is_put_right_within_one_kecamatan_too(client):
    here = make_district("61.04.05")
    make_article("Jembatan gantung", districts=[here])
    make_article("Jembatan lain")
    fill_index()
    page = check_page(client.get("/cari?q=jembatn&kecamatan=sandai"))
    assert [row.h2.get_text() for row in page.select(".results > li")] == ["Jembatan gantung"]
    assert "Ini hasil untuk “jembatan”" in page.text
    assert page.select_one("form.filters option[selected]")["value"] == "sandai"
