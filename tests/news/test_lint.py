import pytest

from app.almanac.details import CandidatePairDetails
from app.news.rules.lint import findings_in

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
