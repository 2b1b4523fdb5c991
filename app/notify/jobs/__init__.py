"""How messages leave the house."""

from app.notify.jobs.channels import Gone, LogChannel, Refused, Slower, SmtpChannel, Way
from app.notify.jobs.delivering import deliver, use_channels, use_clocks
from app.notify.jobs.webpush import HAS_LIBRARY, PushChannel
from app.notify.jobs.whatsapp import WhatsAppChannel

__all__ = [
    "HAS_LIBRARY",
    "Gone",
    "LogChannel",
    "PushChannel",
    "Refused",
    "Slower",
    "SmtpChannel",
    "Way",
    "WhatsAppChannel",
    "deliver",
    "use_channels",
    "use_clocks",
]
