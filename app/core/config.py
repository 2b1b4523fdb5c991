"""Settings: from the environment (RUKUN_…), then `instance/settings.cfg`, then the defaults below."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]

# The names an administrator may set, each with its default. RUKUN_<NAME> in the environment wins.
DEFAULTS: dict[str, Any] = {
    "DATABASE_URL": "",  # empty: SQLite in the instance folder
    "REDIS_URL": "",
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "TRUSTED_PROXIES": 0,  # how many proxies in front may be believed
    "METRICS_TOKEN": "",
    "SMTP_HOST": "",
    "SMTP_PORT": 25,
    "SMTP_USER": "",
    "SMTP_PASSWORD": "",
    "SMTP_STARTTLS": False,
    "MAIL_FROM": "",
    "MAIL_A_MINUTE": 0,  # what the mail server takes in a minute; 0: as many as there are
    "WHATSAPP_PHONE_ID": "",  # of the WhatsApp Business Cloud API; empty: officers send by hand
    "WHATSAPP_TOKEN": "",
    "WHATSAPP_TEMPLATE": "",  # a utility template with one text in its body; empty: plain texts
    "WHATSAPP_APP_SECRET": "",  # signs what the other side reports of deliveries
    "WHATSAPP_VERIFY_TOKEN": "",
    "WHATSAPP_URL": "https://graph.facebook.com/v21.0",
    "WHATSAPP_A_MINUTE": 60,
    # Push services that phones may name, by domain; what else is asked for is refused. Spaces between.
    "PUSH_SERVICES": "fcm.googleapis.com push.services.mozilla.com notify.windows.com push.apple.com",
    "S3_BUCKET": "",  # where photos, cards, emblems and sealed sheets lie; empty: the instance folder
    "S3_ENDPOINT": "",  # of a service that speaks like S3; empty: Amazon's own
    "S3_REGION": "us-east-1",
    "S3_KEY_ID": "",  # empty: the machine's own role
    "S3_SECRET": "",
    "S3_PREFIX": "",  # a part of the bucket that belongs to this installation
    "SQLITE_SYNCHRONOUS": "FULL",
    "PAGE_CACHE": True,
    "CLOCK_START": "",  # ISO moment: the clock of a sample instance starts there (see core.clock)
}


def instance_path() -> Path:
    """Where this installation keeps its database, uploads and secrets."""
    return Path(os.environ.get("RUKUN_INSTANCE") or PROJECT / "instance").resolve()


def load(overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All settings of this installation, ready for `app.config`.

    Creates the instance folder and its secret key on the first call, so that one command suffices.
    """
    folder = Path((overrides or {}).get("INSTANCE", instance_path()))
    folder.mkdir(parents=True, exist_ok=True)
    settings = dict(DEFAULTS)
    settings.update(_from_file(folder / "settings.cfg"))
    for name, default in DEFAULTS.items():
        if (value := os.environ.get(f"RUKUN_{name}")) is not None:
            settings[name] = _as_type_of(default, value)
    settings.update(overrides or {})
    settings["INSTANCE"] = folder
    settings.setdefault("SECRET_KEY", _secret_key(folder / "secret.key"))
    if not settings["DATABASE_URL"]:
        settings["DATABASE_URL"] = f"sqlite:///{folder / 'rukun.db'}"
    settings["SQLALCHEMY_DATABASE_URI"] = _with_driver(settings["DATABASE_URL"])
    secure = str(settings["PUBLIC_URL"]).startswith("https://")
    settings.setdefault("SESSION_COOKIE_NAME", "rukun_sesi")
    settings.setdefault("SESSION_COOKIE_SECURE", secure)
    settings.setdefault("SESSION_COOKIE_HTTPONLY", True)
    settings.setdefault("SESSION_COOKIE_SAMESITE", "Lax")
    settings.setdefault("MAX_CONTENT_LENGTH", 48 * 1024 * 1024)
    settings.setdefault("MAX_FORM_MEMORY_SIZE", 4 * 1024 * 1024)
    settings.setdefault("MAX_FORM_PARTS", 4000)
    return settings


def _from_file(path: Path) -> dict[str, Any]:
    """`NAME = value` lines; unknown names are refused so that a typing error does not pass silently."""
    found: dict[str, Any] = {}
    if not path.exists():
        return found
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, sign, value = text.partition("=")
        name = name.strip()
        if not sign or name not in DEFAULTS:
            raise SystemExit(f"{path}:{number}: tidak dikenal / unknown setting: {text}")
        found[name] = _as_type_of(DEFAULTS[name], value.strip())
    return found


def _as_type_of(default: Any, value: str) -> Any:
    if isinstance(default, bool):
        return value.strip().lower() in {"1", "true", "yes", "ya"}
    if isinstance(default, int):
        return int(value)
    return value


def _secret_key(path: Path) -> str:
    """Read the key, or make one. O_EXCL lets two processes starting together agree on one key."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _with_driver(url: str) -> str:
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url
