"""The rooms of people under /kelola/: one's own account, people, leaders, organisations, the audit log."""

from app.people.staff import account, audit, leaders, organisations, people

__all__ = ["account", "audit", "leaders", "organisations", "people"]
