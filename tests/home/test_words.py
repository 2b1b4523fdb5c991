"""Indonesian words brought to their stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.home.rules.words import excerpt, marked, match_for_fts5, plain_text, stems_in, stems_of, terms_of

pytestmark = pytest.mark.once

SAME = """mendoakan doa · berdoa doa · didoakan doa · doanya doa · pendoa doa · menutup tutup · penutupan ditutup
menulis tulisan · menandatangani tandatangan · penandatanganan tandatangan · perayaan raya · merayakan perayaan
pemberitaan berita · damai perdamaian · mendamaikan damai · sekolah bersekolah · peribadatan ibadah
beribadah ibadah · mesjid masjid · silaturahim bersilaturahmi · menyambut sambutan · mengirim kiriman
memilih pemilihan · pengamanan aman · mengikrarkan ikrar · deklarasi mendeklarasikan · bekerja kerja
kepolisian polisi · mengundang undangan · kampanye berkampanye"""
OTHER = "doa dosa · rapat raya · berita rita · makan makam · aman amal · jalan jual"


def _pairs(text):
    return [pair.split() for line in text.splitlines() for pair in line.split(" · ")]


@pytest.mark.parametrize(("one", "other"), _pairs(SAME))
def test_forms_of_one_word_share_a_stem(one, other):
    assert stems_of(one) & stems_of(other)


@pytest.mark.parametrize(("one", "other"), _pairs(OTHER))
def test_different_words_share_none(one, other):
    assert not stems_of(one) & stems_of(other)


def test_signing_is_found_as_two_words_and_as_one():
    term = terms_of("tanda tangan")[0]
    assert term.stems & set(stems_in("Warga menandatangani ikrar").split())
    assert term.stems & set(stems_in("Pembubuhan tanda tangan").split())


def test_only_the_last_word_is_a_beginning():
    first, last = terms_of("doa ber")
    assert (first.prefix, last.prefix) == ("", "ber")


@given(st.text(max_size=200))
def test_whatever_is_typed_every_word_stands_in_quotes(typed):
    match = match_for_fts5(terms_of(typed))
    outside = "".join(match.split('"')[0::2])
    assert set(outside) <= set("()* ANDOR")


@given(st.text(max_size=300), st.text(max_size=40))
def test_marking_loses_no_letter(text, typed):
    assert "".join(piece for piece, _hit in marked(text, terms_of(typed))) == text


def test_an_excerpt_shows_the_place_of_the_hit():
    text = "kata " * 200 + "lalu mereka mendoakan kampung " + "lagi " * 100
    assert "mendoakan" in excerpt(text, terms_of("doa"))


def test_tags_and_entities_are_not_searched():
    assert plain_text("<p>Aman &amp; <b>damai</b></p>") == "Aman & damai"
