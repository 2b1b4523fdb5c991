"""Beginnings of declarations by theme, in words of our own; whoever drafts changes them as the evening asks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """key: in addresses. points: the numbered points. pairs: whether it is for the teams of candidate pairs."""

    key: str
    title: str
    preamble: str
    points: tuple[str, ...]
    pairs: bool = False


THEMES = (
    Theme(
        "kampanye-damai",
        "Deklarasi kampanye damai",
        "Kami tim kampanye semua pasangan calon, di hadapan para saksi, menyatakan:",
        (
            "Setia kepada Negara Kesatuan Republik Indonesia, Pancasila, dan Undang-Undang Dasar 1945.",
            "Mengikuti pemilihan yang langsung, umum, bebas, rahasia, jujur, dan adil.",
            "Berkampanye dengan tertib, aman, santun, dan mendidik pemilih.",
            (
                "Tidak menyebarkan kabar bohong, tidak menghasut, dan tidak mengadu warga menurut suku, agama, ras, "
                "atau golongan."
            ),
            "Menolak politik uang dalam bentuk apa pun.",
            (
                "Tidak melibatkan orang yang dilarang ikut berkampanye, serta tidak memakai fasilitas pemerintah, "
                "sekolah, dan rumah ibadah."
            ),
            "Menaati peraturan serta keputusan KPU dan Bawaslu.",
            "Mengendalikan tim dan pendukung sendiri, tanpa intimidasi.",
            "Menerima hasil pemungutan suara dan menyelesaikan sengketa hanya lewat jalur hukum.",
            "Menjaga persatuan dan kerukunan sesudah pemungutan suara.",
        ),
        pairs=True,
    ),
    Theme(
        "tokoh-dan-forum",
        "Ikrar tokoh dan forum untuk pemilihan yang damai",
        "Kami tokoh agama, tokoh adat, dan pengurus forum menyatakan:",
        (
            "Mendampingi penyelenggara, pengawas, dan kepolisian mencegah gangguan sebelum terjadi.",
            "Menolak suara yang diwakilkan: setiap pemilih memilih sendiri.",
            "Mendukung penegakan hukum yang sama bagi semua.",
            "Mengingatkan aparatur, TNI, Polri, dan perangkat desa untuk netral.",
            "Menjaga lembaga adat dan keagamaan di luar persaingan politik.",
        ),
    ),
    Theme(
        "kerukunan-kampung",
        "Ikrar rukun di kampung kita",
        "Kami warga berjanji satu sama lain:",
        (
            "Menjaga hari ibadah dan hari raya setiap tetangga.",
            "Memeriksa kabar sebelum meneruskannya.",
            "Menyelesaikan perselisihan dengan musyawarah, tanpa kekerasan.",
            "Menolong siapa pun yang terkena musibah tanpa bertanya agamanya.",
        ),
    ),
)


def find_theme(key: str) -> Theme | None:
    """The theme of an address, if there is one."""
    return next((theme for theme in THEMES if theme.key == key), None)
