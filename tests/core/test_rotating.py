"""A new encryption key while the portal runs."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.attendance import queries
from app.attendance.models import Registration
from app.core import crypto, rotating
from app.core.database import db
from tests.attendance.factories import make_open_event, make_registration


def test_everything_sealed_is_sealed_again_and_numbers_are_found_as_before(
    app: Flask, tmp_path: Path
) -> None:
    crypto.configure("tests", key_file=tmp_path / "encryption.keys")
    event = make_open_event()
    row = make_registration(event, phone="+6281200007777")
    code, hashed, before = queries.manage_code_of(row), row.phone_hash, row.phone_sealed
    assert crypto.add_key() == 2
    assert queries.phone_of(row) == "+6281200007777"  # not sealed again yet, readable all the same
    assert rotating.reseal()["registrations.phone_sealed"] == 1
    assert rotating.reseal()["registrations.phone_sealed"] == 0
    assert rotating.sealed_with_older_keys() == 0
    db.session.expire_all()
    row = db.session.scalars(select(Registration)).one()
    assert row.phone_sealed != before
    assert row.phone_sealed is not None
    assert row.phone_sealed[0] == 2
    assert (queries.phone_of(row), queries.manage_code_of(row)) == ("+6281200007777", code)
    assert row.phone_hash == hashed
    found = queries.find_living_by_phone(event.id, "+6281200007777")
    assert found is not None


def test_another_process_learns_of_a_new_key_by_the_first_thing_sealed_with_it(tmp_path: Path) -> None:
    path = tmp_path / "encryption.keys"
    crypto.configure("tests", key_file=path)
    crypto.add_key()
    sealed = crypto.encrypt("rahasia")
    written, keys = path.read_text(), crypto._encryption
    path.unlink()
    crypto.configure("tests", key_file=path)
    with pytest.raises(ValueError, match="does not open"):
        crypto.decrypt(sealed)
    path.write_text(written)
    assert crypto.decrypt(sealed) == "rahasia"
    assert path.stat().st_mode & 0o777
    assert max(keys) == 2


def test_the_file_of_keys_is_for_its_owner_alone(tmp_path: Path) -> None:
    crypto.configure("tests", key_file=tmp_path / "encryption.keys")
    crypto.add_key()
    assert (tmp_path / "encryption.keys").stat().st_mode & 0o077 == 0
