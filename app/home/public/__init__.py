"""The rooms of the front house that stand open."""

from app.home.public import api, front, machines, reports, searching  # noqa: F401 – they add their views
from app.home.public.blueprint import blueprint

__all__ = ["blueprint"]
