"""One interface, several ways out. A channel returns when the message was taken and raises otherwise."""

import logging
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Protocol

from app.core.i18n import _
from app.core.jobs import TryLater
from app.core.text import whole_number
from app.notify.models import OutboxMessage

log = logging.getLogger(__name__)

# Seconds to wait for a mail server at each step; the queue goes on without it.
PATIENCE = 15.0


class Refused(Exception):
    """The other side will never take this message; trying again is no use."""


class Gone(Exception):
    """Whom the message was for is no longer reached this way, and wanted it so."""


class Slower(Exception):
    """The other side wants fewer messages at once; this one may come again after so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:.0f} s")
        self.seconds = seconds

    @classmethod
    def as_told(cls, retry_after: str | None) -> "Slower":
        """By the header Retry-After in seconds, an hour at most; a minute when it says something else."""
        seconds = whole_number(retry_after)
        return cls(60.0 if seconds is None else min(3600.0, float(seconds)))


class Way(Protocol):
    def send(self, message: OutboxMessage, *, leave: str) -> str:
        """Hand the message over; gives the number by which the other side reports on it, if it does.

        leave: the address at which the receiver says that no more is wanted.
        Raises `core.jobs.TryLater`, `Slower` or `Refused`.
        """


class LogChannel:
    """For trying out an installation (SMTP_HOST = log): a line in the log, without names, addresses or text."""

    def send(self, message: OutboxMessage, *, leave: str) -> str:
        log.info("message %s about %s would leave by mail", message.id, message.cause)
        return ""


@dataclass(frozen=True)
class SmtpChannel:
    """E-mail by SMTP. The Message-ID is made from the row, so that a second delivery can be told as the same."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    starttls: bool = False
    domain: str = "localhost"
    patience: float = PATIENCE

    def send(self, message: OutboxMessage, *, leave: str) -> str:
        """Codes 4xx and everything that is wrong with the way mean later; 5xx means never."""
        mail = self.letter(message, leave)
        try:
            with smtplib.SMTP(self.host, self.port, timeout=self.patience) as server:
                if self.starttls:
                    server.starttls()
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()))
            raise _judged(code, reason) from error
        except smtplib.SMTPAuthenticationError as error:
            # Wrong settings are mended by the admin; the messages wait for it.
            raise TryLater(f"{error.smtp_code} authentication") from error
        except smtplib.SMTPResponseException as error:
            raise _judged(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise TryLater(f"{type(error).__name__}: {error}") from error
        return ""

    def letter(self, message: OutboxMessage, leave: str) -> EmailMessage:
        """The mail itself. leave: see `Way.send`; a message with an address of its own for that names this alone."""
        mail = EmailMessage()
        mail["From"] = formataddr(("Rukun", self.sender))
        mail["To"] = formataddr((message.to_name, message.to_email))
        mail["Subject"] = " ".join(message.subject.split())
        mail["Date"] = format_datetime(message.created_at)
        mail["Message-ID"] = f"<rukun-{message.id}@{self.domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        end = message.leave or (f"{leave}/berhenti" if leave else "")
        if end:
            mail["List-Unsubscribe"] = f"<{end}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        foot = _("Atur pesan yang Anda terima: %(link)s", link=leave) if leave and not message.leave else ""
        mail.set_content("\n\n".join(part for part in (message.text, foot) if part))
        return mail


def _judged(code: int, reason: bytes | str) -> Exception:
    text = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    return Refused(f"{code} {text}") if 500 <= code < 600 else TryLater(f"{code} {text}")
