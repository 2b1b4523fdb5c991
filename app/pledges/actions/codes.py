"""The signer proves the number with a code that was sent to it."""

import hmac
import secrets
from datetime import datetime

from app.core import crypto
from app.core.database import db, transactional
from app.core.errors import RuleBroken
from app.notify.actions import preference_code, queue_message, sends_whatsapp
from app.notify.details import Recipient
from app.notify.queries import count_sent
from app.pledges import messages, queries
from app.pledges.actions.checks import pledge_of
from app.pledges.actions.desk import make_sure
from app.pledges.actions.holding import hold
from app.pledges.details import SignWay
from app.pledges.models import Pledge, PledgeCode, PledgeSignature
from app.pledges.rules.codes import A_DAY, MOST_A_DAY, may_send, may_try
from app.pledges.rules.states import problem_with_confirming

CAUSE = "pledges:signature:code"


@transactional
def send_code(signature: PledgeSignature, *, now: datetime) -> None:
    """Send a code of six digits to the number of a signature. The answer is the same for everyone.

    A further try by a number that has signed gets none (its owner was told when it was made), and whatever is
    typed for it is wrong. Raises code_without_channel, code_again_later, and whatever forbids confirming now.
    """
    if not sends_whatsapp():
        raise RuleBroken("code_without_channel")
    pledge, sent = _begin(signature, now=now)
    if not may_send(sent, now):
        raise RuleBroken("code_again_later")
    if sent is None:
        sent = PledgeCode(signature_id=signature.id, begun_at=now, codes=0, tries=0)
        db.session.add(sent)
    sent.sent_at, sent.codes, sent.tries, sent.code_hash = now, sent.codes + 1, 0, ""
    if signature.is_living and signature.phone_sealed is not None:
        to = Recipient(name="", phone=crypto.decrypt(signature.phone_sealed))
        if count_sent(CAUSE, preference_code(to), since=now - A_DAY) < MOST_A_DAY:
            code = f"{secrets.randbelow(1_000_000):06d}"
            sent.code_hash = _hash(signature, code)
            subject, words = messages.code_notice(pledge.title, code)
            queue_message(
                key=f"pledge:{pledge.id}:code:{signature.id}:{sent.codes}",
                cause=CAUSE,
                to=to,
                subject=subject,
                text=words,
                unit_id=None,  # of no unit: only the signer is to read it
                now=now,
            )


@transactional
def try_code(signature: PledgeSignature, code: str, *, now: datetime) -> bool:
    """Whether the code is the one that was sent; then the signature counts as made sure of. A wrong one is counted.

    Raises code_over when no code holds any more, and whatever forbids confirming now.
    """
    pledge, sent = _begin(signature, now=now)
    if sent is None or not may_try(sent, now):
        raise RuleBroken("code_over", field="code")
    if not hmac.compare_digest(sent.code_hash, _hash(signature, code)):
        sent.tries += 1
        return False
    make_sure(pledge, signature, SignWay.ONLINE, by=None, now=now)
    sent.code_hash = ""
    return True


def _begin(signature: PledgeSignature, *, now: datetime) -> tuple[Pledge, PledgeCode | None]:
    hold(signature)
    pledge = pledge_of(signature)
    if signature.struck_at is not None:
        raise RuleBroken("signature_struck")
    if signature.way is not SignWay.UNVERIFIED:
        raise RuleBroken("signature_sure")
    sent = queries.code_of(signature.id)
    quiet = pledge.names_candidates and queries.is_quiet(now)
    problem = problem_with_confirming(pledge, now, begun_at=sent.begun_at if sent else None, quiet=quiet)
    if problem:
        raise RuleBroken(problem)
    return pledge, sent


def _hash(signature: PledgeSignature, code: str) -> str:
    return crypto.keyed_hash(f"{signature.id}:{code}", purpose="pledges.code")
