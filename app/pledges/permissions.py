"""Who may do what with pledges."""

from app.core.permissions import Permission, Role


class PledgePermission(Permission):
    VIEW = "pledges:view"
    DRAFT = "pledges:draft"
    OPEN = "pledges:open"
    RECORD = "pledges:record"
    STRIKE = "pledges:strike"


_STATION = [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN]
GRANTS: dict[Permission, list[Role]] = {
    PledgePermission.VIEW: [*_STATION, Role.PENULIS, Role.EDITOR],
    PledgePermission.DRAFT: _STATION,
    PledgePermission.OPEN: _STATION,
    PledgePermission.RECORD: _STATION,
    PledgePermission.STRIKE: _STATION,
}
SECOND_FACTOR = [PledgePermission.OPEN, PledgePermission.STRIKE]
