"""How people speak: labels, refusals, and the messages that are sent."""

from app.core.faiths import Faith
from app.core.i18n import _, _l
from app.core.permissions import Role
from app.people.details import LeaderStatus, OrganisationKind, PersonTag

LABELS = {
    Role.TOKOH: _l("Tokoh"),
    Role.PETUGAS: _l("Petugas"),
    Role.PENULIS: _l("Penulis Humas"),
    Role.EDITOR: _l("Editor Humas"),
    Role.PIMPINAN: _l("Pimpinan"),
    Role.ADMIN: _l("Admin"),
    Faith.ISLAM: _l("Islam"),
    Faith.PROTESTAN: _l("Kristen Protestan"),
    Faith.KATOLIK: _l("Katolik"),
    Faith.HINDU: _l("Hindu"),
    Faith.BUDDHA: _l("Buddha"),
    Faith.KHONGHUCU: _l("Khonghucu"),
    Faith.PENGHAYAT: _l("Penghayat Kepercayaan"),
    OrganisationKind.FORKOPIMDA: _l("Forkopimda"),
    OrganisationKind.GOVERNMENT: _l("Pemerintah"),
    OrganisationKind.ELECTION: _l("Penyelenggara pemilu"),
    OrganisationKind.CAMPAIGN_TEAM: _l("Tim kampanye"),
    OrganisationKind.FAITH: _l("Lembaga keagamaan"),
    OrganisationKind.HARMONY_FORUM: _l("Forum kerukunan"),
    OrganisationKind.CUSTOM: _l("Lembaga adat"),
    OrganisationKind.COMMUNITY: _l("Organisasi masyarakat"),
    OrganisationKind.YOUTH: _l("Organisasi pemuda"),
    OrganisationKind.WOMEN: _l("Organisasi perempuan"),
    OrganisationKind.EDUCATION: _l("Lembaga pendidikan"),
    OrganisationKind.PRESS: _l("Pers"),
    LeaderStatus.WAITING: _l("Menunggu"),
    LeaderStatus.VERIFIED: _l("Terverifikasi"),
    LeaderStatus.REFUSED: _l("Ditolak"),
    PersonTag.PERSON_CREATED: _l("Akun dibuat"),
    PersonTag.PERSON_CHANGED: _l("Data orang diubah"),
    PersonTag.PERSON_DEACTIVATED: _l("Akun dinonaktifkan"),
    PersonTag.PERSON_REACTIVATED: _l("Akun diaktifkan kembali"),
    PersonTag.PERSON_INVITED: _l("Petugas diundang"),
    PersonTag.INVITATION_ACCEPTED: _l("Undangan diterima"),
    PersonTag.INVITATION_WITHDRAWN: _l("Undangan dibatalkan"),
    PersonTag.PASSWORD_CHANGED: _l("Kata sandi diganti"),
    PersonTag.PASSWORD_LINK_MADE: _l("Tautan kata sandi dibuat"),
    PersonTag.ROLE_GRANTED: _l("Peran diberikan"),
    PersonTag.ROLE_ENDED: _l("Peran diakhiri"),
    PersonTag.SECOND_FACTOR_SET: _l("Verifikasi dua langkah dipasang"),
    PersonTag.SECOND_FACTOR_REMOVED: _l("Verifikasi dua langkah dilepas"),
    PersonTag.RECOVERY_CODES_RENEWED: _l("Kode cadangan diperbarui"),
    PersonTag.RECOVERY_CODE_USED: _l("Kode cadangan dipakai"),
    PersonTag.LEADER_SIGNED_UP: _l("Tokoh mendaftar"),
    PersonTag.LEADER_VERIFIED: _l("Tokoh diverifikasi"),
    PersonTag.LEADER_REFUSED: _l("Pendaftaran tokoh ditolak"),
    PersonTag.ORGANISATION_CREATED: _l("Lembaga ditambahkan"),
    PersonTag.ORGANISATION_CHANGED: _l("Data lembaga diubah"),
    PersonTag.ORGANISATION_CLOSED: _l("Lembaga ditutup"),
    PersonTag.ORGANISATION_REOPENED: _l("Lembaga dibuka kembali"),
}

REFUSALS = {
    "wrong_sign_in": _l("Surel atau kata sandi tidak cocok."),
    "wrong_code": _l("Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi."),
    "wrong_password": _l("Kata sandi lama tidak cocok."),
    "password_short": _l("Kata sandi minimal 10 karakter. Rangkaian beberapa kata mudah diingat."),
    "password_long": _l("Kata sandi paling panjang 200 karakter."),
    "password_guessed": _l("Kata sandi ini mudah ditebak. Pilih rangkaian kata lain."),
    "passwords_differ": _l("Kedua isian kata sandi tidak sama."),
    "link_dead": _l("Tautan ini sudah dipakai atau sudah kedaluwarsa."),
    "email_taken": _l("Surel ini sudah dipakai akun lain."),
    "already_member": _l("Orang ini sudah memegang peran tersebut di unit itu."),
    "unknown_unit": _l("Unit ini tidak ada atau di luar wewenang Anda."),
    "unit_closed": _l("Unit ini sudah ditutup."),
    "role_by_verification": _l("Peran tokoh diberikan lewat verifikasi pendaftaran tokoh."),
    "not_a_leader": _l("Orang ini belum mendaftar sebagai tokoh."),
    "last_admin": _l("Harus ada sedikitnya satu admin di %(unit)s. Tunjuk admin lain dahulu."),
    "roles_elsewhere": _l("Orang ini juga bertugas di unit di luar wewenang Anda."),
    "role_ended": _l("Peran ini sudah diakhiri."),
    "not_yourself": _l("Anda tidak dapat melakukan ini terhadap akun Anda sendiri."),
    "deactivated": _l("Akun ini dinonaktifkan."),
    "already_decided": _l("Pendaftaran ini sudah diputuskan."),
    "note_missing": _l("Tulis alasan penolakan agar pendaftar tahu apa yang kurang."),
    "unknown_district": _l("Pilih kecamatan dari daftar."),
    "no_unit": _l("Belum ada unit kepolisian yang melayani kecamatan ini."),
    "ballot_number_missing": _l("Tim kampanye perlu nomor urut pasangan calon."),
    "ballot_number_for_teams": _l("Nomor urut hanya untuk tim kampanye."),
    "faith_missing": _l("Lembaga keagamaan perlu agama atau kepercayaan."),
    "faith_not_for_team": _l("Tim kampanye tidak memiliki agama."),
    "organisation_exists": _l("Lembaga dengan nama ini sudah ada di unit ini."),
    "organisation_closed": _l("Lembaga ini sudah ditutup."),
}


def invitation(name: str, *, unit: str, role: str, link: str, days: int) -> tuple[str, str]:
    """Subject and text of an officer's invitation."""
    subject = _("Undangan akun Rukun %(unit)s", unit=unit)
    text = _(
        "Salam sejahtera.\n\nAnda diundang sebagai %(role)s di %(unit)s pada portal Rukun. Buka tautan ini untuk "
        "menulis nama dan membuat kata sandi:\n\n%(link)s\n\nTautan ini berlaku %(days)s hari dan hanya untuk "
        "satu kali. Abaikan pesan ini bila Anda tidak bertugas di sana.",
        role=role,
        unit=unit,
        link=link,
        days=days,
    )
    return subject, text


def password_link(name: str, *, link: str, hours: int) -> tuple[str, str]:
    """Subject and text for somebody who forgot the password."""
    subject = _("Kata sandi baru untuk akun Rukun Anda")
    text = _(
        "Salam sejahtera, %(name)s.\n\nSeseorang, mungkin Anda, meminta kata sandi baru. Buka tautan ini untuk "
        "membuatnya:\n\n%(link)s\n\nTautan ini berlaku %(hours)s jam dan hanya untuk satu kali. Bila Anda tidak "
        "memintanya, abaikan pesan ini; kata sandi lama tetap berlaku.",
        name=name,
        link=link,
        hours=hours,
    )
    return subject, text


def password_wish(name: str, *, link: str) -> tuple[str, str]:
    """Subject and text for an admin when an officer forgot the password and no e-mail can be sent."""
    subject = _("%(name)s meminta kata sandi baru", name=name)
    text = _(
        "%(name)s lupa kata sandi. Pastikan permintaan ini benar darinya, lalu buat tautan kata sandi di:\n\n%(link)s",
        name=name,
        link=link,
    )
    return subject, text


def sign_up_of_known_address(name: str, *, link: str) -> tuple[str, str]:
    """Subject and text for the owner of an address that somebody tried to sign up again."""
    subject = _("Anda sudah memiliki akun Rukun")
    text = _(
        "Salam sejahtera, %(name)s.\n\nSeseorang, mungkin Anda, mendaftar lagi dengan surel ini. Akun Anda tetap "
        "seperti semula. Masuk atau buat kata sandi baru di:\n\n%(link)s",
        name=name,
        link=link,
    )
    return subject, text


def leader_verified(name: str, *, unit: str, link: str) -> tuple[str, str]:
    """Subject and text for a leader whom a station has vouched for."""
    subject = _("Pendaftaran tokoh Anda diterima")
    text = _(
        "Salam sejahtera, %(name)s.\n\n%(unit)s telah memverifikasi Anda sebagai tokoh. Anda kini dapat mengajukan "
        "acara di:\n\n%(link)s",
        name=name,
        unit=unit,
        link=link,
    )
    return subject, text


def leader_refused(name: str, *, unit: str, note: str) -> tuple[str, str]:
    """Subject and text for a leader whom a station did not vouch for."""
    subject = _("Pendaftaran tokoh Anda belum dapat diterima")
    text = _(
        "Salam sejahtera, %(name)s.\n\n%(unit)s belum dapat memverifikasi pendaftaran Anda dengan catatan:\n\n"
        "%(note)s\n\nHubungi %(unit)s bila ada yang perlu dijelaskan.",
        name=name,
        unit=unit,
        note=note,
    )
    return subject, text
