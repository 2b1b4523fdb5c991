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
_at_the_top: set[Permission] = set()


def declare(
    grants: Mapping[Permission, Iterable[Role]],
    *,
    second_factor: Iterable[Permission] = (),
    at_the_top: Iterable[Permission] = (),
) -> None:
    """Add a feature's permissions and the roles that hold each.

    second_factor: those that need one. at_the_top: those that count for every unit, so that only a role at the
    top unit gives them.
    """
    for permission, roles in grants.items():
        _granted[permission] = frozenset(roles)
    _guarded.update(second_factor)
    _at_the_top.update(at_the_top)


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that hold a permission; none when nobody declared it."""
    return _granted.get(permission, frozenset())


def needs_second_factor(permission: Permission) -> bool:
    return permission in _guarded


def counts_for_all_units(permission: Permission) -> bool:
    """Whether what it allows counts for the whole installation; a role at one station does not give it."""
    return permission in _at_the_top


def matrix() -> str:
    """All permissions against all roles, as the text that is kept under review."""
    roles = list(Role)
    width = max((len(permission) for permission in _granted), default=10)
    lines = [" ".join([" " * width, *(f"{role:>8}" for role in roles), "      2FA  top unit"])]
    for permission in sorted(_granted):
        marks = ("x" if role in _granted[permission] else "-" for role in roles)
        second = "x" if permission in _guarded else "-"
        top = "x" if permission in _at_the_top else "-"
        cells = [*(f"{mark:>8}" for mark in marks), f"{second:>9}", f"{top:>9}"]
        lines.append(" ".join([f"{permission:<{width}}", *cells]))
    return "\n".join(lines) + "\n"
