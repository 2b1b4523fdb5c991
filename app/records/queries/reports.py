"""Reading reports and incidents."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.core.database import db
from app.records.models import ActivityReport, Incident, ReportPhoto


def report_of(event_id: int) -> ActivityReport | None:
    """The report of an event with all its rows."""
    query = select(ActivityReport).where(ActivityReport.event_id == event_id)
    return db.session.scalar(
        query.options(
            selectinload(ActivityReport.presences),
            selectinload(ActivityReport.quotes),
            selectinload(ActivityReport.personnel),
            selectinload(ActivityReport.photos).options(joinedload(ReportPhoto.photo)),
        )
    )


def incidents_of(event_id: int) -> list[Incident]:
    """What happened at an event, in the order of the clock."""
    query = select(Incident).where(Incident.event_id == event_id)
    return list(db.session.scalars(query.order_by(Incident.happened_at, Incident.id)))


def find_incident(incident_id: int, event_id: int) -> Incident | None:
    """One incident of an event."""
    return db.session.scalar(
        select(Incident).where(Incident.id == incident_id, Incident.event_id == event_id)
    )
