"""Who sees the whole area at a glance, and who answers reports of problems."""

from app.core.permissions import Permission, Role


class HomePermission(Permission):
    OVERVIEW = "home:overview"
    ANSWER_REPORTS = "home:answer_reports"


GRANTS = {
    HomePermission.OVERVIEW: [Role.PIMPINAN, Role.ADMIN],
    HomePermission.ANSWER_REPORTS: [Role.PETUGAS, Role.ADMIN],
}
