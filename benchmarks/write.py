"""Registering to attend and signing a pledge, against a bare insert with the same durability.

python -m benchmarks.write [--seconds 3] [--rounds 3] [--instance FOLDER]
"""

import argparse
import json
import os
import shutil
import tempfile
import urllib.error
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.machine import bare, fetch, load, manage, middle, need, portal

BAR = 0.5
SCRIPT = Path(__file__).with_name("write.lua")
# Each measurement begins at numbers that no other has used.
_starts = count(1, 400_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=3, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--instance", type=Path, help="measure a copy of this instance instead of the sample")
    given = parser.parse_args()
    need("wrk")
    with tempfile.TemporaryDirectory(prefix="rukun-benchmark-") as name:
        folder = Path(name)
        instance = folder / "instance"
        if given.instance:
            shutil.copytree(given.instance, instance)
        else:
            manage(instance, "migrate")
            manage(instance, "sample")
        with portal(instance, workers=1) as (address, _pid, _start), bare(folder, workers=1) as reference:
            print(f"{'POST':<28}{'portal 1':>10}{'bare 1':>10}{'ratio':>8}")
            for label, path, fields in _forms(address):
                ours, theirs = against(
                    f"{reference}/", address + path, fields, seconds=given.seconds, rounds=given.rounds
                )
                note = "" if ours / theirs >= BAR else f"  below {BAR}"
                print(f"{label:<28}{ours:>10,.0f}{theirs:>10,.0f}{ours / theirs:>8.2f}{note}")


def against(
    reference: str, url: str, fields: dict[str, str], *, seconds: int, rounds: int
) -> tuple[float, float]:
    """Forms a second that a page takes, and the reference right before and after it; medians of all rounds."""
    ours: list[float] = []
    theirs: list[float] = []
    for _round in range(rounds):
        theirs.append(_post(reference, fields, seconds))
        ours.append(_post(url, fields, seconds))
        theirs.append(_post(reference, fields, seconds))
    return middle(ours), middle(theirs)


def _forms(address: str) -> list[tuple[str, str, dict[str, str]]]:
    """The forms that can be filled in now: what is measured, where it goes, which fields stay the same."""
    district = _rows(address, "regions")[0]["code"]
    found = []
    for event in _rows(address, "events"):
        path = event["url"].removeprefix(address) + "/daftar"
        if _opens(address + path):
            fields = {"party_size": "1", "district_code": district, "agree": "y"}
            found.append(("register to attend", path, fields))
            break
    for pledge in _rows(address, "pledges"):
        path = pledge["url"].removeprefix(address) + "/tanda-tangan"
        if pledge["status"] == "open" and _opens(address + path):
            fields = {"district_code": district, "consent": "y"}
            found.append(("sign a pledge", path, fields))
            break
    return found


def _rows(address: str, name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(fetch(f"{address}/api/v1/{name}", encoding="identity"))["data"]
    return rows


def _opens(url: str) -> bool:
    """Whether the page holds the form now; a full or past event has a page without one."""
    try:
        return b'name="submission_key"' in fetch(url, encoding="identity")
    except urllib.error.HTTPError:
        return False


def _post(url: str, fields: dict[str, str], seconds: int) -> float:
    os.environ["RUKUN_FORM"] = urlencode(fields)
    os.environ["RUKUN_START"] = str(next(_starts))
    return load(url, seconds=seconds, script=SCRIPT)


if __name__ == "__main__":
    main()
