"""The signed-in person, as Flask-Login and the staff area see them."""

from datetime import datetime, timedelta

from flask import current_app, url_for
from flask_login import UserMixin
from sqlalchemy import select

from app.core import clock, crypto
from app.core.database import db
from app.core.extensions import login
from app.core.permissions import Permission
from app.people.models import Person, SignInSession
from app.people.queries import Scope, scope_of

# A device that has not been used for this long has to sign in again.
IDLE = timedelta(days=14)


class SignedIn(UserMixin):  # type: ignore[misc]
    """`current_user`: a person on one device, with what they may do where."""

    def __init__(self, person: Person, scope: Scope, device: SignInSession, token: str) -> None:
        self.person = person
        self.scope = scope
        self.device = device
        self.token = token

    def get_id(self) -> str:
        """What the signed cookie holds: the token of this device, not the person."""
        return self.token

    @property
    def id(self) -> int:
        return self.person.id

    @property
    def name(self) -> str:
        return self.person.full_name

    def may(self, permission: Permission, unit_id: int | None = None) -> bool:
        """Whether the person holds a permission at a unit, or anywhere."""
        return self.scope.may(permission, unit_id)

    def unit_ids(self, permission: Permission) -> frozenset[int]:
        """The units at which the person holds a permission."""
        return self.scope.unit_ids(permission)

    def second_factor_address(self) -> str | None:
        """Where to enrol or confirm the second factor; None when this session needs no more."""
        if self.device.second_factor_at is not None or current_app.config.get("SKIP_SECOND_FACTOR"):
            return None
        if self.person.totp_confirmed_at is None:
            return url_for("staff.account.second_factor")
        return url_for("people.confirm_second_factor")


@login.user_loader
def load(token: str) -> SignedIn | None:
    """The person behind a cookie, if the device is still signed in and the account alive."""
    now = clock.now()
    device = db.session.scalar(
        select(SignInSession).where(
            SignInSession.token_hash == crypto.token_hash(token),
            SignInSession.ended_at.is_(None),
            SignInSession.seen_at > now - IDLE,
        )
    )
    if device is None:
        return None
    person = db.session.get(Person, device.person_id)
    if person is None or person.deactivated_at is not None:
        return None
    return SignedIn(person, scope_of(person), device, token)


def start_session(
    person: Person, *, device: str, now: datetime, second_factor: bool = False
) -> tuple[SignInSession, str]:
    """A new device of a person (call inside an action); gives the row and the token for the cookie."""
    token = crypto.new_token()
    row = SignInSession(
        person_id=person.id,
        token_hash=crypto.token_hash(token),
        started_at=now,
        seen_at=now,
        device=device[:200],
        second_factor_at=now if second_factor else None,
    )
    db.session.add(row)
    return row, token
