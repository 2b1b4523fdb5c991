"""The record of the sample evening: minutes with a follow-up, and the report, both signed."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from app.core.database import db
from app.events.models import Event
from app.events.queries import find_in_units
from app.people.models import Person
from app.records.actions import (
    add_speaker,
    begin_minutes,
    note_incident,
    paper_of,
    save_section,
    seal,
    write_report,
)
from app.records.details import (
    FollowUpDetails,
    IncidentDetails,
    OpeningDetails,
    PersonnelDetails,
    PresenceDetails,
    QuoteDetails,
    ReportDetails,
    SheetKind,
    SpeakerDetails,
)
from app.records.rules.sealing import content_of, fingerprint
from app.records.rules.sections import DECISIONS, OPENING, TASKS
from app.regions.queries import units
from app.web.house import World

EVENING = datetime(2024, 11, 20, 12, 30, tzinfo=UTC)
CLOSED = datetime(2024, 11, 20, 14, 45, tzinfo=UTC)
NEXT_DAY = datetime(2024, 11, 21, 2, 0, tzinfo=UTC)
INCIDENT = IncidentDetails(
    datetime(2024, 11, 20, 13, 20, tzinfo=UTC),
    "Listrik aula padam selama empat menit.",
    "Genset dinyalakan; acara dilanjutkan pukul 20.24 WIB.",
)


def fill(world: World) -> None:
    """Minutes and report of the evening of 20 November 2024; nothing when the sample has no such event."""
    event = _event()
    if event is None:
        return
    by, chief = world.people["petugas"], world.people["pimpinan"]
    kapolres = event.unit.head_title or "Kapolres Ketapang"
    leader = " ".join(part for part in (event.unit.head_rank, event.unit.head_name) if part)
    _write_minutes(event, kapolres, by=by)
    note_incident(event, INCIDENT, by=by, now=NEXT_DAY)
    write_report(event, _report(kapolres, leader), version=0, by=by, now=NEXT_DAY)
    for kind in SheetKind:
        event = _event()
        assert event is not None
        paper = paper_of(event, kind)
        assert paper is not None
        seal(event, kind, seen=fingerprint(content_of(paper)), by=chief, now=NEXT_DAY)


def _event() -> Event | None:
    first = db.session.scalar(select(Event.id).where(Event.starts_at == EVENING).order_by(Event.id))
    return find_in_units(first, frozenset(unit.id for unit in units())) if first is not None else None


def _write_minutes(event: Event, kapolres: str, *, by: Person) -> None:
    minutes = begin_minutes(event, by=by, now=EVENING)
    opening = OpeningDetails(
        chair=kapolres,
        taker="Aipda Sari Teladan, S.H.",
        opened_at=EVENING,
        closed_at=CLOSED,
        opening="Rapat dibuka sesudah salat Isya. Semua pihak hadir atau diwakili.",
    )
    save_section(minutes, OPENING, opening, version=1, by=by, now=NEXT_DAY)
    for speaker in _speakers(kapolres):
        add_speaker(minutes, speaker, by=by, now=NEXT_DAY)
    decisions = (FollowUpDetails("Semua tim kampanye menurunkan alat peraga sebelum masa tenang dimulai."),)
    save_section(minutes, DECISIONS, decisions, version=1, by=by, now=NEXT_DAY)
    tasks = (
        FollowUpDetails("apel kesiapan Satpol PP dan Linmas", "Kepala Satpol PP", date(2024, 11, 25)),
        FollowUpDetails("pemetaan TPS rawan bersama Forkopimda", "Kabag Ops Polres", date(2024, 11, 24)),
    )
    save_section(minutes, TASKS, tasks, version=1, by=by, now=NEXT_DAY)


def _speakers(kapolres: str) -> tuple[SpeakerDetails, ...]:
    return (
        SpeakerDetails(
            "Bupati Ketapang",
            represented_by="Kepala Satpol PP",
            points="pemerintah daerah bertanggung jawab atas keberhasilan pemilihan dan ikut mengamankannya\n"
            "dalam waktu dekat dilaksanakan apel kesiapan Satpol PP dan Linmas yang disebar ke TPS",
        ),
        SpeakerDetails(
            kapolres,
            points="seluruh tahapan harus berjalan aman, tertib, dan tidak terganggu\n"
            "pengamanan disiapkan di setiap TPS dan Forkopimda memantau bersama",
        ),
        SpeakerDetails(
            "Ketua KPU Ketapang",
            points="KPU menjaga integritas dan kenetralan penyelenggara\nterima kasih atas kerja sama semua pihak",
        ),
    )


def _report(kapolres: str, leader: str) -> ReportDetails:
    return ReportDetails(
        leader_office=kapolres,
        leader_name=leader,
        basis="Rencana pengamanan tahapan Pilkada 2024.",
        aim="menyamakan langkah semua pihak menjelang akhir kampanye, masa tenang, dan pemungutan suara",
        occasion="jelang Pilkada 2024",
        result="Kegiatan berjalan tertib dan ikrar kampanye damai dibacakan bersama.",
        incidents="Tidak ada kejadian menonjol.",
        personnel=(
            PersonnelDetails("Polres Ketapang", 34, "pengamanan aula dan tempat parkir"),
            PersonnelDetails("Satpol PP Kabupaten Ketapang", 10, "pengaturan tamu"),
        ),
        security="Personel Polres bersama Satpol PP mengamankan aula dan tempat parkir.",
        conclusion="Koordinasi dilanjutkan sampai pemungutan suara.",
        presences=(
            PresenceDetails("Bupati Ketapang", represented_by="Kepala Satpol PP"),
            PresenceDetails("Forkopimda Kabupaten Ketapang"),
            PresenceDetails("Ketua KPU Ketapang"),
            PresenceDetails("Bawaslu Ketapang", represented_by="anggota Bawaslu"),
            PresenceDetails("Kepala BPBD Ketapang"),
            PresenceDetails("Kepala Dinas Perhubungan Ketapang"),
            PresenceDetails("tim kampanye ketiga pasangan calon"),
            PresenceDetails("para tokoh agama dan tokoh masyarakat"),
        ),
        quotes=(
            QuoteDetails(
                leader,
                kapolres,
                "Pilihan boleh berbeda, tetapi kita tetap satu. Mari menjaga persatuan.",
                approved=True,
            ),
            QuoteDetails(
                "",
                "Ketua KPU Ketapang",
                "Terima kasih atas kerja sama semua pihak yang menjaga tahapan ini.",
                approved=True,
            ),
        ),
    )
