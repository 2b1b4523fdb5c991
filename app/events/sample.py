"""Sample events: what was, what is on this week, what comes, and the evening of 20 November 2024.

All people are invented.
"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.clock import day_in
from app.core.database import db, transactional
from app.core.faiths import Faith
from app.events import actions
from app.events.actions.steps import findings_of
from app.events.details import (
    Audience,
    EventDetails,
    EventKind,
    EventStatus,
    Grade,
    ItemKind,
    ProgrammeItemDetails,
    Repeat,
    SeriesRule,
    SessionDetails,
    VenueKind,
)
from app.events.models import Event, GuardOverride
from app.events.queries import load_for_change
from app.people.models import Person
from app.people.queries import find_person
from app.regions.queries import find_unit_by_slug
from app.web.house import World

ZONE = "Asia/Pontianak"
SIX = (Faith.ISLAM, Faith.PROTESTAN, Faith.KATOLIK, Faith.HINDU, Faith.BUDDHA, Faith.KHONGHUCU)
# The history of the sample rotates who opens; names are invented.
LEADERS = {
    Faith.ISLAM: "Ustaz Rahman Contoh, S.Pd.I.",
    Faith.PROTESTAN: "Pdt. Yohana Misal, S.Th.",
    Faith.KATOLIK: "RD. Petrus Rekaan",
    Faith.HINDU: "Pinandita Wayan Umpama",
    Faith.BUDDHA: "Pandita Surya Teladan",
    Faith.KHONGHUCU: "Ws. Lim Andaian",
    Faith.PENGHAYAT: "Ki Saksono Contoh",
}
REASON = "Disepakati bersama pengurus umat setempat pada rapat persiapan."


def fill(world: World) -> None:
    """A dozen events around `world.now`, left under short keys for the samples of upper floors."""
    made: dict[str, int] = {}
    _fill(world, made)
    for key, event_id in made.items():
        event = db.session.get(Event, event_id)
        if event is not None:
            world.events[key] = event
    db.session.expunge_all()


def _friday(world: World, weeks: int, hour: int) -> datetime:
    """The Friday `weeks` after the coming one; Jumat Curhat is held on Fridays, after the prayer."""
    return _weekday(world, 4, weeks, hour)


def _weekday(world: World, weekday: int, weeks: int, hour: int, minute: int = 0) -> datetime:
    """That weekday (Monday is 0) `weeks` after the coming one."""
    ahead = (weekday - day_in(world.now, ZONE).weekday()) % 7 or 7
    return _at(world, ahead + 7 * weeks, hour, minute)


def _at(world: World, days: int, hour: int, minute: int = 0) -> datetime:
    day = day_in(world.now, ZONE) + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), ZoneInfo(ZONE)).astimezone(UTC)


@transactional
def _fill(world: World, made: dict[str, int]) -> None:
    now = world.now

    def public(key: str, unit: str, details: EventDetails, *, days_before: int = 9) -> Event:
        before = min(now, details.starts_at) - timedelta(days=days_before)
        event = _published(details, unit=unit, now=before)
        made[key] = event.id
        return event

    def held(key: str, unit: str, details: EventDetails) -> None:
        event = public(key, unit, details)
        actions.complete(event, by=None, now=details.starts_at + timedelta(hours=4))

    evening = _published(_real_evening(), unit="polres-ketapang", now=datetime(2024, 11, 15, 3, tzinfo=UTC))
    actions.complete(evening, by=None, now=datetime(2024, 11, 20, 15, 30, tzinfo=UTC))
    made["evening"] = evening.id
    sandai = _published(_sandai_evening(), unit="polsek-sandai", now=datetime(2024, 11, 16, 3, tzinfo=UTC))
    actions.complete(sandai, by=None, now=datetime(2024, 11, 21, 15, tzinfo=UTC))
    made["sandai"] = sandai.id

    held(
        "past_prayer",
        "polsek-delta-pawan",
        _prayer(_at(world, -21, 19, 30), "Doa bersama untuk bulan yang teduh", first=Faith.BUDDHA),
    )
    held(
        "past_talk",
        "polsek-kendawangan",
        _talk(
            _friday(world, -2, 14), "Jumat Curhat di warung kopi dermaga", "61.04.04", "Warung Kopi Dermaga"
        ),
    )
    held(
        "past_meeting",
        "polres-ketapang",
        _meeting(_at(world, -5, 9), "Rapat koordinasi persiapan pengamanan gereja dan wihara"),
    )

    public(
        "full",
        "polsek-delta-pawan",
        replace(
            _prayer(_at(world, 3, 19, 30), "Doa bersama lintas agama di balai warga", first=Faith.KATOLIK),
            capacity=12,
            expected_crowd=12,
            venue_name="Balai Warga Rukun Contoh",
            venue_kind=VenueKind.COMMUNITY_HALL,
        ),
    )
    public(
        "coming",
        "polres-ketapang",
        replace(
            _prayer(_at(world, 6, 19, 30), "Doa bersama Ketapang rukun", first=Faith.HINDU),
            capacity=250,
            expected_crowd=180,
            theme="Berbeda keyakinan, satu kampung halaman",
        ),
    )
    public(
        "work", "polsek-tumbang-titi", _work(_at(world, 8, 7), "Bakti sosial bersih rumah ibadah dan pasar")
    )
    public(
        "parade",
        "polres-ketapang",
        _parade(_at(world, 10, 7, 30), "Apel kesiapan Satpol PP, Linmas, dan personel Polres"),
    )
    public("declaration", "polres-ketapang", _declaration(_at(world, 13, 19, 30)))
    public(
        "talk",
        "polsek-marau",
        _talk(
            _friday(world, 0, 14), "Jumat Curhat bersama warga kebun", "61.04.02", "Balai Desa Contoh Marau"
        ),
    )

    evening_talk = public("weekly", "polsek-delta-pawan", _coffee(_weekday(world, 1, 0, 19, 30)))
    _repeat_weekly(evening_talk, now=now - timedelta(days=1))

    postponed = public(
        "postponed",
        "polsek-delta-pawan",
        _gathering(_free(_at(world, 5, 9)), "Silaturahmi tokoh adat dan tokoh agama"),
    )
    actions.postpone(
        postponed,
        _free(_at(world, 19, 9)),
        reason="Jalan menuju tempat acara terendam; waktu digeser agar semua dapat hadir.",
        by=None,
        now=now - timedelta(hours=20),
    )
    cancelled = public(
        "cancelled",
        "polsek-kendawangan",
        _gathering(_at(world, 9, 15), "Ngopi kamtibmas pemuda pesisir", "61.04.04", "Lapangan Pantai Contoh"),
    )
    actions.cancel(
        cancelled,
        "Dibatalkan karena tempat dipakai sebagai pos bantuan banjir.",
        by=None,
        now=now - timedelta(hours=6),
    )
    _proposals(world, made)


def _repeat_weekly(event: Event, *, now: datetime) -> None:
    """Five evenings in a row, made, checked and announced as an officer would; the guards leave holy days out."""
    rule = SeriesRule(
        Repeat.WEEKLY, weekdays=(event.starts_at.astimezone(ZoneInfo(ZONE)).weekday(),), count=8
    )
    actions.make_series(event, rule, rotates=False, hands_in=True, by=None, now=now)
    for step in (actions.SeriesStep.APPROVE, actions.SeriesStep.PUBLISH):
        actions.move_on(event, step, by=None, now=now)


def _proposals(world: World, made: dict[str, int]) -> None:
    """One proposal that waits, one that came back, one draft."""
    proposer = _person(world, "tokoh")
    unit = find_unit_by_slug("polsek-delta-pawan")
    assert unit is not None
    now = world.now
    waiting = actions.propose(
        _prayer(_at(world, 17, 19, 30), "Doa bersama menyambut akhir tahun", first=Faith.PROTESTAN),
        unit=unit,
        by=proposer,
        now=now - timedelta(hours=27),
    )
    made["waiting"] = waiting.id
    returned = actions.propose(
        _gathering(_at(world, 24, 9), "Silaturahmi remaja masjid dan pemuda gereja"),
        unit=unit,
        by=proposer,
        now=now - timedelta(days=3),
    )
    actions.return_with_note(
        returned,
        "Mohon lengkapi perkiraan jumlah yang hadir dan nama narahubung.",
        by=None,
        now=now - timedelta(days=2),
    )
    made["returned"] = returned.id
    draft = actions.save_draft(
        _talk(_friday(world, 4, 14), "Jumat Curhat di surau", "61.04.16", "Surau Contoh"),
        unit=unit,
        by=proposer,
        now=now - timedelta(hours=3),
    )
    made["draft"] = draft.id


def _published(details: EventDetails, *, unit: str, now: datetime) -> Event:
    """An event that went the whole way; guards that ask for a reason have been given one."""
    host = find_unit_by_slug(unit)
    assert host is not None, unit
    event = actions.save_draft(details, unit=host, by=None, now=now)
    event = load_for_change(event)
    event.status = EventStatus.APPROVED
    event.submitted_at, event.decided_at = now, now
    checker = _any_person()
    if checker is not None:
        for finding in findings_of(event, now):
            if finding.grade is Grade.REASON:
                db.session.add(
                    GuardOverride(
                        event_id=event.id,
                        guard=finding.guard.value,
                        fingerprint=finding.fingerprint,
                        reason=REASON,
                        by_id=checker.id,
                        at=now,
                    )
                )
    db.session.flush()
    return actions.publish(event, by=None, now=now)


def _any_person() -> Person | None:
    return db.session.query(Person).order_by(Person.id).first()


def _person(world: World, key: str) -> Person | None:
    known = world.people.get(key)
    return find_person(known.id) if known is not None else _any_person()


def _free(moment: datetime) -> datetime:
    """Never on a Sunday morning or a Friday noon, whichever day the sample is filled."""
    local = moment.astimezone(ZoneInfo(ZONE))
    return moment + timedelta(days={4: 4, 5: 3, 6: 2}.get(local.weekday(), 0))


def _prayers(first: Faith) -> list[ProgrammeItemDetails]:
    place = SIX.index(first)
    return [
        ProgrammeItemDetails("Doa", ItemKind.PRAYER, 5, faith=faith, leader_name=LEADERS[faith])
        for faith in (*SIX[place:], *SIX[:place])
    ]


def _prayer(starts_at: datetime, title: str, *, first: Faith) -> EventDetails:
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
            *_prayers(first),
            ProgrammeItemDetails("Foto bersama", ItemKind.PHOTO, 10),
            ProgrammeItemDetails("Penutup dan ramah tamah", ItemKind.CLOSING, 20),
        ),
    )


def _small(
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


def _talk(starts_at: datetime, title: str, district: str, venue: str) -> EventDetails:
    details = _small(
        starts_at, title, EventKind.COMMUNITY_TALK, 90, district, venue, VenueKind.COMMUNITY_HALL
    )
    return replace(details, summary="Warga bertanya dan bercerita langsung kepada kapolsek.", capacity=60)


def _coffee(starts_at: datetime) -> EventDetails:
    details = _small(
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


def _gathering(
    starts_at: datetime, title: str, district: str = "61.04.16", venue: str = "Pendopo Rukun Contoh"
) -> EventDetails:
    kind = VenueKind.FIELD if "Lapangan" in venue else VenueKind.GOVERNMENT_HALL
    details = _small(starts_at, title, EventKind.GATHERING, 120, district, venue, kind)
    return replace(details, summary="Bertukar kabar antartokoh, tanpa pidato panjang.", capacity=80)


def _meeting(starts_at: datetime, title: str) -> EventDetails:
    details = _small(
        starts_at,
        title,
        EventKind.COORDINATION_MEETING,
        150,
        "61.04.16",
        "Ruang Rupatama Polres Ketapang",
        VenueKind.POLICE_HALL,
    )
    return replace(details, audience=Audience.INVITED, capacity=50)


def _work(starts_at: datetime, title: str) -> EventDetails:
    details = _small(
        starts_at, title, EventKind.SOCIAL_WORK, 180, "61.04.13", "Pasar Contoh Tumbang Titi", VenueKind.FIELD
    )
    return replace(details, summary="Bawa sapu dan sarung tangan; sarapan disediakan.", dress="Pakaian kerja")


def _parade(starts_at: datetime, title: str) -> EventDetails:
    details = _small(
        starts_at, title, EventKind.PARADE, 60, "61.04.16", "Lapangan Mapolres Ketapang", VenueKind.FIELD
    )
    return replace(details, audience=Audience.INVITED)


def _declaration(starts_at: datetime) -> EventDetails:
    details = _prayer(starts_at, "Doa bersama dan deklarasi kampanye damai", first=Faith.KHONGHUCU)
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


def _real_evening() -> EventDetails:
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
                for item in _prayers(Faith.ISLAM)
            ),
            ProgrammeItemDetails("Foto bersama dan ramah tamah", ItemKind.PHOTO, 20, session=2),
        ),
    )


def _sandai_evening() -> EventDetails:
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
