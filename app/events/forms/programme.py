"""The rows of a programme and its sessions: what they hold, and moving them without a script."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectChoice, SelectField
from wtforms.validators import ValidationError

from app.core.faiths import Faith
from app.core.i18n import _, _l
from app.core.text import fold
from app.events.details import EventKind, ItemKind, ProgrammeItemDetails
from app.events.forms.choices import option
from app.events.messages import LABELS
from app.events.rules.programme import UsualProgramme
from app.web.forms import ClockField, CountField, LineField, PublicForm

MOST_SESSIONS, MOST_ITEMS = 8, 60
NOBODY = ""
BUTTONS = frozenset({"tambah", "hapus", "naik", "turun", "contoh"})
Row = list[tuple[str, str]]  # what was typed in one row: part of the name, value


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
    start = ClockField(_l("Mulai pukul"), required=False)
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
    absent = BooleanField(_l("Berhalangan"))
    absent_note = LineField(_l("Mengapa berhalangan"), limit=200, required=False)

    def validate_title(self, field: LineField) -> None:
        if not field.data and (self.leader_name.data or self.faith.data or self.absent_note.data):
            raise ValidationError(_("Beri nama mata acara ini."))

    def validate_absent(self, field: BooleanField) -> None:
        # Beside the tick, for a field that may be empty is not asked when it is.
        if field.data and not self.absent_note.data:
            raise ValidationError(_("Tulis mengapa berhalangan; bagian ini tetap ada dalam susunan acara."))
        if self.absent_note.data and not field.data:
            raise ValidationError(_("Centang “berhalangan”, atau hapus alasannya."))


def item_of(row: Any, places: Mapping[str, int], start_after: int | None) -> ProgrammeItemDetails:
    return ProgrammeItemDetails(
        title=row.title.data,
        kind=ItemKind(row.kind.data),
        minutes=row.minutes.data or 0,
        session=places.get(row.session.data, 0),
        faith=Faith(row.faith.data) if row.faith.data else None,
        leader_name=row.leader_name.data or "",
        represented_by=row.represented_by.data or "",
        absent_note=row.absent_note.data or "",
        start_after=start_after,
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
    rest, ordered = _split(typed, name)
    numbers = _numbers(typed, name)
    place = numbers.index(at) if at in numbers else -1
    most = MOST_SESSIONS if name == "sessions" else MOST_ITEMS
    if deed == "tambah" and len(ordered) < most:
        ordered.append([("title", "")])
    elif deed == "hapus" and place >= 0:
        ordered.pop(place)
    elif deed == "naik" and place > 0:
        ordered[place - 1], ordered[place] = ordered[place], ordered[place - 1]
    elif deed == "turun" and 0 <= place < len(ordered) - 1:
        ordered[place + 1], ordered[place] = ordered[place], ordered[place + 1]
    return MultiDict([*rest, *_numbered(name, ordered)])


def _split(typed: MultiDict[str, str], name: str) -> tuple[Row, list[Row]]:
    """What was typed elsewhere, without the button, and the rows of one list in their order."""
    rows: dict[int, Row] = {number: [] for number in _numbers(typed, name)}
    rest: Row = []
    for key, value in typed.items(multi=True):
        number = _number_of(key, name)
        if number is not None:
            rows[number].append((key.split("-", 2)[2], value))
        elif key not in BUTTONS:
            rest.append((key, value))
    return rest, list(rows.values())


def _numbers(typed: MultiDict[str, str], name: str) -> list[int]:
    return sorted({number for key in typed if (number := _number_of(key, name)) is not None})


def _number_of(key: str, name: str) -> int | None:
    parts = key.split("-", 2)
    if len(parts) == 3 and parts[0] == name and parts[1].isascii() and parts[1].isdigit():
        return int(parts[1][:4])
    return None


def _numbered(name: str, rows: list[Row]) -> Row:
    return [(f"{name}-{index}-{part}", value) for index, row in enumerate(rows) for part, value in row]


def with_usual_lines(typed: MultiDict[str, str], usual: UsualProgramme) -> MultiDict[str, str]:
    """The form as it was typed, with the usual lines of its kinds put in. Nothing that was typed is lost.

    A typed line that stands for a usual one (same kind and faith) takes its place and keeps what it says; any other
    stays behind the line it was typed after. Sessions are filled in when none was typed.
    """
    rest, sessions = _split(typed, "sessions")
    rest, rows = _split(MultiDict(rest), "programme")
    own_sessions = any(_says_something(row) for row in sessions)
    places = _session_places(sessions, usual)
    left = [dict(row) for row in rows if _says_something(row)]
    after: list[list[dict[str, str]]] = [[] for _line in range(len(usual.lines) + 1)]
    at = 0  # behind which usual line the typed ones that stand for none go
    standing: dict[int, dict[str, str]] = {}
    for row in left:
        place = next(
            (
                index
                for index, line in enumerate(usual.lines)
                if index not in standing and _stands_for(row, line)
            ),
            None,
        )
        if place is None:
            after[at].append(row)
        else:
            standing[place], at = row, place + 1
    spare = MOST_ITEMS - len(left)
    ordered = list(after[0])
    for index, line in enumerate(usual.lines):
        session = {} if own_sessions else {"session": str(line.session)}
        if index in standing:
            ordered.append({**standing[index], **session})
        elif spare > 0:
            spare -= 1
            ordered.append(_usual_row(line, places.get(line.session, 0)))
        ordered += [{**row, **session} for row in after[index + 1]]
    if usual.parts and not own_sessions:
        sessions = [[("title", str(LABELS[kind])), ("kind", kind.value)] for kind in usual.parts]
    programme = [list(row.items()) for row in ordered]
    return MultiDict([*rest, *_numbered("sessions", sessions), *_numbered("programme", programme)])


def _says_something(row: Row) -> bool:
    return any(part == "title" and value.strip() for part, value in row)


def _usual_row(line: ProgrammeItemDetails, session: int) -> dict[str, str]:
    return {
        "title": line.title,
        "kind": line.kind.value,
        "minutes": str(line.minutes),
        "session": str(session),
        "faith": line.faith.value if line.faith else NOBODY,
    }


def _stands_for(row: Mapping[str, str], line: ProgrammeItemDetails) -> bool:
    """Whether a typed row is this usual line: the same prayer, or the same words, or the only one of its sort."""
    if line.faith is not None:
        return row.get("faith") == line.faith.value and row.get("kind") == line.kind.value
    if row.get("kind") != line.kind.value or row.get("faith"):
        return False
    return line.kind in {ItemKind.OPENING, ItemKind.CLOSING, ItemKind.ANTHEM, ItemKind.PHOTO} or fold(
        row["title"]
    ) == fold(line.title)


def _session_places(sessions: list[Row], usual: UsualProgramme) -> dict[int, int]:
    """For each part of the usual programme the row of the session of its kind, when sessions were typed."""
    kinds = [dict(row).get("kind") for row in sessions if dict(row).get("title", "").strip()]
    if not kinds:
        return {place: place for place in range(len(usual.parts))}
    return {
        place: kinds.index(kind.value) if kind.value in kinds else 0 for place, kind in enumerate(usual.parts)
    }
