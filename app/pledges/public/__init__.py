"""The rooms of pledges that stand open: reading, signing, checking."""

from app.pledges.public import log, pages, signing, witnesses  # noqa: F401 – their views hang on the blueprint
from app.pledges.public.blueprint import blueprint

__all__ = ["blueprint"]
