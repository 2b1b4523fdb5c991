"""kill -9 of everything that runs while people register; afterwards every answered ticket is there once.

python -m benchmarks.crash [--kills 5] [--answers 40] [--phones 8] [--database URL]

The service is started as `./rukun serve` starts it: supervisor, web server, worker. Phones send forms, now and then one
that makes the house write an e-mail. After so many answers all processes are killed at once, and it is started again.
In the end every form is sent once more, as by somebody whose answer was lost. Ends with 1 and says what when anything
differs: a ticket that was answered and is another now, a form with two tickets, a counter that is not its sum, a mail
that never left or left again without having been cut off.
"""

import argparse
import asyncio
import os
import random
import secrets
import signal
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from app.attendance.models import Registration
from app.core import clock
from app.core.database import db
from app.core.jobs import LEASE
from app.notify.details import Channel, MessageStatus
from app.notify.models import OutboxMessage
from app.web.house import the_house
from benchmarks.hall import SECRET, open_hall
from benchmarks.machine import free_port, portal
from tests.support.serving import children_of

MAIL_TAKES = 0.02  # seconds, so that the worker is often killed in the middle of one
PATIENCE = 120  # seconds for the last messages to leave


@dataclass
class Storm:
    """What was sent and what was answered; kept outside of the house."""

    slug: str
    tickets: dict[str, str] = field(default_factory=dict)  # submission key → ticket, "" when no answer came
    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    subscribers: set[str] = field(default_factory=set)  # addresses whose wish was answered
    problems: list[str] = field(default_factory=list)
    calm: threading.Event = field(default_factory=threading.Event)

    def answered(self) -> int:
        return sum(map(bool, self.tickets.values())) + len(self.subscribers)


class Mailbox:
    """A mail server that takes its time; which letters came, and how often."""

    def __init__(self) -> None:
        self.came: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(MAIL_TAKES)
        head = envelope.content.decode(errors="replace")
        self.came[head.partition("Message-ID: ")[2].partition("\r\n")[0]] += 1
        return "250 OK"


class _Stay(urllib.request.HTTPRedirectHandler):
    """The ticket's address is the answer; nobody follows it."""

    def redirect_request(self, *_args: Any) -> None:
        return None


_BROWSER = urllib.request.build_opener(_Stay)


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--answers", type=int, default=40, help="before each kill")
    parser.add_argument("--phones", type=int, default=8, help="that send at the same time")
    parser.add_argument(
        "--database", default="", help="an empty database; without one SQLite in a new folder"
    )
    given = parser.parse_args(words)
    box = Mailbox()
    mail = Controller(box, hostname="127.0.0.1", port=free_port())
    mail.start()
    try:
        with tempfile.TemporaryDirectory(prefix="rukun-crash-") as folder:
            _run(Path(folder), given, box, smtp_port=mail.port)
    finally:
        mail.stop()


def _run(instance: Path, given: argparse.Namespace, box: Mailbox, *, smtp_port: int) -> None:
    environment = {
        **SECRET,
        "RUKUN_SMTP_HOST": "127.0.0.1",
        "RUKUN_SMTP_PORT": str(smtp_port),
        "RUKUN_TRUSTED_PROXIES": "1",  # every phone has an address of its own
        **({"RUKUN_DATABASE_URL": given.database} if given.database else {}),
    }
    app, slug = open_hall(instance, seats=10_000, database=given.database)
    storm = Storm(slug)
    for _kill in range(given.kills):
        with portal(instance, workers=1, environment=environment) as (address, pid, _start):
            _rage(storm, address, answers=given.answers, phones=given.phones, supervisor=pid)
    # What the killed worker had taken up is free again once its lease is over.
    later = (clock.now() + 2 * LEASE).isoformat()
    with portal(instance, workers=1, environment={**environment, "RUKUN_CLOCK_START": later}) as (
        address,
        _pid,
        _s,
    ):
        answered = storm.answered()
        _send_again(storm, address)
        with app.app_context():
            _wait_for_mail()
            problems = [*storm.problems, *_differences(storm)]
            problems += [problem for find in the_house(app).checks for problem in find()]
            problems += _mail_differences(box, kills=given.kills)
            db.session.remove()
            db.engine.dispose()
    if problems:
        print(*problems, sep="\n")
        sys.exit(1)
    again = sum(count - 1 for count in box.came.values())
    print(
        f"{given.kills} kills, {answered} answers, {len(storm.tickets)} forms, {len(box.came)} mails, {again} cut off"
    )
    print("nothing differs")


def _rage(storm: Storm, address: str, *, answers: int, phones: int, supervisor: int) -> None:
    """Let the phones send until so many answers came, then kill everything in the middle of the next."""
    storm.calm.clear()
    before = storm.answered()
    threads = [threading.Thread(target=_phone, args=(storm, address)) for _ in range(phones)]
    for thread in threads:
        thread.start()
    while storm.answered() < before + answers and not storm.problems:
        time.sleep(0.002)
    time.sleep(random.random() * 0.02)
    for pid in [supervisor, *children_of(supervisor)]:
        os.kill(pid, signal.SIGKILL)
    storm.calm.set()
    for thread in threads:
        thread.join()


def _phone(storm: Storm, address: str) -> None:
    while not storm.calm.is_set():
        if random.random() < 0.3:
            email = f"{secrets.token_hex(6)}@contoh.id"
            if _post(f"{address}/langganan", {"email": email, "digest": "harian"}, storm):
                storm.subscribers.add(email)
            continue
        key = secrets.token_urlsafe(24)
        form = {
            "name": "Rekaan",
            "phone": f"0812{secrets.randbelow(10**8):08}",
            "party_size": "2",
            "agree": "y",
        }
        storm.forms[key] = {**form, "submission_key": key}
        storm.tickets[key] = ""
        storm.tickets[key] = _post(f"{address}/acara/{storm.slug}/daftar", storm.forms[key], storm)


def _post(url: str, form: dict[str, str], storm: Storm) -> str:
    """Where the answer leads; "" when none came."""
    phone = ".".join(["10", *(str(secrets.randbelow(256)) for _ in range(3))])
    request = urllib.request.Request(url, urlencode(form).encode(), {"X-Forwarded-For": phone})
    try:
        _BROWSER.open(request, timeout=30)
    except urllib.error.HTTPError as answer:
        if answer.code == 303:
            return answer.headers["Location"].rpartition("/")[2]
        storm.problems.append(f"{url} answered {answer.code}")
    except OSError:
        pass  # killed before it answered
    return ""


def _send_again(storm: Storm, address: str) -> None:
    for key, form in storm.forms.items():
        ticket = _post(f"{address}/acara/{storm.slug}/daftar", form, storm)
        if not ticket or storm.tickets[key] not in {"", ticket}:
            storm.problems.append(
                f"a form got {storm.tickets[key]} before the kill and {ticket or 'nothing'} after it"
            )
        with urllib.request.urlopen(f"{address}/tiket/{ticket}", timeout=30) as page:
            if page.status != 200:
                storm.problems.append(f"ticket {ticket} answers {page.status}")


def _wait_for_mail() -> None:
    waiting = select(func.count()).where(
        OutboxMessage.channel == Channel.EMAIL, OutboxMessage.status == MessageStatus.WAITING
    )
    give_up = time.monotonic() + PATIENCE
    while db.session.scalar(waiting) and time.monotonic() < give_up:
        db.session.rollback()
        time.sleep(0.1)
    db.session.rollback()


def _differences(storm: Storm) -> list[str]:
    problems = []
    rows = db.session.scalar(select(func.count()).select_from(Registration)) or 0
    if rows != len(storm.forms):
        problems.append(f"{len(storm.forms)} forms made {rows} rows")
    written = Counter(db.session.scalars(select(OutboxMessage.to_email).where(OutboxMessage.to_email != "")))
    problems += [f"{written[one]} mails for {one}" for one in storm.subscribers if written[one] != 1]
    return problems


def _mail_differences(box: Mailbox, *, kills: int) -> list[str]:
    """A mail that was cut off comes again under its old name; one worker has one in hand when it is killed."""
    rows = db.session.execute(
        select(OutboxMessage.id, OutboxMessage.status).where(OutboxMessage.channel == Channel.EMAIL)
    ).all()
    names = {f"<rukun-{row.id}@127.0.0.1>" for row in rows}
    problems = [f"mail {row.id} is {row.status}" for row in rows if row.status is not MessageStatus.SENT]
    problems += [f"mail {name} came and is not in the outbox" for name in box.came.keys() - names]
    problems += [f"mail {name} never came" for name in names - box.came.keys()]
    again = sum(count - 1 for count in box.came.values())
    if again > kills:
        problems.append(f"{again} mails came again after {kills} kills")
    return problems


if __name__ == "__main__":
    main()
