"""Two children, the web server and the worker, kept running by one small process.

It never imports the application: that keeps it small, and the start quick.
"""

import os
import resource
import select
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from ctypes import CDLL
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from types import FrameType

import click

from app.core.config import PROJECT

GRACE = 20  # seconds that a child gets to finish its requests
STEADY = 60  # seconds after which a worker's earlier deaths are forgotten
WAITS = (1, 2, 5, 10, 30, 60)  # seconds before a dead worker is started again
READY_WITHIN = 60  # seconds after which a silent web server is reported
OPEN_FILES = 65536  # the usual soft limit, 1024, is fewer than the connections a web process may hold
PR_SET_PDEATHSIG = 1  # linux/prctl.h

_libc = CDLL(None)


def say(indonesian: str, english: str) -> None:
    """A line for whoever started us, in both languages: there is no page and so no language chosen."""
    click.echo(f"rukun: {indonesian} / {english}")


@dataclass(frozen=True)
class Address:
    """Where the web server listens."""

    host: str
    port: int
    tls: bool

    @property
    def near(self) -> str:
        """A host name by which this machine reaches itself."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - compared, not bound

    @property
    def url(self) -> str:
        """The address for a browser on this machine."""
        host = f"[{self.near}]" if ":" in self.near else self.near
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}/"

    def answers(self) -> bool:
        """Whether the application answers that it lives."""
        connection = (
            HTTPSConnection(self.near, self.port, timeout=2, context=_trusting_itself())
            if self.tls
            else HTTPConnection(self.near, self.port, timeout=2)
        )
        with closing(connection):
            try:
                connection.request("GET", "/sehat", headers={"Host": f"localhost:{self.port}"})
                return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
            except (OSError, HTTPException):
                return False


@dataclass
class Child:
    """A process of ours in a process group of its own, so that a Ctrl+C reaches only the supervisor."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_make_ready,  # noqa: PLW1509 - the supervisor has no threads
        )

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def tell(self, number: signal.Signals) -> None:
        if self.process is not None and not self.has_ended():
            self.process.send_signal(number)

    def sweep(self) -> None:
        """End what a killed child left behind in its group."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return


@dataclass
class Supervisor:
    """Keeps the children running until it is told to stop or the web server ends by itself."""

    web: Child
    worker: Child | None
    address: Address
    deaths: int = 0
    restart_at: float | None = None
    told: list[int] = field(default_factory=list)

    def run(self) -> int:
        """Returns the exit status: 0 after a stop that was asked for."""
        with self._signals() as wakeup:
            self.web.start()
            try:
                return self._watch(wakeup)
            finally:
                self._stop()

    def _watch(self, wakeup: int) -> int:
        waiting_since: float | None = time.monotonic()
        while True:
            if self._stop_was_asked():
                return 0
            if self.web.has_ended():
                say("server web berhenti sendiri", "the web server ended by itself")
                return 1
            if waiting_since is not None:
                if self.address.answers():
                    waiting_since = None
                    say(f"siap di {self.address.url} (berhenti: Ctrl+C)", f"ready at {self.address.url}")
                elif time.monotonic() - waiting_since > READY_WITHIN:
                    waiting_since = None
                    say(
                        "server web belum menjawab; lihat pesan di atas",
                        "no answer yet; see the messages above",
                    )
            if waiting_since is None:
                self._mind_the_worker()
            quick = waiting_since is not None or self.restart_at is not None
            if select.select([wakeup], [], [], 0.05 if quick else None)[0]:
                os.read(wakeup, 512)

    def _mind_the_worker(self) -> None:
        """Start the worker, once the web server has had the processor to itself, and again whenever it died."""
        if self.worker is None or not self.worker.has_ended():
            return
        if self.worker.process is None:
            self.worker.start()
            return
        now = time.monotonic()
        if self.restart_at is None:
            self.worker.sweep()
            self.deaths = 0 if now - self.worker.started > STEADY else self.deaths
            wait = WAITS[min(self.deaths, len(WAITS) - 1)]
            self.deaths += 1
            self.restart_at = now + wait
            say(f"pekerja berhenti; dimulai lagi dalam {wait} detik", f"the worker ended; again in {wait} s")
        elif now >= self.restart_at:
            self.restart_at = None
            self.worker.start()

    def _stop_was_asked(self) -> bool:
        """A hang-up ends a start from a terminal; without a terminal it means: take up new code."""
        while self.told:
            number = self.told.pop(0)
            if number != signal.SIGHUP or sys.stdin.isatty():
                return True
            self.web.tell(signal.SIGHUP)
            if self.worker is not None:
                self.deaths = 0
                self.worker.tell(signal.SIGTERM)
        return False

    def _stop(self) -> None:
        children = [child for child in (self.web, self.worker) if child is not None]
        for child in children:
            child.tell(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in children:
            if child.process is not None:
                try:
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    child.tell(signal.SIGKILL)
                    child.process.wait()
            child.sweep()

    @contextmanager
    def _signals(self) -> Iterator[int]:
        """Collects signals in `told`; gives a descriptor that is readable after each or a child's end."""
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)

        def note(number: int, frame: FrameType | None) -> None:
            self.told.append(number)

        def ignore(number: int, frame: FrameType | None) -> None:
            return

        signal.signal(signal.SIGCHLD, ignore)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # started by nohup
                signal.signal(number, note)
        try:
            yield reading
        finally:
            signal.set_wakeup_fd(-1)
            os.close(reading)
            os.close(writing)


def _trusting_itself() -> ssl.SSLContext:
    """For the one question whether our own server answers; nothing is sent that must be kept."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _make_ready() -> None:
    """In a child, before it runs: as many connections as the system grants, and an end with the supervisor."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(most, OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    if sys.platform == "linux":
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
