"""Which pairs a text names: what must be noticed, and what must be left alone."""

import pytest

from app.almanac.details import CandidatePairDetails, NamedBy
from app.almanac.rules.naming import normalised, pairs_named_in, parties_named_in

pytestmark = pytest.mark.once

PAIRS = (
    CandidatePairDetails(
        "61.04",
        1,
        "Drs. H. Fulan Contoh Teladan, M.Si.",
        "Misalia Umpama, S.E.",
        parties=("Golkar", "Partai Keadilan Sejahtera"),
    ),
    CandidatePairDetails("61.04", 2, "Ahmad Ma'ruf Andaian", "Hj. Siti Rekaan", parties=("PDI Perjuangan",)),
    CandidatePairDetails(
        "61.04", 3, "Karangan", "dr. Bayangan Dugaan", parties=("Partai Garuda",), aliases=("KABAR BAIK",)
    ),
)


def numbers(text: str) -> list[int]:
    return [naming.pair.ballot_number for naming in pairs_named_in(text, PAIRS)]


def ways(text: str) -> list[tuple[int, list[NamedBy]]]:
    return [(naming.pair.ballot_number, list(naming.by)) for naming in pairs_named_in(text, PAIRS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hadir pula FULAN CONTOH TELADAN.", [1]),
        ("Hadir pula H. Fulan Contoh, tokoh masyarakat", [1]),
        ("Bapak Contoh Teladan memberi sambutan", [1]),
        ("Fulan Teladan memberi sambutan", [1]),
        ("Misalia Umpama, S.E., hadir", [1]),
        ("pendukung Contoh–Umpama", [1]),
        ("Fulan dan Misalia datang bersama", [1]),
        ("Ma’ruf–Rekaan", [2]),
        ("Ahmad Maruf Andaian", [2]),
        ("Fu\u200blan Con\u00adtoh", [1]),
        ("Fúlan  \n Contoh", [1]),
        ("Karangan hadir", [3]),
        ("relawan Kabar-Baik", [3]),
    ],
)
def test_a_pair_is_named_by_its_names(text: str, expected: list[int]) -> None:
    assert ways(text) == [(number, [NamedBy.NAMA]) for number in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pasangan calon nomor urut 2", [2]),
        ("Nomor Urut 02", [2]),
        ("no. urut 2", [2]),
        ("paslon 3", [3]),
        ("Paslon No. 3", [3]),
        ("paslon nomor satu", [1]),
        ("pasangan nomor 1", [1]),
        ("calon bupati nomor 2", [2]),
        ("coblos nomor 2", [2]),
        ("nomor urut 1, 2, dan 3", [1, 2, 3]),
        ("nomor urut 1 dan nomor urut 3", [1, 3]),
        ("nomor urut 1 sampai 3", [1, 2, 3]),
        ("nomor urut 1 s.d. 3", [1, 2, 3]),
        ("nomor urut 1–3", [1, 2, 3]),
        ("nomor urut satu hingga tiga", [1, 2, 3]),
    ],
)
def test_a_pair_is_named_by_its_ballot_number(text: str, expected: list[int]) -> None:
    assert ways(text) == [(number, [NamedBy.NOMOR_URUT]) for number in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ketua DPD Partai Golkar hadir", [1]),
        ("Golkar", [1]),
        ("Partai Keadilan Sejahtera", [1]),
        ("kader PKS", [1]),
        ("Partai pengusung, antara lain PKS, hadir", [1]),
        ("PDI-P", [2]),
        ("PDIP", [2]),
        ("Partai Garuda", [3]),
    ],
)
def test_a_pair_is_named_by_a_party_that_carries_it(text: str, expected: list[int]) -> None:
    assert ways(text) == [(number, [NamedBy.PARTAI]) for number in expected]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Doa bersama lintas agama untuk Pilkada yang damai",
        "Seluruh pasangan calon hadir; ketiga paslon menandatangani ikrar",
        "Peraturan KPU Nomor 2 Tahun 2024",
        "Juara nomor 1 lomba baris-berbaris",
        "Jalan Contoh Nomor 3, Ketapang",
        "Contoh surat undangan",
        "Ahmad dan Siti menikah",
        "Pak Teladan membuka acara",
        "nomor urut 12",
        "pasangan calon pengantin",
        "Penandatanganan PKS antara Polres dan dinas; pabrik kelapa sawit (PKS) di Marau",
        "Burung Garuda",
        "pesawat Garuda mendarat menjelang Pilkada",
        "kabar yang baik",
        "rumah makan Golkarindo",
    ],
)
def test_a_text_that_names_nobody_is_left_alone(text: str) -> None:
    assert numbers(text) == []


def test_every_way_and_every_phrase_is_reported_once() -> None:
    text = "Fulan Contoh Teladan (nomor urut 1) diusung Partai Golkar. Sekali lagi: nomor urut 1."
    (naming,) = pairs_named_in(text, PAIRS)
    assert naming.by == (NamedBy.NAMA, NamedBy.NOMOR_URUT, NamedBy.PARTAI)
    assert {"fulan contoh teladan", "nomor urut 1", "partai golkar"} <= set(naming.phrases)
    assert len(naming.phrases) == len(set(naming.phrases))


def test_pairs_come_in_ballot_order_whatever_the_text_says_first() -> None:
    given = tuple(reversed(PAIRS))
    found = pairs_named_in("paslon 3, lalu paslon 1", given)
    assert [naming.pair.ballot_number for naming in found] == [1, 3]


def test_a_pair_without_deputy_is_named_by_the_one_name() -> None:
    village_head = CandidatePairDetails("61.04.16.2001", 1, "Fulan Contoh")
    assert len(pairs_named_in("Fulan Contoh hadir", [village_head])) == 1
    assert pairs_named_in("rapat desa", [village_head]) == ()


def test_a_party_that_the_table_does_not_know_counts_as_the_pair_writes_it() -> None:
    local = CandidatePairDetails(
        "11.01", 1, "Fulan Contoh", "Misalia Umpama", parties=("Partai Rekaan Daerah",)
    )
    assert len(pairs_named_in("Partai Rekaan Daerah", [local])) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Partai Ummat dan Partai Umat", ["Partai Ummat"]),
        ("Gerindra, NasDem", ["Partai Gerakan Indonesia Raya", "Partai NasDem"]),
        ("koalisi PAN dan PPP", ["Partai Amanat Nasional", "Partai Persatuan Pembangunan"]),
        ("Partai Demokrat", ["Partai Demokrat"]),
        ("umat beragama", []),
        ("menjaga Persatuan Indonesia dalam Pilkada", []),
        ("sikap demokrat dalam Pilkada", []),
        ("pan penggorengan untuk posko kampanye", []),
        ("Hari Buruh Internasional", []),
        ("mendengar hati nurani rakyat", []),
    ],
)
def test_parties_are_named_without_any_pair(text: str, expected: list[str]) -> None:
    assert list(parties_named_in(text)) == expected


def test_texts_are_compared_without_case_accents_and_punctuation() -> None:
    assert normalised("  Ma’ruf, “ÉLOK”—S.H.; no. 1–3 ") == "maruf elok s h no 1 sampai 3"
