"""The record of the sample evening: minutes with a follow-up, and the report, both signed."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.database import db
from app.events.models import Event
from app.records.actions import sign_minutes, sign_report, write_minutes, write_report
from app.records.details import (
    FollowUpDetails,
    MinutesDetails,
    PresenceDetails,
    QuoteDetails,
    ReportDetails,
    SpeakerDetails,
)
from app.web.house import World

EVENING = datetime(2024, 11, 20, 12, 30, tzinfo=UTC)
CLOSED = datetime(2024, 11, 20, 14, 45, tzinfo=UTC)
NEXT_DAY = datetime(2024, 11, 21, 2, 0, tzinfo=UTC)


def fill(world: World) -> None:
    """Minutes and report of the evening of 20 November 2024; nothing when the sample has no such event."""
    event = db.session.scalar(
        select(Event).where(Event.starts_at == EVENING).options(joinedload(Event.unit)).order_by(Event.id)
    )
    if event is None:
        return
    by, chief = world.people["petugas"], world.people["pimpinan"]
    kapolres = event.unit.head_title or "Kapolres Ketapang"
    leader = " ".join(part for part in (event.unit.head_rank, event.unit.head_name) if part)
    minutes = write_minutes(event, _minutes(kapolres), version=0, by=by, now=NEXT_DAY)
    sign_minutes(minutes, by=chief, now=NEXT_DAY)
    report = write_report(event, _report(kapolres, leader), version=0, by=by, now=NEXT_DAY)
    sign_report(report, by=chief, now=NEXT_DAY)


def _minutes(kapolres: str) -> MinutesDetails:
    return MinutesDetails(
        chair=kapolres,
        taker="Aipda Sari Teladan, S.H.",
        opened_at=EVENING,
        closed_at=CLOSED,
        opening="Rapat dibuka sesudah salat Isya. Semua pihak hadir atau diwakili.",
        speakers=(
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
        ),
        decisions=("Semua tim kampanye menurunkan alat peraga sebelum masa tenang dimulai.",),
        follow_ups=(
            FollowUpDetails("apel kesiapan Satpol PP dan Linmas", "Kepala Satpol PP", date(2024, 11, 25)),
            FollowUpDetails("pemetaan TPS rawan bersama Forkopimda", "Kabag Ops Polres", date(2024, 11, 24)),
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
