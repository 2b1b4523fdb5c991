"""Who may change regions and units."""

from app.core.permissions import Permission, Role


class RegionPermission(Permission):
    MANAGE = "regions:manage"


GRANTS = {RegionPermission.MANAGE: [Role.ADMIN]}
SECOND_FACTOR = [RegionPermission.MANAGE]
