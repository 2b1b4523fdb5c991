"""What documents says to people."""

from app.core.i18n import _l
from app.web.house import Words

REFUSALS: dict[str, Words] = {
    "pattern_unknown_hole": _l(
        "Pola memuat kurung yang tidak dikenal. Pakai {nomor}, {romawi}, {bulan}, {tahun}, {kka}, atau {unit}."
    ),
    "pattern_incomplete": _l("Pola harus memuat {nomor} dan {tahun}, supaya tidak ada nomor yang kembar."),
    "pattern_too_long": _l("Pola paling panjang 80 huruf."),
}

# How the kinds of letters are called where their numbers are set.
SERIES: dict[str, Words] = {"undangan": _l("Surat undangan")}

# How entries of the audit log read.
DEEDS: dict[str, Words] = {
    "documents:series:changed": _l("Pola nomor surat diubah"),
}
