"""Starting, loading and measuring: what the benchmark scripts share."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parents[1]
THREADS = 2 * (os.cpu_count() or 1) + 1


def need(*programs: str) -> None:
    """Stop when a program is missing. Debian: apt install wrk nginx-light."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        raise SystemExit(f"missing: {', '.join(missing)} (apt install wrk nginx-light)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def manage(instance: Path, *words: str) -> None:
    """Run a management command in an instance of its own."""
    environment = {**os.environ, "RUKUN_INSTANCE": str(instance), "PYTHONPATH": str(PROJECT)}
    subprocess.run(
        [sys.executable, "-m", "app", *words],
        env=environment,
        cwd=PROJECT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def running(command: list[str], *, url: str, environment: Mapping[str, str]) -> Iterator[tuple[int, float]]:
    """A server until the block ends; gives its process id and the seconds until its first 200."""
    began = time.perf_counter()
    server = subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(url):
            if server.poll() is not None or time.perf_counter() - began > 60:
                raise SystemExit(f"did not start: {' '.join(command)}")
            time.sleep(0.01)
        yield server.pid, time.perf_counter() - began
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def portal(
    instance: Path,
    *,
    workers: int,
    cached: bool = True,
    worker: bool = True,
    environment: Mapping[str, str] | None = None,
) -> Iterator[tuple[str, int, float]]:
    """The whole service as `./rukun serve` starts it; gives its address, process id, seconds to the first 200."""
    port = free_port()
    words = [sys.executable, "-m", "app.web.serve", "--empty", f"--port={port}", f"--workers={workers}"]
    environment = {
        "RUKUN_INSTANCE": str(instance),
        "RUKUN_PAGE_CACHE": str(cached),
        "RUKUN_PUBLIC_URL": f"http://127.0.0.1:{port}",
        **(environment or {}),
    }
    address = f"http://127.0.0.1:{port}"
    with running(
        words if worker else [*words, "--no-worker"], url=f"{address}/", environment=environment
    ) as (pid, seconds):
        yield address, pid, seconds


@contextmanager
def bare(folder: Path, *, workers: int) -> Iterator[str]:
    """The bare Flask list under the same server."""
    port, environment = free_port(), {"BARE_DATABASE": str(folder / "bare.db")}
    module = [sys.executable, "-m", "benchmarks.bare"]
    subprocess.run(
        module, env={**os.environ, **environment, "PYTHONPATH": str(PROJECT)}, cwd=PROJECT, check=True
    )
    words = [sys.executable, "-m", "granian", "--interface=wsgi", "--host=127.0.0.1", f"--port={port}"]
    words += [f"--workers={workers}", f"--blocking-threads={THREADS}", "--backpressure=4096", "--no-ws"]
    words += ["--log-level=warning", "benchmarks.bare:app"]
    with running(words, url=f"http://127.0.0.1:{port}/", environment=environment):
        yield f"http://127.0.0.1:{port}"


_NGINX = """
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}/files; default_type "text/html; charset=utf-8";
    add_header Content-Encoding gzip; }}
}}
"""


@contextmanager
def nginx(folder: Path, files: Mapping[str, bytes], *, workers: str) -> Iterator[str]:
    """nginx that serves finished gzip bytes from files; workers: a number or "auto"."""
    port = free_port()
    (folder / "files").mkdir(parents=True)
    folder.chmod(0o755)
    for name, content in files.items():
        (folder / "files" / name).write_bytes(content)
    conf = folder / "nginx.conf"
    settings = _NGINX.format(workers=workers, folder=folder, port=port)
    if os.geteuid() == 0:
        settings = "user root;\n" + settings
    conf.write_text(settings, encoding="ascii")
    name = next(iter(files))
    with running(["nginx", "-c", str(conf)], url=f"http://127.0.0.1:{port}/{name}", environment={}):
        yield f"http://127.0.0.1:{port}"


def fetch(url: str, *, encoding: str = "gzip") -> bytes:
    """The bytes as they come over the wire."""
    question = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(question, timeout=30) as answer:
        content: bytes = answer.read()
        return content


def load(url: str, *, seconds: int, script: Path | None = None) -> float:
    """Requests a second under `wrk -t2 -c32`; stops when answers were refused or lost."""
    words = ["wrk", "-t2", "-c32", f"-d{seconds}s", "-H", "Accept-Encoding: gzip"]
    if script is not None:
        words += ["-s", str(script)]
    told = subprocess.run([*words, url], capture_output=True, text=True, check=True).stdout
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    if wrong:
        raise SystemExit(f"{url}: {wrong[0]}\n{told}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if found is None:
        raise SystemExit(told)
    return float(found[1])


def memory_of(pid: int) -> float:
    """Memory of a process and all below it in MB: the sum of proportional set sizes (PSS)."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(words[1]), []).append(int(stat.parent.name))
    total, left = 0, [pid]
    while left:
        one = left.pop()
        left += below.get(one, [])
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total / 1000


def middle(values: list[float]) -> float:
    return float(median(values))
