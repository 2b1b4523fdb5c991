"""What notify brings into the house."""

from urllib.parse import urlsplit

from app.core.i18n import _l
from app.notify import actions, jobs, models, staff  # noqa: F401 – tables must be known
from app.notify.details import Channel
from app.notify.messages import DEEDS, LABELS, REFUSALS
from app.notify.permissions import GRANTS, SECOND_FACTOR, NotifyPermission
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of notify."""
    config = house.app.config
    actions.configure(mail=bool(config["SMTP_HOST"]))
    if config["SMTP_HOST"] == "log":
        jobs.use_channels({Channel.EMAIL: jobs.LogChannel()})
    elif config["SMTP_HOST"]:
        domain = urlsplit(config["PUBLIC_URL"]).hostname or "localhost"
        smtp = jobs.SmtpChannel(
            host=config["SMTP_HOST"],
            port=config["SMTP_PORT"],
            sender=config["MAIL_FROM"] or f"rukun@{domain}",
            user=config["SMTP_USER"],
            password=config["SMTP_PASSWORD"],
            starttls=config["SMTP_STARTTLS"],
            domain=domain,
        )
        jobs.use_channels({Channel.EMAIL: smtp})
    else:
        jobs.use_channels({})
    house.grant(GRANTS, second_factor=SECOND_FACTOR)
    house.words(LABELS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.staff(staff.blueprint, url_prefix="/pesan")
    house.staff_menu(
        _l("Pesan keluar"),
        "staff.notify.index",
        key="notify",
        order=60,
        permission=NotifyPermission.WORK_OUTBOX,
        group=_l("Acara"),
    )
    house.waits(staff.waiting_for)
    house.job("notify.deliver", jobs.deliver)
