"""Are the translations complete? `python -m tests.support.catalogues`; with `--update`, bring their files up to date.

Indonesian is the source language: only English has a catalogue of our own sentences.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from app.core.i18n import compile_catalogues

PROJECT = Path(__file__).resolve().parents[2]
TRANSLATIONS = PROJECT / "translations"
TEMPLATE = TRANSLATIONS / "messages.pot"
ENGLISH = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
SHOWN = 20  # problems of one kind that are listed

Key = tuple[str | None, tuple[str, ...]]


def problems() -> list[str]:
    """What keeps an English reader from reading everything, one line each; empty when all is well."""
    compile_catalogues(TRANSLATIONS)  # as the application does when it starts
    for path in (TEMPLATE, ENGLISH):
        if not path.exists():
            return [f"{path.relative_to(PROJECT)} is missing"]
    wanted = _sentences(extracted())
    template = _sentences(_read(TEMPLATE))
    found = [
        *_listed("not in messages.pot", wanted - template),
        *_listed("in messages.pot, but no longer in the source", template - wanted),
    ]
    english = _read(ENGLISH, locale="en")
    found += _listed("not in English", wanted - _sentences(english))
    for message in english:
        if not message.id:
            continue
        complaint = _complaint(
            message.fuzzy, message.string, [str(error) for error in message.check(english)]
        )
        if complaint:
            found.append(f"en: {complaint}: {_key(message.id, message.context)[1][0]!r}")
    return found + _stale_compilations()


def update() -> None:
    """Write the template anew, carry it into the English catalogue, and compile every catalogue."""
    template = extracted()
    with TEMPLATE.open("wb") as file:
        write_po(file, template, width=110, omit_header=False, sort_output=True, no_location=True)
    english = _read(ENGLISH, locale="en") if ENGLISH.exists() else Catalog(locale="en", domain="messages")
    english.update(template, no_fuzzy_matching=True)
    english.obsolete.clear()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, english, width=110, sort_output=True, no_location=True)
    for path in _catalogues():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, _read(path, locale=path.parts[-3]))


def extracted() -> Catalog:
    """The sentences that the source has now."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "messages.pot"
        command = [
            "pybabel",
            "-q",
            "extract",
            "-F",
            str(TRANSLATIONS / "babel.cfg"),
            "-k",
            "_l",
            "-k",
            "_n:1,2",
        ]
        subprocess.run(
            [sys.executable, "-c", "from babel.messages.frontend import main; main()", *command[1:]]
            + ["--project=Rukun", "--copyright-holder=Rukun", "-o", str(output), "."],
            cwd=PROJECT,
            check=True,
        )
        return _read(output)


def _read(path: Path, *, locale: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def _catalogues() -> list[Path]:
    return sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))


def _key(identity: str | tuple[str, ...], context: str | None) -> Key:
    return context, (identity,) if isinstance(identity, str) else tuple(identity)


def _sentences(catalogue: Catalog) -> set[Key]:
    return {_key(message.id, message.context) for message in catalogue if message.id}


def _complaint(fuzzy: bool, string: str | tuple[str, ...], errors: list[str]) -> str:
    if fuzzy:
        return "unsure (fuzzy)"
    if not string or not all([string] if isinstance(string, str) else string):
        return "not translated"
    return "; ".join(errors)


def _stale_compilations() -> list[str]:
    """Compiled catalogues are what the application reads: they must say what the sources say."""
    stale = []
    for path in _catalogues():
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or _strings(compiled, "mo") != _strings(path, "po"):
            stale.append(f"{compiled.relative_to(PROJECT)} is out of date")
    return stale


def _strings(path: Path, kind: str) -> dict[Key, tuple[str, ...]]:
    with path.open("rb") as file:
        catalogue = read_mo(file) if kind == "mo" else read_po(file)
    return {
        _key(message.id, message.context): _key(message.string, None)[1]
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    }


def _listed(what: str, keys: set[Key]) -> list[str]:
    lines = [f"{what}: {key[1][0]!r}" for key in sorted(keys, key=lambda key: key[1])]
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], f"{what}: and {more} more"] if more > 0 else lines


def main() -> int:
    """Exit status 1 when anything is wrong."""
    if sys.argv[1:] == ["--update"]:
        update()
    found = problems()
    print("\n".join(found) if found else "every sentence has its English")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
