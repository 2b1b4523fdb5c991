"""Who may change regions and units."""

from app.core.permissions import Permission, Role


class RegionPermission(Permission):
    MANAGE = "regions:manage"
    # Which units there are, which kecamatan each serves, where the kecamatan lie.
    SHAPE = "regions:shape"


GRANTS = {RegionPermission.MANAGE: [Role.ADMIN], RegionPermission.SHAPE: [Role.ADMIN]}
SECOND_FACTOR = [RegionPermission.MANAGE, RegionPermission.SHAPE]
AT_THE_TOP = [RegionPermission.SHAPE]
