"""Rules of organisations."""

from app.people.details import OrganisationDetails, OrganisationKind


def problem_with_organisation(details: OrganisationDetails) -> tuple[str, str] | None:
    """Why details are refused, as (code, field); None when they are good.

    A campaign team stands by its ballot number, nobody else has one; a faith body says which faith.
    """
    if details.kind is OrganisationKind.CAMPAIGN_TEAM:
        if details.ballot_number is None:
            return "ballot_number_missing", "ballot_number"
        if details.faith is not None:
            return "faith_not_for_team", "faith"
    elif details.ballot_number is not None:
        return "ballot_number_for_teams", "ballot_number"
    if details.kind is OrganisationKind.FAITH and details.faith is None:
        return "faith_missing", "faith"
    return None
