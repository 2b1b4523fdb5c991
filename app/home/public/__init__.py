"""The rooms of the front house that stand open."""

from app.home.public import api, front, machines, offline, reports, searching
from app.home.public.blueprint import blueprint

__all__ = ["api", "blueprint", "front", "machines", "offline", "reports", "searching"]
