"""Paper sheets: how far their lines have been read."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core import crypto
from app.core.database import db
from app.pledges.details import LineState, Reading
from app.pledges.models import PledgeSheet, PledgeSheetLine, PledgeSheetReading


@dataclass(frozen=True)
class SheetProgress:
    """A sheet with how many of its lines are settled, read by the person asking, and read by somebody at all."""

    sheet: PledgeSheet
    settled: int
    mine: int
    read: int

    @property
    def for_me(self) -> int:
        """Lines that the person asking has still to read."""
        return self.sheet.lines - self.settled - self.mine


def sheets_of(pledge_id: int, reader_id: int) -> list[SheetProgress]:
    """The sheets of a declaration in order, without their scans."""
    reading = PledgeSheetReading
    settled = (
        select(func.count()).where(PledgeSheetLine.sheet_id == PledgeSheet.id).correlate(PledgeSheet)
    ).scalar_subquery()
    mine = (
        select(func.count())
        .where(reading.sheet_id == PledgeSheet.id, reading.reader_id == reader_id)
        .correlate(PledgeSheet)
    ).scalar_subquery()
    read = (
        select(func.count(reading.line.distinct()))
        .where(reading.sheet_id == PledgeSheet.id)
        .correlate(PledgeSheet)
    ).scalar_subquery()
    query = select(PledgeSheet, settled, mine, read).where(PledgeSheet.pledge_id == pledge_id)
    rows = db.session.execute(query.order_by(PledgeSheet.number))
    return [SheetProgress(*row) for row in rows]


def find_sheet(pledge_id: int, number: int) -> PledgeSheet | None:
    return db.session.scalar(
        select(PledgeSheet).where(PledgeSheet.pledge_id == pledge_id, PledgeSheet.number == number)
    )


def lines_on_paper(signature_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Where signatures stand on paper: the sheet's number and the line, for those that came from a sheet."""
    query = (
        select(PledgeSheetLine.signature_id, PledgeSheet.number, PledgeSheetLine.line)
        .join(PledgeSheet, PledgeSheet.id == PledgeSheetLine.sheet_id)
        .where(PledgeSheetLine.signature_id.in_(list(signature_ids)))
    )
    return {row[0]: (row[1], row[2]) for row in db.session.execute(query) if row[0] is not None}


def has_scan(sheet: PledgeSheet) -> bool:
    """Whether the picture is still there; it goes with the phones."""
    query = select(PledgeSheet.scan_sealed.is_not(None)).where(PledgeSheet.id == sheet.id)
    return bool(db.session.scalar(query))


def scan_of(sheet: PledgeSheet) -> bytes | None:
    """The picture, as JPEG; None once it is deleted."""
    return None if sheet.scan_sealed is None else base64.b64decode(crypto.decrypt(sheet.scan_sealed))


def readings_of(sheet_id: int, line: int) -> dict[int, Reading]:
    """What officers read on a line, by who did; the oldest first."""
    query = select(PledgeSheetReading).where(
        PledgeSheetReading.sheet_id == sheet_id, PledgeSheetReading.line == line
    )
    rows = db.session.scalars(query.order_by(PledgeSheetReading.id))
    return {row.reader_id: _opened(row) for row in rows}


def lines_of(sheet: PledgeSheet, reader_id: int) -> list[LineState]:
    """Every line as a person may see it: nobody reads what others read before having read the line too."""
    settled = select(PledgeSheetLine).where(PledgeSheetLine.sheet_id == sheet.id)
    outcomes = {row.line: row.outcome for row in db.session.scalars(settled)}
    read: dict[int, dict[int, Reading]] = {}
    query = select(PledgeSheetReading).where(PledgeSheetReading.sheet_id == sheet.id)
    for row in db.session.scalars(query.order_by(PledgeSheetReading.id)):
        read.setdefault(row.line, {})[row.reader_id] = _opened(row)
    found = []
    for line in range(1, sheet.lines + 1):
        readings = read.get(line, {})
        mine = readings.get(reader_id)
        theirs = tuple(words for reader, words in readings.items() if reader != reader_id)
        found.append(
            LineState(line, outcomes.get(line), mine, len(theirs), theirs if mine is not None else ())
        )
    return found


def _opened(row: PledgeSheetReading) -> Reading:
    return Reading(**json.loads(crypto.decrypt(row.words_sealed)))
