"""Who may do what with letterheads and letter numbers."""

from app.core.permissions import Permission, Role


class DocumentPermission(Permission):
    SET_NUMBERS = "documents:set_numbers"


GRANTS = {DocumentPermission.SET_NUMBERS: [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN]}
