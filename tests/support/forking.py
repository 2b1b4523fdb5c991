"""Work in a process of its own that begins as a copy of this one: no second import of the application."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def apart(deed: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What `deed` gives, done in a copy of this process; whatever it sets up (applications, keys) stays there."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        return pool.submit(deed, *args, **kwargs).result()
