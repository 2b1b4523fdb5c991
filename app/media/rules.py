"""What makes a photo fit to be shown, and in which sizes it is kept."""

import re

from app.media.details import PeopleShown, PhotoDetails, PhotoState

# Widths in pixels of the copies that are served; the upload itself never is.
WIDTHS = (216, 320, 480, 640, 960, 1280, 1600)
FIRST_WIDTH = 640
# The smallest first: a browser takes the first that it knows.
KINDS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
# Nine places to look, from the upper left to the lower right: a finger on a phone points no better.
FOCUSES = tuple((x, y) for y in (20, 50, 80) for x in (20, 50, 80))
MOST_PIXELS = 40_000_000
MOST_BYTES = 25 * 1024 * 1024
LEAST_SIDE = 200

_FILE_NAME = re.compile(
    r"^(?:(?:img|dsc|dscn|pxl|wa|photo|image|foto|whatsapp image)[\s_-]*\d|.*\.(?:jpe?g|png|webp|heic)$)",
    re.I,
)


def widths_for(width: int) -> list[int]:
    """The widths in which a photo `width` pixels wide is served; it is never enlarged."""
    return [size for size in WIDTHS if size <= width] or [width]


def first_width(width: int) -> int:
    """The copy that is made at once, so that the photo can be seen before the others are done."""
    return min(width, FIRST_WIDTH)


def height_at(width: int, *, of: tuple[int, int]) -> int:
    """The height that belongs to `width` in a picture of the size `of`."""
    return max(1, round(width * of[1] / of[0]))


def problem_with_words(details: PhotoDetails) -> tuple[str, str] | None:
    """(code, field) of the first thing that is missing or wrong, or None.

    The default of many systems, the file's name as alternative text, tells a blind reader nothing.
    """
    if details.decorative:
        if details.alt:
            return "alt_of_decoration", "alt"
    elif not details.alt:
        return "alt_missing", "alt"
    elif _FILE_NAME.match(details.alt):
        return "alt_is_file_name", "alt"
    if not details.caption and not details.decorative:
        return "caption_missing", "caption"
    if not details.credit:
        return "credit_missing", "credit"
    if details.people in {PeopleShown.PRIVATE, PeopleShown.CHILDREN} and not details.consent_note:
        return (
            "consent_of_child_missing" if details.people is PeopleShown.CHILDREN else "consent_missing",
            "consent_note",
        )
    if not details.neutral:
        return "neutrality_unchecked", "no_gestures"
    return None


def state_of(details: PhotoDetails) -> PhotoState:
    """READY when everything is said that must be."""
    return PhotoState.READY if problem_with_words(details) is None else PhotoState.INCOMPLETE
