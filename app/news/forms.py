"""Forms of articles and notices."""

from collections.abc import Collection, Iterable
from typing import Any, Protocol

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import Regexp, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from app.core.i18n import _, _l
from app.news.details import (
    ArticleDetails,
    Browser,
    NoticeDetails,
    NoticeKind,
    SubscriptionDetails,
    Topic,
    TranslationDetails,
    Urgency,
    Verdict,
)
from app.news.messages import LABELS
from app.news.rules.lint import advertises_gambling
from app.notify.rules import is_browser_key, is_push_service
from app.web.forms import LineField, LongTextField, MomentField, PublicForm, StaffForm


class Unit(Protocol):
    """What a form needs to know of a unit to offer it."""

    id: int
    name: str


def _or_none(value: str) -> int | None:
    return int(value) if value else None


def _region_boxes() -> SelectMultipleField:
    return SelectMultipleField(
        _l("Kecamatan"),
        description=_l("Kosongkan bila untuk seluruh wilayah."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class ArticleForm(StaffForm):
    """An article. The view offers units, events, photos and kecamatan."""

    version = IntegerField(widget=HiddenInput(), default=0)
    title = LineField(_l("Judul"), limit=160, description=_l("Siapa melakukan apa, dalam kalimat aktif."))
    subtitle = LineField(_l("Subjudul"), limit=240, required=False)
    body = LongTextField(
        _l("Isi berita"),
        limit=100_000,
        required=False,
        description=_l("Satu paragraf kosong memisahkan paragraf. Yang terpenting lebih dahulu."),
    )
    cover_id = SelectField(_l("Foto utama"), coerce=_or_none, validate_choice=True)
    byline = LineField(_l("Nama penulis yang ditampilkan"), limit=120, required=False)
    topic = SelectField(_l("Topik"), default="")
    event_id = SelectField(_l("Tentang acara"), coerce=_or_none)
    districts = _region_boxes()
    names_candidates = BooleanField(
        _l("Menyebut pasangan calon atau partai"),
        description=_l("Tulisan seperti ini otomatis disembunyikan selama masa tenang."),
    )
    wanted_at = MomentField(
        _l("Waktu terbit yang diinginkan"),
        required=False,
        description=_l("Editor yang memutuskan. Kosongkan bila secepatnya."),
    )
    unit_id = SelectField(_l("Satuan"), coerce=int)

    def details(self, zone: str) -> ArticleDetails:
        """What was typed; moments on the clocks of `zone`."""
        return ArticleDetails(
            title=self.title.data,
            subtitle=self.subtitle.data or "",
            body=self.body.data or "",
            byline=self.byline.data or "",
            event_id=self.event_id.data,
            cover_id=self.cover_id.data,
            districts=tuple(self.districts.data or ()),
            names_candidates=bool(self.names_candidates.data),
            wanted_at=self.wanted_at.moment(zone),
            topic=Topic(self.topic.data) if self.topic.data else None,
        )


class WordForm(StaffForm):
    """A text that was written in Word."""

    file = FileField(
        _l("Dokumen Word"),
        validators=[FileRequired(_l("Pilih satu dokumen."))],
        description=_l("Berkas .docx sampai 25 MB. Judul, daftar, kutipan, tautan, dan fotonya ikut."),
        render_kw={"accept": ".docx"},
    )
    unit_id = SelectField(_l("Satuan"), coerce=int)

    def offer(self, units: Iterable[Unit]) -> None:
        """Let one of these units be chosen."""
        self.unit_id.choices = [SelectChoice(str(unit.id), unit.name) for unit in units]


class CorrectionForm(ArticleForm):
    """A correction: the text as it should have been, and what was wrong."""

    note = LongTextField(
        _l("Ralat"),
        limit=600,
        description=_l("Dibaca semua orang: apa yang keliru dan apa yang benar."),
        render_kw={"rows": "3"},
    )


class NoticeForm(StaffForm):
    """A notice."""

    version = IntegerField(widget=HiddenInput(), default=0)
    kind = RadioField(_l("Jenis"), choices=[SelectChoice(kind.value) for kind in NoticeKind])
    title = LineField(_l("Judul"), limit=160)
    body = LongTextField(_l("Isi"), limit=20_000, description=_l("Singkat: apa, di mana, sejak kapan."))
    valid_from = MomentField(_l("Berlaku sejak"))
    valid_until = MomentField(
        _l("Berlaku sampai"), description=_l("Sesudah itu pengumuman berakhir dengan sendirinya.")
    )
    urgency = RadioField(_l("Kepentingan"), choices=[SelectChoice(each.value) for each in Urgency])
    districts = _region_boxes()
    unit_id = SelectField(_l("Satuan"), coerce=int)

    def details(self, zone: str) -> NoticeDetails:
        """What was typed; moments on the clocks of `zone`."""
        begins, ends = self.valid_from.moment(zone), self.valid_until.moment(zone)
        assert begins is not None
        assert ends is not None
        return NoticeDetails(
            title=self.title.data,
            body=self.body.data or "",
            kind=NoticeKind(self.kind.data),
            urgency=Urgency(self.urgency.data),
            valid_from=begins,
            valid_until=ends,
            districts=tuple(self.districts.data or ()),
        )


class PublishForm(StaffForm):
    """Publish now, or from a moment on."""

    at = MomentField(
        _l("Terbitkan mulai"), required=False, description=_l("Kosongkan untuk menerbitkan sekarang.")
    )


class ReturnForm(StaffForm):
    """What the writer should mend."""

    note = LongTextField(_l("Apa yang perlu diperbaiki"), limit=1000, render_kw={"rows": "3"})


class EmergencyForm(StaffForm):
    """Why a second person could not be waited for."""

    emergency = LongTextField(_l("Alasan darurat"), limit=1000, render_kw={"rows": "3"})


class WithdrawForm(StaffForm):
    """Why an item is taken back."""

    reason = LongTextField(_l("Alasan yang dibaca semua orang"), limit=1000, render_kw={"rows": "3"})


class NoteForm(StaffForm):
    """A note of the newsroom."""

    text = LongTextField(_l("Catatan"), limit=1000, render_kw={"rows": "3"})


class FactCheckForm(StaffForm):
    """Somebody outside who should read a text before it is published."""

    asked_of = LineField(
        _l("Siapa yang diminta memeriksa"), limit=120, description=_l("Misalnya: Sekretaris FKUB.")
    )
    question = LongTextField(_l("Yang perlu diperiksa"), limit=600, required=False, render_kw={"rows": "2"})


class FactAnswerForm(PublicForm):
    """What somebody outside says of the facts."""

    verdict = RadioField(_l("Menurut Anda"), choices=[SelectChoice(each.value) for each in Verdict])
    answer = LongTextField(
        _l("Yang perlu diperbaiki"),
        limit=2000,
        required=False,
        description=_l("Sebutkan kalimatnya dan yang seharusnya."),
    )

    def validate_answer(self, field: LongTextField) -> None:
        """The link goes from hand to hand; an advertisement is no answer."""
        if advertises_gambling(field.data or ""):
            raise ValidationError(
                _("Jawaban ini memuat tautan promosi judi. Hapus tautannya, lalu kirim lagi.")
            )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.verdict.choices = [SelectChoice(each.value, str(LABELS[each])) for each in Verdict]


def _boxes(label: Any, description: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        description=description,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class SubscriptionForm(PublicForm):
    """What somebody wants to be told of."""

    topics = _boxes(_l("Topik"), _l("Kosongkan untuk semua topik."))
    districts = _boxes(_l("Kecamatan"), _l("Kosongkan untuk semua kecamatan."))
    digest = RadioField(
        _l("Seberapa sering"), choices=[SelectChoice("harian"), SelectChoice("segera")], default="harian"
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.digest.choices = [
            SelectChoice("harian", _("Sekali sehari, pagi")),
            SelectChoice("segera", _("Segera setelah terbit")),
        ]

    def details(self) -> SubscriptionDetails:
        """What was chosen."""
        return SubscriptionDetails(
            topics=tuple(self.topics.data or ()),
            districts=tuple(self.districts.data or ()),
            digest=self.digest.data == "harian",
        )


class FollowForm(SubscriptionForm):
    """The same with an address."""

    email = LineField(
        _l("Alamat e-mail"),
        [
            Regexp(
                r"^[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+$",
                message=_l("Alamat ini belum lengkap. Contoh: nama@contoh.id."),
            )
        ],
        limit=160,
        render_kw={"type": "email", "autocomplete": "email", "inputmode": "email"},
    )


class FollowOnDeviceForm(SubscriptionForm):
    """The same with what a browser gives of itself; sent by a script, nobody types it."""

    endpoint = LineField(_l("Alamat perangkat"), limit=1000)
    p256dh = LineField(_l("Kunci perangkat"), limit=120)
    auth = LineField(_l("Sandi perangkat"), limit=60)

    def __init__(self, *args: Any, services: Collection[str] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.services = services

    def validate_endpoint(self, field: LineField) -> None:
        """Only services that this installation knows are ever called."""
        if not is_push_service(field.data, self.services):
            raise ValidationError(_("Layanan pemberitahuan peramban ini tidak dikenal. Pilih e-mail."))

    def validate_auth(self, field: LineField) -> None:
        """Keys with which nothing can be sealed are no keys."""
        if not is_browser_key(self.p256dh.data or "", field.data or ""):
            raise ValidationError(_("Kunci dari peramban ini tidak terbaca. Pilih e-mail."))

    def browser(self) -> Browser:
        """Where to send."""
        return Browser(self.endpoint.data, self.p256dh.data, self.auth.data)


class TranslationForm(StaffForm):
    """An article in English."""

    title = LineField(_l("Judul"), limit=200)
    subtitle = LineField(_l("Subjudul"), limit=280, required=False)
    body = LongTextField(_l("Isi berita"), limit=100_000, render_kw={"rows": "18"})
    by_machine = BooleanField(_l("Konsepnya dibuat mesin penerjemah"))

    def details(self) -> TranslationDetails:
        """What was typed."""
        return TranslationDetails(
            title=self.title.data,
            subtitle=self.subtitle.data or "",
            body=self.body.data or "",
            by_machine=bool(self.by_machine.data),
        )
