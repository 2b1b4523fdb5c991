"""Who may write, and who may publish."""

from app.core.permissions import Permission, Role


class NewsPermission(Permission):
    WRITE = "news:write"
    PUBLISH = "news:publish"
    CORRECT = "news:correct"
    WITHDRAW = "news:withdraw"
    EMERGENCY = "news:emergency"


_EDITORS = [Role.EDITOR, Role.PIMPINAN, Role.ADMIN]
GRANTS: dict[Permission, list[Role]] = {
    NewsPermission.WRITE: [Role.PENULIS, Role.PETUGAS, *_EDITORS],
    NewsPermission.PUBLISH: _EDITORS,
    NewsPermission.CORRECT: _EDITORS,
    NewsPermission.WITHDRAW: _EDITORS,
    NewsPermission.EMERGENCY: _EDITORS,
}
SECOND_FACTOR = [
    NewsPermission.PUBLISH,
    NewsPermission.CORRECT,
    NewsPermission.WITHDRAW,
    NewsPermission.EMERGENCY,
]
