"""Who may do what with attendance."""

from app.core.permissions import Permission, Role


class AttendancePermission(Permission):
    DESK = "attendance:desk"
    MANAGE = "attendance:manage"
    EXPORT = "attendance:export"


_STATION = [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN]
GRANTS = {
    AttendancePermission.DESK: _STATION,
    AttendancePermission.MANAGE: _STATION,
    AttendancePermission.EXPORT: _STATION,
}
SECOND_FACTOR = [AttendancePermission.EXPORT]
