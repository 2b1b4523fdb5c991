"""Who keeps the record of an event."""

from app.core.permissions import Permission, Role


class RecordPermission(Permission):
    VIEW = "records:view"
    WRITE = "records:write"
    SIGN = "records:sign"


_STATION = [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN]
GRANTS: dict[Permission, list[Role]] = {
    RecordPermission.VIEW: [*_STATION, Role.PENULIS, Role.EDITOR],
    RecordPermission.WRITE: [*_STATION, Role.PENULIS],
    RecordPermission.SIGN: _STATION,
}
SECOND_FACTOR = [RecordPermission.SIGN]
