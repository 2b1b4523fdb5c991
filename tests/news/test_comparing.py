import pytest

from app.news.details import Change
from app.news.rules.comparing import compared, is_changed

pytestmark = pytest.mark.once


def test_a_changed_word_is_shown_within_its_sentence():
    [line] = compared(["Hadir lima pesantren di aula."], ["Hadir enam pesantren di aula."])
    assert [(change.kind, change.text.strip()) for change in line] == [
        ("same", "Hadir"),
        ("removed", "lima"),
        ("added", "enam"),
        ("same", "pesantren di aula."),
    ]


def test_a_new_paragraph_leaves_the_others_as_they_are():
    lines = compared(["Satu.", "Tiga."], ["Satu.", "Dua.", "Tiga."])
    assert lines == [[Change("same", "Satu.")], [Change("added", "Dua.")], [Change("same", "Tiga.")]]
    assert is_changed(lines)


def test_equal_texts_differ_in_nothing():
    assert not is_changed(compared(["a", "b"], ["a", "b"]))
