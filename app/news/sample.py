"""Sample news: ten articles and three notices of invented people, with drawn pictures."""

import io
from datetime import UTC, datetime, timedelta

from PIL import Image, ImageDraw
from sqlalchemy import select

from app.core.database import db
from app.events.models import Event
from app.media.actions import take_in
from app.media.details import PhotoDetails
from app.news.actions import publish, start_article, start_notice, submit
from app.news.details import ArticleDetails, NoticeDetails, NoticeKind, Urgency
from app.notify.actions import cancel_messages
from app.web.house import World

EVENING = datetime(2024, 11, 20, 12, 30, tzinfo=UTC)
# Ground, first and second diamond, and the bars between them.
PALETTES = (
    ("#0a4338", "#c98a1b", "#12705e", "#e9d9b0"),
    ("#3a1f2b", "#d08c3f", "#7c3a4c", "#f0dcc0"),
    ("#14324a", "#c79a3c", "#2f6690", "#e4ecf2"),
    ("#4a3a12", "#d9b25f", "#7d6520", "#f4ecd2"),
    ("#23312a", "#a8b86a", "#48604f", "#e6ead8"),
)
SANDAI = "Polsek Sandai dan Warga Gelar Doa Bersama Menjelang Pemungutan Suara"
# title, lead, second paragraph, unit, kecamatan, days before now
STORIES = (
    (
        "Enam Komunitas Iman Bersihkan Tepi Sungai Pawan",
        "Sekitar enam puluh warga dari enam komunitas iman membersihkan tepi Sungai Pawan pada Minggu pagi.",
        "Sampah dipilah di tempat. Kegiatan berikutnya disepakati bulan depan di kelurahan lain.",
        "polsek-delta-pawan",
        "61.04.16",
        2,
    ),
    (
        "Jumat Curhat: Warga Minta Lampu Jalan di Dekat Rumah Ibadah",
        "Warga meminta lampu jalan di sekitar rumah ibadah diperbaiki, dalam Jumat Curhat di sebuah warung kopi.",
        "Permintaan itu diteruskan kepada pemerintah kecamatan. Hasilnya disampaikan pada pertemuan berikutnya.",
        "polsek-delta-pawan",
        "61.04.16",
        6,
    ),
    (
        "Pemuda Lintas Agama Kendawangan Latihan Paduan Suara Bersama",
        "Tiga puluh pemuda lintas agama di Kendawangan mulai berlatih paduan suara untuk malam kebersamaan.",
        "Latihan diadakan bergiliran di balai warga. Siapa saja boleh ikut tanpa biaya.",
        "polsek-kendawangan",
        None,
        9,
    ),
    (
        "Tokoh Adat dan Tokoh Agama Marau Sepakati Jadwal Bersama",
        "Tokoh adat dan tokoh agama di Marau menyepakati satu kalender kegiatan supaya acara tidak berbenturan.",
        "Kalender itu memuat hari besar semua agama dan dapat dilihat siapa saja di portal ini.",
        "polsek-marau",
        None,
        14,
    ),
    (
        "Bakti Sosial di Tumbang Titi Dihadiri Semua Komunitas Iman",
        "Pemeriksaan kesehatan gratis di Tumbang Titi diikuti warga dari semua komunitas iman setempat.",
        "Panitia berterima kasih kepada tenaga kesehatan yang bertugas sejak pagi.",
        "polsek-tumbang-titi",
        None,
        19,
    ),
    (
        "Pengurus Rumah Ibadah Belajar Menangani Kabar Bohong",
        "Pengurus rumah ibadah belajar memeriksa pesan berantai sebelum meneruskannya kepada umat.",
        "Salah satu caranya memeriksa kode pengumuman resmi di halaman periksa portal ini.",
        "polres-ketapang",
        None,
        25,
    ),
    (
        "Sekolah di Sandai Undang Tokoh Agama Bicara Kerukunan",
        "Murid di Sandai mendengarkan cerita kerukunan dari tokoh beberapa agama pada pekan toleransi.",
        "Setiap tokoh mendapat waktu yang sama. Murid lalu menulis surat untuk teman yang berbeda agama.",
        "polsek-sandai",
        "61.04.05",
        31,
    ),
    (
        "Relawan Muda Siapkan Meja Tamu untuk Acara Lintas Agama",
        "Dua puluh relawan muda berlatih menerima tamu dan memindai tiket untuk acara lintas agama.",
        "Mereka juga berlatih mencatat kehadiran di kertas bila jaringan hilang.",
        "polres-ketapang",
        None,
        38,
    ),
)


def fill(world: World) -> None:
    """Publish the articles, each at its own time, as a writer and an editor would."""
    photos = [_photo(world, number) for number in range(len(PALETTES))]
    sandai = _publish(
        world,
        ArticleDetails(
            title=SANDAI,
            body=_paragraphs(
                "SANDAI – Polsek Sandai bersama warga menggelar doa bersama menjelang pemungutan suara, "
                "Selasa, 19 November 2024 pukul 08.00 WIB.",
                "Doa dipimpin bergantian oleh tokoh agama setempat dengan waktu yang sama. Camat dan Danramil hadir.",
                "Warga diajak menggunakan hak pilih dengan tenang dan tidak meneruskan kabar yang belum jelas.",
            ),
            byline="Humas Polsek Sandai",
            districts=("61.04.05",),
            cover_id=photos[4],
        ),
        unit="polsek-sandai",
        at=datetime(2024, 11, 20, 3, 0, tzinfo=UTC),
    )
    event_id = db.session.scalar(select(Event.id).where(Event.starts_at == EVENING).order_by(Event.id))
    _publish(
        world,
        ArticleDetails(
            title="Kapolres Ketapang Pimpin Rapat Koordinasi, Deklarasi Kampanye Damai, dan Doa Bersama",
            subtitle="“Pilihan boleh berbeda, tetapi kita tetap satu.”",
            body=_evening(sandai),
            byline="Humas Polres Ketapang",
            event_id=event_id,
            districts=("61.04.16",),
            cover_id=photos[0],
            names_candidates=True,
        ),
        unit="polres-ketapang",
        at=datetime(2024, 11, 22, 2, 30, tzinfo=UTC),
    )
    for number, (title, lead, more, unit, district, days) in enumerate(STORIES):
        _publish(
            world,
            ArticleDetails(
                title=title,
                body=_paragraphs(lead, more),
                byline=f"Humas {unit.replace('-', ' ').title()}",
                districts=(district,) if district in world.regions else (),
                cover_id=photos[number % len(photos)] if number % 3 != 1 else None,
            ),
            unit=unit,
            at=world.now - timedelta(days=days, hours=3),
        )
    _notices(world)
    # What was told to editors while this was filled in is of no use to anybody.
    cancel_messages("news:")


def _publish(world: World, details: ArticleDetails, *, unit: str, at: datetime) -> str:
    writer, editor = world.people["penulis"], world.people["editor"]
    article = start_article(details, unit_id=world.units[unit].id, by=writer, now=at - timedelta(hours=2))
    submit(article, by=writer, now=at - timedelta(hours=1))
    publish(article, by=editor, now=at)
    return article.slug


def _evening(sandai: str) -> str:
    return _paragraphs(
        "KETAPANG – Kapolres Ketapang AKBP Umpama Teladan Negara, S.I.K., M.H., memimpin rapat koordinasi kesiapan "
        "tahapan kampanye, deklarasi kampanye damai, dan doa bersama di aula Mapolres Ketapang, "
        "Kecamatan Delta Pawan, Rabu, 20 November 2024 pukul 19.30 WIB.",
        "Hadir Forkopimda Kabupaten Ketapang, Ketua KPU, perwakilan Bawaslu, Kepala BPBD, Kepala Dinas Perhubungan, "
        "perwakilan tim kampanye ketiga pasangan calon, serta para tokoh agama dan tokoh masyarakat.",
        "Bupati Ketapang yang diwakili Kepala Satpol PP menyampaikan bahwa pemerintah daerah bertanggung jawab atas "
        "keberhasilan pemilihan dan ikut mengamankannya. Apel kesiapan Satpol PP dan Linmas segera dilaksanakan, "
        "lalu anggotanya disebar ke tempat pemungutan suara.",
        "Kapolres meminta seluruh tahapan berjalan aman, tertib, dan tidak terganggu. Pengamanan disiapkan di setiap "
        "tempat pemungutan suara.",
    ) + (
        "<blockquote><p>“Pilihan boleh berbeda, tetapi kita tetap satu. Mari menjaga persatuan sampai sesudah "
        "pemungutan suara,” kata Kapolres.</p></blockquote>"
        f'<p>Pada pekan yang sama, <a href="/berita/{sandai}">Polsek Sandai menggelar doa bersama</a> '
        "dengan warga.</p>"
        "<p>Ketua KPU Ketapang menyatakan lembaganya menjaga integritas dan kenetralan, serta berterima kasih atas "
        "kerja sama semua pihak. Acara ditutup dengan pembacaan deklarasi dan doa bersama, selesai pukul 21.45 WIB."
        "</p>"
    )


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _notices(world: World) -> None:
    writer, editor = world.people["penulis"], world.people["editor"]
    told = (
        (
            "Jembatan Contoh di Jalan Rekaan ditutup sementara",
            _paragraphs(
                "Jembatan Contoh ditutup untuk perbaikan. Kendaraan dialihkan lewat Jalan Umpama.",
                "Ambulans tetap dapat lewat. Pejalan kaki memakai jalur sementara.",
            ),
            NoticeKind.ANNOUNCEMENT,
            Urgency.URGENT,
            1,
            6,
        ),
        (
            "Imbauan: periksa kode sebelum meneruskan pengumuman",
            "<p>Pengumuman resmi punya kode. Periksa kodenya di portal ini sebelum meneruskannya.</p>",
            NoticeKind.APPEAL,
            Urgency.NORMAL,
            10,
            90,
        ),
        (
            "Layanan pengaduan di Polsek Marau pindah ruang",
            "<p>Layanan pengaduan sementara berada di ruang depan selama perbaikan gedung.</p>",
            NoticeKind.ANNOUNCEMENT,
            Urgency.NORMAL,
            20,
            -3,
        ),
    )
    for title, body, kind, urgency, begun, left in told:
        begins = world.now - timedelta(days=begun)
        details = NoticeDetails(title, body, kind, urgency, begins, world.now + timedelta(days=left))
        notice = start_notice(
            details, unit_id=world.units["polres-ketapang"].id, by=writer, now=begins - timedelta(hours=2)
        )
        submit(notice, by=writer, now=begins - timedelta(hours=1))
        publish(notice, by=editor, now=begins)


def _photo(world: World, number: int) -> int:
    words = PhotoDetails(
        caption="Ilustrasi: pola anyaman, lambang kerukunan yang saling menopang.",
        alt="Pola anyaman belah ketupat dalam beberapa warna.",
        credit="Ilustrasi Rukun",
        neutral=True,
    )
    unit_id = world.units["polres-ketapang"].id
    photo = take_in(
        _woven(PALETTES[number], number),
        details=words,
        unit_id=unit_id,
        by=world.people["penulis"],
        now=world.now - timedelta(days=60),
    )
    return photo.id


def _woven(palette: tuple[str, str, str, str], number: int) -> bytes:
    """A woven ground of 1280 × 800 with a band of large diamonds; each number gives another."""
    ground, first, second, light = palette
    picture = Image.new("RGB", (1280, 800), ground)
    draw = ImageDraw.Draw(picture)

    def diamond(x: float, y: float, half: float, colour: str) -> None:
        draw.polygon([(x - half, y), (x, y - half), (x + half, y), (x, y + half)], fill=colour)

    step = 80
    for row in range(800 // (step // 2) + 1):
        for column in range(-1, 1280 // step + 2):
            x = column * step + (row % 2) * step / 2
            y = row * step / 2
            diamond(x, y, step / 2 - 6, second if (row + column + number) % 3 else ground)
            diamond(x, y, step / 5, first if (row + column) % 2 else light)
    middle = 280 + number * 60
    draw.rectangle((0, middle - 130, 1280, middle + 130), fill=ground)
    for column in range(-1, 7):
        x = column * 240 + number * 30
        diamond(x, middle, 120, first)
        diamond(x, middle, 80, ground)
        diamond(x, middle, 46, light)
        diamond(x + 120, middle, 60, second)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
