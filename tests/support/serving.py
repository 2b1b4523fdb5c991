"""The whole service as `rukun serve` starts it."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.core import config


@contextmanager
def served(
    instance: Path, *words: str, environment: Mapping[str, str] | None = None
) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A running `serve` and its address; ended, if the test has not done so."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "app.web.serve", "--empty", f"--port={port}", *words],
        env={
            **os.environ,
            "RUKUN_INSTANCE": str(instance),
            "PYTHONPATH": str(config.PROJECT),
            **(environment or {}),
        },
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_interrupts,  # noqa: PLW1509 - no threads are started before
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if "ready at" in line:
                break
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()


def hear_interrupts() -> None:
    """A shell that starts the tests in its background lets them ignore Ctrl+C, and their children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def children_of(pid: int) -> set[int]:
    """Processes below `pid`, at any depth."""
    below: set[int] = set()
    for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        below |= {int(found)} | children_of(int(found))
    return below


def living(pids: set[int]) -> set[int]:
    """Those that still run; one that only waits to be collected does not."""
    found = set()
    for pid in pids:
        status = Path(f"/proc/{pid}/status")
        if status.exists() and not re.search(r"^State:\s+Z", status.read_text(), re.MULTILINE):
            found.add(pid)
    return found
