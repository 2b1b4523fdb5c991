"""Paper sheets: two officers read each line for themselves, and what they read alike is counted."""

import base64
import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, select

from app.core import audit, crypto
from app.core.database import db, insert_once, transactional
from app.core.errors import RuleBroken
from app.media.actions import as_scan
from app.people.models import Person
from app.pledges import queries
from app.pledges.actions.checks import check_district, check_name
from app.pledges.actions.holding import hold
from app.pledges.actions.paper import enter_paper_signature
from app.pledges.details import LineOutcome, PaperSigning, PledgeStatus, Reading
from app.pledges.models import Pledge, PledgeSheet, PledgeSheetLine, PledgeSheetReading
from app.pledges.rules.readings import MOST_LINES, agree

_NOT_COUNTED = {
    "already_signed": LineOutcome.SIGNED_BEFORE,
    "two_names_a_phone": LineOutcome.TWO_NAMES,
}


def add_sheet(pledge: Pledge, scan: bytes, *, lines: int, by: Person, now: datetime) -> PledgeSheet:
    """Keep the scan of a sheet. Raises what is wrong with the picture, sheet_lines, sheet_known, pledge_closed."""
    if not 1 <= lines <= MOST_LINES:
        raise RuleBroken("sheet_lines", field="lines")
    picture = as_scan(scan)
    return _keep(pledge, picture, lines=lines, by=by, now=now)


@transactional
def _keep(pledge: Pledge, picture: bytes, *, lines: int, by: Person, now: datetime) -> PledgeSheet:
    hold(pledge)
    _check_open(pledge)
    number = db.session.scalar(
        select(func.coalesce(func.max(PledgeSheet.number), 0) + 1).where(PledgeSheet.pledge_id == pledge.id)
    )
    digest = hashlib.sha256(picture).hexdigest()
    values = {
        "pledge_id": pledge.id,
        "number": number,
        "lines": lines,
        "scan_sealed": crypto.encrypt(base64.b64encode(picture).decode()),
        "scan_hash": digest,
        "added_at": now,
        "added_by_id": by.id,
    }
    if not insert_once(PledgeSheet, **values):
        raise RuleBroken("sheet_known", field="file")
    sheet = db.session.scalars(
        select(PledgeSheet).where(PledgeSheet.pledge_id == pledge.id, PledgeSheet.scan_hash == digest)
    ).one()
    audit.record(
        "pledges:sheet:added",
        by=by,
        now=now,
        subject=sheet,
        unit_id=pledge.unit_id,
        after={"number": sheet.number, "lines": lines, "sha256": digest},
    )
    return sheet


@transactional
def read_line(
    sheet: PledgeSheet, line: int, reading: Reading, *, by: Person, now: datetime
) -> LineOutcome | None:
    """Keep what an officer reads on a line; when somebody else reads the same, it is settled.

    Gives what came of the line, None while it waits for a second reader or the readings differ. Whoever read it
    before may read it anew. Raises line_unknown, line_settled, what is wrong with name or kecamatan, pledge_closed.
    """
    hold(sheet)  # two readers of one sheet decide one after the other
    pledge = db.session.get_one(Pledge, sheet.pledge_id)
    _check_open(pledge)
    if not 1 <= line <= sheet.lines:
        raise RuleBroken("line_unknown")
    if db.session.get(PledgeSheetLine, (sheet.id, line)) is not None:
        raise RuleBroken("line_settled")
    if not reading.blank:
        check_name(reading.name)
        check_district(reading.district_code)
    others = {
        reader: words for reader, words in queries.readings_of(sheet.id, line).items() if reader != by.id
    }
    second = next((reader for reader, words in others.items() if agree(words, reading)), None)
    if second is None:
        _note(sheet, line, reading, by=by, now=now)
        return None
    return _settle(pledge, sheet, line, reading, first_reader_id=second, by=by, now=now)


def _note(sheet: PledgeSheet, line: int, reading: Reading, *, by: Person, now: datetime) -> None:
    row = db.session.scalar(
        select(PledgeSheetReading).where(
            PledgeSheetReading.sheet_id == sheet.id,
            PledgeSheetReading.line == line,
            PledgeSheetReading.reader_id == by.id,
        )
    )
    row = row or PledgeSheetReading(sheet_id=sheet.id, line=line, reader_id=by.id)
    row.words_sealed, row.read_at = crypto.encrypt(json.dumps(asdict(reading))), now
    db.session.add(row)
    db.session.flush()


def _settle(
    pledge: Pledge,
    sheet: PledgeSheet,
    line: int,
    reading: Reading,
    *,
    first_reader_id: int,
    by: Person,
    now: datetime,
) -> LineOutcome:
    signature_id, outcome = None, LineOutcome.BLANK
    if not reading.blank:
        signing = PaperSigning(
            name=reading.name,
            phone=reading.phone,
            district_code=reading.district_code,
            shown=reading.shown,
        )
        try:
            signature = enter_paper_signature(pledge, signing, by=by, now=now)
            db.session.flush()
            signature_id, outcome = signature.id, LineOutcome.COUNTED
        except RuleBroken as broken:
            if broken.code not in _NOT_COUNTED:
                raise
            outcome = _NOT_COUNTED[broken.code]
    row = PledgeSheetLine(
        sheet_id=sheet.id,
        line=line,
        outcome=outcome,
        signature_id=signature_id,
        first_reader_id=first_reader_id,
        second_reader_id=by.id,
        settled_at=now,
    )
    db.session.add(row)
    db.session.execute(
        delete(PledgeSheetReading).where(
            PledgeSheetReading.sheet_id == sheet.id, PledgeSheetReading.line == line
        )
    )
    audit.record(
        "pledges:sheet:line_settled",
        by=by,
        now=now,
        subject=sheet,
        unit_id=pledge.unit_id,
        after={
            "number": sheet.number,
            "line": line,
            "outcome": outcome.value,
            "first_reader": first_reader_id,
        },
    )
    db.session.flush()
    return outcome


def _check_open(pledge: Pledge) -> None:
    if pledge.status is PledgeStatus.DRAFT:
        raise RuleBroken("pledge_not_open")
    if pledge.status is PledgeStatus.CLOSED:
        raise RuleBroken("pledge_closed")
