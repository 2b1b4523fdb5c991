"""Long lists in pages: which one was asked for, and the way to those beside it."""

from dataclasses import dataclass

from flask import request

from app.core.text import whole_number
from app.web.pages import page_url

LONGEST = 4  # digits: nobody turns ten thousand pages


@dataclass(frozen=True)
class Paging:
    """A page among others. pages: how many there are, None where that was not counted. No address at the ends."""

    number: int
    pages: int | None
    previous_url: str | None
    next_url: str | None


def page_number() -> int:
    """The page asked for by `?halaman=`, from 1; the first one for anything that is no such number."""
    return max(1, whole_number(request.args.get("halaman"), digits=LONGEST) or 1)


def pages_for(count: int, size: int) -> int:
    """How many pages of `size` rows a list of `count` rows fills: at least the one that says it is empty."""
    return max(1, -(-count // size))


def paging(number: int, pages: int) -> Paging:
    """The pages around a page of a list that fills so many."""
    return Paging(
        number, pages, _address(min(number - 1, pages)), _address(number + 1) if number < pages else None
    )


def paging_on(number: int, *, more: bool) -> Paging:
    """The pages around a page of a list nobody has counted; more: rows follow this page."""
    return Paging(number, None, _address(number - 1), _address(number + 1) if more else None)


def _address(number: int) -> str | None:
    """The first page has the plain address, so that it is kept and found once."""
    if number < 1:
        return None
    return page_url(halaman=number if number > 1 else None)
