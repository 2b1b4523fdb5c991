"""Who may see and work the outbox."""

from app.core.permissions import Permission, Role


class NotifyPermission(Permission):
    WORK_OUTBOX = "notify:work_outbox"
    WORK_HOUSE_OUTBOX = "notify:work_house_outbox"


GRANTS = {
    NotifyPermission.WORK_OUTBOX: [Role.PETUGAS, Role.PIMPINAN, Role.ADMIN],
    # Messages of no unit carry links that open accounts: only those who manage accounts may read them.
    NotifyPermission.WORK_HOUSE_OUTBOX: [Role.ADMIN],
}
SECOND_FACTOR = [NotifyPermission.WORK_HOUSE_OUTBOX]
AT_THE_TOP = [NotifyPermission.WORK_HOUSE_OUTBOX]
