import pytest

from app.core import crypto

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _keys(app):
    return


def test_sealed_text_opens_again_and_never_looks_the_same_twice():
    first, second = crypto.encrypt("+6281200000001"), crypto.encrypt("+6281200000001")
    assert first != second
    assert crypto.decrypt(first) == "+6281200000001"


def test_altered_sealed_text_is_refused():
    sealed = bytearray(crypto.encrypt("rahasia"))
    sealed[-1] ^= 1
    with pytest.raises(ValueError, match="does not open"):
        crypto.decrypt(bytes(sealed))


def test_hashes_differ_by_purpose():
    assert crypto.keyed_hash("x", purpose="a") != crypto.keyed_hash("x", purpose="b")


def test_a_code_read_aloud_is_understood():
    code = crypto.new_code()
    assert len(code) == 16
    assert crypto.read_code(" ".join([code[:4].lower(), code[4:]])) == code
    assert crypto.read_code("oIl") == "011"


def test_short_codes_are_refused():
    with pytest.raises(ValueError, match="80 bits"):
        crypto.new_code(40)
