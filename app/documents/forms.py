"""The forms of documents."""

from flask_wtf.file import FileField, FileRequired

from app.core.i18n import _l
from app.web.forms import CountField, LineField, StaffForm


class PatternForm(StaffForm):
    """How letters of one kind are numbered."""

    pattern = LineField(
        _l("Pola nomor"),
        limit=80,
        description=_l("Isian yang dikenal: {nomor}, {romawi}, {bulan}, {tahun}, {kka}, {unit}."),
    )
    archive_code = LineField(
        _l("Kode klasifikasi arsip (KKA)"),
        limit=30,
        required=False,
        description=_l("Menggantikan {kka} di dalam pola. Bila kosong, bagian itu dilewati."),
    )


class EmblemForm(StaffForm):
    """The picture above the lines of a letterhead."""

    file = FileField(
        _l("Gambar lambang"),
        validators=[FileRequired(_l("Pilih satu gambar."))],
        description=_l(
            "PNG, JPEG, atau WebP, paling sedikit 200 x 200 piksel. Latar tembus pandang menjadi putih."
        ),
        render_kw={"accept": "image/png,image/jpeg,image/webp"},
    )


class SkipForm(StaffForm):
    """Numbers that the paper book gave out."""

    up_to = CountField(
        _l("Sampai nomor urut"),
        low=1,
        high=999_999,
        description=_l("Nomor urut terakhir yang sudah dipakai di luar portal pada tahun ini."),
    )
    reason = LineField(
        _l("Alasan"), limit=200, description=_l("Contoh: dipakai di buku agenda kertas sebelum portal.")
    )
