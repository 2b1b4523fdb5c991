"""Facts: how a lower floor tells the upper ones that something happened, inside the same transaction."""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F")

_handlers: dict[type, list[Callable[[Any], None]]] = {}


def subscribe(kind: type[F], handler: Callable[[F], None]) -> None:
    """Call `handler` with every published fact of exactly this kind. Subscribing twice counts once."""
    known = _handlers.setdefault(kind, [])
    if handler not in known:
        known.append(handler)


def publish(fact: object) -> None:
    """Hand a fact to its subscribers now; an exception in one rolls the whole deed back."""
    for handler in _handlers.get(type(fact), []):
        handler(fact)
