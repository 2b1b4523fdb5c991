"""The signed-in person, as Flask-Login and the staff area see them."""

from datetime import timedelta

from flask import current_app, request, url_for
from flask_login import UserMixin
from sqlalchemy import select

from app.core import clock, crypto
from app.core.database import db
from app.core.extensions import login
from app.core.permissions import Permission
from app.people.actions import start_session, touch_session
from app.people.models import Person, SignInSession
from app.people.queries import Scope, scope_of
from app.people.rules.limits import SESSION_IDLE
from app.regions.queries import is_sample

__all__ = ["IDLE", "SignedIn", "load", "start_session"]

IDLE = SESSION_IDLE
# How exactly it is known when a device was last used; every page would be a write otherwise.
TOUCHED = timedelta(minutes=30)

# The device's row is what a session is checked by; Flask-Login's own guess from the address would end the
# sessions of phones that change networks.
login.session_protection = None


class SignedIn(UserMixin):
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
        if self.device.second_factor_at is not None or second_factor_is_skipped():
            return None
        if self.person.totp_confirmed_at is None:
            return url_for("staff.account.second_factor")
        return url_for("people.confirm_second_factor")


def second_factor_is_skipped() -> bool:
    """Only an instance filled with the invented regency may do without; its pages say so in a banner."""
    return bool(current_app.config.get("SKIP_SECOND_FACTOR")) or is_sample(current_app.config["INSTANCE"])


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
    if now - device.seen_at > TOUCHED and (request.endpoint or "").startswith("staff."):
        touch_session(device, now=now)
    return SignedIn(person, scope_of(person), device, token)
