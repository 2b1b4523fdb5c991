"""What decides about a signature of the public, asked in one statement: thousands may sign at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal, select, union_all

from app.core.database import Moment, db
from app.pledges.details import Switch
from app.pledges.models import Pledge, PledgeBadWord, PledgeSignature, PledgeSwitch
from app.pledges.rules.floods import BURST_WITHIN, SUSTAINED, SUSTAINED_WITHIN
from app.pledges.rules.states import NAMES_PER_PHONE
from app.regions.details import RegionLevel
from app.regions.models import Region


@dataclass
class Standing:
    """submitted: the check code of what this form has signed already. in_district: whether the kecamatan is one.

    names: living signatures of the number, the oldest first, as (id, folded name). today, lately: how many came
    from the network within the spans of `rules.floods`; no more are counted than decide.
    """

    submitted: str | None = None
    is_off: bool = False
    in_district: bool = False
    bad_words: list[str] = field(default_factory=list)
    names: list[tuple[int, str]] = field(default_factory=list)
    today: int = 0
    lately: int = 0

    def repeated(self, name_key: str) -> int | None:
        """The living signature that a further try by this number repeats, or None when it may count."""
        same = [number for number, name in self.names if name == name_key]
        if same:
            return same[0]
        return self.names[0][0] if len(self.names) >= NAMES_PER_PHONE else None


def standing_of(pledge: Pledge, values: Mapping[str, Any], *, now: datetime) -> Standing:
    """How things stand with a signature that is about to be stored. values: its columns."""
    names = ("pledge_id", "submission_key", "district_code", "phone_hash", "network_hash")
    given = {name: values[name] for name in names}
    times = {"day_ago": now - SUSTAINED_WITHIN, "burst_ago": now - BURST_WITHIN}
    found = Standing()
    rows = db.session.connection().execute(_DECIDING, {**given, **times, "unit_id": pledge.unit_id})
    for kind, number, words in rows:
        if kind == "submitted":
            found.submitted = words
        elif kind == "off":
            found.is_off = True
        elif kind == "district":
            found.in_district = True
        elif kind == "word":
            found.bad_words.append(words)
        elif kind == "name":
            found.names.append((number, words))
        elif kind == "today":
            found.today = number
        else:
            found.lately = number
    found.names.sort()
    return found


def check_code_of(pledge_id: int, submission: str) -> str:
    """The check code of what a form has signed. submission: its key, as it is kept."""
    query = select(PledgeSignature.check_code).where(
        PledgeSignature.pledge_id == pledge_id, PledgeSignature.submission_key == submission
    )
    return db.session.scalars(query).one()


def _deciding() -> Any:
    signature = PledgeSignature
    here = signature.pledge_id == bindparam("pledge_id")

    def row(kind: str, number: Any, words: Any) -> Any:
        return select(literal(kind), number, words)

    def counted(kind: str, since: str) -> Any:
        newest = (
            select(signature.id)
            .where(
                here,
                signature.network_hash == bindparam("network_hash"),
                signature.signed_at > bindparam(since, type_=Moment()),
            )
            .limit(SUSTAINED)
            .subquery()
        )
        return row(kind, func.count(), literal("")).select_from(newest)

    return union_all(
        row("submitted", literal(0), signature.check_code).where(
            here, signature.submission_key == bindparam("submission_key")
        ),
        row("off", literal(0), PledgeSwitch.name).where(PledgeSwitch.name == Switch.SIGNING.value),
        row("district", literal(0), Region.code).where(
            Region.code == bindparam("district_code"), Region.level == RegionLevel.DISTRICT
        ),
        row("word", literal(0), PledgeBadWord.word).where(PledgeBadWord.unit_id == bindparam("unit_id")),
        row("name", signature.id, signature.name_key).where(
            here,
            signature.phone_hash == bindparam("phone_hash"),
            signature.struck_at.is_(None),
            signature.repeat_of_id.is_(None),
        ),
        counted("today", "day_ago"),
        counted("lately", "burst_ago"),
    )


_DECIDING = _deciding()
