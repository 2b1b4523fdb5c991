"""What writers and editors do."""

from app.news.actions.articles import (
    apply_fix,
    correct_article,
    restore_revision,
    save_article,
    start_article,
)
from app.news.actions.drafts import discard_draft, keep_draft, note_editor, sweep_drafts
from app.news.actions.handing_over import hand_over
from app.news.actions.notices import renew_notice, save_notice, start_notice
from app.news.actions.releases import compare_release, mark_stale_releases
from app.news.actions.reviewing import add_note, answer_fact_check, ask_fact_check
from app.news.actions.subscriptions import (
    ask_subscription,
    change_subscription,
    confirm_subscription,
    end_subscription,
    follow_on_device,
    forget_browser,
    forget_unconfirmed,
    tell_subscribers,
)
from app.news.actions.translations import review_translation, save_translation
from app.news.actions.workflow import (
    WRITABLE,
    approve,
    approve_emergency,
    begin_check,
    end_check,
    is_checked_by,
    publish,
    return_item,
    submit,
    take_back_submission,
    withdraw,
)

__all__ = [
    "WRITABLE",
    "add_note",
    "answer_fact_check",
    "apply_fix",
    "approve",
    "approve_emergency",
    "ask_fact_check",
    "ask_subscription",
    "begin_check",
    "change_subscription",
    "compare_release",
    "confirm_subscription",
    "correct_article",
    "discard_draft",
    "end_check",
    "end_subscription",
    "follow_on_device",
    "forget_browser",
    "forget_unconfirmed",
    "hand_over",
    "is_checked_by",
    "keep_draft",
    "mark_stale_releases",
    "note_editor",
    "publish",
    "renew_notice",
    "restore_revision",
    "return_item",
    "review_translation",
    "save_article",
    "save_notice",
    "save_translation",
    "start_article",
    "start_notice",
    "submit",
    "sweep_drafts",
    "take_back_submission",
    "tell_subscribers",
    "withdraw",
]
