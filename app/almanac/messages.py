"""How the almanac speaks."""

from datetime import date

from app.almanac.details import HolyDayKind, RecurringService, Rhythm, StageKind
from app.almanac.queries import KnownStage
from app.core.faiths import Faith
from app.core.i18n import _, _l, clock_time, day, day_part
from app.web.house import Words

LABELS = {
    Faith.ISLAM: _l("Islam"),
    Faith.PROTESTAN: _l("Kristen Protestan"),
    Faith.KATOLIK: _l("Katolik"),
    Faith.HINDU: _l("Hindu"),
    Faith.BUDDHA: _l("Buddha"),
    Faith.KHONGHUCU: _l("Khonghucu"),
    Faith.PENGHAYAT: _l("Penghayat Kepercayaan"),
    HolyDayKind.LIBUR_NASIONAL: _l("Libur nasional"),
    HolyDayKind.CUTI_BERSAMA: _l("Cuti bersama"),
    HolyDayKind.PEMUNGUTAN_SUARA: _l("Hari pemungutan suara"),
    HolyDayKind.HARI_KEAGAMAAN: _l("Hari keagamaan"),
    HolyDayKind.LOKAL: _l("Hari daerah"),
    HolyDayKind.RAMADAN: _l("Bulan Ramadan"),
    StageKind.PENDAFTARAN: _l("Pendaftaran calon"),
    StageKind.PENETAPAN: _l("Penetapan calon"),
    StageKind.PENGUNDIAN: _l("Pengundian nomor urut"),
    StageKind.KAMPANYE: _l("Kampanye"),
    StageKind.MASA_TENANG: _l("Masa tenang"),
    StageKind.PEMUNGUTAN: _l("Pemungutan suara"),
    StageKind.REKAPITULASI: _l("Rekapitulasi"),
}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "almanac:election:added": _l("Pemilihan ditambahkan"),
    "almanac:election:changed": _l("Pemilihan diubah"),
    "almanac:election:removed": _l("Pemilihan dihapus"),
    "almanac:holy_day:added": _l("Hari besar ditambahkan"),
    "almanac:holy_day:changed": _l("Hari besar diubah"),
    "almanac:holy_day:decreed": _l("Hari besar ditetapkan pemerintah"),
    "almanac:holy_day:filled": _l("Hari besar diisi dari daftar"),
    "almanac:holy_day:removed": _l("Hari besar dihapus"),
    "almanac:pair:removed": _l("Pasangan calon dihapus"),
    "almanac:pair:set": _l("Pasangan calon dicatat"),
    "almanac:service:taken_over": _l("Tabel ibadah bawaan diambil alih supaya dapat diubah"),
    "almanac:service:added": _l("Ibadah rutin ditambahkan"),
    "almanac:service:changed": _l("Ibadah rutin diubah"),
    "almanac:service:removed": _l("Ibadah rutin dihapus"),
    "almanac:stage:removed": _l("Tahapan pemilihan dihapus"),
    "almanac:stage:set": _l("Tahapan pemilihan dicatat"),
}

REFUSALS = {
    "holy_day_known": _l("Hari dengan nama ini sudah ada pada tanggal itu."),
    "holy_day_overlaps": _l(
        "Hari dengan nama ini sudah ada dan hari-harinya bertumpang tindih. Periksa tanggalnya."
    ),
    "no_day_chosen": _l("Pilih sedikitnya satu hari yang ditetapkan."),
    "service_day_unknown": _l("Hari ini tidak ada dalam kalender yang dipilih."),
    "service_too_long": _l("Satu ibadah paling lama 18 jam. Periksa jamnya."),
    "service_overlaps": _l("Bertumpang tindih dengan “%(other)s”. Ubah jamnya, atau ubah ibadah itu."),
    "stage_ends_before_it_begins": _l("Tahapan harus berakhir sesudah dimulai."),
    "stage_given_twice": _l("Tahapan ini sudah ada dalam pemilihan yang sama."),
    "stages_overlap": _l("%(other)s bertumpang tindih dengan %(stage)s. Periksa tanggalnya."),
    "stages_in_wrong_order": _l("%(other)s tidak boleh mulai sebelum %(stage)s. Periksa urutan tanggalnya."),
    "campaign_does_not_reach_masa_tenang": _l(
        "Ada hari yang kosong antara kampanye dan masa tenang. Masa tenang mulai tepat sesudah kampanye berakhir."
    ),
    "masa_tenang_does_not_reach_voting": _l(
        "Ada hari yang tidak terjaga antara masa tenang dan pemungutan suara. Masa tenang berakhir tepat "
        "sebelum hari pemungutan suara."
    ),
    "pair_without_name": _l("Isi nama calon."),
    "ballot_number_twice": _l("Nomor urut ini sudah dipakai pasangan lain."),
    "ballot_number_missing": _l("Nomor urut harus berurutan mulai dari 1 tanpa ada yang terlewat."),
}


def rhythm_name(rhythm: Rhythm, day: int) -> str:
    """How a service returns: "Setiap Jumat", "Jumat pertama setiap bulan", "Tanggal 15 bulan kamariah"."""
    if rhythm is Rhythm.KAMARIAH:
        return _("Tanggal %(day)s bulan kamariah", day=day)
    weekday = day_part(date(2024, 1, day), "EEEE")  # 1 January 2024 was a Monday
    if rhythm is Rhythm.PEKAN_PERTAMA:
        return _("%(weekday)s pertama setiap bulan", weekday=weekday)
    return _("Setiap %(weekday)s", weekday=weekday)


def hours_text(service: RecurringService) -> str:
    """ "09.30–11.00", in English "09:30–11:00"."""
    return f"{clock_time(service.begins)}–{clock_time(service.until)}"


def rhythm_text(service: RecurringService) -> str:
    """How a service of the table returns."""
    return rhythm_name(service.rhythm, service.day)


def quiet_sentence(stage: KnownStage, zone: str) -> str:
    """The neutral banner of every page while pairs are held back: it names nobody."""
    if stage.kind is StageKind.PEMUNGUTAN:
        return _(
            "Hari pemungutan suara %(election)s. Isi yang menyebut pasangan calon atau partai tidak "
            "ditampilkan sampai hari ini berakhir.",
            election=stage.election_name,
        )
    return _(
        "Masa tenang %(election)s sejak %(start)s. Isi yang menyebut pasangan calon atau partai tidak "
        "ditampilkan sampai pemungutan suara selesai.",
        election=stage.election_name,
        start=day(stage.starts_at, zone),
    )
