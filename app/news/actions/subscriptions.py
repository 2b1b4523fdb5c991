"""Following the news by e-mail: asked for by anyone, begun only by the owner of the address, ended in one tap."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app.core import crypto
from app.core.database import db, insert_once, lock, transactional
from app.news.details import SubscriptionDetails
from app.news.models import Subscription
from app.news.queries import published_between, subscribers
from app.news.rules.subscribing import is_digest_due, is_wanted
from app.notify.actions import queue_message
from app.notify.details import Recipient
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
    if from_address:
        since = now - timedelta(hours=1)
        if attempts_since("subscribe_from", from_address, since=since) >= MOST_ASKED_AN_HOUR:
            return
        note_attempt("subscribe_from", from_address, now=now)
    hashed = crypto.keyed_hash(email.lower(), purpose="subscriptions")
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
    queue_message(
        key=f"news:subscription:{row.id}:asked:{now.isoformat()}",
        cause="news:subscription:asked",
        to=Recipient("", email),
        subject="Langganan berita: sudah ada" if known else "Langganan berita: mohon dipastikan",
        text=(
            f"Alamat ini sudah berlangganan. Ubah atau hentikan di sini: {address}"
            if known
            else f"Ada yang meminta kabar berita untuk alamat ini. Bila itu Anda, buka dan pastikan: {address}\n\n"
            "Bila bukan, abaikan saja: tidak ada yang dikirim lagi, dan alamat ini dihapus sesudah tujuh hari."
        ),
        unit_id=None,
        now=now,
    )


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
    parts = [
        f"{title}\n{lead}\n{article_address(slug)}".replace("\n\n", "\n") for title, lead, slug in wanted
    ]
    queue_message(
        key=f"news:subscription:{row.id}:told:{now.isoformat()}",
        cause="news:subscription:told",
        to=Recipient("", crypto.decrypt(row.address_sealed)),
        subject=wanted[0][0] if len(wanted) == 1 else f"{len(wanted)} berita baru",
        text="\n\n".join([*parts, f"Ubah atau berhenti: {manage_address(row.code)}"]),
        unit_id=None,
        now=now,
    )
    return True
