"""Words of people and organisations."""

from enum import StrEnum


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
