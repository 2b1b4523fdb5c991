"""Work in a process of its own that begins as a copy of this one: no second import of the application."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from typing import ParamSpec, TypeVar

from app.core.database import db

P = ParamSpec("P")
R = TypeVar("R")


def apart(deed: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What `deed` gives, done in a copy of this process; whatever it sets up (applications, keys) stays there."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        return pool.submit(deed, *args, **kwargs).result()


def twin(deed: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> ForkProcess:
    """A process that does `deed` in the application of this test, with connections of its own; to be started."""
    db.session.rollback()  # gives the connection back: a copy of an open one would speak for both

    def work() -> None:
        db.engine.dispose(close=False)
        deed(*args, **kwargs)

    return get_context("fork").Process(target=work)
