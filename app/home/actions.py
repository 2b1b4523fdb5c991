"""Keeping the index in step, and problems that people tell of."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core import audit, crypto
from app.core.database import db, is_sqlite, lock, transactional
from app.core.errors import RuleBroken
from app.home.details import DocumentKind, Draft, ReportDetails
from app.home.models import ProblemReport, SearchDocument, SearchTrigram, SearchWord
from app.home.queries import search
from app.home.rules import words
from app.home.rules.nearness import SHORTEST, trigrams
from app.people.models import Person
from app.regions.queries import main_unit
from app.web.limits import attempts_since, note_attempt

# How many documents one transaction writes, so that others who write do not wait long.
PART = 200
PHONE_KEPT = timedelta(days=90)
# Reports of one network address in an hour, after which further ones are marked.
MANY_FROM_ONE_ADDRESS = 10


@transactional
def put_in_index(kind: DocumentKind, ids: list[int]) -> None:
    """Bring the index's copy of some things up to date; those that are not public any more leave it."""
    known = {
        document.subject_id: document
        for document in db.session.scalars(
            select(SearchDocument).where(SearchDocument.kind == kind, SearchDocument.subject_id.in_(ids))
        )
    }
    spoken: set[str] = set()
    for draft in search.drafts(kind, ids):
        document = known.pop(draft.subject_id, None)
        if document is None:
            document = SearchDocument(kind=kind, subject_id=draft.subject_id)
            db.session.add(document)
        _write(document, draft)
        spoken.update(words.words_of(f"{draft.title} {draft.text} {draft.place}"))
    learn_words({word for word in spoken if len(word) >= SHORTEST and word.isalpha()})
    if known:
        gone = [document.id for document in known.values()]
        db.session.execute(delete(SearchDocument).where(SearchDocument.id.in_(gone)))


@transactional
def learn_words(spoken: set[str]) -> None:
    """Words that were not known yet, with their trigrams. A word that stands nowhere any more does no harm."""
    wanted = sorted(spoken)
    insert = (sqlite if is_sqlite() else postgresql).insert
    for start in range(0, len(wanted), PART):
        part = wanted[start : start + PART]
        known = set(db.session.scalars(select(SearchWord.word).where(SearchWord.word.in_(part))))
        fresh = [word for word in part if word not in known]
        if not fresh:
            continue
        rows = [{"word": word} for word in fresh]
        db.session.execute(insert(SearchWord).values(rows).on_conflict_do_nothing())
        numbered = db.session.execute(
            select(SearchWord.id, SearchWord.word).where(SearchWord.word.in_(fresh))
        )
        pieces = [
            {"trigram": trigram, "word_id": row.id}
            for row in numbered
            for trigram in sorted(trigrams(row.word))
        ]
        for first in range(0, len(pieces), PART):
            db.session.execute(
                insert(SearchTrigram).values(pieces[first : first + PART]).on_conflict_do_nothing()
            )


def _write(document: SearchDocument, draft: Draft) -> None:
    document.title, document.text = draft.title, draft.text
    document.title_stems, document.stems = words.stems_in(draft.title), words.stems_in(draft.text)
    marks = [words.mark(name) for name in (draft.kind.value, str(draft.at.year), *draft.marks)]
    document.stems = " ".join([document.stems, *marks])
    document.path, document.place, document.zone = draft.path, draft.place, draft.zone
    document.at, document.changed_at = draft.at, draft.changed_at


def follow_changes(now: datetime) -> int:
    """Put into the index whatever changed since it was last looked at; how many documents were touched."""
    touched = 0
    for kind in DocumentKind:
        wanted, present = search.wanted_marks(kind), search.present_marks(kind)
        stale = [key for key, changed in wanted.items() if present.get(key) != changed]
        stale += [key for key in present if key not in wanted]
        db.session.rollback()
        for start in range(0, len(stale), PART):
            put_in_index(kind, stale[start : start + PART])
        touched += len(stale)
    return touched


def rebuild_index(now: datetime) -> int:
    """Empty the index and fill it again; how many documents it holds then."""
    _empty_index()
    return follow_changes(now)


@transactional
def _empty_index() -> None:
    db.session.execute(delete(SearchDocument))
    db.session.execute(delete(SearchTrigram))
    db.session.execute(delete(SearchWord))


@transactional
def report_problem(details: ReportDetails, *, address: str, now: datetime) -> ProblemReport:
    """Keep what somebody tells of, for the main unit to see to.

    address: of the network it came from; very many from one are marked, none is refused.
    """
    unit = main_unit()
    before = attempts_since("report", address, since=now - timedelta(hours=1))
    note_attempt("report", address, now=now)
    report = ProblemReport(
        unit_id=unit.id if unit else None,
        message=details.message,
        page=details.page,
        phone_sealed=crypto.encrypt(details.phone) if details.phone else None,
        crowded=before >= MANY_FROM_ONE_ADDRESS,
        at=now,
    )
    db.session.add(report)
    return report


@transactional
def settle_report(report: ProblemReport, *, answer: str, by: Person, now: datetime) -> None:
    """Say what was done about a problem. Raises RuleBroken("report_settled")."""
    lock(report)
    if report.settled_at is not None:
        raise RuleBroken("report_settled")
    report.settled_at, report.settled_by_id, report.answer = now, by.id, answer
    audit.record("home:report:settled", by=by, now=now, subject=report, after={"answer": answer})


@transactional
def forget_phones(now: datetime) -> None:
    """Phones of reports go 90 days after they were settled."""
    db.session.execute(
        update(ProblemReport)
        .where(ProblemReport.settled_at < now - PHONE_KEPT, ProblemReport.phone_sealed.is_not(None))
        .values(phone_sealed=None)
    )
