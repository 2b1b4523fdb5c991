"""Roles and the names of permissions. Each feature declares its own names and who is granted them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is at a unit; a role counts for the units below it too."""

    TOKOH = "tokoh"
    PETUGAS = "petugas"
    PENULIS = "penulis"
    EDITOR = "editor"
    PIMPINAN = "pimpinan"
    ADMIN = "admin"


class Permission(StrEnum):
    """Base of every feature's enum: values read `feature:action`."""


_granted: dict[Permission, frozenset[Role]] = {}
_guarded: set[Permission] = set()


def declare(grants: Mapping[Permission, Iterable[Role]], *, second_factor: Iterable[Permission] = ()) -> None:
    """Add a feature's permissions, the roles that hold each, and which of them need a second factor."""
    for permission, roles in grants.items():
        _granted[permission] = frozenset(roles)
    _guarded.update(second_factor)


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that hold a permission; none when nobody declared it."""
    return _granted.get(permission, frozenset())


def needs_second_factor(permission: Permission) -> bool:
    return permission in _guarded


def matrix() -> str:
    """All permissions against all roles, as the text that is kept under review."""
    roles = list(Role)
    width = max((len(permission) for permission in _granted), default=10)
    lines = [" ".join([" " * width, *(f"{role:>8}" for role in roles), "      2FA"])]
    for permission in sorted(_granted):
        marks = ("x" if role in _granted[permission] else "-" for role in roles)
        second = "x" if permission in _guarded else "-"
        lines.append(" ".join([f"{permission:<{width}}", *(f"{mark:>8}" for mark in marks), f"{second:>9}"]))
    return "\n".join(lines) + "\n"
