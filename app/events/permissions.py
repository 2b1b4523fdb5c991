"""Who may do what with events."""

from app.core.permissions import Permission, Role


class EventPermission(Permission):
    PROPOSE = "events:propose"
    CHECK = "events:check"
    PUBLISH = "events:publish"
    OVERRIDE = "events:override"
    VIEW = "events:view"
    SET_GRADES = "events:set_grades"


_STATION = [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN]
GRANTS = {
    EventPermission.PROPOSE: [Role.TOKOH, *_STATION],
    EventPermission.CHECK: _STATION,
    EventPermission.PUBLISH: _STATION,
    EventPermission.OVERRIDE: _STATION,
    EventPermission.VIEW: [*_STATION, Role.PENULIS, Role.EDITOR],
    EventPermission.SET_GRADES: [Role.ADMIN],
}
SECOND_FACTOR = [EventPermission.PUBLISH, EventPermission.OVERRIDE, EventPermission.SET_GRADES]
AT_THE_TOP = [EventPermission.SET_GRADES]
