"""Everything that must hold, run by `./rukun test`.

    ./rukun test                                  every check
    ./rukun test --only mypy --only "ruff check"  only these
    ./rukun test --skip browser                   all but those whose name begins so
    ./rukun test --list                           their names
    ./rukun test tests/events -k capacity         the rest goes to pytest, in each of its groups

Two checks run at a time. The output of one is shown when it fails. The last line counts tests and checks.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support import chromium, postgres

PROJECT = Path(__file__).resolve().parents[1]
AT_ONCE = max(2, min(4, os.cpu_count() or 2))
LIMIT = 20 * 60  # seconds after which a check is given up
EVENING = "tests/journeys/test_evening.py"
NO_TESTS = 5  # pytest's exit status when nothing was selected


@dataclass(frozen=True)
class Check:
    """One command that must succeed. `tests`: it is pytest, whose tests are counted one by one."""

    name: str
    words: tuple[str, ...]
    tests: bool = False
    postgresql: bool = False
    browser: bool = False


@dataclass(frozen=True)
class Result:
    """How a check went: how many of its tests passed and failed (one, when it is not pytest), and how long it took."""

    check: Check
    passed: int
    failed: int
    seconds: float
    output: str

    @property
    def ok(self) -> bool:
        return self.failed == 0


def _script(module: str, function: str) -> tuple[str, ...]:
    """A tool that has no `python -m`; its script in .venv/bin would break when the folder is moved."""
    return ("-c", f"import sys; from {module} import {function}; sys.exit({function}())")


# The longest first: whoever is free takes the next, and the shorter ones fill the gaps at the end.
CHECKS = (
    Check(
        "browser on SQLite", ("-m", "pytest", "-m", "browser", "--database=sqlite"), tests=True, browser=True
    ),
    Check("unit on SQLite", ("-m", "pytest", "-m", "not browser", "--database=sqlite"), tests=True),
    Check(
        "unit on PostgreSQL",
        ("-m", "pytest", "-m", "not browser and not once", "--database=postgresql"),
        tests=True,
        postgresql=True,
    ),
    Check(
        # How a page looks does not hang on the database; what happens in an evening does.
        "evening on PostgreSQL",
        ("-m", "pytest", "-m", "browser", "--database=postgresql", EVENING),
        tests=True,
        postgresql=True,
        browser=True,
    ),
    Check("mypy", ("-m", "mypy", "app")),
    Check("djlint", ("-m", "djlint", "app", "--lint", "--quiet", "--configuration", ".djlintrc")),
    Check("translations", ("-m", "tests.support.catalogues")),
    Check("import contracts", _script("importlinter.cli", "lint_imports_command")),
    Check("ruff check", ("-m", "ruff", "check", ".")),
    Check("ruff format", ("-m", "ruff", "format", "--check", ".")),
    Check("vendored files", ("-m", "tests.support.vendored")),
)


class Runner:
    """Runs checks as child processes in groups of their own, so that an interruption ends all of them."""

    def __init__(self, folder: Path, arguments: list[str]) -> None:
        self.folder = folder
        self.arguments = arguments
        self.database_url = ""
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False
        self._lock = threading.Lock()
        self._chromium = threading.Lock()

    def run(self, check: Check) -> Result:
        """Run one check to its end."""
        started = time.monotonic()
        place = self.folder / check.name.replace(" ", "-")
        place.mkdir()
        if check.browser:
            try:
                with self._chromium:
                    chromium.ensure()
            except chromium.NoChromium as missing:
                return Result(check, 0, 1, time.monotonic() - started, str(missing))
        status = self._execute(self._command(check, place), place)
        output = (place / "output").read_text(encoding="utf-8", errors="replace")
        passed, failed = _count(place / "report.xml") if check.tests else (int(status == 0), int(status != 0))
        if check.tests and status not in {0, NO_TESTS}:
            failed = max(failed, 1)  # it broke off before it could report
        if check.tests and status == NO_TESTS and not self.arguments:
            failed, output = 1, output + "\nno test was run"
        return Result(check, passed, failed, time.monotonic() - started, output)

    def stop(self) -> None:
        """End every check that is still running."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _end(process)

    def _command(self, check: Check, place: Path) -> list[str]:
        words = [sys.executable, *check.words]
        if check.tests:
            words += [
                f"--junitxml={place / 'report.xml'}",
                "-o",
                "junit_family=xunit1",
                f"--basetemp={place / 'tmp'}",
            ]
            words += ["-o", f"cache_dir={place / 'cache'}", "--color=no", *self._selection(check)]
        if check.postgresql:
            words.append(f"--database-url={self.database_url}")
        return words

    def _selection(self, check: Check) -> list[str]:
        """The caller's arguments; a path of theirs takes the place of the group's own folder."""
        if EVENING in check.words:
            return [word for word in self.arguments if not word.startswith("tests")]
        return self.arguments

    def _execute(self, words: list[str], place: Path) -> int:
        with (place / "output").open("wb") as output:
            with self._lock:
                if self._stopped:
                    return 1
                process = subprocess.Popen(
                    words,
                    cwd=PROJECT,
                    env=_environment(place),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
                self._running.add(process)
            try:
                return process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                output.write(f"\ngiven up after {LIMIT} seconds\n".encode())
                return 1
            finally:
                _end(process)
                with self._lock:
                    self._running.discard(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and whatever it started and left."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment(place: Path) -> dict[str, str]:
    """The same surroundings on every machine: no proxy, no settings of this installation, one zone and one locale."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy")
        and (not name.startswith("RUKUN_") or name == "RUKUN_CHROMIUM")
        and name != "PYTHONDONTWRITEBYTECODE"  # many tests start processes
    }
    return {
        **kept,
        **chromium.environment(),
        "PYTHONPATH": str(PROJECT),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "RUKUN_INSTANCE": str(place / "instance"),
    }


def _count(report: Path) -> tuple[int, int]:
    """Tests passed and failed. One that was skipped did not show what it should, and counts as failed."""
    if not report.exists():
        return 0, 0
    root = ElementTree.parse(report).getroot()  # our own file
    cases = list(root.iter("testcase"))
    failed = sum(1 for case in cases if any(child.tag in {"failure", "error", "skipped"} for child in case))
    return len(cases) - failed, failed


def _chosen(only: list[str], skip: list[str]) -> list[Check]:
    for name in (*only, *skip):
        if not any(check.name.startswith(name) for check in CHECKS):
            raise SystemExit(
                f"no check is called {name!r}; there are: {', '.join(check.name for check in CHECKS)}"
            )
    return [
        check
        for check in CHECKS
        if (not only or check.name.startswith(tuple(only)))
        and not (skip and check.name.startswith(tuple(skip)))
    ]


@contextmanager
def _interruptible(stop: Callable[[], None]) -> Iterator[None]:
    """An interruption ends the checks that are running."""
    try:
        yield
    except KeyboardInterrupt:
        stop()
        raise SystemExit(130) from None


def _run_all(checks: list[Check], runner: Runner) -> list[Result]:
    results: list[Result] = []
    with ThreadPoolExecutor(AT_ONCE) as pool, _interruptible(runner.stop):
        pending: set[Future[Result]] = {pool.submit(runner.run, check) for check in checks}
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                result = future.result()
                results.append(result)
                if not result.ok:
                    print(f"\n===== {result.check.name} =====\n{result.output.rstrip()}\n", flush=True)
                print(
                    f"{'ok    ' if result.ok else 'FAILED'} {result.check.name} ({result.seconds:.1f} s)",
                    flush=True,
                )
    order = {check: position for position, check in enumerate(CHECKS)}
    return sorted(results, key=lambda result: order[result.check])


def _print_table(results: list[Result]) -> None:
    rows = [("check", "result", "seconds", "what ran")]
    for result in results:
        counted = f"{result.passed} passed, {result.failed} failed"
        verdict = counted if result.check.tests else ("passed" if result.ok else "FAILED")
        words = " ".join(
            word for word in result.check.words if word != "-m" and not word.startswith("import ")
        )
        what = words if not words.startswith("-c") else result.check.name
        rows.append((result.check.name, verdict, f"{result.seconds:.1f}", what))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    print()
    for name, verdict, seconds, what in rows:
        print(f"{name:<{widths[0]}}  {verdict:<{widths[1]}}  {seconds:>{widths[2]}}  {what}")
    print()


def main() -> int:
    """Exit status 0 when everything passed."""
    parser = argparse.ArgumentParser(
        prog="rukun test", description="Run every check; other arguments go to pytest."
    )
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--skip", action="append", default=[], metavar="NAME")
    parser.add_argument("--list", action="store_true", help="show the names of the checks")
    options, arguments = parser.parse_known_args()
    if options.list:
        print("\n".join(check.name for check in CHECKS))
        return 0
    checks = _chosen(options.only, options.skip)
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # to end us is to interrupt us: everything is put away
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="rukun-test-", ignore_cleanup_errors=True))
        )
        runner = Runner(folder, arguments)
        if any(check.postgresql for check in checks):
            runner.database_url = stack.enter_context(postgres.running())
        results = _run_all(checks, runner)
    _print_table(results)
    passed = sum(result.passed for result in results)
    failed = sum(result.failed for result in results)
    if not passed and not failed:
        print("no test was selected")
        failed = 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
