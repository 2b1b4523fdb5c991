"""How regions speak: labels and refusals."""

from app.core.i18n import _l
from app.regions.details import RegionLevel, RegionTag, UnitKind

LABELS = {
    UnitKind.POLDA: _l("Polda"),
    UnitKind.POLRES: _l("Polres"),
    UnitKind.POLSEK: _l("Polsek"),
    UnitKind.POLSUBSEKTOR: _l("Polsubsektor"),
    RegionLevel.PROVINCE: _l("Provinsi"),
    RegionLevel.REGENCY: _l("Kabupaten/kota"),
    RegionLevel.DISTRICT: _l("Kecamatan"),
    RegionLevel.VILLAGE: _l("Desa/kelurahan"),
    RegionTag.SAMPLE_FILLED: _l("Data contoh diisikan"),
    RegionTag.REGENCY_IMPORTED: _l("Wilayah disiapkan dari kode Kemendagri"),
    RegionTag.DISTRICT_CHANGED: _l("Data kecamatan diubah"),
    RegionTag.UNIT_CREATED: _l("Unit ditambahkan"),
    RegionTag.UNIT_CHANGED: _l("Data unit diubah"),
    RegionTag.UNIT_CHECKED: _l("Data unit dinyatakan benar"),
    RegionTag.UNIT_CLOSED: _l("Unit ditutup"),
    RegionTag.UNIT_REOPENED: _l("Unit dibuka kembali"),
}

REFUSALS = {
    "unknown_regency": _l("Kode kabupaten/kota %(code)s tidak ada dalam daftar Kemendagri."),
    "unknown_zone": _l("Zona waktu ini tidak dikenal di Indonesia."),
    "unknown_district": _l("Ada kecamatan yang tidak dikenal dalam pilihan ini."),
    "unit_exists": _l("Sudah ada unit dengan nama ini di bawah induk yang sama."),
    "unit_parent_kind": _l("Unit ini tidak dapat berada di bawah induk yang dipilih."),
    "unit_has_children": _l("Tutup dahulu unit di bawahnya."),
    "unit_is_main": _l("Polres utama portal ini tidak dapat ditutup."),
    "unit_in_use": _l("Masih ada orang yang bertugas di unit ini. Akhiri atau pindahkan perannya dahulu."),
    "unit_closed": _l("Unit ini sudah ditutup."),
    "coordinates_incomplete": _l("Isi lintang dan bujur keduanya, atau kosongkan keduanya."),
    "tile_taken": _l("Petak ini sudah dipakai %(name)s."),
    "tile_incomplete": _l("Isi baris dan kolom keduanya, atau kosongkan keduanya."),
}
