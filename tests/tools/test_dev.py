"""The one door: its commands, what it passes on, and what it says when it cannot go on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tools import commands, environment, system
from tools.stop import Stop

ROOT = Path(dev.__file__).parent


@pytest.fixture
def ran(monkeypatch):
    """What would have been run, instead of running it."""
    calls: list[tuple[str, ...]] = []

    def python(*args: str) -> int:
        calls.append(args)
        return 0

    monkeypatch.setattr(commands, "python", python)
    monkeypatch.setattr(commands, "prepare", lambda: None)
    monkeypatch.setattr(system, "need_display", lambda: None)
    return calls


def test_without_a_command_the_table_is_shown(capsys):
    assert commands.main([]) == 0
    table = capsys.readouterr().out
    for name in ("run", "test", "setup", "check", "bench", "build", "golden"):
        assert f"\n  {name} " in table


def test_an_unknown_command_is_wrong_usage(capsys):
    assert commands.main(["chay"]) == 2
    assert "There is no command “chay”" in capsys.readouterr().err


def test_a_command_without_arguments_says_so(capsys, ran):
    assert commands.main(["check", "--nhanh"]) == 1
    assert "takes no arguments: --nhanh" in capsys.readouterr().err


def test_the_sample_is_made_once_and_the_rest_is_passed_on(ran, tmp_path):
    folder = tmp_path / "văn phòng"
    assert commands.main(["run", "--data", str(folder), "--today", "2026-11-23"]) == 0
    assert ran == [
        ("-m", "app", "--data", str(folder), "sample"),
        ("-m", "app", "--data", str(folder), "--today", "2026-11-23"),
    ]
    folder.mkdir()
    (folder / "đã có").touch()
    ran.clear()
    commands.main(["run", "--data", str(folder)])
    assert ran == [("-m", "app", "--data", str(folder))]


def test_a_sample_cut_short_is_made_again(ran, tmp_path, monkeypatch):
    folder = tmp_path / "mẫu"
    folder.mkdir()
    (folder / "dở dang").touch()
    (tmp_path / "mẫu.half").touch()
    commands.make_sample(folder)
    assert [call[-1] for call in ran] == ["sample"]
    assert not (folder / "dở dang").exists()
    assert not (tmp_path / "mẫu.half").exists()


def test_a_sample_that_cannot_be_made_stops_the_run(ran, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(commands, "python", lambda *_args: 1)
    assert commands.main(["run", "--data", str(tmp_path / "mẫu")]) == 1
    assert "The sample office could not be made" in capsys.readouterr().err


def test_a_failing_check_fails_the_whole_though_every_test_passes(ran, monkeypatch, capsys):
    monkeypatch.setattr(commands, "python", lambda *args: int("mypy" in args))
    monkeypatch.setattr(commands, "pytest", lambda *_args: (0, "=== 3 passed in 0.01s ===\n"))
    assert commands.main(["test"]) == 1
    said = capsys.readouterr()
    assert "FAILED: mypy" in said.err
    assert said.out.splitlines()[-1] == "=== 3 passed in 0.01s ==="


def test_a_failing_test_fails_the_whole(ran, monkeypatch):
    monkeypatch.setattr(commands, "pytest", lambda *_args: (1, "=== 1 failed in 0.01s ===\n"))
    assert commands.main(["test"]) == 1


def test_a_folder_that_cannot_be_written_is_a_sentence(ran, monkeypatch, capsys):
    def refused() -> None:
        raise PermissionError(13, "Permission denied", "tmp/setup.guard")

    monkeypatch.setattr(commands, "prepare", refused)
    assert commands.main(["check"]) == 1
    assert "tmp/setup.guard cannot be written or run: Permission denied" in capsys.readouterr().err


def test_arguments_go_to_pytest_alone(ran, monkeypatch):
    given: list[str] = []

    def pytest_(*args: str) -> tuple[int, str]:
        given.extend(args)
        return 0, ""

    monkeypatch.setattr(commands, "pytest", pytest_)
    assert commands.main(["test", "tests/tools", "-k", "lock"]) == 0
    assert given == ["tests/tools", "-k", "lock"]
    assert ran == []


def test_the_closing_line_of_pytest_is_held_back(monkeypatch, capsys, tmp_path):
    (tmp_path / "test_nothing.py").write_text("def test_it(): pass\n", encoding="utf-8")
    monkeypatch.setattr(commands, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(commands, "ROOT", tmp_path)
    code, closing = commands.pytest(
        "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:pytest-qt"
    )
    assert code == 0
    assert "1 passed" in closing
    assert "1 passed" not in capsys.readouterr().out


def test_where_there_is_no_screen_a_sentence_says_so(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(system, "ON_LINUX", True)
    with pytest.raises(Stop, match="no screen here"):
        system.need_display()


def test_what_is_missing_is_named_by_package(monkeypatch):
    monkeypatch.setattr(system, "loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(system, "any_font", lambda: False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert system.missing_packages() == {"libegl1", "fonts-open-sans"}
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(system, "loads", lambda library: library != "libxcb-cursor.so.0")
    assert system.missing_packages() == {"libxcb-cursor0", "fonts-open-sans"}


def test_a_machine_without_document_tools_goes_on_where_it_may_not_install(monkeypatch, capsys):
    monkeypatch.setattr(system, "ON_LINUX", True)
    monkeypatch.setattr(system, "is_root", lambda: False)
    monkeypatch.setattr(system, "any_font", lambda name: name != "OpenSans*")
    monkeypatch.setattr("shutil.which", lambda name: None if name == "soffice" else f"/bin/{name}")
    assert system.missing_document_tools() == {
        "libreoffice-writer",
        "libreoffice-calc",
        "fonts-open-sans",
    }
    system.want_document_tools()
    told = capsys.readouterr()
    assert "are skipped" in told.out + told.err


def test_whoever_may_not_install_is_told_what_to_type(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr(system, "is_root", lambda: False)
    with pytest.raises(Stop) as stop:
        system.provide({"libgl1", "libegl1"})
    assert "sudo apt-get install -y --no-install-recommends libegl1 libgl1" in str(stop.value)


def test_another_system_is_told_the_names(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(Stop, match="Debian/Ubuntu are: libegl1"):
        system.provide({"libegl1"})


def test_the_lock_names_everything_the_program_asks_for():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = re.findall(r"^([\w.-]+)==", environment.LOCK.read_text(encoding="utf-8"), re.M)
    assert {_normal(re.split(r"[<>=!~; ]", one)[0]) for one in asked} <= set(map(_normal, locked))


def test_the_door_opens_with_nothing_but_the_standard_library():
    """-I -S: no site-packages, no user folder, no PYTHON* variables."""
    code = "from tools.commands import usage; print(usage())"
    bare = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", bare], capture_output=True, check=True
    )
    assert "Usage" in ran.stdout.decode()


def test_an_old_python_can_read_the_door():
    """It parses as Python 3.0 would have it, and asks nothing of the newer library."""
    source = Path(dev.__file__).read_text(encoding="utf-8")
    assert source.isascii()
    assert 'f"' not in source
    ast.parse(source, feature_version=(3, 4))


@pytest.mark.parametrize("has_newer", [True, False])
def test_an_old_python_hands_over_to_a_newer_one_or_lets_uv_bring_one(
    has_newer, monkeypatch, tmp_path
):
    names = ["uv", "python3.12"] if has_newer else ["uv"]
    for name in names:
        program = tmp_path / name
        program.write_text("#!/bin/sh\n", encoding="utf-8")
        program.chmod(0o755)
    calls: list[list[str]] = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 6, 9))
    monkeypatch.setattr(sys, "argv", ["dev.py", "run", "--data", "nơi khác"])
    monkeypatch.setattr(dev, "works", lambda _found: True)

    def call(command: list[str]) -> int:
        calls.append(command)
        return 0

    monkeypatch.setattr(subprocess, "call", call)

    assert dev.main() == 0

    newer = [str(tmp_path / "python3.12")]
    brought = [str(tmp_path / "uv"), "run", "--no-project", "--python", ">=3.11,<3.14", "python"]
    assert calls == [(newer if has_newer else brought) + sys.argv]


def test_where_there_is_neither_a_sentence_says_what_is_needed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 6, 9))
    assert "needs Python 3.11 to 3.13 (or uv, which brings one)" in str(dev.main())


def test_what_the_tools_say_is_english():
    """But for what clerks read: licences, the portable's mark, names of kinds of files."""
    shipped = {"notices.py", "portable.py", "installer.py", "words.py"}
    said = [
        (path.name, node.value)
        for path in sorted((ROOT / "tools").rglob("*.py"))
        if path.name not in shipped
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"say", "Stop", "Failed", "Unavailable", "print"}
        for node in ast.walk(call)
        if isinstance(node, ast.Constant) and re.search("[À-ỹĐđ]", str(node.value))
    ]
    assert not said
    assert not re.search("[À-ỹĐđ]", commands.usage())


def test_the_door_and_the_environment_agree_on_python():
    assert ((3, dev.OLDEST), (3, dev.NEWEST)) == environment.PYTHONS


def test_continuous_integration_goes_through_the_same_door():
    assert "python3 dev.py ci" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def _normal(name: str) -> str:
    """As the index compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()
