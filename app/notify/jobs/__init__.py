"""How messages leave the house."""

from app.notify.jobs.channels import LogChannel, Refused, Slower, SmtpChannel, Way
from app.notify.jobs.delivering import deliver, use_channels, use_clocks
from app.notify.jobs.whatsapp import WhatsAppChannel

__all__ = [
    "LogChannel",
    "Refused",
    "Slower",
    "SmtpChannel",
    "Way",
    "WhatsAppChannel",
    "deliver",
    "use_channels",
    "use_clocks",
]
