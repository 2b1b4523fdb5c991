"""Following the news by e-mail or on a device: begun only by the owner of the address, ended in one tap."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app.core import crypto
from app.core.database import db, insert_once, lock, transactional
from app.news import messages
from app.news.details import Browser, SubscriptionDetails
from app.news.models import Subscription
from app.news.queries import published_between, subscribers
from app.news.rules.subscribing import is_digest_due, is_wanted
from app.notify.actions import queue_message
from app.notify.details import Recipient
from app.notify.facts import BrowserGone
from app.regions.queries import main_unit
from app.web.limits import attempts_since, note_attempt

# Without an answer to the first mail nobody asked for anything.
KEPT_UNCONFIRMED = timedelta(days=7)
MOST_MAILS_A_DAY = 3
MOST_ASKED_AN_HOUR = 60  # from one network address: a whole office signs up, a program does not


@transactional
def ask_subscription(
    email: str,
    details: SubscriptionDetails,
    *,
    address_of: Callable[[str], str],
    now: datetime,
    from_address: str = "",
) -> None:
    """Send the owner of an address a link by which to say yes. Nothing else is sent before that.

    Whoever asks learns nothing of who follows already. One address gets at most three such mails a day.
    address_of: gives the absolute address for a code. from_address: the asker's network address; what is asked from
    one beyond MOST_ASKED_AN_HOUR is dropped, so that nobody uses the portal to fill the mailboxes of others.
    """
    if _asks_too_much(from_address, now):
        return
    hashed = _hash(email.lower())
    if attempts_since("subscribe", hashed, since=now - timedelta(days=1)) >= MOST_MAILS_A_DAY:
        return
    note_attempt("subscribe", hashed, now=now)
    insert_once(
        Subscription,
        channel="email",
        address_sealed=crypto.encrypt(email),
        address_hash=hashed,
        code=crypto.new_code(),
        topics=list(details.topics),
        districts=list(details.districts),
        digest=details.digest,
        asked_at=now,
        told_until=now,
    )
    row = db.session.scalars(
        select(Subscription).where(Subscription.address_hash == hashed).with_for_update()
    ).one()
    if row.confirmed_at is None:
        _write(row, details)
    address = address_of(row.code)
    known = row.confirmed_at is not None
    subject, text = messages.mail_of_subscription(address, known=known)
    queue_message(
        key=f"news:subscription:{row.id}:asked:{now.isoformat()}",
        cause="news:subscription:asked",
        to=Recipient("", email),
        subject=subject,
        text=text,
        unit_id=None,
        now=now,
    )


def _asks_too_much(from_address: str, now: datetime) -> bool:
    """Count what is asked from one network address; whether it is more than an office would."""
    if not from_address:
        return False
    since = now - timedelta(hours=1)
    if attempts_since("subscribe_from", from_address, since=since) >= MOST_ASKED_AN_HOUR:
        return True
    note_attempt("subscribe_from", from_address, now=now)
    return False


def _hash(address: str) -> str:
    return crypto.keyed_hash(address, purpose="subscriptions")


@transactional
def follow_on_device(
    browser: Browser, details: SubscriptionDetails, *, now: datetime, from_address: str = ""
) -> str | None:
    """Tell a browser of what appears from now on; gives the secret code of its subscription.

    The reader has said yes to the browser itself, and nobody else knows its endpoint: asking again changes what is
    followed. None when too much is asked from one network address.
    """
    if _asks_too_much(from_address, now):
        return None
    hashed, sealed = _hash(browser.endpoint), crypto.encrypt(json.dumps(asdict(browser)))
    insert_once(
        Subscription,
        channel="push",
        address_sealed=sealed,
        address_hash=hashed,
        code=crypto.new_code(),
        topics=list(details.topics),
        districts=list(details.districts),
        digest=details.digest,
        asked_at=now,
        confirmed_at=now,
        told_until=now,
    )
    row = db.session.scalars(
        select(Subscription).where(Subscription.address_hash == hashed).with_for_update()
    ).one()
    row.address_sealed = sealed
    _write(row, details)
    return row.code


@transactional
def forget_browser(fact: BrowserGone) -> None:
    """Its push service says that it wants no more."""
    db.session.execute(delete(Subscription).where(Subscription.address_hash == _hash(fact.endpoint)))


@transactional
def confirm_subscription(row: Subscription, *, now: datetime) -> None:
    """The owner of the address says yes; what appears from now on is sent."""
    lock(row)
    if row.confirmed_at is None:
        row.confirmed_at, row.told_until = now, now


@transactional
def change_subscription(row: Subscription, details: SubscriptionDetails, *, now: datetime) -> None:
    """Follow something else, or at another pace."""
    lock(row)
    _write(row, details)


def _write(row: Subscription, details: SubscriptionDetails) -> None:
    row.topics, row.districts, row.digest = list(details.topics), list(details.districts), details.digest


@transactional
def end_subscription(row: Subscription) -> None:
    """Forget the address at once."""
    db.session.execute(delete(Subscription).where(Subscription.id == row.id))


@transactional
def forget_unconfirmed(now: datetime) -> None:
    """Addresses whose owner never answered go after seven days."""
    old = Subscription.asked_at < now - KEPT_UNCONFIRMED
    db.session.execute(delete(Subscription).where(Subscription.confirmed_at.is_(None), old))


def tell_subscribers(
    now: datetime, *, article_address: Callable[[str], str], manage_address: Callable[[str], str]
) -> int:
    """Queue what appeared since each was told last; how many mails. Each subscriber is a transaction of its own."""
    unit = main_unit()
    zone = unit.zone if unit else "Asia/Jakarta"
    rows = subscribers()
    newest = published_between(min((told for _id, _digest, told in rows), default=now), now, now)[-1:]
    last = newest[0].published_at if newest else None
    return sum(
        _tell(number, now=now, article_address=article_address, manage_address=manage_address)
        for number, digest, told in rows
        if last is not None and last > told and (not digest or is_digest_due(told, now=now, zone=zone))
    )


@transactional
def _tell(
    number: int,
    *,
    now: datetime,
    article_address: Callable[[str], str],
    manage_address: Callable[[str], str],
) -> bool:
    row = db.session.scalar(select(Subscription).where(Subscription.id == number).with_for_update())
    if row is None:  # ended a moment ago
        return False
    wanted = [
        (article.title, article.lead, article.slug)
        for article in published_between(row.told_until, now, now)
        if is_wanted(
            topic=article.topic.value if article.topic else None,
            districts=[region.code for region in article.districts],
            topics_wanted=row.topics,
            districts_wanted=row.districts,
        )
    ]
    row.told_until = now
    if not wanted:
        return False
    address, first = crypto.decrypt(row.address_sealed), wanted[0]
    link = article_address(first[2] if len(wanted) == 1 else "")
    queue_message(
        key=f"news:subscription:{row.id}:told:{now.isoformat()}",
        cause="news:subscription:told",
        to=Recipient("", push=address) if row.channel == "push" else Recipient("", address),
        subject=messages.subject_of_news([title for title, _lead, _slug in wanted]),
        text=_for_screen(wanted)
        if row.channel == "push"
        else messages.mail_of_news(wanted, article_address, manage_address(row.code)),
        unit_id=None,
        now=now,
        link=link,
        leave=f"{manage_address(row.code)}/berhenti",
    )
    return True


def _for_screen(wanted: list[tuple[str, str, str]]) -> str:
    """Two lines on a locked phone: what one article says first, or the titles of several."""
    return wanted[0][1] if len(wanted) == 1 else "\n".join(title for title, _lead, _slug in wanted)
