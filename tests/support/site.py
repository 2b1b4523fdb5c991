"""A whole site: real processes, the sample regency, a clock that begins on a known day."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

PROJECT = Path(__file__).resolve().parents[2]
# Monday 23 November 2026, 09.00 in Ketapang: the sample's invented election is in its campaign stage.
BEGINS = "2026-11-23T02:00:00+00:00"


@dataclass
class Site:
    """A running installation: its address, its folder, its settings, and the sample accounts by role."""

    url: str
    instance: Path
    environment: dict[str, str]
    accounts: dict[str, tuple[str, str]] = field(default_factory=dict)
    _processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def command(self, *words: str) -> str:
        """Run a management command here and give what it prints."""
        return _command(*words, environment=self.environment)

    def sign_in(self, page: Page, role: str) -> None:
        """Sign in through the page, as a person would."""
        email, password = self.accounts[role]
        page.goto("/masuk")
        page.get_by_label("Surel").fill(email)
        page.get_by_label("Kata sandi", exact=True).fill(password)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url("**/kelola/**")

    def live_on(self, moment: str) -> None:
        """Stop the processes and start them again at the same address, with the clock at `moment` (ISO 8601)."""
        self.stop()
        self.environment["RUKUN_CLOCK_START"] = moment
        self.start()

    def start(self) -> None:
        """Run the web server and the worker; back when pages are answered."""
        port = self.url.rpartition(":")[2]
        serve = [
            *(sys.executable, "-m", "granian", "--interface=wsgi", "--host=127.0.0.1", f"--port={port}"),
            *("--workers=1", "--blocking-threads=4", "--no-ws", "--log-level=warning", "wsgi:app"),
        ]
        log = self.instance / "server.log"
        with log.open("ab") as output:
            self._processes = [
                subprocess.Popen(
                    words,
                    cwd=PROJECT,
                    env=self.environment,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,  # so that a server that hangs is ended with its own workers
                )
                for words in (serve, [sys.executable, "-m", "app", "worker"])
            ]
        _wait_for(f"{self.url}/sehat", self._processes[0], log)

    def stop(self) -> None:
        """End both processes, by force when they do not go."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._processes = []


@contextmanager
def running(instance: Path, *, database_url: str = "", begins: str = BEGINS) -> Iterator[Site]:
    """Fill an empty installation with the sample regency and run its web server and worker."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT),
        "RUKUN_INSTANCE": str(instance),
        "RUKUN_DATABASE_URL": database_url,
        "RUKUN_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "RUKUN_CLOCK_START": begins,
    }
    _command("migrate", environment=environment)
    printed = _command("sample", environment=environment)
    site = Site(f"http://127.0.0.1:{port}", instance, environment)
    for role, email, password in re.findall(r"^  (\w+) +(\S+@\S+) +(\S+)$", printed, flags=re.MULTILINE):
        site.accounts.setdefault(role, (email, password))
    try:
        site.start()
        yield site
    finally:
        site.stop()


def _command(*words: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "app", *words],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(900):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the site did not start:\n{log.read_text(errors='replace')}")
