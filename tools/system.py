"""What must be on the machine itself: a few libraries for Qt, one font, a screen.

A wheel of PySide6 brings Qt but not the libraries of a Linux desktop, and a bare container
has none of them. The names of packages are those of Debian and Ubuntu.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from tools.stop import Stop, say

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libX11.so.6": "libx11-6",
}
"""What Qt loads even when nothing is shown: shared object and its package."""

X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt loads besides when it opens a window under X11."""

DOCUMENT_TOOLS = {
    "soffice": ("libreoffice-writer", "libreoffice-calc"),
    "pdftotext": ("poppler-utils",),
    "pdffonts": ("poppler-utils",),
}
"""What looks at an exported file as its reader will: the command and its packages."""

DOCUMENT_FONTS = {"OpenSans*": "fonts-open-sans", "LiberationSerif*": "fonts-liberation"}
"""The window's letters where Windows' own are not there, and those as wide as Times New Roman."""

ON_LINUX = sys.platform.startswith("linux")


def need_display() -> None:
    """Raise Stop where no window can be opened."""
    if ON_LINUX and not {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} & set(os.environ):
        raise Stop(
            "There is no screen here to open a window on (DISPLAY and WAYLAND_DISPLAY are empty). "
            "Run it in a graphical session, or on a virtual screen: "
            "xvfb-run -a python3 dev.py run"
        )


def need_libraries() -> None:
    """Install, or name, the packages that are missing (on Linux; elsewhere wheels bring all)."""
    if ON_LINUX and (missing := missing_packages()):
        provide(missing)


def want_document_tools() -> None:
    """Install what the tests of exported files look with, where we may; else they are skipped."""
    if not (ON_LINUX and (missing := missing_document_tools())):
        return
    try:
        provide(missing)
    except Stop as why:
        say(f"{why}\nGoing on without; the tests that need LibreOffice are skipped.")


def missing_document_tools() -> set[str]:
    """The packages without which exported files cannot be looked at."""
    missing = {
        package
        for command, packages in DOCUMENT_TOOLS.items()
        if not shutil.which(command)
        for package in packages
    }
    return missing | {package for name, package in DOCUMENT_FONTS.items() if not any_font(name)}


def need_packager() -> None:
    """PyInstaller reads shared objects with objdump."""
    if ON_LINUX and not shutil.which("objdump"):
        provide({"binutils"})


def missing_packages() -> set[str]:
    """The packages without which an environment cannot be made or Qt cannot draw."""
    wanted = QT_LIBRARIES | (X11_LIBRARIES if os.environ.get("DISPLAY") else {})
    missing = {package for library, package in wanted.items() if not loads(library)}
    if not importlib.util.find_spec("ensurepip"):
        missing.add(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if not any_font():
        missing.add("fonts-open-sans")
    return missing


def loads(library: str) -> bool:
    """Whether the loader finds *library*: the question Qt itself will ask."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def any_font(name: str = "*") -> bool:
    """Whether there is a font in a file *name*: without one Qt draws letters as empty boxes."""
    home = Path.home()
    ours = [home / ".fonts", home / ".local/share/fonts"]
    places = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), *ours]
    return any(next(place.rglob(f"{name}.[to]tf"), None) for place in places)


def provide(packages: Collection[str]) -> None:
    """Install *packages* where we may, else raise Stop with the line to type."""
    names = ", ".join(sorted(packages))
    install = ["apt-get", "install", "-y", "--no-install-recommends", *sorted(packages)]
    if not shutil.which("apt-get"):
        raise Stop(
            f"Libraries of the system are missing. Their packages on Debian/Ubuntu are: {names}. "
            "Install what this system calls them and try again."
        )
    if not is_root():
        line = f"sudo apt-get update && sudo {shlex.join(install)}"
        raise Stop(f"Libraries of the system are missing. Type this and try again:\n  {line}")
    say(f"Installing libraries of the system: {names} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call(["apt-get", "update", "-qq"], env=quiet)  # may fail where apt needs no network
    if subprocess.call([*install, "-qq"], env=quiet, stdout=subprocess.DEVNULL):
        raise Stop(f"They could not be installed. Try by hand: {shlex.join(install)}")


def is_root() -> bool:
    """Whether apt-get may be asked to install."""
    return sys.platform != "win32" and os.geteuid() == 0
