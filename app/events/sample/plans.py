"""What the sample events are like, by kind."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.faiths import Faith
from app.events.details import (
    Audience,
    EventDetails,
    EventKind,
    ItemKind,
    ProgrammeItemDetails,
    SessionDetails,
    VenueKind,
)
from app.events.sample.world import LEADERS, SIX, ZONE


def plain_plan(moment: datetime) -> datetime:
    """Never on a Sunday morning or a Friday noon, whichever day the sample is filled."""
    local = moment.astimezone(ZoneInfo(ZONE))
    return moment + timedelta(days={4: 4, 5: 3, 6: 2}.get(local.weekday(), 0))


def prayers(first: Faith) -> list[ProgrammeItemDetails]:
    place = SIX.index(first)
    return [
        ProgrammeItemDetails("Doa", ItemKind.PRAYER, 5, faith=faith, leader_name=LEADERS[faith])
        for faith in (*SIX[place:], *SIX[:place])
    ]


def prayer(starts_at: datetime, title: str, *, first: Faith) -> EventDetails:
    return EventDetails(
        title=title,
        kinds=(EventKind.JOINT_PRAYER,),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=100),
        venue_name="Aula Mapolres Ketapang",
        venue_kind=VenueKind.POLICE_HALL,
        venue_address="Jalan Rukun Contoh Nomor 1",
        district_code="61.04.16",
        summary="Enam umat berdoa bergantian dengan waktu yang sama, dilanjutkan ramah tamah. Siapa pun boleh datang.",
        capacity=200,
        expected_crowd=150,
        dress="Batik atau pakaian adat",
        contact_name="Aipda Sari Teladan",
        contact_phone="+6281200000001",
        faiths=SIX,
        programme=(
            ProgrammeItemDetails("Registrasi", ItemKind.REGISTRATION, 15),
            ProgrammeItemDetails("Lagu Indonesia Raya", ItemKind.ANTHEM, 5),
            ProgrammeItemDetails("Sambutan tuan rumah", ItemKind.SPEECH, 15),
            *prayers(first),
            ProgrammeItemDetails("Foto bersama", ItemKind.PHOTO, 10),
            ProgrammeItemDetails("Penutup dan ramah tamah", ItemKind.CLOSING, 20),
        ),
    )


def small(
    starts_at: datetime,
    title: str,
    kind: EventKind,
    minutes: int,
    district: str,
    venue: str,
    place: VenueKind,
) -> EventDetails:
    return EventDetails(
        title=title,
        kinds=(kind,),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        venue_name=venue,
        venue_kind=place,
        district_code=district,
    )


def talk(starts_at: datetime, title: str, district: str, venue: str) -> EventDetails:
    details = small(starts_at, title, EventKind.COMMUNITY_TALK, 90, district, venue, VenueKind.COMMUNITY_HALL)
    return replace(details, summary="Warga bertanya dan bercerita langsung kepada kapolsek.", capacity=60)


def coffee(starts_at: datetime) -> EventDetails:
    details = small(
        starts_at,
        "Ngopi kamtibmas Selasa malam",
        EventKind.GATHERING,
        90,
        "61.04.16",
        "Warung Kopi Contoh Tepi Pawan",
        VenueKind.COMMUNITY_HALL,
    )
    return replace(
        details, summary="Duduk bersama Bhabinkamtibmas; kopi pertama ditanggung pengurus.", capacity=40
    )


def gathering(
    starts_at: datetime, title: str, district: str = "61.04.16", venue: str = "Pendopo Rukun Contoh"
) -> EventDetails:
    kind = VenueKind.FIELD if "Lapangan" in venue else VenueKind.GOVERNMENT_HALL
    details = small(starts_at, title, EventKind.GATHERING, 120, district, venue, kind)
    return replace(details, summary="Bertukar kabar antartokoh, tanpa pidato panjang.", capacity=80)


def meeting(starts_at: datetime, title: str) -> EventDetails:
    details = small(
        starts_at,
        title,
        EventKind.COORDINATION_MEETING,
        150,
        "61.04.16",
        "Ruang Rupatama Polres Ketapang",
        VenueKind.POLICE_HALL,
    )
    return replace(details, audience=Audience.INVITED, capacity=50)


def work(starts_at: datetime, title: str) -> EventDetails:
    details = small(
        starts_at, title, EventKind.SOCIAL_WORK, 180, "61.04.13", "Pasar Contoh Tumbang Titi", VenueKind.FIELD
    )
    return replace(details, summary="Bawa sapu dan sarung tangan; sarapan disediakan.", dress="Pakaian kerja")


def parade(starts_at: datetime, title: str) -> EventDetails:
    details = small(
        starts_at, title, EventKind.PARADE, 60, "61.04.16", "Lapangan Mapolres Ketapang", VenueKind.FIELD
    )
    return replace(details, audience=Audience.INVITED)


def declaration(starts_at: datetime) -> EventDetails:
    details = prayer(starts_at, "Doa bersama dan deklarasi kampanye damai", first=Faith.KHONGHUCU)
    programme = tuple(replace(item, session=1) for item in details.programme[3:-1])
    return replace(
        details,
        kinds=(EventKind.DECLARATION, EventKind.JOINT_PRAYER),
        venue_name="Gedung Pertemuan Rukun Contoh",
        venue_kind=VenueKind.GOVERNMENT_HALL,
        sessions=(
            SessionDetails("Deklarasi kampanye damai", EventKind.DECLARATION, names_candidates=True),
            SessionDetails("Doa bersama", EventKind.JOINT_PRAYER),
        ),
        programme=(
            ProgrammeItemDetails("Pembukaan", ItemKind.OPENING, 10),
            ProgrammeItemDetails(
                "Pembacaan dan penandatanganan ikrar oleh ketiga pasangan calon", ItemKind.PLEDGE, 30
            ),
            *programme,
        ),
    )
