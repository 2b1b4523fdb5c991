"""What notify brings into the house."""

from urllib.parse import urlsplit

from app.core.i18n import _l
from app.notify import actions, jobs, models, public, staff  # noqa: F401 – tables must be known
from app.notify.details import Channel
from app.notify.messages import DEEDS, LABELS, REFUSALS
from app.notify.permissions import AT_THE_TOP, GRANTS, SECOND_FACTOR, NotifyPermission
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of notify."""
    config = house.app.config
    ways: dict[Channel, jobs.Way] = {}
    if config["SMTP_HOST"] == "log":
        ways[Channel.EMAIL] = jobs.LogChannel()
    elif config["SMTP_HOST"]:
        domain = urlsplit(config["PUBLIC_URL"]).hostname or "localhost"
        ways[Channel.EMAIL] = jobs.SmtpChannel(
            host=config["SMTP_HOST"],
            port=config["SMTP_PORT"],
            sender=config["MAIL_FROM"] or f"rukun@{domain}",
            user=config["SMTP_USER"],
            password=config["SMTP_PASSWORD"],
            starttls=config["SMTP_STARTTLS"],
            domain=domain,
        )
    if config["WHATSAPP_PHONE_ID"] and config["WHATSAPP_TOKEN"]:
        ways[Channel.WHATSAPP] = jobs.WhatsAppChannel(
            url=config["WHATSAPP_URL"],
            phone_id=config["WHATSAPP_PHONE_ID"],
            token=config["WHATSAPP_TOKEN"],
            template=config["WHATSAPP_TEMPLATE"],
        )
    address = str(config["PUBLIC_URL"]).rstrip("/")
    if jobs.HAS_LIBRARY:
        ways[Channel.PUSH] = jobs.PushChannel(address, str(config["PUSH_SERVICES"]).split())
    actions.configure(
        mail=Channel.EMAIL in ways, whatsapp=Channel.WHATSAPP in ways, push=Channel.PUSH in ways
    )
    jobs.use_channels(
        ways,
        a_minute={Channel.WHATSAPP: config["WHATSAPP_A_MINUTE"], Channel.EMAIL: config["MAIL_A_MINUTE"]},
        leave=lambda code: f"{address}/pesan-saya/{code}",
    )
    house.grant(GRANTS, second_factor=SECOND_FACTOR, at_the_top=AT_THE_TOP)
    house.words(LABELS)
    house.words(DEEDS)
    house.refuse_with(REFUSALS)
    house.public(public.blueprint)
    house.every(86_400, "notify.forget_messages", actions.forget_messages)
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
