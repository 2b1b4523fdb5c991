"""Invented people of the sample regency: one account a role, leaders of seven faiths, organisations."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.database import db, transactional
from app.core.faiths import Faith
from app.core.permissions import Role
from app.people import actions
from app.people.details import (
    LeaderStatus,
    OrganisationDetails,
    OrganisationKind,
    PersonDetails,
    SignUpDetails,
)
from app.people.models import Leader, Organisation, Person, RoleAssignment
from app.people.rules.passwords import hash_password
from app.regions.models import Unit
from app.web.house import World

_WORDS = """
bambu batik beras bintang bukit bulan bunga cemara cengkih damar danau dayung delima durian embun
enau gaharu gambut gelang hujan ikan jati jeruk kapas karang kayu kelapa kenari kopi kunyit ladang
langit laut lebah lereng lontar lumbung mangga manggis matahari melati meranti muara nanas nipah
ombak padi pandan pantai pelita pinang pisang rakit rambutan rotan rumbia sagu salak sawah sungai
tebu telaga tikar timur topi ulin
""".split()  # noqa: SIM905 – one word a line would hide the code


@dataclass(frozen=True)
class _Account:
    role: Role
    unit: str
    person: PersonDetails


_ACCOUNTS = (
    _Account(
        Role.TOKOH,
        "polsek-delta-pawan",
        PersonDetails(
            "Rahman Contoh", front_titles="Ustaz", back_titles="S.Pd.I.", office="tokoh agama Islam"
        ),
    ),
    _Account(
        Role.PETUGAS,
        "polsek-delta-pawan",
        PersonDetails("Sari Teladan", rank="Aipda", back_titles="S.H.", office="Bhabinkamtibmas"),
    ),
    _Account(
        Role.PENULIS, "polres-ketapang", PersonDetails("Bagas Rekaan", rank="Briptu", office="Staf Humas")
    ),
    _Account(
        Role.EDITOR,
        "polres-ketapang",
        PersonDetails("Dewi Umpama", rank="Ipda", back_titles="S.I.Kom.", office="Kasi Humas"),
    ),
    _Account(
        Role.PIMPINAN,
        "polres-ketapang",
        PersonDetails(
            "Umpama Teladan Negara", rank="AKBP", back_titles="S.I.K., M.H.", office="Kapolres Ketapang"
        ),
    ),
    _Account(
        Role.ADMIN, "polres-ketapang", PersonDetails("Andi Misal", rank="Bripka", office="Operator portal")
    ),
)


@dataclass(frozen=True)
class _LeaderEntry:
    key: str
    person: PersonDetails
    organisation: str
    capacity: str
    unit: str
    district: str


_LEADERS = (
    _LeaderEntry(
        "katolik",
        PersonDetails("Petrus Rekaan", front_titles="RD."),
        "keuskupan",
        "pastor paroki",
        "polsek-delta-pawan",
        "61.04.16",
    ),
    _LeaderEntry(
        "protestan",
        PersonDetails("Yohana Umpama", front_titles="Pdt.", back_titles="M.Th."),
        "pgi",
        "pendeta",
        "polsek-delta-pawan",
        "61.04.16",
    ),
    _LeaderEntry(
        "hindu",
        PersonDetails("Made Teladan", front_titles="Pinandita"),
        "phdi",
        "pinandita",
        "polsek-delta-pawan",
        "61.04.16",
    ),
    _LeaderEntry(
        "buddha",
        PersonDetails("Vira Contoh", front_titles="Pandita"),
        "walubi",
        "pandita",
        "polsek-benua-kayong",
        "61.04.18",
    ),
    _LeaderEntry(
        "khonghucu",
        PersonDetails("Liem Misal", front_titles="Ws."),
        "makin",
        "rohaniwan",
        "polsek-delta-pawan",
        "61.04.16",
    ),
    _LeaderEntry(
        "penghayat",
        PersonDetails("Jaya Rekaan", front_titles="Ki"),
        "mlki",
        "pemuka penghayat",
        "polsek-nanga-tayap",
        "61.04.11",
    ),
    _LeaderEntry(
        "islam-sandai",
        PersonDetails("Hasan Andai", front_titles="K.H."),
        "mui",
        "pimpinan majelis",
        "polsek-sandai",
        "61.04.05",
    ),
    _LeaderEntry(
        "adat",
        PersonDetails("Lungkar Umpama", front_titles="Patih"),
        "dad",
        "ketua adat Dayak",
        "polsek-sandai",
        "61.04.05",
    ),
    _LeaderEntry(
        "adat-melayu",
        PersonDetails("Usman Teladan", front_titles="H."),
        "mabm",
        "tokoh adat Melayu",
        "polsek-benua-kayong",
        "61.04.18",
    ),
    _LeaderEntry(
        "pemuda",
        PersonDetails("Ratna Misal", back_titles="S.Sos."),
        "pemuda",
        "ketua pemuda lintas agama",
        "polsek-delta-pawan",
        "61.04.16",
    ),
    _LeaderEntry(
        "katolik-tumbang-titi",
        PersonDetails("Agnes Contoh", front_titles="Sr."),
        "keuskupan",
        "biarawati",
        "polsek-tumbang-titi",
        "61.04.13",
    ),
    _LeaderEntry(
        "islam-kendawangan",
        PersonDetails("Salim Teladan", front_titles="Ustaz"),
        "mui",
        "imam masjid",
        "polsek-kendawangan",
        "61.04.04",
    ),
)

_FORKOPIMDA, _ELECTION, _FAITH = (
    OrganisationKind.FORKOPIMDA,
    OrganisationKind.ELECTION,
    OrganisationKind.FAITH,
)
_ORGANISATIONS = {
    "bupati": OrganisationDetails(
        "Pemerintah Kabupaten Ketapang",
        _FORKOPIMDA,
        "Pemkab",
        head_title="Bupati Ketapang",
        head_name="Teladan Bupati Contoh",
        protocol_order=10,
    ),
    "dprd": OrganisationDetails(
        "DPRD Kabupaten Ketapang",
        _FORKOPIMDA,
        "DPRD",
        head_title="Ketua DPRD",
        head_name="Misal Wakil Rakyat",
        protocol_order=20,
    ),
    "kodim": OrganisationDetails(
        "Kodim Contoh Ketapang",
        _FORKOPIMDA,
        "Kodim",
        head_title="Dandim",
        head_name="Letkol Inf Umpama Perwira",
        protocol_order=30,
    ),
    "kejari": OrganisationDetails(
        "Kejaksaan Negeri Ketapang",
        _FORKOPIMDA,
        "Kejari",
        head_title="Kepala Kejaksaan Negeri",
        head_name="Rekaan Jaksa, S.H., M.H.",
        protocol_order=40,
    ),
    "pengadilan": OrganisationDetails(
        "Pengadilan Negeri Ketapang",
        _FORKOPIMDA,
        "PN",
        head_title="Ketua Pengadilan Negeri",
        head_name="Andai Hakim, S.H.",
        protocol_order=50,
    ),
    "kesbangpol": OrganisationDetails(
        "Badan Kesatuan Bangsa dan Politik",
        OrganisationKind.GOVERNMENT,
        "Kesbangpol",
        head_title="Kepala Badan",
        head_name="Contoh Kesbang, M.Si.",
        protocol_order=90,
    ),
    "kpu": OrganisationDetails(
        "Komisi Pemilihan Umum Kabupaten Ketapang",
        _ELECTION,
        "KPU",
        head_title="Ketua KPU",
        head_name="Teladan Pemilu",
        protocol_order=100,
    ),
    "bawaslu": OrganisationDetails(
        "Badan Pengawas Pemilihan Umum Kabupaten Ketapang",
        _ELECTION,
        "Bawaslu",
        head_title="Ketua Bawaslu",
        head_name="Misal Pengawas",
        protocol_order=110,
    ),
    "fkub": OrganisationDetails(
        "Forum Kerukunan Umat Beragama Kabupaten Ketapang",
        OrganisationKind.HARMONY_FORUM,
        "FKUB",
        head_title="Ketua FKUB",
        head_name="Drs. Rukun Contoh",
        protocol_order=200,
    ),
    # Faith bodies share one place in the order: none stands above another; within it the alphabet decides.
    "mui": OrganisationDetails(
        "Majelis Ulama Indonesia Kabupaten Ketapang",
        _FAITH,
        "MUI",
        Faith.ISLAM,
        head_title="Ketua",
        head_name="K.H. Contoh Ulama",
        protocol_order=300,
    ),
    "pgi": OrganisationDetails(
        "Persekutuan Gereja-gereja Setempat Ketapang",
        _FAITH,
        "PGI",
        Faith.PROTESTAN,
        head_title="Ketua",
        head_name="Pdt. Teladan Gereja",
        protocol_order=300,
    ),
    "keuskupan": OrganisationDetails(
        "Keuskupan Contoh Ketapang",
        _FAITH,
        "Keuskupan",
        Faith.KATOLIK,
        head_title="Vikaris Jenderal",
        head_name="RD. Umpama Paroki",
        protocol_order=300,
    ),
    "phdi": OrganisationDetails(
        "Parisada Hindu Dharma Indonesia Kabupaten Ketapang",
        _FAITH,
        "PHDI",
        Faith.HINDU,
        head_title="Ketua",
        head_name="Pinandita Misal Dharma",
        protocol_order=300,
    ),
    "walubi": OrganisationDetails(
        "Perwakilan Umat Buddha Indonesia Kabupaten Ketapang",
        _FAITH,
        "Walubi",
        Faith.BUDDHA,
        head_title="Ketua",
        head_name="Pandita Andai Metta",
        protocol_order=300,
    ),
    "makin": OrganisationDetails(
        "Majelis Agama Khonghucu Indonesia Ketapang",
        _FAITH,
        "Makin",
        Faith.KHONGHUCU,
        head_title="Ketua",
        head_name="Ws. Rekaan Kebajikan",
        protocol_order=300,
    ),
    "mlki": OrganisationDetails(
        "Majelis Luhur Kepercayaan Indonesia Kabupaten Ketapang",
        _FAITH,
        "MLKI",
        Faith.PENGHAYAT,
        head_title="Ketua",
        head_name="Ki Contoh Luhur",
        protocol_order=300,
    ),
    "dad": OrganisationDetails(
        "Dewan Adat Dayak Kabupaten Ketapang",
        OrganisationKind.CUSTOM,
        "DAD",
        head_title="Ketua",
        head_name="Patih Teladan Dayak",
        protocol_order=400,
    ),
    "mabm": OrganisationDetails(
        "Majelis Adat Budaya Melayu Kabupaten Ketapang",
        OrganisationKind.CUSTOM,
        "MABM",
        head_title="Ketua",
        head_name="H. Misal Melayu",
        protocol_order=400,
    ),
    "pemuda": OrganisationDetails(
        "Forum Pemuda Lintas Agama Contoh",
        OrganisationKind.YOUTH,
        "FPLA",
        head_title="Ketua",
        head_name="Ratna Misal, S.Sos.",
        protocol_order=600,
    ),
    "perempuan": OrganisationDetails(
        "Gabungan Perempuan Rukun Contoh",
        OrganisationKind.WOMEN,
        "GPRC",
        head_title="Ketua",
        head_name="Ibu Andai Sejahtera",
        protocol_order=610,
    ),
    "pers": OrganisationDetails(
        "Perkumpulan Wartawan Contoh Ketapang",
        OrganisationKind.PRESS,
        "PWC",
        head_title="Ketua",
        head_name="Umpama Warta",
        protocol_order=700,
    ),
    "tim-1": OrganisationDetails(
        "Tim Kampanye Pasangan Nomor Urut 1 (rekaan)",
        OrganisationKind.CAMPAIGN_TEAM,
        "Tim 1",
        head_title="Ketua tim",
        head_name="Contoh Satu",
        protocol_order=800,
        ballot_number=1,
    ),
    "tim-2": OrganisationDetails(
        "Tim Kampanye Pasangan Nomor Urut 2 (rekaan)",
        OrganisationKind.CAMPAIGN_TEAM,
        "Tim 2",
        head_title="Ketua tim",
        head_name="Contoh Dua",
        protocol_order=800,
        ballot_number=2,
    ),
    "tim-3": OrganisationDetails(
        "Tim Kampanye Pasangan Nomor Urut 3 (rekaan)",
        OrganisationKind.CAMPAIGN_TEAM,
        "Tim 3",
        head_title="Ketua tim",
        head_name="Contoh Tiga",
        protocol_order=800,
        ballot_number=3,
    ),
}


def fill(world: World) -> None:
    """Make accounts with random passwords, leaders and organisations.

    Leaves people by role code (and leaders by their key, such as "katolik" or "adat") and organisations by
    short name, all loaded and detached, for the samples of later features.
    """
    passwords = {account.role: _password() for account in _ACCOUNTS}
    hashes = {role: hash_password(password) for role, password in passwords.items()}
    ids = _fill(world, hashes)
    for account in _ACCOUNTS:
        world.accounts.append(
            (account.role.value, f"{account.role.value}@contoh.id", passwords[account.role])
        )
    for key, person_id in ids.items():
        world.people[key] = db.session.get_one(Person, person_id)
    organisations = {row.name: row for row in db.session.scalars(select(Organisation))}
    world.organisations.update({key: organisations[details.name] for key, details in _ORGANISATIONS.items()})
    db.session.expunge_all()


def _password() -> str:
    """Four words and three digits: about 34 random bits, easily typed from a terminal."""
    words = "-".join(secrets.choice(_WORDS) for _ in range(4))
    return f"{words}-{secrets.randbelow(900) + 100}"


@transactional
def _fill(world: World, hashes: dict[Role, str]) -> dict[str, int]:
    units = {unit.slug: unit for unit in db.session.scalars(select(Unit))}
    ids: dict[str, int] = {}
    asked = world.now - timedelta(days=40)
    for account in _ACCOUNTS:
        unit = units[account.unit]
        person = actions.add_person(
            account.person,
            email=f"{account.role.value}@contoh.id",
            role=account.role,
            unit=unit,
            password_hash=hashes[account.role],
            now=asked,
        )
        ids[account.role.value] = person.id
    main = units["polres-ketapang"]
    organisations = {
        key: actions.create_organisation(details, unit=main, by=None, now=asked)
        for key, details in _ORGANISATIONS.items()
    }
    first = db.session.scalars(select(Leader).where(Leader.person_id == ids["tokoh"])).one()
    first.organisation_id, first.capacity = organisations["mui"].id, "tokoh agama"
    ids["islam"] = ids["tokoh"]
    for entry in _LEADERS:
        ids[entry.key] = _leader(
            entry, units[entry.unit], organisations[entry.organisation], asked, by=ids["petugas"]
        )
    actions.sign_up_leader(
        SignUpDetails(
            person=PersonDetails("Maria Andai", front_titles="Ibu", phone="+6281200000099"),
            email="maria.andai@contoh.id",
            organisation_name="Kelompok Doa Contoh Pawan",
            capacity="penggerak doa lintas iman",
            district_code="61.04.16",
            password_hash="",
        ),
        sign_in_link="/masuk",
        now=world.now - timedelta(days=2, hours=3),
    )
    return ids


def _leader(entry: _LeaderEntry, unit: Unit, organisation: Organisation, asked: datetime, *, by: int) -> int:

    person = Person(
        name=entry.person.name,
        front_titles=entry.person.front_titles,
        back_titles=entry.person.back_titles,
        office=entry.capacity,
        email=f"tokoh.{entry.key}@contoh.id",
        created_at=asked,
    )
    db.session.add(person)
    db.session.flush()
    db.session.add(
        Leader(
            person_id=person.id,
            organisation_id=organisation.id,
            organisation_name=organisation.name,
            capacity=entry.capacity,
            unit_id=unit.id,
            district_code=entry.district,
            status=LeaderStatus.VERIFIED,
            asked_at=asked,
            decided_at=asked,
            decided_by_id=by,
        )
    )
    db.session.add(
        RoleAssignment(
            person_id=person.id, role=Role.TOKOH, unit_id=unit.id, granted_at=asked, granted_by_id=by
        )
    )
    return person.id
