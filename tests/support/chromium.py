"""The Chromium that browser tests use: the system's, or a copy of Debian's package in our own folder.

Playwright's downloads are not used; its own Node needs `libatomic1`, which a fresh Debian lacks.
"""

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

PROJECT = Path(__file__).resolve().parents[2]
COPY = PROJECT / ".chromium"  # unpacked packages, where nobody could install them
PACKAGES = ("chromium", "libatomic1", "fonts-dejavu-core")
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = (
    "--no-sandbox",  # root and containers cannot have one; the pages are our own
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)


class NoChromium(RuntimeError):
    """Neither there nor to be had."""


def launch_options() -> dict[str, Any]:
    """What to hand to Playwright's `launch`. Also sets what Playwright's own process needs to start.

    Raises NoChromium when there is none (see `ensure`).
    """
    os.environ.update(environment())
    return {"executable_path": str(find()), "args": list(QUIET)}


@cache
def find() -> Path:
    """The program itself. Raises NoChromium."""
    named = os.environ.get("RUKUN_CHROMIUM")
    candidates = [named] if named else [*(shutil.which(name) for name in NAMES), str(_copied())]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return Path(candidate)
    raise NoChromium("Chromium tidak ditemukan / not found: apt install " + " ".join(PACKAGES))


def environment() -> dict[str, str]:
    """Variables by which the copied Chromium and Playwright's Node find the copied libraries and fonts."""
    if not COPY.is_dir():
        return {}
    folders = {path.parent for top in ("lib", "usr/lib") for path in (COPY / top).rglob("*.so*")}
    libraries = {str(folder) for folder in folders if folder != _copied().parent}
    inherited = os.environ.get("LD_LIBRARY_PATH", "")
    wanted = [*sorted(libraries), *(part for part in inherited.split(":") if part and part not in libraries)]
    found = {"LD_LIBRARY_PATH": ":".join(wanted)}
    if (COPY / "etc/fonts").is_dir():
        found |= {"FONTCONFIG_PATH": str(COPY / "etc/fonts")}
    if (COPY / "usr/share").is_dir():
        found |= {"XDG_DATA_DIRS": f"{COPY / 'usr/share'}:/usr/local/share:/usr/share"}
    return found


def ensure() -> None:
    """Make browser tests possible: install what is missing as root, else unpack it into our own folder.

    Raises NoChromium when neither works.
    """
    if _works():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
    elif shutil.which("apt-get") and shutil.which("dpkg-deb"):
        _unpack()
    find.cache_clear()
    if not _works():
        raise NoChromium(
            "Uji peramban memerlukan paket ini / browser tests need: apt install " + " ".join(PACKAGES)
        )


def _works() -> bool:
    """Whether Chromium and Playwright's Node both start."""
    surroundings = {**os.environ, **environment()}
    node = compute_driver_executable()[0]
    try:
        programs = [str(node), str(find())]
    except NoChromium:
        return False
    return all(
        subprocess.run([program, "--version"], env=surroundings, capture_output=True, check=False).returncode
        == 0
        for program in programs
    )


def _copied() -> Path:
    return COPY / "usr/lib/chromium/chromium"


def _install() -> None:
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _apt(["update"], env=surroundings)
    _apt(["install", "-y", "--no-install-recommends", *PACKAGES], env=surroundings)


def _unpack() -> None:
    """Download the packages and those they need, and unpack them without installing.

    Package lists are fetched into a folder of our own when this machine has none.
    """
    with tempfile.TemporaryDirectory(prefix="rukun-chromium-") as name:
        folder = Path(name)
        options: list[str] = []
        plan = _apt(["-s", "install", "--no-install-recommends", *PACKAGES])
        if plan is None:
            for part in ("lists/partial", "cache/archives/partial"):
                (folder / part).mkdir(parents=True)
            options = [f"-oDir::State::lists={folder / 'lists'}", f"-oDir::Cache={folder / 'cache'}"]
            options.append("-oDebug::NoLocking=1")
            _apt([*options, "update"])
            plan = _apt([*options, "-s", "install", "--no-install-recommends", *PACKAGES])
        # "Inst name (…)" is new; "Inst name [old version] (…)" would be an update of what the system has
        lines = [line.split() for line in (plan or "").splitlines() if line.startswith("Inst ")]
        wanted = [words[1] for words in lines if not words[2].startswith("[")]
        debs = folder / "debs"
        debs.mkdir()
        if not wanted or _apt([*options, "download", *wanted], cwd=debs) is None:
            return
        unpacked = folder / "unpacked"
        for deb in debs.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", str(deb), str(unpacked)], check=True)
        shutil.rmtree(COPY, ignore_errors=True)
        shutil.copytree(unpacked, COPY, symlinks=True)


def _apt(words: list[str], **more: Any) -> str | None:
    """What apt-get prints, or None when it fails."""
    done = subprocess.run(
        ["apt-get", "-q", *words],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        **more,
    )
    return done.stdout if done.returncode == 0 else None
