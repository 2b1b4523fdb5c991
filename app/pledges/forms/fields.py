"""What several forms of pledges share."""

from typing import Any

from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.i18n import _, _l
from app.pledges.messages import REFUSALS
from app.pledges.rules.names import problem_with_name

NEEDED = _l("Bagian ini perlu diisi.")


class PersonName:
    """Says at the field what is wrong with a name."""

    def __call__(self, form: Any, field: Any) -> None:
        problem = problem_with_name(field.data or "")
        if problem:
            raise ValidationError(str(REFUSALS[problem]))


def choices(rows: list[tuple[Any, str]]) -> list[SelectChoice]:
    """Values and their words, as a list to choose from takes them."""
    return [SelectChoice(value, label) for value, label in rows]


def district_choices(districts: list[Any]) -> list[SelectChoice]:
    """Kecamatan for a list, with a first line that asks to choose."""
    return choices([("", _("Pilih kecamatan")), *((district.code, district.name) for district in districts)])
