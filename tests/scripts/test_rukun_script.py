"""The script `rukun`: what it does before any Python of ours runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT = PROJECT / "rukun"
SHELLS = [shell for shell in ("dash", "bash", "sh") if shutil.which(shell)]
ECHO = "import os, sys; print(os.getcwd()); print(repr(sys.argv[1:]))"


def run(
    *words: str | Path, cwd: Path | None = None, path: str | None = None, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """A run whose exit status is the test's to judge."""
    surroundings = {**os.environ, "PATH": path or os.environ["PATH"], **environment}
    return subprocess.run(
        [str(word) for word in words], cwd=cwd, env=surroundings, capture_output=True, text=True, check=False
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the script in a folder with a space, whose environment is ready and whose `app` repeats its words."""
    folder = tmp_path / "rumah rukun"
    folder.mkdir()
    for name in ("rukun", "requirements.lock", "requirements-run.lock"):
        shutil.copy(PROJECT / name, folder)
    for module in ("app/__main__.py", "app/web/serve.py", "tests/checks.py"):
        (folder / module).parent.mkdir(parents=True, exist_ok=True)
        (folder / module).write_text(f"{ECHO}; print({module!r})\n")
    for package in ("app", "app/web", "tests"):
        (folder / package / "__init__.py").touch()
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    make_current(folder, "requirements.lock")
    return folder


def make_current(folder: Path, lock: str) -> None:
    """Write what the script itself writes when an environment is finished."""
    content = (folder / lock).read_bytes()
    summed = subprocess.run(["cksum"], input=content, capture_output=True, check=True).stdout.decode()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    stamp = f"{lock} {summed.strip().replace(' ', '-')} {version} {folder / '.venv'}\n"
    (folder / ".venv" / ".rukun").write_text(stamp)


def programs_without_python(folder: Path, answer: int) -> str:
    """A PATH on which every Python ends with `answer`, as one that is too old does."""
    folder.mkdir()
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        (folder / name).write_text(f"#!/bin/sh\nexit {answer}\n")
        (folder / name).chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("script", [SCRIPT, PROJECT / ".ci" / "run"])
def test_the_scripts_are_well_formed(shell: str, script: Path) -> None:
    if script.name == "run" and shell != "bash":
        shell = "bash"
    checked = run(shell, "-n", script)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_help_needs_nothing_installed(words: tuple[str, ...], tmp_path: Path) -> None:
    bare = tmp_path / "rukun"
    shutil.copy(SCRIPT, bare)
    helped = run("sh", bare, *words)
    assert helped.returncode == 0
    assert "./rukun serve" in helped.stdout
    assert "./rukun test" in helped.stdout
    assert list(tmp_path.iterdir()) == [bare]


@pytest.mark.parametrize("shell", SHELLS)
def test_arguments_keep_their_spaces_and_signs(shell: str, house: Path) -> None:
    words = ("people", "add", "Siti  Rahma", "*", "", "a'b\"c", "--name=$HOME")
    ran = run(shell, house / "rukun", *words)
    assert ran.stdout.splitlines()[1] == repr(list(words))


def test_it_works_from_another_folder_and_leaves_that_folder_to_the_command(
    house: Path, tmp_path: Path
) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__main__.py").write_text("raise SystemExit('the wrong app')\n")
    ran = run(house / "rukun", "check", cwd=tmp_path)
    assert ran.stdout.splitlines() == [str(tmp_path), "['check']", "app/__main__.py"]


def test_it_works_through_symbolic_links(house: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "first").symlink_to(house / "rukun")
    (tmp_path / "second").symlink_to("bin/first")
    ran = run(tmp_path / "second", "check", cwd=tmp_path)
    assert ran.stdout.splitlines()[1:] == ["['check']", "app/__main__.py"]


def test_it_works_from_the_path(house: Path, tmp_path: Path) -> None:
    ran = run("rukun", "check", cwd=tmp_path, path=f"{house}:{os.environ['PATH']}")
    assert ran.stdout.splitlines()[1:] == ["['check']", "app/__main__.py"]


@pytest.mark.parametrize(
    ("words", "module", "given"),
    [
        (("serve", "--port", "8001"), "app/web/serve.py", "['--port', '8001']"),
        (("test", "-k", "two words"), "tests/checks.py", "['-k', 'two words']"),
        (("help",), "app/__main__.py", "['--help']"),
        (("migrate",), "app/__main__.py", "['migrate']"),
    ],
)
def test_each_word_opens_its_door(words: tuple[str, ...], module: str, given: str, house: Path) -> None:
    ran = run(house / "rukun", *words)
    assert ran.stdout.splitlines()[1:] == [given, module]


def test_an_environment_of_the_running_part_is_enough_to_run(house: Path) -> None:
    make_current(house, "requirements-run.lock")
    ran = run(house / "rukun", "check", path=programs_without_python(house / "no-python", answer=1))
    assert ran.returncode == 0


@pytest.mark.parametrize("answer", [1, 127])
def test_an_old_or_missing_python_is_named_in_both_languages(answer: int, house: Path) -> None:
    shutil.rmtree(house / ".venv")
    refused = run(house / "rukun", "serve", path=programs_without_python(house / "old", answer=answer))
    assert refused.returncode == 1
    assert "perlu Python 3.11" in refused.stderr
    assert "Python 3.11 or newer is needed" in refused.stderr
    assert not (house / ".venv").exists()


def test_a_changed_lock_file_asks_for_the_packages_again(house: Path) -> None:
    with (house / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    refused = run(house / "rukun", "check", path=programs_without_python(house / "old", answer=1))
    assert refused.returncode == 1
    assert "Python 3.11" in refused.stderr


def test_an_environment_of_another_place_is_not_believed(house: Path) -> None:
    moved = house.with_name("moved")
    house.rename(moved)
    refused = run(moved / "rukun", "check", path=programs_without_python(moved / "old", answer=1))
    assert refused.returncode == 1
    assert "Python 3.11" in refused.stderr


def test_the_lock_of_the_running_part_agrees_with_the_lock_of_everything() -> None:
    def pins(name: str) -> set[str]:
        lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
        return {line.split()[0] for line in lines if "==" in line.split(" ")[0] and not line.startswith(" ")}

    installer = {pin for pin in pins("requirements-run.lock") if pin.startswith("uv==")}
    assert len(installer) == 1
    assert pins("requirements-run.lock") - installer <= pins("requirements.lock")


def test_no_registry_is_named() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    assert "://" not in script.replace("http://127.0.0.1", "")
