"""Reading people, and what each may do where."""

from app.people.queries.accounts import (
    count_recovery_codes,
    find_by_email,
    find_invitation,
    find_person,
    find_person_in_units,
    find_token,
    find_with_roles,
    is_alive,
    living_invitations,
    living_roles,
    living_sessions,
    page_of_people,
    recipient_of,
    units_named,
)
from app.people.queries.audit import AuditLine, audit_actors, audit_tags, page_of_audit
from app.people.queries.leaders import (
    count_leaders,
    find_leader,
    find_leader_in_units,
    leaders_in,
    verified_leaders,
)
from app.people.queries.organisations import (
    find_organisation,
    find_organisation_in_units,
    living_organisations,
    organisations_in,
)
from app.people.queries.scope import Scope, people_posted_with, people_with, scope_of, units_left

__all__ = [
    "AuditLine",
    "Scope",
    "audit_actors",
    "audit_tags",
    "count_leaders",
    "count_recovery_codes",
    "find_by_email",
    "find_invitation",
    "find_leader",
    "find_leader_in_units",
    "find_organisation",
    "find_organisation_in_units",
    "find_person",
    "find_person_in_units",
    "find_token",
    "find_with_roles",
    "is_alive",
    "leaders_in",
    "living_invitations",
    "living_organisations",
    "living_roles",
    "living_sessions",
    "organisations_in",
    "page_of_audit",
    "page_of_people",
    "people_posted_with",
    "people_with",
    "recipient_of",
    "scope_of",
    "units_left",
    "units_named",
    "verified_leaders",
]
