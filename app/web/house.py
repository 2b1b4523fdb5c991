"""What a feature brings into the house, said in its `register(house)`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

import click
from flask import Blueprint, Flask
from markupsafe import Markup

from app.core import facts, jobs, permissions
from app.core.permissions import Permission, Role

F = TypeVar("F")
# A string, or one that is translated when the page is made (the library gives it no type).
Words: TypeAlias = Any


@dataclass(frozen=True)
class NavItem:
    """A line of the public or the staff menu; `order` sorts, `group` heads the staff menu's sections."""

    label: Words
    endpoint: str
    key: str
    order: int
    permission: Permission | None = None
    group: Words = ""


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person on the staff home: one line with its age."""

    label: str
    url: str
    since: datetime
    kind: Words = ""


@dataclass
class World:
    """What sample data is built from; features leave here what later ones build upon."""

    now: datetime
    random_seed: int = 61_04
    accounts: list[tuple[str, str, str]] = field(default_factory=list)  # role, e-mail, password
    people: dict[str, Any] = field(default_factory=dict)
    units: dict[str, Any] = field(default_factory=dict)
    regions: dict[str, Any] = field(default_factory=dict)
    organisations: dict[str, Any] = field(default_factory=dict)
    events: dict[str, Any] = field(default_factory=dict)
    pledges: dict[str, Any] = field(default_factory=dict)


@dataclass
class House:
    """The registry of one application; the factory hands it to every feature in order."""

    app: Flask
    labels: dict[tuple[type, str], Words] = field(default_factory=dict)
    refusals: dict[str, Words] = field(default_factory=dict)
    public_nav: list[NavItem] = field(default_factory=list)
    staff_nav: list[NavItem] = field(default_factory=list)
    slots: dict[str, list[Callable[..., str | Markup]]] = field(default_factory=dict)
    site_values: dict[str, Callable[[datetime], Any]] = field(default_factory=dict)
    waiting: list[Callable[[Any, datetime], list[Waiting]]] = field(default_factory=list)
    samples: list[Callable[[World], None]] = field(default_factory=list)
    checks: list[Callable[[], list[str]]] = field(default_factory=list)
    sitemap: list[Callable[[datetime], Iterable[tuple[str, datetime]]]] = field(default_factory=list)
    _staff_rooms: list[tuple[Blueprint, str]] = field(default_factory=list)

    def public(self, blueprint: Blueprint, *, url_prefix: str | None = None) -> None:
        """Open a room to everyone."""
        self.app.register_blueprint(blueprint, url_prefix=url_prefix)

    def staff(self, blueprint: Blueprint, *, url_prefix: str) -> None:
        """Open a room under /kelola/; every view in it names its permission (see `web.staff.permitted`)."""
        self._staff_rooms.append((blueprint, url_prefix))

    def open_staff_area(self, parent: Blueprint) -> None:
        """Hang all staff rooms under their guarded parent; the factory calls this once, last."""
        for blueprint, prefix in self._staff_rooms:
            parent.register_blueprint(blueprint, url_prefix=prefix)
        self.app.register_blueprint(parent, url_prefix="/kelola")

    def grant(
        self,
        grants: Mapping[Any, Iterable[Role]],
        *,
        second_factor: Iterable[Any] = (),
        at_the_top: Iterable[Any] = (),
    ) -> None:
        """Declare a feature's permissions and who holds them; see `core.permissions.declare`."""
        permissions.declare(grants, second_factor=second_factor, at_the_top=at_the_top)

    def words(self, labels: Mapping[Any, Words]) -> None:
        """Say how enum members read; templates use the filter `label`."""
        # Members of two enums with the same value are equal: the enum is part of the key.
        self.labels.update({(type(member), str(member)): text for member, text in labels.items()})

    def refuse_with(self, refusals: Mapping[str, Words]) -> None:
        """Say how refusals (`RuleBroken.code`) read."""
        self.refusals.update(refusals)

    def menu(self, label: Words, endpoint: str, *, key: str, order: int) -> None:
        """Add a line to the public menu."""
        self.public_nav.append(NavItem(label, endpoint, key, order))

    def staff_menu(
        self, label: Words, endpoint: str, *, key: str, order: int, permission: Permission, group: Words
    ) -> None:
        """Add a line to the staff menu, seen by those who hold the permission."""
        self.staff_nav.append(NavItem(label, endpoint, key, order, permission, group))

    def on(self, kind: type[F], handler: Callable[[F], None]) -> None:
        """Subscribe to a fact of a lower floor."""
        facts.subscribe(kind, handler)

    def slot(self, name: str, render: Callable[..., str | Markup]) -> None:
        """Fill a place in a lower floor's page; render(subject) gives HTML, empty when it has nothing to show."""
        self.slots.setdefault(name, []).append(render)

    def site_value(self, name: str, provide: Callable[[datetime], Any]) -> None:
        """Give every page `site.<name>` = provide(now)."""
        self.site_values[name] = provide

    def waits(self, find: Callable[[Any, datetime], list[Waiting]]) -> None:
        """Add find(member, now) to the staff home: what waits for the signed-in member (`may`, `unit_ids`, `id`)."""
        self.waiting.append(find)

    def job(self, kind: str, run: jobs.Handler) -> None:
        """Name who does queued work of a kind."""
        jobs.handler(kind, run)

    def every(self, seconds: int, name: str, run: Callable[[datetime], object]) -> None:
        """Have the worker do something again and again."""
        jobs.every(seconds, name, run)

    def command(self, command: click.Command) -> None:
        """Add a management command: `rukun <name>`."""
        self.app.cli.add_command(command)

    def sample(self, fill: Callable[[World], None]) -> None:
        """Fill the sample regency on first start, in the order of the floors."""
        self.samples.append(fill)

    def check(self, find_problems: Callable[[], list[str]]) -> None:
        """Add a self-check to `rukun check`; each problem is one line of text."""
        self.checks.append(find_problems)

    def in_sitemap(self, pages: Callable[[datetime], Iterable[tuple[str, datetime]]]) -> None:
        """Add pages(now) → (absolute address, last change) to the sitemap."""
        self.sitemap.append(pages)


def the_house(app: Flask) -> House:
    """The registry of this application."""
    house: House = app.extensions["house"]
    return house
