"""What pledges lay on the staff home."""

from datetime import datetime, timedelta
from typing import Any

from flask import url_for

from app.core.i18n import _, when
from app.people.queries import scope_of
from app.pledges import queries
from app.pledges.permissions import PledgePermission
from app.web.house import Waiting

SOON = timedelta(days=3)


def what_waits(person: Any, now: datetime) -> list[Waiting]:
    """Pledges that close within three days, and those whose institutions have not all signed."""
    unit_ids = scope_of(person).unit_ids(PledgePermission.RECORD)
    if not unit_ids:
        return []
    found = []
    for pledge, unsigned in queries.pledges_that_wait(unit_ids, now=now, until=now + SOON):
        if unsigned:
            found.append(
                Waiting(
                    label=_(
                        "%(title)s: %(count)s lembaga belum menandatangani",
                        title=pledge.title,
                        count=unsigned,
                    ),
                    url=url_for("staff.pledges.signatories", pledge_id=pledge.id),
                    since=pledge.changed_at,
                    kind=_("Ikrar"),
                )
            )
        if pledge.closes_at is not None and pledge.closes_at < now + SOON:
            found.append(
                Waiting(
                    label=_("%(title)s ditutup %(when)s", title=pledge.title, when=when(pledge.closes_at)),
                    url=url_for("staff.pledges.show", pledge_id=pledge.id),
                    since=pledge.changed_at,
                    kind=_("Ikrar"),
                )
            )
    return found
