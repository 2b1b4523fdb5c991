"""The declaration of the evening of 20 November 2024: all teams, three witnesses, closed."""

import random
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.database import db, transactional
from app.events.details import EventKind
from app.events.models import Event
from app.people.details import OrganisationKind
from app.pledges import actions
from app.pledges.details import (
    FollowUpDetails,
    InstitutionSigning,
    PledgeDetails,
    SignatoryDetails,
    SignatoryPart,
    SignWay,
)
from app.pledges.models import Pledge
from app.pledges.sample.signers import FIRST, INK, LAST, organisation, sign, team
from app.regions.queries import main_unit

EVENING = datetime(2024, 11, 20, 12, 30, tzinfo=UTC)  # 19.30 WIB
SIGNED = EVENING + timedelta(minutes=75)
EVENING_POINTS = (
    "Setia kepada Negara Kesatuan Republik Indonesia, Pancasila, dan Undang-Undang Dasar 1945.",
    "Menjalani sisa masa kampanye dengan tertib, aman, dan santun, serta menjaga pendukung masing-masing.",
    "Tidak menyebarkan kabar bohong, tidak menghasut, dan tidak memecah warga menurut suku atau agama.",
    "Menolak politik uang serta tidak memakai rumah ibadah, sekolah, dan fasilitas pemerintah untuk berkampanye.",
    "Menerima hasil pemungutan suara dan menempuh jalur hukum bila ada sengketa.",
)

_FOLLOW_UPS = (
    (3, 2, "Ketiga tim menurunkan alat peraga kampanye bersama-sama sebelum masa tenang."),
    (9, 5, "Rekapitulasi kecamatan selesai tanpa gangguan; satu keberatan ditempuh lewat Bawaslu."),
)


@transactional
def evening_pledge(chance: random.Random) -> Pledge:
    unit = main_unit()
    assert unit is not None
    event = db.session.scalar(
        select(Event)
        .where(
            Event.starts_at >= EVENING - timedelta(hours=3), Event.starts_at < EVENING + timedelta(hours=4)
        )
        .order_by(Event.unit_id != unit.id, Event.id)
        .limit(1)
        .options(selectinload(Event.sessions))
    )
    session = (
        next((row for row in event.sessions if row.kind is EventKind.DECLARATION), None) if event else None
    )
    details = PledgeDetails(
        title="Deklarasi kampanye damai Pilkada Ketapang 2024",
        occasion="Rapat koordinasi, deklarasi kampanye damai, dan doa bersama",
        place="Aula Mapolres Ketapang",
        on=date(2024, 11, 20),
        preamble="Kami tim kampanye semua pasangan calon, disaksikan para undangan, menyatakan:",
        points=EVENING_POINTS,
        names_candidates=True,
        reader="Laksanawan Teladani, mewakili semua tim kampanye",
        event_id=event.id if event else None,
        session_id=session.id if session else None,
    )
    pledge = actions.draft_pledge(details, unit_id=unit.id, by=None, now=EVENING - timedelta(days=3))
    actions.open_pledge(pledge, by=None, now=EVENING - timedelta(hours=2))
    teams = [team(number, unit.id) for number in (1, 2, 3)]
    witnesses = [
        organisation("KPU Kabupaten Ketapang", OrganisationKind.ELECTION, unit.id, "Ketua KPU"),
        organisation("Bawaslu Kabupaten Ketapang", OrganisationKind.ELECTION, unit.id, "Anggota Bawaslu"),
        organisation(
            "Forum Kerukunan Umat Beragama (FKUB) Kabupaten Ketapang",
            OrganisationKind.HARMONY_FORUM,
            unit.id,
            "Ketua FKUB",
        ),
    ]
    wanted = [
        SignatoryDetails(row.id, f"{FIRST[place]} {LAST[place]}", "Ketua tim kampanye")
        for place, row in enumerate(teams)
    ] + [
        SignatoryDetails(
            row.id, f"{FIRST[place + 5]} {LAST[place + 4]}", row.head_title, SignatoryPart.WITNESS
        )
        for place, row in enumerate(witnesses)
    ]
    rows = actions.invite_signatories(pledge, wanted, by=None, now=EVENING - timedelta(days=2))
    for place, row in enumerate(rows):
        actions.sign_for_institution(
            row,
            InstitutionSigning(
                name=row.name,
                capacity=row.capacity,
                represented_by="Samarani Kiasan, wakil ketua tim" if place == 1 else "",
                ink=INK[place % len(INK)],
            ),
            by=None,
            now=SIGNED + timedelta(minutes=place),
        )
    sign(pledge, chance, [SignWay.ONSITE] * 34, SIGNED, timedelta(minutes=40))
    actions.close(pledge, by=None, now=EVENING + timedelta(hours=4))
    for days, point, words in _FOLLOW_UPS:
        at = EVENING + timedelta(days=days)
        actions.add_follow_up(pledge, FollowUpDetails(on=at.date(), text=words, point=point), by=None, now=at)
    return pledge
