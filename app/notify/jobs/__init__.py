"""How messages leave the house."""

from app.notify.jobs.channels import LogChannel, Refused, SmtpChannel
from app.notify.jobs.delivering import deliver, use_channels

__all__ = ["LogChannel", "Refused", "SmtpChannel", "deliver", "use_channels"]
