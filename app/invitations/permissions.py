"""Who may write and send letters of invitation."""

from app.core.permissions import Permission, Role


class InvitationPermission(Permission):
    WRITE = "invitations:write"
    ISSUE = "invitations:issue"


_STATION = [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN]
GRANTS = {InvitationPermission.WRITE: _STATION, InvitationPermission.ISSUE: _STATION}
# A numbered letter speaks for the unit: like publishing it needs the second factor.
SECOND_FACTOR = [InvitationPermission.ISSUE]
