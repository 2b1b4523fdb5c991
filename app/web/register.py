"""The web floor's own part of the house."""

from app.core import audit, slugs  # noqa: F401 – tables must be known
from app.core.i18n import _l
from app.web.house import House
from app.web.limits import sweep_attempts


def register(house: House) -> None:
    """Words for refusals that every feature may use, and the sweeping of old records."""
    house.refuse_with(
        {
            "stale_write": _l("Orang lain sudah mengubah data ini. Muat ulang halaman, lalu periksa lagi."),
            "too_many_attempts": _l("Terlalu banyak percobaan. Tunggu %(minutes)s menit, lalu coba lagi."),
        }
    )
    house.every(3600, "web.sweep_attempts", sweep_attempts)
