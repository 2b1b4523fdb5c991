"""Who may do what with photos."""

from app.core.permissions import Permission, Role


class MediaPermission(Permission):
    UPLOAD = "media:upload"
    REMOVE = "media:remove"


_WRITERS = [Role.PETUGAS, Role.PENULIS, Role.EDITOR, Role.PIMPINAN, Role.ADMIN]
GRANTS: dict[Permission, list[Role]] = {
    MediaPermission.UPLOAD: _WRITERS,
    MediaPermission.REMOVE: [Role.EDITOR, Role.PIMPINAN, Role.ADMIN],
}
