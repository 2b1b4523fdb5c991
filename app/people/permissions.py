"""Who may do what with people, organisations and the audit log."""

from app.core.permissions import Permission, Role


class PeoplePermission(Permission):
    MANAGE = "people:manage"
    VERIFY_LEADERS = "people:verify_leaders"
    MANAGE_ORGANISATIONS = "people:manage_organisations"
    READ_AUDIT = "people:read_audit"


_STATION = [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN]
GRANTS = {
    PeoplePermission.MANAGE: [Role.ADMIN],
    PeoplePermission.VERIFY_LEADERS: _STATION,
    PeoplePermission.MANAGE_ORGANISATIONS: _STATION,
    PeoplePermission.READ_AUDIT: [Role.PIMPINAN, Role.ADMIN],
}
SECOND_FACTOR = [PeoplePermission.MANAGE, PeoplePermission.READ_AUDIT]
