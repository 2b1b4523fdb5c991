import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.news.rules.prose import Piece, as_plain, clean_prose, for_editor, lead_of, photo_ids, pieces_of

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Satu.\n\nDua.", "<p>Satu.</p><p>Dua.</p>"),
        ("## Judul\n\n- a\n- b", "<h2>Judul</h2><ul><li>a</li><li>b</li></ul>"),
        ("<div>Halo</div>", "<p>Halo</p>"),
        ("<h1>J</h1>", "<h2>J</h2>"),
        ("<p>[foto 12]</p>", '<figure data-photo="12"></figure>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ('<a href="javascript:x">a</a><p></p>', "<p>a</p>"),
        ("<ul><li><p>a</p><ul><li>b</li></ul></li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<script>x</script><style>y</style>", ""),
        (
            '<figure data-trix-attachment="{&quot;mediaId&quot;:&quot;7&quot;}"><img src=x></figure>',
            '<figure data-photo="7"></figure>',
        ),
        ('<figure data-trix-attachment="[1]">x</figure><p>y</p>', "<p>y</p>"),
    ],
)
def test_text_is_brought_into_the_few_forms(typed, clean):
    assert clean_prose(typed) == clean


def test_what_the_editor_gets_comes_back_the_same():
    clean = '<p>a</p><figure data-photo="7"></figure><blockquote><p>q</p></blockquote>'
    shown = for_editor(clean, lambda piece: {"url": "/foto/x-640.jpg", "caption": '"<b>'})
    assert clean_prose(shown) == clean


def test_photos_are_found_where_they_stand():
    clean = '<p>a</p><figure data-photo="7"></figure><figure data-photo="8"></figure>'
    assert photo_ids(clean) == [7, 8]
    assert pieces_of(clean) == ["<p>a</p>", Piece("photo", (7,)), Piece("photo", (8,))]
    assert photo_ids('<figure data-gallery="3,4"></figure>') == [3, 4]


@pytest.mark.parametrize(
    ("mark", "kept"),
    [
        ("[foto 7]", '<figure data-photo="7"></figure>'),
        ("[galeri 7 8, 9]", '<figure data-gallery="7,8,9"></figure>'),
        ("[baca 12]", '<figure data-read="12"></figure>'),
        ("[kutipan: “Mari & jaga”]", '<figure data-pull="Mari &amp; jaga"></figure>'),
        ("[baca http://x]", "<p>[baca http://x]</p>"),
    ],
)
def test_pieces_between_paragraphs_can_be_written_without_the_editor(mark, kept):
    assert clean_prose(mark) == kept
    assert clean_prose(as_plain(kept)) == kept


def test_text_without_the_editor_comes_back_the_same():
    clean = (
        "<h2>Bagian</h2><p>Kata <strong>tebal</strong> dan <em>miring</em>, "
        '<a href="https://x.id/a_b?c=1&amp;d=2">tautan</a>.'
        "<br>Baris dua.</p><ul><li>satu</li><li>dua</li></ul><ol><li>a</li></ol><blockquote><p>kutip</p></blockquote>"
        '<figure data-gallery="1,2"></figure><h3>Akhir</h3>'
    )
    assert clean_prose(as_plain(clean)) == clean


def test_a_message_copied_from_whatsapp_loses_its_head_and_keeps_its_stress():
    typed = (
        "[20/11/24, 19.30.12] Ipda Contoh: *Doa bersama* berjalan _tertib_\n\n"
        "[20/11/24, 19.31] Ipda Contoh: Selesai."
    )
    kept = "<p><strong>Doa bersama</strong> berjalan <em>tertib</em></p><p>Selesai.</p>"
    assert clean_prose(typed) == kept


def test_word_paragraphs_that_stand_for_a_list_become_one():
    typed = (
        '<p class="MsoListParagraph" style="text-indent:-18pt"><span style="font-family:Symbol">·<span>&nbsp;&nbsp; '
        "</span></span>Air minum<o:p></o:p></p><p>·&nbsp;Payung</p><!--[if gte mso 9]><xml>x</xml><![endif]-->"
    )
    assert clean_prose(typed) == "<ul><li>Air minum</li><li>Payung</li></ul>"


def test_the_lead_is_the_first_paragraph_in_plain_words():
    assert lead_of("<h2>x</h2><p>Satu &amp; <strong>dua</strong></p><p>tiga</p>") == "Satu & dua"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>/&;\"'= abpdivscriptonerrorfigurehref:\n-#1[]", max_size=200))
def test_whatever_is_pasted_comes_out_clean_and_stays_so(typed):
    clean = clean_prose(typed)
    assert clean_prose(clean) == clean
    allowed = {
        "html",
        "head",
        "body",
        "p",
        "h2",
        "h3",
        "ul",
        "ol",
        "li",
        "blockquote",
        "strong",
        "em",
        "a",
        "br",
        "figure",
    }
    tree = html5lib.parse(clean, namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag in allowed
        assert set(element.attrib) <= {"href", "data-photo", "data-gallery", "data-read", "data-pull"}
