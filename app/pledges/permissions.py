"""Who may do what with pledges."""

from app.core.permissions import Permission, Role


class PledgePermission(Permission):
    VIEW = "pledges:view"
    DRAFT = "pledges:draft"
    OPEN = "pledges:open"
    RECORD = "pledges:record"
    STRIKE = "pledges:strike"
    SWITCH = "pledges:switch"


_STATION = [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN]
GRANTS: dict[Permission, list[Role]] = {
    PledgePermission.VIEW: [*_STATION, Role.PENULIS, Role.EDITOR],
    PledgePermission.DRAFT: _STATION,
    PledgePermission.OPEN: _STATION,
    PledgePermission.RECORD: _STATION,
    PledgePermission.STRIKE: _STATION,
    PledgePermission.SWITCH: [Role.PIMPINAN, Role.ADMIN],  # the brake of all declarations
}
SECOND_FACTOR = [PledgePermission.OPEN, PledgePermission.STRIKE, PledgePermission.SWITCH]
AT_THE_TOP = [PledgePermission.SWITCH]
