"""Signing a sheet and opening it again; lists of rows that work without script."""

from typing import Any

from wtforms import FieldList, HiddenField
from wtforms.form import BaseForm

from app.core.i18n import _l
from app.web.forms import LongTextField, StaffForm

MOST_ROWS = 60


class SignForm(StaffForm):
    """seen: the fingerprint of the content that the signer has before them."""

    seen = HiddenField()


class RenewForm(StaffForm):
    """Why a signed sheet is written anew."""

    reason = LongTextField(
        _l("Alasan perubahan"),
        limit=500,
        description=_l("Tercetak pada versi baru, misalnya: jumlah personel keliru."),
        render_kw={"rows": "2"},
    )


class Rows:
    """A form with lists of rows, each of which can be added to and taken from without script."""

    def press(self, pressed: Any) -> bool:
        """Carry out the row button that was pressed, if one was; gives whether it was one of this form's.

        pressed: the submitted values; names as in components/field_rows.html.
        """
        for name in ("tambah", "hapus", "naik", "turun"):
            value = pressed.get(name)
            if value and self._change_rows(name, str(value)):
                return True
        return False

    def _change_rows(self: "BaseForm | Any", deed: str, value: str) -> bool:
        for field in self:
            if not isinstance(field, FieldList):
                continue
            rows = [entry.data for entry in field.entries]
            names = [entry.name for entry in field.entries]
            if deed == "tambah" and value == field.name:
                rows.append({})
            elif value in names:
                place = names.index(value)
                if deed == "hapus":
                    rows.pop(place)
                else:
                    other = place + (-1 if deed == "naik" else 1)
                    if 0 <= other < len(rows):
                        rows[place], rows[other] = rows[other], rows[place]
            else:
                continue
            while field.entries:
                field.pop_entry()
            field.last_index = -1
            for row in rows[:MOST_ROWS]:
                field.append_entry(row or None)
            return True
        return False
