"""The seven communities of faith that the house serves, in no order of rank."""

from enum import StrEnum


class Faith(StrEnum):
    """A faith belongs to an organisation, a prayer slot or a holy day; it is never asked of a citizen."""

    ISLAM = "islam"
    PROTESTAN = "protestan"
    KATOLIK = "katolik"
    HINDU = "hindu"
    BUDDHA = "buddha"
    KHONGHUCU = "khonghucu"
    PENGHAYAT = "penghayat"
