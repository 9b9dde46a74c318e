"""Signing what is shipped, when a certificate is given; without one nothing is signed.

    PHOIHOP_SIGN_CERT       a PKCS#12 file (.p12, .pfx)
    PHOIHOP_SIGN_PASSWORD   its password
    PHOIHOP_SIGN_TIME       the address of a time-stamping service, where there is a network

`python -m tools.packing.signing FILE` signs one file: makensis calls it for the uninstaller.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.environment import ROOT
from tools.stop import Stop

CERTIFICATE, PASSWORD, TIME = "PHOIHOP_SIGN_CERT", "PHOIHOP_SIGN_PASSWORD", "PHOIHOP_SIGN_TIME"
_TOOL = "osslsigncode"


def is_asked() -> bool:
    """Whether a certificate is given. Raises Stop where it is not there, or without the tool."""
    given = os.environ.get(CERTIFICATE)
    if not given:
        return False
    if not Path(given).is_file():
        raise Stop(f"{CERTIFICATE} names {given}, and there is no such file.")
    if not shutil.which(_TOOL):
        raise Stop(f"Signing needs {_TOOL} (a package of that name on Debian/Ubuntu).")
    return True


def sign(path: Path) -> None:
    """Sign the Windows program *path* in its place; a half-signed file never gets its name."""
    signed = path.with_name(f"{path.name}.signed")
    signed.unlink(missing_ok=True)
    with _password_file() as secret:
        command = [_TOOL, "sign", "-pkcs12", os.environ[CERTIFICATE], "-readpass", str(secret)]
        command += ["-h", "sha256", "-n", "Phoi Hop", *_time()]
        done = subprocess.run(
            [*command, "-in", str(path), "-out", str(signed)], capture_output=True, check=False
        )
    if done.returncode or not signed.exists():
        signed.unlink(missing_ok=True)
        told = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        raise Stop(f"{path.name} could not be signed: {told}")
    shutil.copymode(path, signed)
    signed.replace(path)


def uninstaller_command() -> str:
    """What makensis is to run, here, on the uninstaller, which exists only inside it."""
    return f'"{sys.executable}" -m tools.packing.signing'


def _time() -> list[str]:
    address = os.environ.get(TIME)
    return ["-ts", address] if address else []


@contextmanager
def _password_file() -> Iterator[Path]:
    """A command line can be read by others of this machine; this file cannot."""
    with tempfile.TemporaryDirectory(prefix="sign-") as folder:
        secret = Path(folder) / "password"
        secret.touch(mode=0o600)
        secret.write_text(os.environ.get(PASSWORD, ""), encoding="utf-8")
        yield secret


def main(argv: list[str]) -> int:
    """Sign the file that is named."""
    try:
        sign(Path(argv[0]).absolute())
    except Stop as why:
        sys.stderr.write(f"{why}\n")
        return 1
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
