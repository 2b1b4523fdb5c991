import io

import pytest
from PIL import Image

from app.media.actions import share_card
from app.media.details import Card
from tests.media.factories import make_photo
from tests.news.factories import make_article, make_notice

pytestmark = pytest.mark.once


def card_at(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    with Image.open(io.BytesIO(answer.data)) as opened:
        return answer, opened.size, opened.format


@pytest.mark.parametrize("with_photo", [True, False])
def test_the_card_of_an_article_is_what_whatsapp_wants(client, with_photo):
    photo = make_photo(size=(1600, 1000)) if with_photo else None
    article = make_article("Judul panjang " * 11, cover_id=photo.id if photo else None)
    answer, size, kind = card_at(client, f"/kartu/berita-{article.id}-{article.version}.jpg")
    assert (size, kind, answer.content_type) == ((1200, 630), "JPEG", "image/jpeg")
    assert len(answer.data) < 300_000


def test_the_card_of_another_version_is_not_drawn(client):
    notice = make_notice()
    assert client.get(f"/kartu/pengumuman-{notice.id}-{notice.version + 1}.jpg").status_code == 404
    card_at(client, f"/kartu/pengumuman-{notice.id}-{notice.version}.jpg")


def test_words_on_a_card_stay_words(app):
    card = share_card("uji", 1, 1, Card(title='#panic("x") $1+1$ *a* \\ "'))
    assert len(card) > 1000
