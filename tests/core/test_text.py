import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import (
    clean_line,
    clean_text,
    fold_name,
    mask_phone,
    normalise_phone,
    show_phone,
    slugify,
    truncate,
    whole_number,
)

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "+62 812-3456-7890",
        "62812 3456 7890",
        "6281234567890",
        "0062 81234567890",
        "81234567890",
        "+62 (0) 812 3456 7890",
        " 0812.3456.7890 ",
    ],
)
def test_every_usual_writing_of_a_mobile_number_is_the_same_number(typed):
    assert normalise_phone(typed) == "+6281234567890"


@pytest.mark.parametrize(
    "typed",
    ["", "110", "0812", "0812345678901234", "+1 202 555 0100", "halo", "08012345678", "0" * 500, "٠٨١٢"],
)
def test_what_is_no_number_is_refused(typed):
    assert normalise_phone(typed) is None


def test_a_landline_of_ketapang_is_a_number():
    assert normalise_phone("(0534) 31234") is None or normalise_phone("(0534) 31234") == "+6253431234"
    assert normalise_phone("0534 312345") == "+62534312345"


def test_a_masked_number_shows_its_ends_only():
    assert mask_phone("+6281234567890") == "0812-••••-890"
    assert show_phone("+6281234567890") == "0812-3456-7890"


def test_direction_marks_and_control_characters_are_taken_out():
    assert clean_line("Doa\u202e bersama\x00\u200b \t di\r\nSandai") == "Doa bersama di Sandai"


def test_emoji_and_line_breaks_are_kept_in_long_text():
    assert clean_text("Doa 🙏\r\n\r\n\r\n\r\n\r\nbersama  ") == "Doa 🙏\n\n\nbersama"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed):
    assert clean_line(clean_line(typed)) == clean_line(typed)


@given(st.text())
def test_a_slug_is_always_fit_for_an_address(typed):
    slug = slugify(typed)
    assert slug
    assert len(slug) <= 80
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize("written", ["H. Ahmad Contoh, S.H.", "ahmad contoh", "AHMAD  CONTOH, S.Ag., M.H."])
def test_titles_do_not_make_another_name(written):
    assert fold_name(written) == "ahmad contoh"


def test_a_text_is_cut_between_words():
    assert truncate("doa bersama di halaman", 12) == "doa bersama…"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7),
        ("007", 7),
        ("0", 0),
        ("999999999", 999_999_999),
        ("1234567890", None),
        ("", None),
        (None, None),
    ]
    + [(wrong, None) for wrong in ("-1", "+1", "1.0", " 1", "²", "٣", "１", "satu")],
)
def test_a_whole_number_is_ascii_digits_that_every_column_holds(typed, number):
    assert whole_number(typed) == number
