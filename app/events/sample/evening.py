"""The evening of 20 November 2024, and what Sandai held beside it. All people are invented."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
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
from app.events.sample.plans import prayers
from app.events.sample.world import SIX, ZONE


def real_evening() -> EventDetails:
    """What happened on 20 November 2024: one event, three sessions; the names are invented."""
    starts_at = datetime(2024, 11, 20, 19, 30, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    return EventDetails(
        title="Rapat koordinasi, deklarasi kampanye damai, dan doa bersama",
        kinds=(EventKind.COORDINATION_MEETING, EventKind.DECLARATION, EventKind.JOINT_PRAYER),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=145),
        venue_name="Aula Mapolres Ketapang",
        venue_kind=VenueKind.POLICE_HALL,
        district_code="61.04.16",
        theme="Kesiapan tahapan kampanye rapat umum, masa tenang, dan pemungutan suara Pilkada 2024",
        summary=(
            "Rapat koordinasi lintas instansi sekaligus deklarasi kampanye damai dan doa bersama menjelang "
            "pemungutan suara."
        ),
        audience=Audience.INVITED,
        capacity=250,
        expected_crowd=142,
        faiths=SIX,
        sessions=(
            SessionDetails("Rapat koordinasi", EventKind.COORDINATION_MEETING),
            SessionDetails("Deklarasi kampanye damai", EventKind.DECLARATION, names_candidates=True),
            SessionDetails("Doa bersama", EventKind.JOINT_PRAYER),
        ),
        programme=(
            ProgrammeItemDetails(
                "Sambutan Bupati",
                ItemKind.SPEECH,
                15,
                leader_name="Bupati",
                represented_by="Kepala Satpol PP, Budiman Umpama",
            ),
            ProgrammeItemDetails(
                "Arahan Kapolres",
                ItemKind.DIRECTION,
                30,
                leader_name="AKBP Umpama Teladan Negara, S.H., S.I.K., M.H.",
            ),
            ProgrammeItemDetails(
                "Sambutan Ketua KPU Kabupaten", ItemKind.SPEECH, 15, leader_name="Rekaan Adiputra"
            ),
            ProgrammeItemDetails(
                "Pembacaan dan penandatanganan deklarasi oleh ketiga tim kampanye menurut nomor urut",
                ItemKind.PLEDGE,
                30,
                session=1,
            ),
            *(
                replace(
                    item,
                    session=2,
                    leader_name="" if item.faith is Faith.HINDU else item.leader_name,
                    absent_note="Pemimpin doa sedang bertugas di luar kabupaten"
                    if item.faith is Faith.HINDU
                    else "",
                )
                for item in prayers(Faith.ISLAM)
            ),
            ProgrammeItemDetails("Foto bersama dan ramah tamah", ItemKind.PHOTO, 20, session=2),
        ),
    )


def sandai_evening() -> EventDetails:
    starts_at = datetime(2024, 11, 21, 19, 45, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    return EventDetails(
        title="Doa bersama Polsek Sandai menjelang pemungutan suara",
        kinds=(EventKind.JOINT_PRAYER,),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        venue_name="Halaman Mapolsek Sandai",
        venue_kind=VenueKind.POLICE_HALL,
        district_code="61.04.05",
        summary="Warga Sandai berdoa bersama agar pemungutan suara berjalan tenang.",
        capacity=80,
        faiths=(Faith.ISLAM, Faith.PROTESTAN, Faith.KATOLIK),
        programme=tuple(
            ProgrammeItemDetails("Doa", ItemKind.PRAYER, 5, faith=faith, leader_name=name)
            for faith, name in (
                (Faith.KATOLIK, "Br. Andreas Misal"),
                (Faith.ISLAM, "Ustaz Karim Umpama"),
                (Faith.PROTESTAN, "Pdt. Maria Rekaan"),
            )
        ),
    )
