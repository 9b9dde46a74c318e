"""A Windows machine under wine for the tests of the installer: one account, and nothing on it."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.windows import Done, Layout
from tools.windows.wine import windows_path

UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\PhoiHop"
CLASSES = r"HKCU\Software\Classes"
_PATIENCE = 300  # seconds for any one program on a loaded machine


class Machine:
    """Where the program, its data and the registry lie, and how Windows programs are run there."""

    def __init__(self, layout: Layout, folder: Path) -> None:
        """A machine of its own in *folder*, made from what *layout* has laid out."""
        subprocess.run(
            ["cp", "-a", "--reflink=auto", str(layout.prefix), str(folder / "prefix")], check=True
        )
        (folder / "home").mkdir()
        self.wine = Layout(folder, layout.home)
        self.run("winecfg.exe", "-v", "win10")  # wine says 7 unless told otherwise
        self.wine.keep_server()
        (self.local,) = (
            path / "AppData" / "Local"
            for path in (self.wine.drive_c / "users").iterdir()
            if path.name.lower() != "public"
        )

    @property
    def program(self) -> Path:
        """Where the program is installed."""
        return self.local / "Programs" / "PhoiHop"

    @property
    def start_menu(self) -> Path:
        """Where what is opened from Start lies."""
        roaming = self.local.parent / "Roaming"
        return roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs"

    @property
    def data(self) -> Path:
        """The person's folder."""
        return self.local / "PhoiHop"

    @property
    def register(self) -> Path:
        """The office's register at its default place."""
        return self.data / "office" / "so-phoi-hop.phop"

    @property
    def log(self) -> str:
        """What the installer has written down."""
        path = self.data / "logs" / "cai-dat.log"
        return path.read_text(encoding="utf-16") if path.exists() else ""

    def run(self, program: str | Path, *args: str | Path) -> Done:
        """Run a Windows program to its end."""
        return self.wine.run_exe(program, *args, timeout=_PATIENCE)

    def cli(self, *words: str) -> str:
        """What a command of the installed program prints; it must succeed."""
        done = self.run(self.program / "phoihop-cli.exe", *words)
        assert done.code == 0, done.said
        return done.said

    def begin_office(self) -> None:
        """An office at the default place, with one body in it."""
        self.cli("office", "name=Văn phòng Sở")
        self.cli("add", "agency", "name=Sở Y tế")

    def registered(self, key: str, name: str = "") -> str | None:
        """A value of the registry; None where it is not there."""
        asked = ("/v", name) if name else ("/ve",)
        done = self.run("reg.exe", "query", key, *asked)
        found = [line for line in done.said.splitlines() if "REG_" in line]
        return found[0].split("REG_", 1)[1].partition("    ")[2].strip() if found else None

    def uninstall(self) -> Done:
        """Run the uninstaller where it lies, so that it can be waited for."""
        remover = self.program / "go-bo.exe"
        return self.run(remover, "/S", f"_?={windows_path(self.program)}")

    def wipe(self) -> None:
        """Be a machine again on which nothing was ever installed."""
        for folder in (self.program.parent, self.data):
            shutil.rmtree(folder, ignore_errors=True)
        endings = [f"{CLASSES}\\.{ending}" for ending in ("phx", "phm", "phr", "pha")]
        kinds = [f"{CLASSES}\\PhoiHop.{ending}" for ending in ("phx", "phm", "phr", "pha")]
        for key in (UNINSTALL, *endings, *kinds):
            self.run("reg.exe", "delete", key, "/f")

    @contextmanager
    def window(self) -> Iterator[subprocess.Popen[bytes]]:
        """The installed program's window, open on the default office."""
        log = self.data / "logs" / "phoihop.log"
        with self.wine.started(self.program / "PhoiHop.exe") as child:
            until(lambda: (self.data / "window.json").exists() or child.poll() is not None)
            assert child.poll() is None, log.read_text("utf-8") if log.exists() else "no log"
            yield child
        self.run("taskkill.exe", "/f", "/im", "PhoiHop.exe")

    def turn_off(self) -> None:
        """End everything of this machine."""
        env = self.wine.environment()
        server = shutil.which("wineserver") or "/usr/lib/wine/wineserver"
        subprocess.run([server, "-k"], env=env, check=False)


def until(is_so: object, seconds: float = 120) -> None:
    """Wait for something to become true."""
    assert callable(is_so)
    over = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < over, "waited in vain"
        time.sleep(0.2)
