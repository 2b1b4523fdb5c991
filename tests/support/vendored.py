"""Is every vendored file the one that its manifest names? `python -m tests.support.vendored`."""

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[2] / "app" / "web" / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"
SAID_OF_EACH = ("name", "version", "licence", "source")


def problems() -> list[str]:
    """What differs from the manifest, one line each; empty when all is well."""
    packages = json.loads(MANIFEST.read_text(encoding="utf-8"))
    found = [
        f"{package.get('name', '?')}: {word} is not said"
        for package in packages
        for word in SAID_OF_EACH
        if not package.get(word)
    ]
    expected = {name: digest for package in packages for name, digest in package["sha256"].items()}
    present = {
        path.relative_to(VENDOR).as_posix(): path
        for path in VENDOR.rglob("*")
        if path.is_file() and path != MANIFEST
    }
    found += [f"{name}: not in the manifest" for name in sorted(present.keys() - expected.keys())]
    found += [f"{name}: missing" for name in sorted(expected.keys() - present.keys())]
    for name in sorted(present.keys() & expected.keys()):
        if hashlib.sha256(present[name].read_bytes()).hexdigest() != expected[name]:
            found.append(f"{name}: changed since it was taken")
    return found


def main() -> int:
    """Exit status 1 when anything differs."""
    found = problems()
    print("\n".join(found) if found else "every vendored file is as it came")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
