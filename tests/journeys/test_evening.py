"""One evening, from the proposal of a religious leader to the article everybody can read, in a browser."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support import schema
from tests.support import site as sites
from tests.support.site import Site

# The sample regency wakes on Monday 23 November 2026; the evening is the Wednesday after, 19.30 in Ketapang.
STARTS, ENDS = "2026-11-25T19:30", "2026-11-25T23:00"
DOORS_OPEN = "2026-11-25T12:10:00+00:00"
NIGHT_AFTER = "2026-11-25T15:00:00+00:00"
MORNING_AFTER = "2026-11-26T01:00:00+00:00"

TITLE = "Rapat kesiapan, deklarasi damai, dan doa bersama Mulia Baru"
PLEDGE = "Deklarasi damai Mulia Baru"
TEAMS = [f"Tim Kampanye Pasangan Nomor Urut {number} (rekaan)" for number in (1, 2, 3)]
ELECTION_OFFICE = "Komisi Pemilihan Umum Kabupaten Ketapang"

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, for its clock is moved."""
    instance = tmp_path_factory.mktemp("evening")
    if request.config.getoption("--database") == "sqlite":
        with sites.running(instance) as running:
            yield running
        return
    with (
        schema.postgresql_database(str(request.config.getoption("--database-url"))) as url,
        sites.running(instance, database_url=url) as running,
    ):
        yield running


def test_the_evening_from_proposal_to_news(visit: Visit, site: Site) -> None:
    leader, officer, visitor = visit("tokoh"), visit("petugas", width=1280), visit(javascript=False)

    propose_the_evening(leader)
    event = approve_and_announce(officer)
    ticket, code = register_without_script(visitor)
    move_it_by_a_quarter(visit("petugas", javascript=False), event)
    assert_ticket_shows_both_times(visitor, ticket)
    pledge = prepare_the_pledge(officer, event)
    sign_for_the_institutions(officer)
    sign_by_phone(visitor, pledge)

    site.live_on(DOORS_OPEN)
    check_in_at_the_desk(officer, event, code)
    assert_ticket_says_present(visitor, ticket)

    site.live_on(NIGHT_AFTER)
    write_down_what_happened(officer, event)

    site.live_on(MORNING_AFTER)
    article = draft_the_news(visit("penulis", javascript=False), event)
    publish_the_news(visit("editor"), article)
    read_the_news_as_anybody(visitor, article)


def propose_the_evening(page: Page) -> None:
    """The leader fills the form on a phone, mends what is refused, and hands it in."""
    page.goto("/kelola/acara/baru")
    page.get_by_label("Judul acara").fill(TITLE)
    kinds = page.get_by_role("group", name="Jenis acara")
    for kind in ("Rapat koordinasi", "Deklarasi damai", "Doa bersama"):
        kinds.get_by_label(kind).check()
    page.get_by_label("Mulai", exact=True).fill(STARTS)
    page.get_by_label("Selesai").fill("2026-11-25T18:30")
    page.get_by_label("Tempat", exact=True).fill("Aula Contoh Mulia Baru")
    page.get_by_label("Jenis tempat").select_option(label="Gedung warga")
    page.get_by_label("Kecamatan", exact=True).select_option(label="Delta Pawan")
    for faith in ("Islam", "Katolik", "Hindu"):
        page.get_by_role("group", name="Umat yang diundang").get_by_label(faith).check()

    fill_row(page, "sessions", 0, title="Rapat koordinasi", kind="Rapat koordinasi")
    add_row(page, "sessions", title="Deklarasi damai", kind="Deklarasi damai", names_candidates=True)
    add_row(page, "sessions", title="Doa bersama", kind="Doa bersama")
    add_row(page, "programme", title="Arahan", kind="Arahan", minutes="30", leader_name="Kapolsek Contoh")
    add_row(page, "programme", title="Pembacaan ikrar", kind="Ikrar", minutes="30", session="2")
    for faith in ("Islam", "Katolik", "Hindu"):
        add_row(page, "programme", title=f"Doa {faith}", kind="Doa", minutes="10", session="3", faith=faith)
    page.get_by_label("Daya tampung").fill("40")
    page.get_by_label("Keterangan untuk warga").fill("Mari mendoakan pemilihan yang aman dan rukun.")

    page.get_by_role("button", name="Ajukan acara").click()
    expect(page.locator("#ends_at-error")).to_have_text("Waktu selesai harus sesudah waktu mulai.")
    expect(page.get_by_label("Judul acara")).to_have_value(TITLE)
    expect(page.get_by_label("Selesai")).to_have_value("2026-11-25T18:30")
    expect(page.locator("[data-row^=programme-]").last.get_by_label("Mata acara")).to_have_value("Doa Hindu")

    page.get_by_label("Selesai").fill(ENDS)
    page.get_by_role("button", name="Periksa waktu").click()
    expect(page.locator("#guards")).to_contain_text("pemimpin doa belum ada")
    page.get_by_role("button", name="Ajukan acara").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("main")).to_contain_text("Menunggu diperiksa")


def approve_and_announce(page: Page) -> str:
    """The officer finds the proposal waiting, overrides what may be overridden, and makes it public."""
    page.goto("/kelola/")
    page.locator(".waiting").get_by_role("link", name=TITLE).click()
    while page.get_by_text("Kesampingkan dengan alasan").count():
        page.get_by_text("Kesampingkan dengan alasan").first.click()
        page.get_by_label("Alasan mengesampingkan").first.fill("Disepakati bersama para tokoh setempat.")
        page.get_by_role("button", name="Catat alasan").first.click()
    unfold_and_press(page, "Setujui", "Ya, setujui")
    expect(page.locator(".page-head")).to_contain_text("Disetujui")
    unfold_and_press(page, "Umumkan", "Umumkan acara")
    expect(page.locator(".page-head")).to_contain_text("Diumumkan")
    return page.url


def register_without_script(page: Page) -> tuple[str, str]:
    """A visitor finds the evening, registers, changes the number; sending twice makes one ticket."""
    page.goto("/acara/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("main")).to_contain_text("Rabu, 25 November 2026")
    page.get_by_role("link", name="Daftar hadir").first.click()
    page.get_by_label("Nama", exact=True).fill("Wati Contoh")
    page.get_by_label("Nomor telepon").fill("12345")
    page.get_by_label("Berapa orang yang datang").fill("2")
    page.get_by_label("Saya setuju").check()
    page.get_by_role("button", name="Daftar hadir").click()
    expect(page.locator("#phone-error")).to_contain_text("Nomor ini belum benar")
    expect(page.get_by_label("Nama", exact=True)).to_have_value("Wati Contoh")

    page.get_by_label("Nomor telepon").fill("0812-0000-4321")
    first = send_from_a_second_tab(page)
    page.get_by_role("button", name="Daftar hadir").click()
    expect(page.locator(".page-head")).to_contain_text("Terdaftar")
    assert page.url == first, "pressing twice made two tickets"
    page.reload()
    assert page.url == first
    for _page in ("the refused form", "the empty form"):
        page.go_back()
    page.get_by_label("Nomor telepon").fill("0812-0000-4321")
    page.get_by_role("button", name="Daftar hadir").click()
    assert page.url == first, "going back and pressing again made another ticket"

    page.get_by_label("Jumlah orang").fill("3")
    page.get_by_role("button", name="Ubah jumlah").click()
    expect(page.locator("main")).to_contain_text("3 orang")
    return page.url, page.locator(".qr code").inner_text()


def move_it_by_a_quarter(page: Page, event: str) -> None:
    """The officer reads what will be sent before it is sent, and the worker has planned the reminders anew."""
    page.goto(f"{event}/ubah")
    page.get_by_label("Mulai", exact=True).fill(STARTS.replace("19:30", "19:45"))
    page.get_by_role("button", name="Simpan perubahan").click()
    text = page.locator(".sample__text", has_text="Pendaftaran Anda tetap berlaku")
    expect(text).to_contain_text(
        "pukul 19.45–23.00 WIB (semula ~Rabu, 25 November 2026 pukul 19.30–23.00 WIB~)"
    )
    expect(page.locator(".samples")).to_contain_text("Wati Contoh")
    expect(page.locator(".samples")).to_contain_text("Pengusul: 1 orang")
    page.get_by_role("button", name="Simpan dan kirim 2 pesan").click()
    expect(page.locator(".flashes")).to_contain_text("Perubahan sudah disimpan")
    expect(page.locator("#pengingat")).to_contain_text("Rabu, 25 November 2026 pukul 17.45 WIB")


def assert_ticket_shows_both_times(page: Page, ticket: str) -> None:
    page.goto(ticket)
    expect(page.locator("main")).to_contain_text("19.45")
    page.goto("/acara/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("main s")).to_contain_text("19.30")


def send_from_a_second_tab(page: Page) -> str:
    """Send the filled form once more beside the page; gives where that led."""
    form = page.locator("form", has=page.get_by_label("Nomor telepon"))
    fields = form.evaluate("form => Object.fromEntries(new FormData(form))")
    answer = page.request.post(page.url, form=fields, headers={"Origin": page.url.split("/acara/")[0]})
    assert answer.ok, answer.status
    return answer.url


def prepare_the_pledge(page: Page, event: str) -> str:
    """The officer writes the points, asks the institutions, and opens the pledge; gives its public address."""
    page.goto(event)
    page.get_by_role("link", name="Susun ikrar").click()
    page.get_by_label("Judul").fill(PLEDGE)
    for number, point in enumerate(("Menjaga kerukunan.", "Menolak kabar bohong.", "Menghormati hasil.")):
        page.get_by_label("Bunyi butir").nth(number).fill(point)
    page.get_by_role("button", name="Simpan", exact=True).last.click()
    page.get_by_role("link", name="Lembaga penanda tangan").click()
    asked = page.get_by_role("group", name="Diundang menandatangani")
    for name in (ELECTION_OFFICE, *reversed(TEAMS)):
        asked.get_by_label(name).check()
    page.get_by_role("button", name="Simpan daftar").click()
    expect(page.locator("ol.columns h2")).to_have_text([*TEAMS, ELECTION_OFFICE])
    page.get_by_role("navigation").get_by_role("link", name=PLEDGE).click()
    page.get_by_role("button", name="Buka untuk umum").click()
    return page.get_by_role("link", name="Halaman publik").get_attribute("href") or ""


def sign_for_the_institutions(page: Page) -> None:
    """All teams sign at the table; the election office sends somebody."""
    page.get_by_role("link", name="Lembaga penanda tangan").click()
    for name in (*TEAMS, ELECTION_OFFICE):
        page.locator("li.panel", has_text=name).get_by_role("link", name="Tanda tangani").click()
        if name == ELECTION_OFFICE:
            page.get_by_label("Diwakili oleh").fill("Rekaan Anggota")
        page.get_by_role("button", name="Tanda tangani").click()
        expect(page.locator("li.panel", has_text=name)).to_contain_text("Sudah menandatangani")


def sign_by_phone(page: Page, pledge: str) -> None:
    """A visitor reads who stands behind the pledge and signs as well."""
    page.goto(pledge)
    expect(page.locator("[data-signatories=pihak] .kicker")).to_have_text([*TEAMS, ELECTION_OFFICE])
    expect(page.locator("main")).to_contain_text("diwakili oleh Rekaan Anggota")
    expect(page.locator("[data-live=count]")).to_have_text("0")
    page.get_by_role("link", name="Ikut menandatangani").first.click()
    page.get_by_label("Nama lengkap").fill("Wati Contoh")
    page.get_by_label("Nomor telepon").fill("0812-0000-4321")
    page.get_by_label("Kecamatan").select_option(label="Delta Pawan")
    page.get_by_label("Saya setuju").check()
    page.get_by_role("button", name="Tanda tangani").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Terima kasih, tanda tangan diterima")
    page.goto(pledge)
    expect(page.locator("[data-live=count]")).to_have_text("1")


def check_in_at_the_desk(page: Page, event: str, code: str) -> None:
    """The code on the phone is typed at the door."""
    page.goto(event)
    page.get_by_role("link", name="Meja kehadiran").click()
    page.locator("#desk-typed").fill(code)
    page.get_by_role("button", name="Catat hadir").click()
    noted = page.locator("[data-latest] li", has_text="Wati Contoh")
    expect(noted).to_contain_text("3 orang")
    expect(noted).to_contain_text("Hadir")
    expect(page.locator('.desk [data-live="unsent"]')).to_have_text("0")


def assert_ticket_says_present(page: Page, ticket: str) -> None:
    page.goto(ticket)
    expect(page.locator(".page-head")).to_contain_text("Hadir")


def write_down_what_happened(page: Page, event: str) -> None:
    """The officer marks the evening as held, writes the minutes and the report, and signs both."""
    page.goto(event)
    page.get_by_role("button", name="Tandai selesai").click()
    expect(page.locator(".page-head")).to_contain_text("Selesai")
    page.get_by_role("link", name="Buka catatan acara").click()

    sheet(page, "Notula").get_by_role("button", name="Mulai menulis").click()
    page.get_by_label("Pimpinan rapat").fill("Kapolsek Contoh")
    page.get_by_label("Notulis").fill("Sari Teladan")
    page.get_by_label("Mulai").fill("2026-11-25T19:30")
    page.get_by_label("Selesai").fill("2026-11-25T21:15")
    task = page.locator("[data-section='tindak-lanjut']")
    task.get_by_label("Isi").fill("Apel kesiapan")
    task.get_by_label("Penanggung jawab").fill("Satpol PP dan Linmas")
    task.get_by_label("Paling lambat").fill("2026-12-01")
    page.locator(".minutes__save").get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Catatan acara").click()
    expect(sheet(page, "Notula")).to_contain_text("Apel kesiapan, Satpol PP dan Linmas")

    sheet(page, "Laporan kegiatan").get_by_role("link", name="Tulis").click()
    page.get_by_label("Jabatan pemimpin acara").fill("Kapolsek Delta Pawan")
    page.get_by_label("Nama pemimpin acara").fill("Iptu Umpama Contoh, S.H.")
    add_row(
        page,
        "quotes",
        speaker="Iptu Umpama Contoh, S.H.",
        capacity="Kapolsek Delta Pawan",
        text="Mari menjaga kampung kita.",
        approved=True,
    )
    page.get_by_label("Hasil").fill("Acara berjalan aman dan tertib.")
    page.get_by_role("button", name="Simpan", exact=True).click()

    for name in ("Notula", "Laporan kegiatan"):
        unfold_and_press(sheet(page, name), "Tandatangani", "Ya, tandatangani dan kunci")
        expect(sheet(page, name)).to_contain_text("Ditandatangani")
    page.goto("/kelola/catatan/")
    expect(page.locator("main")).to_contain_text("Apel kesiapan")


def draft_the_news(page: Page, event: str) -> str:
    """The writer starts from the record, fills what it does not hold, and hands it in."""
    page.goto(event)
    page.get_by_role("button", name="Buat dari acara").click()
    body = page.get_by_label("Isi berita")
    assert "apel kesiapan" in body.input_value().lower()
    assert "[LENGKAPI: tujuan kegiatan]" in body.input_value()
    page.get_by_role("button", name="Simpan konsep").click()
    expect(page.locator("#periksa")).to_contain_text("Fakta belum ada: [LENGKAPI: tujuan kegiatan]")

    page.get_by_role("link", name="Ubah", exact=True).click()
    body.fill(re.sub(r"\[LENGKAPI: [^]]*\]", "untuk mendoakan kerukunan", body.input_value()))
    page.get_by_role("button", name="Simpan konsep").click()
    page.get_by_role("button", name="Ajukan untuk diperiksa").click()
    expect(page.locator(".flashes")).to_contain_text("Sudah diajukan")
    expect(page.get_by_role("button", name="Terbitkan")).to_have_count(0)
    return page.get_by_role("heading", level=1).inner_text()


def publish_the_news(page: Page, article: str) -> None:
    """The editor finds it waiting and lets it out."""
    page.goto("/kelola/")
    page.locator(".waiting").get_by_role("link", name=article).click()
    page.get_by_role("button", name="Terbitkan", exact=True).click()
    expect(page.locator(".flashes")).to_contain_text("Sudah terbit")


def read_the_news_as_anybody(page: Page, article: str) -> None:
    """It is on the news page, on the front page, in the feed and in the search."""
    page.goto("/")
    expect(page.get_by_role("link", name=article)).to_be_visible()
    page.goto("/berita/")
    page.get_by_role("link", name=article).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(article)
    expect(page.locator("main")).to_contain_text("“Mari menjaga kampung kita,” kata Kapolsek Delta Pawan")
    expect(page.locator("main")).to_contain_text("ditandatangani oleh seluruh pihak")
    assert article in page.request.get("/berita/umpan.xml").text()
    found = page.get_by_role("link", name=article)
    for _ in range(30):  # the worker brings what changed into the index every five seconds
        page.goto("/cari?q=mendoakan&jenis=berita")
        if found.count():
            break
        page.wait_for_timeout(500)
    expect(found).to_be_visible()


def row(page: Page, name: str, number: int) -> Locator:
    return page.locator(f"[data-row={name}-{number}]")


def fill_row(page: Page, name: str, number: int, **values: str | bool) -> None:
    """Fill the parts of one row of a list, choices by their words."""
    for part, value in values.items():
        field = page.locator(f"[name={name}-{number}-{part}]")
        if value is True:
            field.check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=str(value))
        else:
            field.fill(str(value))


def add_row(page: Page, name: str, **values: str | bool) -> None:
    """Press "Tambah …" under a list and fill the new row."""
    rows = page.locator(f"[data-row^={name}-]")
    there = rows.count()
    page.locator(f"#{name}").get_by_role("button", name="Tambah").click()
    expect(rows).to_have_count(there + 1)
    fill_row(page, name, there, **values)


def unfold_and_press(place: Page | Locator, deed: str, button: str) -> None:
    place.locator("summary", has_text=deed).click()
    place.get_by_role("button", name=button, exact=True).click()


def sheet(page: Page, name: str) -> Locator:
    """The minutes or the report on the page of an event's record."""
    return page.locator(".panel", has=page.get_by_role("heading", name=name, exact=True))
