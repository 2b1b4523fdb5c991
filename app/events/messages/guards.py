"""What stands in the way, in sentences."""

from collections.abc import Sequence
from datetime import datetime

from app.core.faiths import Faith
from app.core.i18n import _, _l, clock_time, number, when
from app.events.details import Guard, GuardFinding, VenueKind
from app.events.messages.labels import faith_name, word

_TITLES = {
    Guard.QUIET_PERIOD: _l("masa tenang"),
    Guard.QUIET_SESSIONS: _l("sesi yang tidak tampil selama masa tenang"),
    Guard.NAMES_PAIRS: _l("menyebut pasangan calon atau partai"),
    Guard.PAIRS_INCOMPLETE: _l("pasangan calon tidak lengkap"),
    Guard.CAMPAIGN_PLACE: _l("kampanye di tempat terlarang"),
    Guard.CAMPAIGN_CAMPUS: _l("kampanye di perguruan tinggi"),
    Guard.VENUE_KIND: _l("jenis tempat"),
    Guard.PAIRS_AT_WORSHIP: _l("pasangan calon di rumah ibadah atau sekolah"),
    Guard.WORSHIP: _l("waktu ibadah"),
    Guard.HOLY_DAY: _l("hari raya"),
    Guard.COORDINATES: _l("waktu salat tidak diketahui"),
    Guard.FASTING: _l("bulan puasa"),
    Guard.VENUE_CLASH: _l("tempat sudah dipakai"),
    Guard.FIELD_SHARED: _l("lapangan dipakai bersama"),
    Guard.PERSON_CLASH: _l("orang yang sama di dua tempat"),
    Guard.SAME_DAY: _l("acara lain di kecamatan ini"),
    Guard.FAITH_WITHOUT_SLOT: _l("belum mendapat giliran berdoa"),
    Guard.UNEQUAL_MINUTES: _l("lama doa tidak sama"),
    Guard.NO_LEADER: _l("pemimpin doa belum ada"),
    Guard.OPENING_FAITH: _l("giliran membuka doa"),
    Guard.OVER_CAPACITY: _l("melebihi daya tampung"),
    Guard.PROGRAMME_TOO_LONG: _l("susunan acara terlalu panjang"),
    Guard.IN_THE_PAST: _l("waktu sudah lewat"),
}


def guard_title(guard: Guard) -> str:
    """What a guard is about, in a few words."""
    return str(_TITLES[guard])


def guard_text(finding: GuardFinding, zone: str) -> str:
    """The sentence about a finding; moments on the clocks of an IANA zone."""
    holes = dict(finding.holes)
    for name, value in holes.items():
        if isinstance(value, datetime):
            holes[name] = when(value, zone)
    for name in ("faith",):
        if isinstance(holes.get(name), Faith):
            holes[name] = faith_name(holes[name])  # type: ignore[arg-type]
    match finding.guard:
        case Guard.QUIET_PERIOD if finding.holes.get("held"):
            return _(
                "Acara yang menyebut pasangan calon atau partai tidak boleh diadakan sampai %(until)s "
                "(%(election)s). Bila tandanya keliru, betulkan tandanya.",
                **holes,
            )
        case Guard.QUIET_PERIOD:
            return _(
                "Acara yang menyebut pasangan calon atau partai tidak boleh diumumkan sampai %(until)s "
                "(%(election)s).",
                **holes,
            )
        case Guard.QUIET_SESSIONS:
            return _(
                "Sesi yang menyebut pasangan calon tidak ditampilkan sampai %(until)s (%(election)s); "
                "bagian lain acara tetap berjalan.",
                **holes,
            )
        case Guard.NAMES_PAIRS:
            return _(
                "Tulisan ini menyebut: %(words)s. Bila benar pasangan calon atau partai, beri tanda “menyebut "
                "pasangan calon”; bila bukan, petugas menulis mengapa bukan.",
                **holes,
            )
        case Guard.PAIRS_INCOMPLETE if not finding.holes["missing"]:
            return _(
                "Sebut pasangan calon %(election)s menurut nomor urut; sekarang tertulis dengan urutan %(shown)s.",
                **holes,
            )
        case Guard.PAIRS_INCOMPLETE:
            return _(
                "Sebut semua pasangan calon %(election)s menurut nomor urut, atau tidak sama sekali. Belum "
                "disebut: nomor %(missing)s.",
                **holes,
            )
        case Guard.CAMPAIGN_PLACE:
            return _("Kampanye tidak boleh di rumah ibadah dan sekolah: %(venue)s.", **holes)
        case Guard.CAMPAIGN_CAMPUS:
            return _(
                "Kampanye di %(venue)s hanya dengan izin pengelola, tanpa atribut, pada hari Sabtu atau Minggu.",
                **holes,
            )
        case Guard.VENUE_KIND:
            return _(
                "%(venue)s tampaknya %(kind)s, tempat yang tertutup bagi kampanye. Betulkan jenis tempatnya, atau "
                "petugas menulis mengapa bukan.",
                venue=holes["venue"],
                kind=word(VenueKind(str(finding.holes["kind"]))).lower(),
            )
        case Guard.PAIRS_AT_WORSHIP:
            return _(
                "Acara ini menyebut pasangan calon dan bertempat di %(venue)s. Pastikan tidak ada unsur kampanye.",
                **holes,
            )
        case Guard.WORSHIP | Guard.HOLY_DAY:
            return _worship_text(finding, zone)
        case Guard.COORDINATES:
            return _("Waktu salat di %(place)s tidak diketahui: isi koordinat kecamatan itu.", **holes)
        case Guard.FASTING:
            return _(
                "%(name)s: jangan menyajikan makanan pada siang hari; acara malam sebaiknya sesudah Tarawih.",
                **holes,
            )
        case Guard.VENUE_CLASH:
            return _("%(venue)s dipakai “%(title)s” pada %(start)s.", **holes)
        case Guard.FIELD_SHARED:
            return _("Di %(venue)s ada juga “%(title)s” pada %(start)s.", **holes)
        case Guard.PERSON_CLASH:
            return _(
                "%(person)s diperlukan pada “%(title)s” di %(venue)s pada %(start)s; perjalanan kira-kira "
                "%(minutes)s menit.",
                **holes,
            )
        case Guard.SAME_DAY:
            return _("Hari itu di %(place)s ada “%(title)s” pada %(start)s.", **holes)
        case Guard.FAITH_WITHOUT_SLOT:
            return _(
                "%(faith)s diundang, tetapi belum ada doanya dalam susunan acara. Bila berhalangan, tulis "
                "doanya dengan keterangan berhalangan.",
                **holes,
            )
        case Guard.UNEQUAL_MINUTES:
            return _("Beri setiap doa waktu yang sama panjang.")
        case Guard.NO_LEADER:
            return _(
                "Doa %(faith)s belum ada pemimpinnya; isi namanya atau tulis mengapa berhalangan.", **holes
            )
        case Guard.OPENING_FAITH:
            opened: Sequence[Faith] = finding.holes["opened_by"]  # type: ignore[assignment]
            return _(
                "%(faith)s juga membuka doa pada acara sebelumnya. Pembuka terakhir: %(history)s.",
                faith=holes["faith"],
                history=", ".join(map(faith_name, opened)),
            )
        case Guard.OVER_CAPACITY:
            return _(
                "Perkiraan hadir %(crowd)s orang, daya tampung %(capacity)s.",
                crowd=number(holes["crowd"]),  # type: ignore[arg-type]
                capacity=number(holes["capacity"]),  # type: ignore[arg-type]
            )
        case Guard.PROGRAMME_TOO_LONG:
            return _("Susunan acara memerlukan %(minutes)s menit, lebih lama daripada acaranya.", **holes)
        case Guard.IN_THE_PAST:
            return _("Waktu mulainya sudah lewat.")


def _worship_text(finding: GuardFinding, zone: str) -> str:
    start, end = finding.holes["start"], finding.holes["end"]
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    faiths: Sequence[Faith] = finding.holes["faiths"]  # type: ignore[assignment]
    holes: dict[str, object] = {
        "name": finding.holes["name"],
        "place": finding.holes["place"],
        "start": clock_time(start, zone, with_zone=False),
        "end": clock_time(end, zone),
        "faith": ", ".join(map(faith_name, faiths)),
    }
    if finding.holes.get("prayer"):
        return _(
            "%(name)s di %(place)s pukul %(start)s–%(end)s. Geser waktunya, atau beri “istirahat salat” dalam "
            "susunan acara.",
            **holes,
        )
    if finding.guard is Guard.HOLY_DAY:
        if finding.holes.get("estimate"):
            return _("%(name)s (%(faith)s), tanggalnya masih perkiraan.", **holes)
        return _("%(name)s (%(faith)s).", **holes)
    return _("%(name)s (%(faith)s) pukul %(start)s–%(end)s.", **holes)


def guard_line(findings: Sequence[GuardFinding], zone: str) -> str:
    """Several findings in one line, for a refusal."""
    return " ".join(f"{guard_title(one.guard).capitalize()}: {guard_text(one, zone)}" for one in findings[:4])
