"""Who keeps the calendar and the elections."""

from app.core.permissions import Permission, Role


class AlmanacPermission(Permission):
    ADMINISTER = "almanac:administer"


GRANTS = {AlmanacPermission.ADMINISTER: [Role.ADMIN]}
SECOND_FACTOR = [AlmanacPermission.ADMINISTER]
AT_THE_TOP = [AlmanacPermission.ADMINISTER]
