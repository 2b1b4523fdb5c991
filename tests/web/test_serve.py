"""`rukun serve`: one start, one stop, nothing left behind."""

import os
import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from click.testing import CliRunner

from app.core import config
from app.web import serve
from tests.support.serving import children_of, living, served

pytestmark = pytest.mark.once


def test_thenewest_revisions_are_those_alembic_sees() -> None:
    directory = ScriptDirectory(str(config.PROJECT / "migrations"))
    assert serve.newest_revisions() == set(directory.get_heads())


def test_a_merge_of_two_branches_is_one_newest_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "MIGRATIONS", tmp_path)
    (tmp_path / "a.py").write_text('revision: str = "a"\ndown_revision = None\n')
    (tmp_path / "b.py").write_text("revision = 'b'\ndown_revision: str | None = 'a'\n")
    (tmp_path / "c.py").write_text('revision = "c"\ndown_revision = "a"\n')
    assert serve.newest_revisions() == {"b", "c"}
    (tmp_path / "d.py").write_text('revision = "d"\ndown_revision = ("b", "c")\n')
    assert serve.newest_revisions() == {"d"}


def test_a_database_that_does_not_exist_stands_at_no_revision(tmp_path: Path) -> None:
    assert serve._applied_revisions(f"sqlite:///{tmp_path / 'rukun.db'}") == set()
    assert not (tmp_path / "rukun.db").exists()


def test_a_taken_port_is_named_and_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUKUN_INSTANCE", str(tmp_path / "instance"))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = CliRunner().invoke(serve.serve, [f"--port={port}"])
    assert refused.exit_code == 1
    assert f"127.0.0.1:{port} cannot be used" in refused.output
    assert not (tmp_path / "instance").exists()


def test_half_a_pair_of_tls_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("")
    refused = CliRunner().invoke(serve.serve, [f"--tls-cert={tmp_path / 'cert.pem'}"])
    assert refused.exit_code == 2
    assert "must be given together" in refused.output


def test_a_start_answers_and_a_stop_leaves_nothing_behind(tmp_path: Path) -> None:
    with served(tmp_path / "instance") as (process, url):
        with urllib.request.urlopen(f"{url}/sehat", timeout=30) as answer:
            assert answer.status == 200
        family = children_of(process.pid)
        assert len(family) >= 2
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert living(family) == set()
    assert (tmp_path / "instance").stat().st_mode & 0o077 == 0


def test_a_killed_worker_is_started_again(tmp_path: Path) -> None:
    with served(tmp_path / "instance") as (process, _):
        assert process.stdout is not None
        worker = next(pid for pid in wait_for_worker(process.pid))
        os.kill(worker, signal.SIGKILL)
        assert any("the worker ended; again in 1 s" in line for line in process.stdout)
        assert next(pid for pid in wait_for_worker(process.pid) if pid != worker) != worker


def wait_for_worker(pid: int) -> Iterator[int]:
    """Worker processes below `pid`, for as long as it lives."""
    while living({pid}):
        for child in children_of(pid):
            command = Path(f"/proc/{child}/cmdline")
            if command.exists() and command.read_bytes().rstrip(b"\0").endswith(b"\0app\0worker"):
                yield child
