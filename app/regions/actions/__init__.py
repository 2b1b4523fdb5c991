"""What is done to regions and units."""

from app.regions.actions.importing import import_regency
from app.regions.actions.keeping import (
    change_district,
    change_unit,
    close_unit,
    create_unit,
    mark_unit_checked,
    reopen_unit,
)

__all__ = [
    "change_district",
    "change_unit",
    "close_unit",
    "create_unit",
    "import_regency",
    "mark_unit_checked",
    "reopen_unit",
]
