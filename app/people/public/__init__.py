"""The rooms of people that stand open: signing in, signing up, setting a password."""

from app.people.public import sessions  # noqa: F401 – tells Flask-Login who is signed in
from app.people.public.views import blueprint

__all__ = ["blueprint"]
