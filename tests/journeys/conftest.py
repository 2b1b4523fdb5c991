"""A whole site for the browser: real processes, the sample regency, a clock that begins on a known day."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support import chromium

PROJECT = Path(__file__).resolve().parents[2]
# Monday 23 November 2026, 09.00 in Ketapang: the sample's invented election is in its campaign stage.
BEGINS = "2026-11-23T02:00:00+00:00"


@dataclass
class Site:
    """A running installation: its address, its folder, and the sample accounts by role."""

    url: str
    instance: Path
    accounts: dict[str, tuple[str, str]] = field(default_factory=dict)


def command(*words: str, environment: dict[str, str]) -> str:
    """Run a management command and give what it prints."""
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


@pytest.fixture(scope="session")
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    instance = tmp_path_factory.mktemp("site")
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT),
        "RUKUN_INSTANCE": str(instance),
        "RUKUN_DATABASE_URL": "" if database_url.startswith("sqlite") else database_url,
        "RUKUN_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "RUKUN_CLOCK_START": BEGINS,
    }
    command("migrate", environment=environment)
    printed = command("sample", environment=environment)
    running = Site(f"http://127.0.0.1:{port}", instance)
    for role, email, password in re.findall(r"^  (\w+) +(\S+@\S+) +(\S+)$", printed, flags=re.MULTILINE):
        running.accounts[role] = (email, password)
    log = (instance / "server.log").open("wb")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface=wsgi", "--host=127.0.0.1", f"--port={port}"),
            *("--workers=1", "--blocking-threads=4", "--no-ws", "--log-level=warning", "wsgi:app"),
        ],
        cwd=PROJECT,
        env=environment,
        stdout=log,
        stderr=log,
    )
    worker = subprocess.Popen(
        [sys.executable, "-m", "app", "worker"], cwd=PROJECT, env=environment, stdout=log, stderr=log
    )
    try:
        _wait_for(f"{running.url}/sehat", server, instance / "server.log")
        yield running
    finally:
        for process in (worker, server):
            process.terminate()
        for process in (worker, server):
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        log.close()


def _wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the site did not start:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return chromium.launch_options()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """visit(role): a page in a browser of its own, 360 pixels wide, signed in when a role is named."""
    contexts: list[BrowserContext] = []

    def open_browser(
        role: str | None = None,
        *,
        javascript: bool = True,
        width: int = 360,
        height: int = 740,
        dark: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=site.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="id-ID",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", lambda route: _only_own(route, site.url))
        if role is not None:
            email, password = site.accounts[role]
            page.goto("/masuk")
            page.get_by_label("Surel").fill(email)
            page.get_by_label("Kata sandi", exact=True).fill(password)
            page.get_by_role("button", name="Masuk").click()
            page.wait_for_url("**/kelola/**")
        return page

    yield open_browser
    for context in contexts:
        context.close()


def _only_own(route: Any, own: str) -> None:
    """No page may ask another host for anything."""
    address = route.request.url
    assert address.startswith((own, "data:", "blob:")), f"foreign request: {address}"
    route.continue_()
