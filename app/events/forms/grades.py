"""The table of grades."""

from wtforms import SelectChoice, SelectField

from app.events.details import Grade, Guard
from app.events.messages import GRADE_NAMES, guard_title
from app.events.rules.guards import choices_for
from app.web.forms import StaffForm


class GradesForm(StaffForm):
    """One choice for each guard whose grade can still be raised."""

    def rows(self) -> list[tuple[Guard, SelectField]]:
        """The guards in their order, each with its field."""
        return [(guard, self[guard.value]) for guard in Guard if guard.value in self]

    def chosen(self) -> dict[Guard, Grade]:
        """What was chosen; call after validating."""
        return {guard: Grade(field.data) for guard, field in self.rows()}


def grades_form() -> type[GradesForm]:
    """The form with a field for each guard, said in the reader's language."""
    fields = {
        guard.value: SelectField(
            guard_title(guard).capitalize(),
            choices=[SelectChoice(grade.value, str(GRADE_NAMES[grade])) for grade in choices_for(guard)],
        )
        for guard in Guard
        if len(choices_for(guard)) > 1
    }
    made: type[GradesForm] = type("GradesTable", (GradesForm,), fields)
    return made
