"""The staff area: closed by default. A view without a permission on its door is a page that does not exist."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.extensions import csrf
from app.core.permissions import Permission, needs_second_factor

V = TypeVar("V", bound=Callable[..., Any])


class StaffMember(Protocol):
    """What the staff area asks of the signed-in person; `people` fulfils it."""

    @property
    def is_authenticated(self) -> bool: ...

    def may(self, permission: Permission) -> bool:
        """Whether the person holds the permission at any unit."""

    def second_factor_address(self) -> str | None:
        """Where to enrol or confirm the second factor; None when it is confirmed in this session."""


def permitted(*permissions: Permission) -> Callable[[V], V]:
    """Write on a staff view's door which permission opens it (any one of several)."""

    def mark(view: V) -> V:
        view.permissions = permissions  # type: ignore[attr-defined]
        return view

    return mark


def any_staff(view: V) -> V:
    """A staff page for whoever is signed in: one's own account, the staff home."""
    view.permissions = ()  # type: ignore[attr-defined]
    return view


def make_staff_area() -> Blueprint:
    """The guarded parent blueprint of all rooms under /kelola/."""
    area = Blueprint("staff", __name__)
    area.before_request(_guard)
    return area


def _guard() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    permissions: tuple[Permission, ...] | None = getattr(view, "permissions", None)
    person = cast("StaffMember", current_user)
    if not person.is_authenticated:
        target = request.full_path.rstrip("?") if request.method == "GET" else ""
        return redirect(url_for("people.sign_in", lanjut=target or None), 303)
    if permissions is None:
        abort(404)
    held = [permission for permission in permissions if person.may(permission)]
    if permissions and not held:
        abort(404)
    if held and all(needs_second_factor(permission) for permission in held):
        address = person.second_factor_address()
        if address:
            return redirect(address, 303)
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        csrf.protect()
    return None
