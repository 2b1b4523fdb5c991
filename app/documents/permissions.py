"""Who may do what with letterheads and letter numbers."""

from app.core.permissions import Permission, Role


class DocumentPermission(Permission):
    SET_NUMBERS = "documents:set_numbers"
    SET_LETTERHEAD = "documents:set_letterhead"


_STATION = [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN]
GRANTS = {DocumentPermission.SET_NUMBERS: _STATION, DocumentPermission.SET_LETTERHEAD: _STATION}
