"""Public pages against finished files from nginx, and uncached against a bare Flask list.

python -m benchmarks.public [--seconds 3] [--rounds 3] [--instance FOLDER]
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.machine import bare, fetch, load, manage, memory_of, middle, need, nginx, portal

BAR_CACHED, BAR_UNCACHED = 0.8, 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=3, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--instance", type=Path, help="measure a copy of this instance instead of the sample")
    given = parser.parse_args()
    need("wrk", "nginx")
    with tempfile.TemporaryDirectory(prefix="rukun-benchmark-") as name:
        folder = Path(name)
        instance = folder / "instance"
        if given.instance:
            shutil.copytree(given.instance, instance)
        else:
            manage(instance, "migrate")
            manage(instance, "sample")
        cached(folder, instance, seconds=given.seconds, rounds=given.rounds)
        uncached(folder, instance, seconds=given.seconds, rounds=given.rounds)


def cached(folder: Path, instance: Path, *, seconds: int, rounds: int) -> None:
    """Each page with one and two workers, nginx with one and as many as there are cores; the better counts."""
    with ExitStack() as servers:
        one, pid, start = servers.enter_context(portal(instance, workers=1))
        two, _pid, _start = servers.enter_context(portal(instance, workers=2, worker=False))
        paths = pages_of(one)
        files = {label: fetch(one + path) for label, path in paths.items()}
        plain = [
            servers.enter_context(nginx(folder / f"nginx-{workers}", files, workers=workers))
            for workers in ("1", "auto")
        ]
        print(f"start to first 200: {start:.2f} s; memory with worker: {memory_of(pid):.0f} MB (PSS)")
        print(
            f"\n{'page':<10}{'bytes':>8}{'portal 1':>11}{'portal 2':>11}{'nginx 1':>11}{'nginx auto':>12}{'ratio':>8}"
        )
        for label, path in paths.items():
            fetch(two + path)
            figures = _rounds(
                rounds,
                {f"nginx {n}": _one(f"{address}/{label}", seconds) for n, address in enumerate(plain)},
                {f"portal {n}": _one(address + path, seconds) for n, address in enumerate((one, two))},
            )
            best = max(figures["portal 0"], figures["portal 1"])
            reference = max(figures["nginx 0"], figures["nginx 1"])
            ratio = best / reference
            print(
                f"{label:<10}{len(files[label]):>8}{figures['portal 0']:>11,.0f}{figures['portal 1']:>11,.0f}"
                f"{figures['nginx 0']:>11,.0f}{figures['nginx 1']:>12,.0f}{ratio:>8.2f}"
                f"{'' if ratio >= BAR_CACHED else f'  below {BAR_CACHED}'}"
            )
        print(f"memory after load: {memory_of(pid):.0f} MB (PSS)")


def uncached(folder: Path, instance: Path, *, seconds: int, rounds: int) -> None:
    """The same pages made anew for every request, against the bare list, two workers each."""
    with (
        portal(instance, workers=2, cached=False, worker=False) as (address, _pid, _start),
        bare(folder, workers=2) as reference,
    ):
        print(f"\n{'uncached':<10}{'portal 2':>11}{'bare list 2':>13}{'ratio':>8}")
        for label, path in pages_of(address).items():
            figures = _rounds(
                rounds,
                {"bare": _one(reference + "/", seconds)},
                {"portal": _one(address + path, seconds)},
            )
            ratio = figures["portal"] / figures["bare"]
            note = "" if ratio >= BAR_UNCACHED else f"  below {BAR_UNCACHED}"
            print(f"{label:<10}{figures['portal']:>11,.0f}{figures['bare']:>13,.0f}{ratio:>8.2f}{note}")


def pages_of(address: str) -> dict[str, str]:
    """The pages that are measured; the event and the article are the first the read API names."""
    found = {"home": "/", "list": "/acara/"}
    for label, listing in (("event", "events"), ("article", "articles")):
        rows = json.loads(fetch(f"{address}/api/v1/{listing}", encoding="identity"))["data"]
        if rows:
            found[label] = rows[0]["url"].removeprefix(address)
    return {**found, "feed": "/berita/umpan.xml"}


def _one(url: str, seconds: int) -> Callable[[], float]:
    return lambda: load(url, seconds=seconds)


def _rounds(
    rounds: int, references: dict[str, Callable[[], float]], measured: dict[str, Callable[[], float]]
) -> dict[str, float]:
    """Medians; each round measures the references right before and right after."""
    figures: dict[str, list[float]] = {name: [] for name in (*references, *measured)}
    for _round in range(rounds):
        for group in (references, measured, references):
            for name, measure in group.items():
                figures[name].append(measure())
    return {name: middle(values) for name, values in figures.items()}


if __name__ == "__main__":
    main()
