"""Words of people and organisations, and what is handed to their actions."""

from dataclasses import dataclass
from enum import StrEnum

from app.core.faiths import Faith


class OrganisationKind(StrEnum):
    """What an organisation is; decides the group and the order in which it is invited."""

    FORKOPIMDA = "forkopimda"
    GOVERNMENT = "pemerintah"
    ELECTION = "penyelenggara"
    CAMPAIGN_TEAM = "tim_kampanye"
    FAITH = "keagamaan"
    HARMONY_FORUM = "fkub"
    CUSTOM = "adat"
    COMMUNITY = "masyarakat"
    YOUTH = "pemuda"
    WOMEN = "perempuan"
    EDUCATION = "pendidikan"
    PRESS = "pers"


class LeaderStatus(StrEnum):
    """Whether a Polsek has vouched for a leader."""

    WAITING = "waiting"
    VERIFIED = "verified"
    REFUSED = "refused"


class PersonTag(StrEnum):
    """What the audit log calls the deeds of this feature."""

    PERSON_CREATED = "people:person:created"
    PERSON_CHANGED = "people:person:changed"
    PERSON_DEACTIVATED = "people:person:deactivated"
    PERSON_REACTIVATED = "people:person:reactivated"
    PERSON_INVITED = "people:person:invited"
    INVITATION_ACCEPTED = "people:person:invitation_accepted"
    INVITATION_WITHDRAWN = "people:person:invitation_withdrawn"
    PASSWORD_CHANGED = "people:person:password_changed"  # noqa: S105 – a tag
    PASSWORD_LINK_MADE = "people:person:password_link_made"  # noqa: S105 – a tag
    ROLE_GRANTED = "people:role:granted"
    ROLE_ENDED = "people:role:ended"
    SECOND_FACTOR_SET = "people:second_factor:set"
    SECOND_FACTOR_REMOVED = "people:second_factor:removed"
    RECOVERY_CODES_RENEWED = "people:second_factor:codes_renewed"
    RECOVERY_CODE_USED = "people:second_factor:code_used"
    LEADER_SIGNED_UP = "people:leader:signed_up"
    LEADER_VERIFIED = "people:leader:verified"
    LEADER_REFUSED = "people:leader:refused"
    ORGANISATION_CREATED = "people:organisation:created"
    ORGANISATION_CHANGED = "people:organisation:changed"
    ORGANISATION_CLOSED = "people:organisation:closed"
    ORGANISATION_REOPENED = "people:organisation:reopened"


class TokenPurpose(StrEnum):
    """What a link with a token is for."""

    INVITE = "invite"
    RESET = "reset"


@dataclass(frozen=True)
class PersonDetails:
    """How somebody is called and reached. phone: E.164 or "". Titles stand apart from the name."""

    name: str
    front_titles: str = ""
    back_titles: str = ""
    rank: str = ""
    office: str = ""
    phone: str = ""


@dataclass(frozen=True)
class SignUpDetails:
    """A leader's own entry. password_hash: argon2id. capacity: e.g. "tokoh agama"."""

    person: PersonDetails
    email: str
    organisation_name: str
    capacity: str
    district_code: str
    password_hash: str


@dataclass(frozen=True)
class OrganisationDetails:
    """A body that takes part. ballot_number: only for campaign teams. protocol_order: lower comes first."""

    name: str
    kind: OrganisationKind
    short_name: str = ""
    faith: Faith | None = None
    district_code: str | None = None
    head_name: str = ""
    head_title: str = ""
    email: str = ""
    phone: str = ""
    protocol_order: int = 500
    ballot_number: int | None = None
