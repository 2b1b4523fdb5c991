"""Who may do what with attendance."""

from app.core.permissions import Permission, Role


class AttendancePermission(Permission):
    DESK = "attendance:desk"
    MANAGE = "attendance:manage"
    EXPORT = "attendance:export"
    SEE_PHONES = "attendance:see_phones"
    ANSWER_REQUESTS = "attendance:answer_requests"


_STATION = [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN]
GRANTS = {
    AttendancePermission.DESK: _STATION,
    AttendancePermission.MANAGE: _STATION,
    AttendancePermission.EXPORT: _STATION,
    AttendancePermission.SEE_PHONES: [Role.PIMPINAN, Role.ADMIN],
    AttendancePermission.ANSWER_REQUESTS: _STATION,
}
SECOND_FACTOR = [AttendancePermission.EXPORT, AttendancePermission.SEE_PHONES]
