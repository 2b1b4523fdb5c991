"""Refusals with names. The words for them stand in each feature's `messages.REFUSALS`."""


class RuleBroken(Exception):
    """A rule of the house forbids what was asked.

    `code` is a stable name such as "event_full"; `field` the form field it belongs to, if one;
    the keyword arguments fill the holes of the sentence that people read.
    """

    def __init__(self, code: str, *, field: str | None = None, **holes: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.holes = holes


class StaleWrite(RuleBroken):
    """Somebody else changed the same thing since it was opened."""

    def __init__(self) -> None:
        super().__init__("stale_write")
