from datetime import date

import pytest

from app.almanac.details import CandidatePairDetails
from app.core.database import db
from app.core.permissions import Role
from app.news.details import FIXABLE, Finding, ItemStatus
from app.news.messages import _FINDINGS, SOURCES
from app.news.rules.lint import findings_in
from tests.news.factories import make_article
from tests.news.test_writing import token_of
from tests.people.factories import make_person
from tests.regions.factories import make_unit
from tests.support.forms import post
from tests.support.html import check_page

pytestmark = pytest.mark.once

PAIRS = [
    CandidatePairDetails("61.04", 1, "Satria Rekaan", "Dewi Rekaan"),
    CandidatePairDetails("61.04", 2, "Bima Contohan", "Sari Contohan"),
]


def codes(text="", title="Judul biasa", **more):
    return [(finding.code, finding.excerpt) for finding in findings_in(title=title, text=text, **more)]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Rabu 1/10/2024", ("weekday_differs", "Rabu 1/10/2024")),
        ("Kamis, 20 November 2024", ("weekday_differs", "Kamis, 20 November 2024")),
        ("Jumat (31/2/2025)", ("no_such_date", "Jumat (31/2/2025")),
        ("pukul 19.30 wib", ("zone_in_small_letters", "wib")),
        ("KPUD Ketapang", ("spelling", "KPUD")),
        ("para personil", ("spelling", "personil")),
        ("himbauan kepada warga", ("spelling", "himbauan")),
        ("AKBP Arif Rekaan, S.H., S.I.K., M.H memimpin", ("degree_without_stop", "M.H")),
        ("AKBP Arif Rekaan, SIK memimpin", ("degree_without_stop", "SIK")),
        ("Akbp. Arif Rekaan", ("rank_form", "Akbp.")),
        ("KOMPOL Arif Rekaan", ("rank_form", "KOMPOL")),
        ("Iptu Arif memimpin apel.", ("first_mention_short", "Iptu Arif")),
        ("Hadir 12500 orang.", ("number_without_stops", "12500")),
        ("Kegiatan kemarin berjalan tertib.", ("relative_day", "kemarin")),
        ("Dihadiri BPIP dari kota.", ("abbreviation_unexplained", "BPIP")),
    ],
)
def test_a_slip_is_named(text, finding):
    assert finding in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rabu, 20 November 2024 pukul 19.30 WIB",
        "Rabu (20/11/2024)",
        "AKBP Arif Rekaan, S.H., S.I.K., M.H., memimpin.",
        "Pdt. Contoh dan K.H. Contoh hadir pukul 07.30.",
        "Satpol PP, KPU, dan personel Linmas",
        "Kombes Pol. Arif Rekaan dan Iptu Dewi Rekaan, S.H., hadir. Iptu Dewi menutup acara.",
        "Badan Pembinaan Ideologi Pancasila (BPIP) hadir. BPIP menyumbang 12.500 buku, telepon 081234567890.",
        "NRP 75010234, kode 61.04.01, tahun 2024, https://x.id/12345",
    ],
)
def test_what_is_right_is_left_alone(text):
    assert codes(text) == []


def test_a_headline_that_the_text_contradicts_is_named():
    assert ("counts_differ", "lima pesantren") in [
        (code, excerpt.replace("5", "lima"))
        for code, excerpt in codes("Enam pesantren hadir.", title="Kapolsek Kunjungi Lima Pesantren")
    ]


def test_a_pair_mentioned_alone_and_untagged_is_named():
    found = [code for code, _ in codes("Satria Rekaan hadir.", pairs=PAIRS)]
    assert found == ["pairs_not_tagged", "pair_alone"]


def test_all_pairs_tagged_are_fine():
    assert codes("Satria Rekaan dan Bima Contohan hadir.", pairs=PAIRS, tagged=True) == []


def test_a_date_that_is_not_the_events_is_named():
    text = "Acara berlangsung Rabu, 13 November 2024."
    assert ("event_date_differs", "13 November 2024") in codes(text, event_on=date(2024, 11, 20))
    assert codes("Acara berlangsung 20 November 2024.", event_on=date(2024, 11, 20)) == []


def test_a_unit_that_is_not_known_here_is_named():
    units = ["Polres Ketapang", "Polsek Sandai"]
    assert ("unit_unknown", "Polsek Sendai") in codes("Kapolsek dan Polsek Sendai hadir.", units=units)
    assert codes("Polres Ketapang dan Polsek Sandai hadir.", units=units) == []


def test_every_rule_has_words_and_a_source():
    assert set(SOURCES) == set(_FINDINGS)
    assert set(SOURCES) >= FIXABLE


@pytest.mark.parametrize(
    ("finding", "fix"),
    [
        (Finding("weekday_differs", "Rabu 1/10/2024", "selasa"), ("Rabu 1/10/2024", "Selasa 1/10/2024")),
        (
            Finding("weekday_differs", "Jum'at, 20 November 2024", "rabu"),
            ("Jum'at, 20 November 2024", "Rabu, 20 November 2024"),
        ),
        (Finding("spelling", "personil", "personel"), ("personil", "personel")),
        (Finding("degree_without_stop", "SIK"), None),
        (Finding("counts_differ", "5", "6"), None),
    ],
)
def test_what_a_click_can_mend_is_offered(finding, fix):
    assert finding.fix == fix


def test_a_click_mends_the_words_and_nothing_else(app, sign_in):
    unit = make_unit("Polsek Redaksi")
    writer = make_person(Role.PENULIS, unit=unit)
    body = '<p>Para personil hadir, <a href="https://x.id/personil">personil</a>; kepersonilan tetap.</p>'
    article = make_article(
        "Personil hadir", unit=unit, by=writer, body=body, status=ItemStatus.DRAFT, published_at=None
    )
    client, page = sign_in(writer), f"/kelola/berita/{article.id}"
    shown = check_page(client.get(page)).find(id="periksa").text
    assert "Kamus Besar" in shown
    assert post(client, page, "/perbaiki").status_code == 303
    assert post(client, page, "/perbaiki").status_code == 303
    db.session.refresh(article)
    assert article.title == "Personel hadir"
    assert article.body == body.replace("Para personil", "Para personel").replace(">personil<", ">personel<")
    assert article.version == 3
    data = {"csrf_token": token_of(client, page), "lama": "tidak ada", "baru": "x", "version": 3}
    assert client.post(f"{page}/perbaiki", data=data).status_code == 303
    assert "sudah tidak ada" in client.get(page).text
