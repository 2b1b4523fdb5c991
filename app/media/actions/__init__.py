"""What people do with photos, and the pictures that are made of them."""

from app.media.actions.cards import cards_from, check_card, find_card, share_card
from app.media.actions.intake import describe_photo, make_copies, remove_photo, take_in
from app.media.actions.pictures import as_scan

__all__ = [
    "as_scan",
    "cards_from",
    "check_card",
    "describe_photo",
    "find_card",
    "make_copies",
    "remove_photo",
    "share_card",
    "take_in",
]
