"""What writers and editors do."""

from app.news.actions.articles import correct_article, save_article, start_article
from app.news.actions.handing_over import hand_over
from app.news.actions.notices import renew_notice, save_notice, start_notice
from app.news.actions.workflow import approve_emergency, publish, return_item, submit, withdraw

__all__ = [
    "approve_emergency",
    "correct_article",
    "hand_over",
    "publish",
    "renew_notice",
    "return_item",
    "save_article",
    "save_notice",
    "start_article",
    "start_notice",
    "submit",
    "withdraw",
]
