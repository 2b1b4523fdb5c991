"""`rukun serve`: prepares the instance, then runs the web server and the worker until it is told to stop.

Only the standard library and click are imported here; the application is loaded by the children.
"""

import fcntl
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from app.core import config
from app.web.supervisor import GRACE, Address, Child, Supervisor, say

MIGRATIONS = config.PROJECT / "migrations" / "versions"
# While this file lies in the instance folder, the sample regency is still to be filled.
SAMPLE_DUE = "sample.due"
LOCK = "serve.lock"
# Threads of a web process: two a core keep the database busy; more would only wait for each other.
THREADS = 2 * (os.cpu_count() or 1) + 1
# Connections a web process holds, idle ones of browsers included (granian's "backpressure" counts connections,
# not requests: a small figure would let a dozen quiet visitors shut everyone else out).
CONNECTIONS = 4096
# Milliseconds that a connection may stay silent before or between requests.
SILENCE = 15_000


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Alamat / address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="Jumlah proses web / web processes.",
)
@click.option("--empty", is_flag=True, help="Tanpa data contoh / without the sample regency.")
@click.option("--no-worker", is_flag=True, help="Tanpa proses pekerja / without the worker process.")
@click.option(
    "--tls-cert",
    type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path),
    help="Sertifikat TLS / TLS certificate (PEM).",
)
@click.option(
    "--tls-key",
    type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path),
    help="Kunci TLS / TLS key (PEM, PKCS#8).",
)
def serve(
    host: str,
    port: int,
    workers: int,
    empty: bool,
    no_worker: bool,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> None:
    """Jalankan portal: server web dan pekerja / run the portal."""
    tls = _tls(tls_cert, tls_key)
    _refuse_taken_port(host, port)
    os.umask(0o077)
    config.instance_path().mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = config.load()
    environment = _environment(settings, host=host, port=port, tls=tls is not None)
    _prepare(settings, environment, sample=not empty)

    web = Child("web", [*_granian(host, port, workers), *_granian_tls(tls), "wsgi:app"], environment)
    worker = None if no_worker else Child("worker", [*_python("app"), "worker"], environment)
    raise SystemExit(Supervisor(web, worker, address=Address(host, port, tls is not None)).run())


def _refuse(indonesian: str, english: str) -> SystemExit:
    say(indonesian, english)
    return SystemExit(1)


def _python(module: str) -> list[str]:
    return [sys.executable, "-P", "-m", module]


def _granian(host: str, port: int, workers: int) -> list[str]:
    return [
        *_python("granian"),
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={workers}",
        f"--blocking-threads={THREADS}",
        f"--backpressure={CONNECTIONS}",
        f"--http1-header-read-timeout={SILENCE}",
        "--no-ws",
        "--respawn-failed-workers",
        "--respawn-interval=0.5",
        f"--workers-kill-timeout={GRACE // 2}",
        "--log-level=warning",
    ]


def _granian_tls(tls: tuple[Path, Path] | None) -> list[str]:
    if tls is None:
        return []
    certificate, key = tls
    return [f"--ssl-certificate={certificate}", f"--ssl-keyfile={key}", "--ssl-protocol-min=tls1.2"]


def _tls(certificate: Path | None, key: Path | None) -> tuple[Path, Path] | None:
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise click.UsageError("--tls-cert dan --tls-key harus diberikan bersama / must be given together")
    if "BEGIN PRIVATE KEY" not in key.read_text(encoding="ascii", errors="replace"):
        raise click.UsageError(
            "--tls-key harus PKCS#8 / must be PKCS#8: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW"
        )
    return certificate, key


def _refuse_taken_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        raise _refuse(
            f"{host}:{port} tidak dapat dipakai ({problem.strerror}); pilih port lain dengan --port",
            f"{host}:{port} cannot be used; choose another port with --port",
        ) from problem


def _environment(settings: Mapping[str, Any], *, host: str, port: int, tls: bool) -> dict[str, str]:
    """What the children are started with. Unless one is set, the public address is this start's own."""
    environment = {**os.environ, "PYTHONPATH": str(config.PROJECT), "PYTHONUNBUFFERED": "1"}
    environment["RUKUN_INSTANCE"] = str(settings["INSTANCE"])
    if settings["PUBLIC_URL"] == config.DEFAULTS["PUBLIC_URL"]:
        environment["RUKUN_PUBLIC_URL"] = Address(host, port, tls).url.rstrip("/")
    return environment


def _prepare(settings: Mapping[str, Any], environment: Mapping[str, str], *, sample: bool) -> None:
    """Bring the database up to date and, the first time, fill the sample regency; one start at a time."""
    folder: Path = settings["INSTANCE"]
    due = folder / SAMPLE_DUE
    with (folder / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        applied = _applied_revisions(settings["DATABASE_URL"])
        if applied != newest_revisions():
            if not applied and sample:
                due.touch()
            _manage("migrate", environment)
        if due.exists():
            if sample:
                _manage("sample", environment)
            due.unlink()


def _manage(command: str, environment: Mapping[str, str]) -> None:
    done = subprocess.run([*_python("app"), command], env=environment, cwd=config.PROJECT, check=False)
    if done.returncode != 0:
        raise _refuse(
            f"`{command}` gagal; lihat pesan di atas", f"`{command}` failed; see the messages above"
        )


def newest_revisions() -> set[str]:
    """The heads of the migrations, read from their files: loading the migration tools takes half a second."""
    found: set[str] = set()
    followed: set[str] = set()
    for path in MIGRATIONS.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        found.update(re.findall(r'^revision\b[^=\n]*= *["\']([^"\']+)["\']', text, re.MULTILINE))
        for line in re.findall(r"^down_revision\b[^=\n]*=(.*)$", text, re.MULTILINE):
            followed.update(re.findall(r'["\']([^"\']+)["\']', line))
    return found - followed


def _applied_revisions(url: str) -> set[str]:
    """The revisions a database stands at; empty for a new one."""
    if url.startswith("sqlite"):
        path = Path(url.partition(":///")[2])
        if not path.exists():
            return set()
        with closing(sqlite3.connect(path)) as database:
            try:
                return {row[0] for row in database.execute("SELECT version_num FROM alembic_version")}
            except sqlite3.OperationalError:  # no such table
                return set()
    psycopg = import_module("psycopg")  # an extra: there only when PostgreSQL is used
    with psycopg.connect(url.replace("+psycopg", "", 1)) as database:
        if database.execute("SELECT to_regclass('alembic_version')").fetchone()[0] is None:
            return set()
        return {row[0] for row in database.execute("SELECT version_num FROM alembic_version")}


if __name__ == "__main__":
    serve.main(prog_name="rukun serve")
