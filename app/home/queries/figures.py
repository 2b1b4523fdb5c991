"""Figures of the house for those who keep it running."""

from datetime import datetime

from sqlalchemy import func, select

from app.core.database import db
from app.core.jobs import Job
from app.events.models import Event
from app.home.models import ProblemReport, SearchDocument
from app.pledges.models import PledgeSignature

Figures = dict[str, tuple[str, list[str], dict[tuple[str, ...], float]]]


def house_figures(now: datetime) -> Figures:
    """Name → (words, names of labels, values by label); gauges all of them."""
    events = db.session.execute(select(Event.status, func.count()).group_by(Event.status))
    signatures = db.session.execute(
        select(PledgeSignature.way, func.count())
        .where(PledgeSignature.struck_at.is_(None), PledgeSignature.repeat_of_id.is_(None))
        .group_by(PledgeSignature.way)
    )
    due = select(func.count()).where(Job.failed_at.is_(None), Job.run_at <= now).scalar_subquery()
    failed = select(func.count()).where(Job.failed_at.is_not(None)).scalar_subquery()
    oldest = select(func.min(Job.run_at)).where(Job.failed_at.is_(None), Job.run_at <= now).scalar_subquery()
    reports = select(func.count()).where(ProblemReport.settled_at.is_(None)).scalar_subquery()
    documents = select(func.count()).select_from(SearchDocument).scalar_subquery()
    row = db.session.execute(select(due, failed, oldest, reports, documents)).one()
    waited = (now - row[2]).total_seconds() if row[2] else 0.0
    return {
        "rukun_events": ("Events by state", ["state"], {(str(key),): n for key, n in events}),
        "rukun_signatures": ("Living signatures by way", ["way"], {(str(key),): n for key, n in signatures}),
        "rukun_jobs_due": ("Jobs that wait for the worker", [], {(): row[0]}),
        "rukun_jobs_failed": ("Jobs whose retries are used up", [], {(): row[1]}),
        "rukun_jobs_oldest_seconds": ("How long the oldest due job has waited", [], {(): waited}),
        "rukun_reports_open": ("Problems told and not settled", [], {(): row[3]}),
        "rukun_search_documents": ("Documents in the search index", [], {(): row[4]}),
    }
