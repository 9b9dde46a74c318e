"""Installing, upgrading, refusing and removing, as a technician does it from a script."""

from __future__ import annotations

import json
import time
import zipfile
from pathlib import Path

import pytest

from tests.installer.conftest import NEXT, Releases
from tests.installer.machine import CLASSES, UNINSTALL, Machine, until
from tools.packing import portable
from tools.windows.wine import windows_path

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
RUNNING, NO_BACKUP, NEWER, PLACE = 3, 4, 5, 8


def install(machine: Machine, setup: Path, *more: str, code: int = 0) -> None:
    done = machine.run(setup, "/S", *more)
    assert done.code == code, machine.log


def beside(machine: Machine) -> list[str]:
    """What lies where programs are installed."""
    return sorted(path.name for path in machine.program.parent.iterdir())


def test_what_was_installed_silently_examines_itself(machine: Machine, releases: Releases) -> None:
    install(machine, releases.first)
    report = machine.wine.drive_c / "report.json"
    machine.run(machine.program / "phoihop-cli.exe", "--self-test", report)

    assert json.loads(report.read_text("utf-8"))["ok"], report.read_text("utf-8")
    assert "Đã cài" in machine.log
    assert machine.registered(UNINSTALL, "DisplayVersion") == machine.cli("--version").strip()
    assert (machine.start_menu / "Phối Hợp.lnk").is_file()
    assert (machine.program / "GIAY-PHEP.txt").stat().st_size > 50_000


def test_an_upgrade_backs_up_first_and_keeps_the_office(
    machine: Machine, releases: Releases
) -> None:
    install(machine, releases.first)
    machine.begin_office()
    (machine.program / "của tôi.txt").write_text("giữ", encoding="utf-8")
    install(machine, releases.next)

    assert "Sở Y tế" in machine.cli("list", "agency")
    assert [p.name for p in (machine.data / "office" / "backups").glob("*_migration.phop")]
    assert (machine.program / "của tôi.txt").read_text("utf-8") == "giữ"
    assert machine.registered(UNINSTALL, "DisplayVersion") == NEXT
    assert f"lên {NEXT}" in machine.log
    assert beside(machine) == ["PhoiHop"]


def test_an_older_version_is_refused_in_a_sentence(machine: Machine, releases: Releases) -> None:
    install(machine, releases.next)
    install(machine, releases.first, code=NEWER)

    assert f"Máy đã có Phối Hợp {NEXT}, mới hơn bản" in machine.log
    assert machine.registered(UNINSTALL, "DisplayVersion") == NEXT


def test_a_running_program_is_neither_replaced_nor_removed(
    machine: Machine, releases: Releases
) -> None:
    install(machine, releases.first)
    machine.begin_office()
    with machine.window():
        install(machine, releases.next, code=RUNNING)
        assert machine.uninstall().code == RUNNING
    assert machine.log.count("Phối Hợp đang mở.") == 2
    assert machine.registered(UNINSTALL, "DisplayVersion") != NEXT

    install(machine, releases.next)
    assert "Sở Y tế" in machine.cli("list", "agency")


def test_without_a_sound_backup_nothing_is_replaced(machine: Machine, releases: Releases) -> None:
    install(machine, releases.first)
    machine.begin_office()
    machine.register.write_bytes(b"")
    install(machine, releases.next, code=NO_BACKUP)
    assert "rỗng (0 byte)" in machine.log
    assert machine.registered(UNINSTALL, "DisplayVersion") != NEXT

    install(machine, releases.next, "/NOBACKUP")
    assert machine.registered(UNINSTALL, "DisplayVersion") == NEXT


@pytest.mark.parametrize("seconds", [0.5, 2.0, 4.0, 6.0])
def test_an_upgrade_that_is_killed_leaves_a_whole_program(
    machine: Machine, releases: Releases, seconds: float
) -> None:
    install(machine, releases.first)
    with machine.wine.started(releases.next, "/S") as child:
        time.sleep(seconds)
        child.kill()
    machine.run("taskkill.exe", "/f", "/im", releases.next.name)
    machine.cli("--version")

    install(machine, releases.next)
    machine.cli("--version")
    assert beside(machine) == ["PhoiHop"]


def test_a_power_cut_between_the_two_renames_is_healed(
    machine: Machine, releases: Releases
) -> None:
    install(machine, releases.first)
    machine.begin_office()
    machine.program.rename(machine.program.with_name("PhoiHop.cu"))
    install(machine, releases.next)

    assert "Sở Y tế" in machine.cli("list", "agency")
    assert beside(machine) == ["PhoiHop"]


def test_a_folder_of_somebody_else_is_left_alone(machine: Machine, releases: Releases) -> None:
    other = machine.wine.drive_c / "TàiLiệu"
    other.mkdir(exist_ok=True)
    (other / "thư.docx").touch()
    install(machine, releases.first, r"/D=C:\TàiLiệu", code=PLACE)

    assert [path.name for path in other.iterdir()] == ["thư.docx"]


def test_removing_leaves_the_data_and_says_where(machine: Machine, releases: Releases) -> None:
    install(machine, releases.first)
    machine.begin_office()
    (machine.program / "của tôi.txt").touch()
    assert machine.uninstall().code == 0

    assert machine.register.is_file()
    assert r"AppData\Local\PhoiHop\office" in machine.log
    # The uninstaller lies there still: it was run in its place, to be waited for.
    assert sorted(path.name for path in machine.program.iterdir()) == ["của tôi.txt", "go-bo.exe"]
    assert not (machine.start_menu / "Phối Hợp.lnk").exists()
    assert machine.registered(UNINSTALL, "DisplayVersion") is None
    assert machine.registered(rf"{CLASSES}\.phx") is None
    assert machine.registered(rf"{CLASSES}\PhoiHop.phx\shell\open\command") is None


def test_a_double_click_opens_the_file_in_the_window_that_is_open(
    machine: Machine, releases: Releases
) -> None:
    install(machine, releases.first)
    machine.begin_office()
    path = machine.wine.drive_c / "gói của Sở.phx"
    path.write_bytes(b"PHOIHOP")
    log = machine.data / "logs" / "phoihop.log"
    # As Explorer does: from the ending to the kind, from the kind to the command. The Explorer of
    # wine itself looks only among the classes of the whole machine.
    kind = machine.registered(rf"{CLASSES}\.phx")
    command = machine.registered(rf"{CLASSES}\{kind}\shell\open\command")
    program, asked = (command or "").strip('"').split('" "')
    assert asked == "%1"
    with machine.window():
        done = machine.run(program, windows_path(path))
        assert done.code == 0, done.said
        until(lambda: "a carried file is shown: .phx" in log.read_text("utf-8"))


def test_the_portable_program_keeps_its_data_beside_itself(
    machine: Machine, releases: Releases
) -> None:
    archive = portable.make(releases.packed, machine.wine.drive_c / "di động.zip")
    stick = machine.wine.drive_c / "USB"
    zipfile.ZipFile(archive).extractall(stick)
    program = stick / "PhoiHop" / "phoihop-cli.exe"
    done = machine.run(program, "add", "agency", "name=Sở Y tế")
    assert done.code == 0, done.said

    assert (stick / "PhoiHop" / "du-lieu" / "office" / "so-phoi-hop.phop").is_file()
    assert not machine.data.exists()
    stick.rename(machine.wine.drive_c / "USB khác")
    moved = machine.wine.drive_c / "USB khác" / "PhoiHop" / "phoihop-cli.exe"
    assert "Sở Y tế" in machine.run(moved, "list", "agency").said
