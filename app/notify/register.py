"""What notify brings into the house."""

from app.notify import actions, models  # noqa: F401 – tables must be known
from app.notify.permissions import GRANTS
from app.web.house import House


def register(house: House) -> None:
    """Open the rooms of notify."""
    actions.configure(mail=bool(house.app.config["SMTP_HOST"]))
    house.grant(GRANTS)
