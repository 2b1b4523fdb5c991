"""Forms of units and kecamatan."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import DecimalField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from app.core.i18n import _l
from app.regions.details import DistrictDetails, UnitDetails, UnitKind
from app.regions.rules import LONGEST_NOTICE, TILE_LIMIT, ZONE_NAMES
from app.web.forms import CountField, LineField, LongTextField, StaffForm, required_text


def _choices(pairs: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


class UnitForm(StaffForm):
    """What may be said of a unit. The view gives the choices of seat and kecamatan."""

    name = LineField(_l("Nama unit"), limit=120)
    head_title = LineField(
        _l("Jabatan kepala"), limit=120, required=False, description=_l("Contoh: Kapolsek Sandai")
    )
    head_rank = LineField(_l("Pangkat kepala"), limit=60, required=False, description=_l("Contoh: AKP"))
    head_name = LineField(
        _l("Nama kepala dengan gelar"),
        limit=160,
        required=False,
        description=_l("Contoh: Contoh Bahari, S.H."),
    )
    head_number = LineField(
        _l("NRP kepala"), limit=30, required=False, description=_l("Hanya untuk tanda tangan surat.")
    )
    address = LineField(_l("Alamat kantor"), limit=250, required=False)
    phone = LineField(
        _l("Telepon kantor"),
        [
            Optional(),
            Regexp(r"^[0-9 ()+/-]{3,40}$", message=_l("Tulis nomor dengan angka, misalnya 0534-123456.")),
        ],
        limit=40,
        required=False,
    )
    email = LineField(
        _l("Surel kantor"),
        [Optional(), Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Alamat surel ini belum benar."))],
        limit=120,
        required=False,
        render_kw={"type": "email", "autocomplete": "off"},
    )
    zone = SelectField(_l("Zona waktu"), choices=_choices(ZONE_NAMES.items()))
    seat_code = SelectField(_l("Tempat kedudukan"))
    district_codes = SelectMultipleField(
        _l("Kecamatan yang dilayani"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    letterhead = LongTextField(
        _l("Baris kop surat"),
        limit=600,
        required=False,
        description=_l("Satu baris per baris kop, paling atas lebih dulu."),
    )
    letter_place = LineField(
        _l("Tempat pada tanggal surat"), limit=60, required=False, description=_l("Contoh: Ketapang")
    )
    unit_code = LineField(
        _l("Kode unit pada nomor surat"), limit=40, required=False, description=_l("Contoh: Res Ktp")
    )
    answer_hours = CountField(
        _l("Batas menjawab usulan acara (jam)"),
        low=1,
        high=720,
        default=48,
        description=_l("Lewat dari ini, unit di atasnya diberi tahu."),
    )
    remind_days = CountField(
        _l("Mengingatkan yang belum menjawab undangan (hari sebelum acara)"),
        low=1,
        high=LONGEST_NOTICE,
        default=3,
        description=_l("Satu kali, paling cepat sehari sesudah surat terbit."),
    )

    def offer(self, seats: Sequence[tuple[str, str]], districts: Sequence[tuple[str, str]]) -> None:
        """Give the choices: pairs of Kemendagri code and name."""
        self.seat_code.choices = _choices([("", "–"), *seats])
        self.district_codes.choices = _choices(districts)

    def leave_districts(self) -> None:
        """Ask nothing about the kecamatan: they stay as they are."""
        del self.district_codes

    def details(self) -> UnitDetails:
        codes = tuple(self.district_codes.data or ()) if "district_codes" in self else None
        return UnitDetails(
            name=self.name.data or "",
            zone=self.zone.data,
            seat_code=self.seat_code.data or None,
            address=self.address.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
            letterhead=self.letterhead.data or "",
            letter_place=self.letter_place.data or "",
            unit_code=self.unit_code.data or "",
            answer_hours=self.answer_hours.data or 48,
            remind_days=self.remind_days.data or 3,
            head_title=self.head_title.data or "",
            head_name=self.head_name.data or "",
            head_rank=self.head_rank.data or "",
            head_number=self.head_number.data or "",
            district_codes=codes,
        )


class NewUnitForm(UnitForm):
    """A unit that does not exist yet: also what it is and where it hangs."""

    kind = SelectField(_l("Jenis unit"))
    parent_id = SelectField(_l("Di bawah"), coerce=int)

    def offer_places(self, kinds: Sequence[tuple[str, str]], parents: Sequence[tuple[int, str]]) -> None:
        self.kind.choices = _choices(kinds)
        self.parent_id.choices = _choices(parents)

    def unit_kind(self) -> UnitKind:
        return UnitKind(self.kind.data)


class CloseUnitForm(StaffForm):
    """Taking a unit out of service."""

    reason = LongTextField(_l("Alasan penutupan"), [required_text()], limit=500)


class DistrictForm(StaffForm):
    """A kecamatan's middle, zone and tile."""

    lat = DecimalField(
        _l("Lintang"),
        [Optional(), NumberRange(-12, 7, message=_l("Lintang Indonesia ada di antara -12 dan 7."))],
        places=None,
        description=_l("Derajat desimal dengan titik, selatan bertanda minus. Contoh: -1.81"),
        widget=TextInput(),
        render_kw={"inputmode": "text"},
    )
    lon = DecimalField(
        _l("Bujur"),
        [Optional(), NumberRange(94, 142, message=_l("Bujur Indonesia ada di antara 94 dan 142."))],
        places=None,
        description=_l("Derajat desimal dengan titik. Contoh: 109.96"),
        widget=TextInput(),
        render_kw={"inputmode": "decimal"},
    )
    zone = SelectField(_l("Zona waktu"), choices=_choices(ZONE_NAMES.items()))
    tile_row = CountField(_l("Baris pada peta petak"), low=1, high=TILE_LIMIT, required=False)
    tile_col = CountField(_l("Kolom pada peta petak"), low=1, high=TILE_LIMIT, required=False)

    def details(self) -> DistrictDetails:
        return DistrictDetails(
            lat=None if self.lat.data is None else float(self.lat.data),
            lon=None if self.lon.data is None else float(self.lon.data),
            zone=self.zone.data,
            tile_row=self.tile_row.data,
            tile_col=self.tile_col.data,
        )
