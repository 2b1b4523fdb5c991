import io
import struct
import zlib

import pytest
from PIL import Image

from app.core import clock, storage
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.permissions import Role
from app.media.actions import describe_photo, make_copies, remove_photo, share_card, take_in
from app.media.details import Card, PeopleShown, PhotoDetails, PhotoState
from app.media.jobs import make_sizes
from app.media.models import Photo
from app.media.queries import copy_of, original_of, picture_of, progress_of
from tests.media.factories import make_photo, picture_bytes
from tests.news.factories import make_article
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.bucket import bucket_server
from tests.support.forms import fill, find_form, values_of
from tests.support.html import check_page


def refused(app, content):
    unit = make_unit("Polsek Foto")
    with pytest.raises(RuleBroken) as broken:
        take_in(content, details=PhotoDetails(), unit_id=unit.id, by=None, now=clock.now())
    return broken.value.code


def png_claiming(width, height):
    """A PNG of a few bytes whose head claims a huge picture."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo_wrong_type"),
        (b"bukan foto", "photo_wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "photo_wrong_type"),
        (b"%PDF-1.7 palsu", "photo_wrong_type"),
        (b"GIF89a\x01\x00\x01\x00", "photo_wrong_type"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "photo_wrong_type"),
        (png_claiming(60000, 60000), "photo_too_large"),
        (png_claiming(7000, 7000), "photo_too_large"),
        (png_claiming(800, 600), "photo_broken"),
        (b"\0" * (25 * 1024 * 1024 + 1), "photo_too_large"),
    ],
)
def test_what_is_no_photo_is_refused_by_its_content(app, content, code):
    assert refused(app, content) == code


@pytest.mark.once
def test_a_photo_cut_off_in_the_middle_is_refused(app):
    assert refused(app, picture_bytes()[:700]) == "photo_broken"


@pytest.mark.once
def test_a_tiny_picture_is_refused(app):
    assert refused(app, picture_bytes((100, 100))) == "photo_too_small"


@pytest.mark.once
def test_place_and_camera_are_gone_and_the_photo_stands_upright(app):
    unit = make_unit("Polsek Foto")
    source = Image.new("RGB", (600, 400), "red")
    exif = Image.Exif()
    exif[0x010F] = "Kamera Contoh"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "S"
    target = io.BytesIO()
    source.save(target, "JPEG", exif=exif, comment=b"rahasia")
    photo = take_in(target.getvalue(), details=PhotoDetails(), unit_id=unit.id, by=None, now=clock.now())
    make_copies(photo.key, now=clock.now())
    assert (photo.width, photo.height) == (400, 600)
    files = [original_of(photo.key), *(copy_of(photo.key, 320, kind) for kind in ("jpg", "webp", "avif"))]
    for name in files:
        content = storage.store().read(name)
        assert b"Kamera Contoh" not in content
        assert b"rahasia" not in content
        with Image.open(io.BytesIO(content)) as opened:
            assert not opened.getexif()
            assert "exif" not in opened.info


@pytest.mark.once
def test_what_hides_behind_a_photo_does_not_come_along(app):
    unit = make_unit("Polsek Foto")
    content = picture_bytes() + b"<?php system('x'); ?><script>alert(1)</script>"
    photo = take_in(content, details=PhotoDetails(), unit_id=unit.id, by=None, now=clock.now())
    assert b"<script>" not in storage.store().read(original_of(photo.key))


def test_a_small_copy_is_there_at_once_and_the_others_after_the_job(client):
    photo = make_photo(size=(1400, 900))
    key = photo.key
    assert client.get(f"/foto/{key}-640.jpg").status_code == 200
    assert client.get(f"/foto/{key}-1280.webp").status_code == 404
    assert picture_of(photo).sources == ()
    make_sizes({"key": key}, now=clock.now())
    answer = client.get(f"/foto/{key}-1280.webp")
    assert answer.content_type == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    with Image.open(io.BytesIO(answer.data)) as opened:
        assert opened.size == (1280, 823)
    assert client.get(f"/foto/{key}-1600.webp").status_code == 404


def test_the_upload_itself_is_never_served(client):
    photo = make_photo()
    for name in (f"{photo.key}.asal", photo.key, f"../foto/{photo.key[:2]}/{photo.key}.asal"):
        assert client.get(f"/foto/{name}").status_code == 404


def test_the_same_photo_twice_is_one_row(app):
    unit = make_unit("Polsek Foto")
    content = picture_bytes()
    first = take_in(content, details=PhotoDetails(alt="a"), unit_id=unit.id, by=None, now=clock.now())
    again = take_in(content, details=PhotoDetails(alt="b"), unit_id=unit.id, by=None, now=clock.now())
    assert first.id == again.id


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"alt": ""}, "alt_missing"),
        ({"alt": "IMG_20241120.jpg"}, "alt_is_file_name"),
        ({"caption": ""}, "caption_missing"),
        ({"credit": ""}, "credit_missing"),
        ({"decorative": True}, "alt_of_decoration"),
        ({"people": PeopleShown.PRIVATE}, "consent_missing"),
        ({"people": PeopleShown.CHILDREN}, "consent_of_child_missing"),
        ({"neutral": False}, "neutrality_unchecked"),
    ],
)
def test_a_photo_needs_its_words(app, words, code):
    photo = make_photo()
    person = make_person()
    whole = {"caption": "Keterangan.", "alt": "Orang berdiri.", "credit": "Humas", "neutral": True, **words}
    with pytest.raises(RuleBroken, match=code):
        describe_photo(photo, PhotoDetails(**whole), by=person, now=clock.now())


def test_a_removed_photo_is_served_no_more(client):
    photo = make_photo()
    remove_photo(photo, reason="Persetujuan ditarik.", by=make_person(), now=clock.now())
    assert client.get(f"/foto/{photo.key}-640.jpg").status_code == 404
    assert picture_of(photo) is None


def test_a_photo_is_added_through_the_form(sign_in):
    unit = make_unit("Polsek Foto")
    client = sign_in(make_person(Role.PENULIS, unit=unit))
    answer = fill(
        client,
        "/kelola/foto/baru",
        {
            "file": (io.BytesIO(picture_bytes()), "x.jpg"),
            "caption": "Warga.",
            "alt": "Warga duduk.",
            "credit": "Humas",
            "people": "warga",
            "consent_note": "Diumumkan di pintu masuk.",
            "no_gestures": True,
            "no_attributes": True,
            "no_single_pair": True,
            "focus": "20-80",
            "unit_id": unit.id,
        },
    )
    assert answer.status_code == 303, answer.text
    page = check_page(client.get(answer.headers["Location"]))
    photo = db.session.query(Photo).one()
    assert (photo.state, photo.people, picture_of(photo).focus) == (
        PhotoState.READY,
        PeopleShown.PRIVATE,
        "20-80",
    )
    assert page.find("input", {"name": "no_gestures"}).has_attr("checked")
    assert page.find("input", {"name": "focus", "value": "20-80"}).has_attr("checked")


def test_a_wrong_file_is_refused_beside_the_field(sign_in):
    unit = make_unit("Polsek Foto")
    client = sign_in(make_person(Role.PENULIS, unit=unit))
    answer = fill(
        client,
        "/kelola/foto/baru",
        {"file": (io.BytesIO(b"GIF89a"), "foto.jpg"), "unit_id": unit.id, "people": "umum"},
    )
    assert answer.status_code == 422
    assert "bukan foto" in answer.text


def test_the_editors_upload_answers_with_what_it_needs(sign_in):
    unit = make_unit("Polsek Foto")
    client = sign_in(make_person(Role.PENULIS, unit=unit))
    answer = fill(
        client,
        "/kelola/foto/baru",
        {"file": (io.BytesIO(picture_bytes()), "a.jpg"), "unit_id": unit.id, "alt": "Satu", "people": "umum"},
    )
    assert answer.status_code == 303
    page = client.get("/kelola/foto/baru").text
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    data = {"file": (io.BytesIO(picture_bytes()), "b.jpg"), "csrf_token": token}
    answer = client.post("/kelola/foto/unggah", data=data)
    assert answer.status_code == 201
    assert answer.json["url"].startswith("/foto/")
    data = {"file": (io.BytesIO(b"x"), "b.jpg"), "csrf_token": token}
    assert client.post("/kelola/foto/unggah", data=data).status_code == 422


def test_a_new_photo_without_words_is_marked_incomplete(app):
    assert make_photo(alt="").state is PhotoState.INCOMPLETE


@pytest.mark.once
def test_a_photo_from_an_iphone_is_taken_in_without_its_place(app):
    exif = Image.Exif()
    exif[0x010F] = "Kamera Contoh"
    exif.get_ifd(0x8825)[1] = "S"
    content = picture_bytes((640, 480), "HEIF", exif=exif.tobytes())
    photo = take_in(
        content, details=PhotoDetails(), unit_id=make_unit("Polsek Foto").id, by=None, now=clock.now()
    )
    assert (photo.width, photo.height) == (640, 480)
    assert b"Kamera Contoh" not in storage.store().read(original_of(photo.key))


@pytest.mark.once
def test_where_heic_cannot_be_read_the_page_says_what_to_do(app, monkeypatch):
    content = picture_bytes((640, 480), "HEIF")
    monkeypatch.setattr("app.media.actions.pictures.HEIC", False)
    assert refused(app, content) == "photo_heic_unknown"


@pytest.mark.once
def test_every_size_is_made_in_three_formats_and_their_making_can_be_watched(client, sign_in):
    unit = make_unit("Polsek Foto")
    photo = make_photo(unit=unit, size=(700, 500))
    editor = sign_in(make_person(Role.PENULIS, unit=unit))
    assert editor.get(f"/kelola/foto/{photo.id}/ukuran").json["made"] == 0
    assert "0 dari 4" in editor.get(f"/kelola/foto/{photo.id}").text
    make_sizes({"key": photo.key}, now=clock.now())
    assert editor.get(f"/kelola/foto/{photo.id}/ukuran").json == {
        "made": 4,
        "wanted": 4,
        "text": "Semua ukuran siap.",
    }
    db.session.refresh(photo)
    assert progress_of(photo) == (4, 4)
    assert [source.type for source in picture_of(photo).sources] == ["image/avif", "image/webp", "image/jpeg"]
    for source in picture_of(photo).sources:
        for each in source.srcset.split(", "):
            assert client.get(each.split()[0]).content_type == source.type


@pytest.mark.once
def test_the_card_looks_where_the_photo_says(app):
    picture = Image.new("RGB", (1600, 1600), "blue")
    picture.paste("red", (0, 0, 1600, 300))
    target = io.BytesIO()
    picture.save(target, "PNG")
    unit = make_unit("Polsek Foto")
    photo = take_in(target.getvalue(), details=PhotoDetails(), unit_id=unit.id, by=None, now=clock.now())
    high = share_card("fokus", 1, 1, Card("Judul", photo_key=photo.key, focus=(50, 20)))
    low = share_card("fokus", 2, 1, Card("Judul", photo_key=photo.key, focus=(50, 80)))
    with Image.open(io.BytesIO(high)) as top, Image.open(io.BytesIO(low)) as bottom:
        assert top.getpixel((600, 40))[0] > 150 > bottom.getpixel((600, 40))[0]


@pytest.fixture
def bucket(app):
    """Files lie in a bucket for the length of a test; `app` puts them back into the folder for the next."""
    with bucket_server() as server:
        storage.configure({**app.config, **server.settings})
        yield server


@pytest.mark.once
def test_a_photo_in_a_bucket_is_served_from_our_own_address(bucket, client, monkeypatch):
    photo = make_photo(copies=True)
    article = make_article(cover_id=photo.id)
    page = client.get(f"/berita/{article.slug}").text
    for kind in ("avif", "webp", "jpg"):
        answer = client.get(f"/foto/{photo.key}-320.{kind}")
        assert answer.data == bucket.files[f"foto/{photo.key[:2]}/{photo.key}-320.{kind}"]
        assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(f"/foto/{photo.key}-321.jpg").status_code == 404
    assert client.get(f"/kartu/berita-{article.id}-{article.version}.jpg").status_code == 200
    assert f"kartu/berita-{article.id}-{article.version}.jpg" in bucket.files
    assert f"/foto/{photo.key}-640.jpg" in page
    assert str(bucket.server_port) not in page
    monkeypatch.setattr(storage, "TRIES", 0)
    storage.configure({**client.application.config, **bucket.settings})
    bucket.away = True
    answer = client.get(f"/foto/{photo.key}-320.jpg")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "Traceback" not in answer.text


def test_a_guessed_number_opens_no_photo_of_another_unit(sign_in):
    own, other = make_unit("Polsek Sini"), make_unit("Polsek Sana")
    client = sign_in(make_person(Role.EDITOR, unit=own))
    photo = make_photo(unit=other)
    page = f"/kelola/foto/{photo.id}"
    assert client.get(page).status_code == 404
    assert client.get(f"{page}/ukuran").status_code == 404
    assert photo.key not in client.get("/kelola/foto/").text
    form = find_form(client.get("/kelola/foto/baru").text, names=["caption"])
    for deed in ("", "/hapus"):
        typed = {**values_of(form), "caption": "Diganti.", "reason": "Diganti."}
        assert client.post(page + deed, data=typed).status_code == 404
    assert db.session.get(Photo, photo.id).caption == photo.caption != "Diganti."
