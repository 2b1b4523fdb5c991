"""Who may see and work the outbox."""

from app.core.permissions import Permission, Role


class NotifyPermission(Permission):
    WORK_OUTBOX = "notify:work_outbox"


GRANTS = {NotifyPermission.WORK_OUTBOX: [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN]}
