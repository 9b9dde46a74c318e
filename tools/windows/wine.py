"""Running Windows programs with wine: pipes, prefix and environment as wine wants them."""

from __future__ import annotations

import codecs
import contextlib
import os
import select
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.environment import ROOT
from tools.stop import Stop

PASSED = "PHOIHOP_PASS_"
"""wine takes QT_* out of the environment; tools/wine/sitecustomize.py puts them back."""

KEPT = ("PATH", "TMPDIR", "DISPLAY", "XAUTHORITY")
"""Of our own environment a Windows program sees only these, so that runs are alike anywhere."""

_LINGER = "60"  # seconds that wine's server waits for the next program: starting it takes two


@dataclass(frozen=True)
class Done:
    """How a program ended: its exit code and all that it said (both streams together)."""

    code: int
    said: str


def wine_command() -> str | None:
    """Where wine is; the loader itself rather than the script that asks for a 32-bit one."""
    inner = shutil.which("wine64", path=os.pathsep.join([os.environ["PATH"], "/usr/lib/wine"]))
    return inner or shutil.which("wine")


@dataclass(frozen=True)
class Layout:
    """The Windows Python below *folder* and the wine that runs it."""

    folder: Path
    home: Path  # of the Python: python.exe, DLLs, Lib

    @property
    def exe(self) -> Path:
        return self.home / "python.exe"

    @property
    def scanner(self) -> Path:
        """The program that holds new files, as a virus scanner does."""
        return self.home / "scanner.exe"

    @property
    def prefix(self) -> Path:
        """What wine takes for the Windows disk and registry."""
        return self.folder / "prefix"

    @property
    def drive_c(self) -> Path:
        return self.prefix / "drive_c"

    def python(self, *args: str | Path, **how: object) -> Done:
        """Run the Windows Python; see `run_exe`."""
        return self.run_exe(self.exe, *args, **how)  # type: ignore[arg-type]

    def run_exe(
        self,
        program: str | Path,
        *args: str | Path,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
        show: bool = False,
        timeout: float | None = None,
    ) -> Done:
        """Run a Windows *program* to its end; paths among *args* are told as Windows knows them.

        *show* also prints what it says as it says it. subprocess.TimeoutExpired is raised, and the
        program killed, when it takes longer than *timeout* seconds.
        """
        with self.started(program, *args, cwd=cwd, env=env) as child:
            said = _Listener(child, show=show)
            try:
                code = child.wait(timeout)
            except subprocess.TimeoutExpired as late:
                child.kill()
                child.wait()
                late.output = said.heard()
                raise
            return Done(code, said.heard())

    @contextlib.contextmanager
    def started(
        self,
        program: str | Path,
        *args: str | Path,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
    ) -> Iterator[subprocess.Popen[bytes]]:
        """A running Windows *program*; its streams must be pipes, files confuse wine."""
        wine = wine_command()
        if wine is None:
            raise Stop("There is no wine on this machine.")
        command = [wine, windows_path(program), *map(windows_path, args)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        with subprocess.Popen(command, cwd=cwd, env=self.environment(env), **pipes) as child:  # type: ignore[call-overload]
            try:
                yield child
            finally:
                child.kill()
                _close(child)

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """What a program under wine gets to see; the QT_* of *more* reach a Python alone."""
        ours = {
            "HOME": str(self.folder / "home"),  # wine links Documents and Desktop to it
            "LC_ALL": "C.UTF-8",  # else file names lose their Vietnamese letters
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
            "WINEARCH": "win64",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPYCACHEPREFIX": windows_path(self.folder / "pycache"),
        }
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        asked = {PASSED + n if n.startswith("QT_") else n: v for n, v in (more or {}).items()}
        return {**kept, **ours, **asked}

    def boot(self) -> None:
        """Make the prefix, or bring it up to date with this wine."""
        (self.folder / "home").mkdir(parents=True, exist_ok=True)
        if self.run_exe("wineboot.exe", "-i", timeout=300).code:
            raise Stop(f"wine could not make a Windows drive in {self.prefix}.")

    def keep_server(self) -> None:
        """Let wine's server wait a minute for the next program; it ends by itself."""
        command = shutil.which("wineserver") or "/usr/lib/wine/wineserver"
        away = ["setsid", "--fork", command, f"-p{_LINGER}"]
        silent = subprocess.DEVNULL
        subprocess.run(
            away, env=self.environment(), stdin=silent, stdout=silent, stderr=silent, check=False
        )


def windows_path(path: str | Path) -> str:
    """*path* as wine's programs see it: Z: is the whole of our disk. Text is left as it is."""
    if isinstance(path, str):
        return path
    return "Z:" + str(path.absolute()).replace("/", "\\")


class _Listener:
    """Reads what a child says, in a thread of its own.

    Not until the pipe ends: a service that wine starts besides keeps the other end open.
    """

    _PATIENCE = 0.3  # seconds of silence after the child is gone: then all has been said

    def __init__(self, child: subprocess.Popen[bytes], *, show: bool) -> None:
        self._said: list[str] = []
        self._child = child
        self._show = show
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._child.stdout
        pipe = self._child.stdout.fileno()
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        while True:
            over = self._child.returncode is not None
            if select.select([pipe], [], [], self._PATIENCE)[0]:
                if not (heard := os.read(pipe, 65536)):
                    return
                self._take(decode(heard).replace("\r\n", "\n"))
            elif over:
                return

    def _take(self, text: str) -> None:
        self._said.append(text)
        if self._show:
            sys.stdout.write(text)
            sys.stdout.flush()

    def heard(self) -> str:
        """All that was said by a child that has ended."""
        self._thread.join()
        return "".join(self._said)


def _close(child: subprocess.Popen[bytes]) -> None:
    """Close our ends of a child's pipes."""
    for stream in (child.stdin, child.stdout):
        if stream:
            with contextlib.suppress(OSError):  # it went away while its input was still unread
                stream.close()
