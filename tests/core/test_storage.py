"""Files in a folder and in a bucket behave the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core import storage
from tests.support.bucket import BucketServer, bucket_server

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def running() -> Iterator[BucketServer]:
    with bucket_server() as server:
        yield server


@pytest.fixture
def server(running: BucketServer) -> BucketServer:
    running.files.clear()
    running.refused, running.away = 0, False
    return running


@pytest.fixture(params=["folder", "bucket", "part of a bucket"])
def store(request: pytest.FixtureRequest, server: BucketServer, tmp_path: Path) -> storage.Store:
    settings = {"INSTANCE": tmp_path, **server.settings}
    if request.param == "folder":
        settings["S3_BUCKET"] = ""
    if request.param == "part of a bucket":
        server.files["milik-orang/lain.jpg"] = b"lain"
        settings["S3_PREFIX"] = "polres"
    return storage.store_for(settings)


def test_what_is_written_is_read_and_listed(store: storage.Store) -> None:
    names = [f"foto/ab/{number}-640.jpg" for number in range(5)] + ["lambang/a b+c~(1).png"]
    for name in names:
        store.write(name, name.encode())
    assert [store.read(name) for name in names] == [name.encode() for name in names]
    assert sorted(store.names()) == sorted(names)
    store.write(names[0], b"baru")
    assert store.read(names[0]) == b"baru"
    assert (store.has(names[0]), store.has("foto/ab/5-640.jpg")) == (True, False)


def test_an_empty_store_lists_nothing(store: storage.Store) -> None:
    assert list(store.names()) == []
    assert store.read("foto/tidak/ada.jpg") is None


@pytest.mark.parametrize(
    "wrong", [{"S3_SECRET": "lain"}, {"S3_KEY_ID": "lain"}, {"S3_BUCKET": "bukan-punya-kita"}, {"away": True}]
)
def test_a_bucket_that_refuses_is_away_and_never_an_empty_one(
    server: BucketServer, tmp_path: Path, wrong: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "TRIES", 0)
    server.away = "away" in wrong
    bucket = storage.store_for({"INSTANCE": tmp_path, **server.settings, **wrong})
    with pytest.raises(storage.StorageAway):
        bucket.write("foto/ab/1.jpg", b"x")
    with pytest.raises(storage.StorageAway):
        list(bucket.names())
    assert server.files == {}
    assert server.refused == (2 if {"S3_SECRET", "S3_KEY_ID"} & wrong.keys() else 0)


def test_without_the_extra_the_start_says_what_to_install(
    server: BucketServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "S3", False)
    with pytest.raises(SystemExit, match="obstore"):
        storage.store_for({"INSTANCE": tmp_path, **server.settings})
