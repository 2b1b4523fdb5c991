"""The rooms of pledges that stand open: reading, signing, checking."""

from app.pledges.public import (  # noqa: F401 – their views hang on the blueprint
    afterwards,
    log,
    pages,
    signing,
    witnesses,
)
from app.pledges.public.blueprint import blueprint

__all__ = ["blueprint"]
