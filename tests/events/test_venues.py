import pytest

from app.events.details import VenueKind
from app.events.rules.venues import kind_named_in


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Masjid Agung Contoh", VenueKind.HOUSE_OF_WORSHIP),
        ("Aula Paroki Umpama", VenueKind.HOUSE_OF_WORSHIP),
        ("Halaman Wihara Rekaan", VenueKind.HOUSE_OF_WORSHIP),
        ("Klenteng Misal", VenueKind.HOUSE_OF_WORSHIP),
        ("Lapangan SMPN 1 Contoh", VenueKind.SCHOOL),
        ("MAN 2 Contoh", VenueKind.SCHOOL),
        ("Pondok Pesantren Umpama", VenueKind.SCHOOL),
        ("Aula Politeknik Contoh", VenueKind.UNIVERSITY),
        ("Sekolah Tinggi Agama Contoh", VenueKind.UNIVERSITY),
        ("Warung Kopi Jalan Masjid", None),
        ("Lapangan depan Gereja Contoh", None),
        ("Rumah Pak Man", None),
        ("Aula Mapolres Ketapang", None),
        ("", None),
    ],
)
def test_a_name_gives_its_kind_away_or_says_nothing(name, kind):
    assert kind_named_in(name) is kind
