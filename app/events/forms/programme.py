"""The rows of a programme and its sessions: what they hold, and moving them without a script."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectChoice, SelectField
from wtforms.validators import ValidationError

from app.core.faiths import Faith
from app.core.i18n import _, _l
from app.events.details import EventKind, ItemKind, ProgrammeItemDetails
from app.events.forms.choices import option
from app.events.messages import LABELS
from app.web.forms import CountField, LineField, PublicForm

MOST_SESSIONS, MOST_ITEMS = 8, 60
NOBODY = ""


class SessionForm(PublicForm):
    """A row of sessions; a row without a title is left out."""

    title = LineField(_l("Nama sesi"), limit=160, required=False)
    kind = SelectField(_l("Jenis"), choices=[option(kind.value, LABELS[kind]) for kind in EventKind])
    names_candidates = BooleanField(_l("Menyebut pasangan calon atau partai"))


class ItemForm(PublicForm):
    """A row of the programme; a row without a title is left out."""

    title = LineField(_l("Mata acara"), limit=160, required=False)
    kind = SelectField(
        _l("Jenis"),
        choices=[option(kind.value, LABELS[kind]) for kind in ItemKind],
        default=ItemKind.OTHER.value,
    )
    minutes = CountField(_l("Lama (menit)"), low=0, high=1440, required=False, default=10)
    session = SelectField(
        _l("Sesi ke-"),
        choices=[option(str(number), str(number + 1)) for number in range(MOST_SESSIONS)],
        default="0",
    )
    faith = SelectField(
        _l("Doa umat"),
        choices=[option(NOBODY, _l("bukan doa")), *(SelectChoice(faith.value) for faith in Faith)],
        default=NOBODY,
    )
    leader_name = LineField(_l("Dipimpin oleh"), limit=120, required=False)
    represented_by = LineField(_l("Diwakili oleh"), limit=120, required=False)
    absent_note = LineField(_l("Keterangan bila berhalangan"), limit=200, required=False)

    def validate_title(self, field: LineField) -> None:
        if not field.data and (self.leader_name.data or self.faith.data or self.absent_note.data):
            raise ValidationError(_("Beri nama mata acara ini."))


def item_of(row: Any, places: Mapping[str, int]) -> ProgrammeItemDetails:
    return ProgrammeItemDetails(
        title=row.title.data,
        kind=ItemKind(row.kind.data),
        minutes=row.minutes.data or 0,
        session=places.get(row.session.data, 0),
        faith=Faith(row.faith.data) if row.faith.data else None,
        leader_name=row.leader_name.data or "",
        represented_by=row.represented_by.data or "",
        absent_note=row.absent_note.data or "",
    )


def rearranged(typed: MultiDict[str, str]) -> MultiDict[str, str] | None:
    """The form as it was typed, with one row added, removed or moved; None when no such button was pressed.

    Works on what was typed, not on what was understood, so that nothing is lost.
    """
    for deed in ("tambah", "hapus", "naik", "turun"):
        named = typed.get(deed, "")
        name, dash, number = named.rpartition("-")
        if deed == "tambah":
            name, dash, number = named, "-", "0"
        if name in {"sessions", "programme"} and dash and number.isascii() and number.isdigit():
            return _with_rows(typed, name, deed, int(number[:4]))
    return None


def _with_rows(typed: MultiDict[str, str], name: str, deed: str, at: int) -> MultiDict[str, str]:
    rows: dict[int, list[tuple[str, str]]] = {}
    rest: list[tuple[str, str]] = []
    for key, value in typed.items(multi=True):
        parts = key.split("-", 2)
        if len(parts) == 3 and parts[0] == name and parts[1].isascii() and parts[1].isdigit():
            rows.setdefault(int(parts[1][:4]), []).append((parts[2], value))
        elif key not in {"tambah", "hapus", "naik", "turun"}:
            rest.append((key, value))
    numbers = sorted(rows)
    ordered = [rows[number] for number in numbers]
    place = numbers.index(at) if at in rows else -1
    most = MOST_SESSIONS if name == "sessions" else MOST_ITEMS
    if deed == "tambah" and len(ordered) < most:
        ordered.append([("title", "")])
    elif deed == "hapus" and place >= 0:
        ordered.pop(place)
    elif deed == "naik" and place > 0:
        ordered[place - 1], ordered[place] = ordered[place], ordered[place - 1]
    elif deed == "turun" and 0 <= place < len(ordered) - 1:
        ordered[place + 1], ordered[place] = ordered[place], ordered[place + 1]
    fresh = [(f"{name}-{index}-{part}", value) for index, row in enumerate(ordered) for part, value in row]
    return MultiDict([*rest, *fresh])
