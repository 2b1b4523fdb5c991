"""The composition root: which features there are, in the order of the floors."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from flask import Flask

from app import cli
from app.core import cache, clock, config, crypto, database, i18n, migrating, storage
from app.core.database import db
from app.core.extensions import MIGRATION_CONTEXT, alembic, csrf, login
from app.web import assets, headers, pages
from app.web.house import House
from app.web.pagecache import PageCache
from app.web.staff import make_staff_area

# From the ground up: each may use those before it, never those after it.
FEATURES = (
    "web",
    "notify",
    "regions",
    "people",
    "almanac",
    "media",
    "documents",
    "events",
    "invitations",
    "attendance",
    "records",
    "pledges",
    "news",
    "home",
)


def create_app(settings: Mapping[str, Any] | None = None, *, features: Sequence[str] = FEATURES) -> Flask:
    """Build the application from its features.

    settings: overrides for tests and commands; everything else comes from `core.config`.
    features: fewer than all of them builds a smaller house, floors below included.
    """
    app = Flask(
        "app", static_folder=None, template_folder="web/templates", instance_path=str(config.instance_path())
    )
    app.config.update(config.load(settings))
    app.config.setdefault("WTF_CSRF_CHECK_DEFAULT", False)
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "id")
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(config.PROJECT / "translations"))
    app.config.setdefault("BABEL_DOMAIN", "messages")
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _engine_options(app.config["SQLALCHEMY_DATABASE_URI"]))
    app.config.setdefault(
        "ALEMBIC",
        {"script_location": str(migrating.VERSIONS), "file_template": "%%(rev)s_%%(slug)s"},
    )
    app.config.setdefault("ALEMBIC_CONTEXT", dict(MIGRATION_CONTEXT))

    crypto.configure(app.config["SECRET_KEY"], key_file=app.config["INSTANCE"] / "encryption.keys")
    cache.configure(app.config["INSTANCE"])
    storage.configure(app.config)
    clock.start_at(app.config["CLOCK_START"])
    database.configure_sqlite(synchronous=app.config["SQLITE_SYNCHRONOUS"])
    db.init_app(app)
    alembic.init_app(app)
    i18n.compile_catalogues(config.PROJECT / "translations")
    i18n.babel.init_app(app, locale_selector=i18n.choose_language)
    csrf.init_app(app)
    login.init_app(app)

    house = House(app)
    app.extensions["house"] = house
    headers.init_app(app)
    assets.init_app(app)
    pages.init_app(app, house)
    for name in features:
        import_module(f"app.{name}.register").register(house)
    house.open_staff_area(make_staff_area())
    cli.register(app)
    if app.config["PAGE_CACHE"]:
        app.wsgi_app = PageCache(  # type: ignore[method-assign]
            app.wsgi_app,
            session_cookie=app.config["SESSION_COOKIE_NAME"],
            hosts=headers.known_hosts(app.config["PUBLIC_URL"]),
            arguments=pages.page_arguments,
        )
    return app


def _engine_options(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10}}
    return {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8}
