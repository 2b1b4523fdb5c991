from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.events.details import EventKind
from app.news.rules.lint import findings_in
from app.news.rules.prose import text_of
from app.news.rules.publishing import has_gap
from app.news.rules.release import release_of
from app.records.details import (
    EventRecord,
    FollowUpDetails,
    PledgeState,
    PresenceDetails,
    ProgrammeLine,
    QuoteDetails,
    SpeakerDetails,
)

pytestmark = pytest.mark.once

EVENING = EventRecord(
    event_id=1,
    unit_id=1,
    unit_name="Polres Ketapang",
    place="Ketapang",
    title="Rapat koordinasi kesiapan tahapan kampanye",
    theme="",
    kinds=(EventKind.COORDINATION_MEETING, EventKind.DECLARATION, EventKind.JOINT_PRAYER),
    starts_at=datetime(2024, 11, 20, 12, 30, tzinfo=UTC),
    ends_at=None,
    zone="Asia/Pontianak",
    venue="Aula Mapolres Ketapang",
    district="Delta Pawan",
    district_code="61.04.16",
    leader_office="Kapolres Ketapang",
    leader_name="AKBP Arif Rekaan, S.H., S.I.K., M.H.",
    aim="menyatukan persepsi menjelang pemungutan suara",
    occasion="jelang Pilkada 2024",
    present=142,
    ended_at=datetime(2024, 11, 20, 14, 45, tzinfo=UTC),
    presences=(
        PresenceDetails("Bupati Ketapang", represented_by="Kepala Satpol PP"),
        PresenceDetails("Ketua KPU Ketapang"),
    ),
    programme=(
        ProgrammeLine("Sambutan Bupati", "Bupati Ketapang", "Kepala Satpol PP"),
        ProgrammeLine("Arahan Kapolres", "Kapolres Ketapang"),
        ProgrammeLine("Doa bersama"),
    ),
    speakers=(
        SpeakerDetails("Ketua KPU Ketapang", points="KPU menjaga integritas\nterima kasih atas kerja sama"),
    ),
    quotes=(
        QuoteDetails("Arif Rekaan", "Kapolres Ketapang", "Mari menjaga persatuan.", approved=True),
        QuoteDetails("Orang Lain", "Tokoh", "Belum disetujui.", approved=False),
    ),
    follow_ups=(
        FollowUpDetails("apel kesiapan Satpol PP dan Linmas", "Kepala Satpol PP", date(2024, 11, 25)),
    ),
    pledges=(PledgeState("Deklarasi kampanye damai", 2, 3, ("Tim Contoh C",)),),
    result="Kegiatan berjalan tertib.",
)


@pytest.mark.parametrize(
    "fact",
    [
        "KETAPANG –",
        "AKBP Arif Rekaan, S.H., S.I.K., M.H.",
        "rapat koordinasi, deklarasi damai, dan doa bersama",
        "untuk menyatukan persepsi menjelang pemungutan suara",
        "Aula Mapolres Ketapang, Kecamatan Delta Pawan",
        "Rabu, 20 November 2024 pukul 19.30 WIB",
        "Bupati Ketapang (diwakili Kepala Satpol PP) dan Ketua KPU Ketapang",
        "142 orang",
        "sambutan Bupati oleh Bupati Ketapang (diwakili Kepala Satpol PP)",
        "Ketua KPU Ketapang menyampaikan KPU menjaga integritas dan terima kasih atas kerja sama.",
        "2 dari 3 pihak. Yang belum menandatangani: Tim Contoh C.",
        "“Mari menjaga persatuan,” kata Kapolres Ketapang Arif Rekaan.",
        "apel kesiapan Satpol PP dan Linmas oleh Kepala Satpol PP paling lambat Senin, 25 November 2024",
        "Kegiatan selesai pukul 21.45 WIB. Kegiatan berjalan tertib.",
    ],
)
def test_each_fact_of_the_release_is_the_records(fact):
    assert fact in text_of(release_of(EVENING).body)


def test_the_title_says_who_leads_what_and_why():
    assert release_of(EVENING).title == (
        "Kapolres Ketapang Pimpin Rapat Koordinasi, Deklarasi Damai, dan Doa Bersama Jelang Pilkada 2024"
    )


def test_a_complete_record_leaves_no_gap_and_the_lint_content():
    release = release_of(EVENING)
    assert release.gaps == ()
    assert not has_gap(release.title, release.body)
    assert findings_in(title=release.title, text=text_of(release.body)) == []


def test_a_quote_that_was_not_approved_is_left_out():
    assert "Belum disetujui" not in release_of(EVENING).body


@pytest.mark.parametrize(
    ("field", "empty", "name"),
    [
        ("leader_office", "", "jabatan pemimpin acara"),
        ("leader_name", "", "nama lengkap pemimpin acara"),
        ("aim", "", "tujuan kegiatan"),
        ("presences", (), "daftar yang hadir menurut urutan protokol"),
        ("present", None, "jumlah yang hadir menurut meja kehadiran"),
        ("programme", (), "rangkaian acara"),
        ("quotes", (), "kutipan yang sudah disetujui"),
        ("ended_at", None, "jam selesai"),
        ("result", "", "hasil kegiatan"),
    ],
)
def test_a_missing_fact_is_marked_and_never_invented(field, empty, name):
    release = release_of(replace(EVENING, **{field: empty}))
    assert name in release.gaps
    assert f"[LENGKAPI: {name}]" in release.title + release.body


def test_words_of_the_record_stay_words():
    release = release_of(replace(EVENING, venue="<script>alert(1)</script>"))
    assert "<script>" not in release.body
