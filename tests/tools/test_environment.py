"""A real environment, made from a lock that names one small wheel of our own."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from tools import environment
from tools.stop import Stop

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One environment for the module, with `nho` 1.0 installed; making one takes seconds."""
    folder = tmp_path_factory.mktemp("bản sao trống")  # a blank and letters a shell would mangle
    with pytest.MonkeyPatch.context() as patch:
        _point_at(patch, folder)
        _lock(folder, [_wheel(folder / "wheels", "nho", "1.0")])
        environment.ready()
        yield folder


@pytest.fixture
def clone(made):
    """The environment, whole at the beginning of each test."""
    _lock(made, [_wheel(made / "wheels", "nho", "1.0")])
    environment.ready()
    return made


def test_a_bare_clone_gets_what_the_lock_names(clone):
    assert _said("nho") == "1.0"
    assert environment.is_sound()


def test_a_whole_environment_is_left_alone(clone, monkeypatch):
    monkeypatch.setattr(environment, "create", lambda: pytest.fail("it was whole"))
    environment.ready()


def test_a_changed_lock_is_followed_and_what_it_no_longer_names_is_gone(clone):
    wheels = clone / "wheels"
    _lock(clone, [_wheel(wheels, "nho", "1.1"), _wheel(wheels, "thua", "2.0")])
    environment.ready()
    assert (_said("nho"), _said("thua")) == ("1.1", "2.0")
    _lock(clone, [_wheel(wheels, "nho", "1.1")])
    environment.ready()
    assert (_said("nho"), _said("thua")) == ("1.1", "")


def test_a_making_that_was_cut_short_is_begun_again(clone, monkeypatch):
    def torn():
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "install", torn)
        with pytest.raises(KeyboardInterrupt):
            environment.ready(anew=True)
    assert not environment.is_sound()
    environment.ready()
    assert _said("nho") == "1.0"


def test_an_environment_whose_python_has_gone_is_made_again(clone):
    for python in environment.PYTHON.parent.glob("python*"):
        python.unlink()
    assert not environment.is_sound()
    environment.ready()
    assert _said("nho") == "1.0"


def test_one_that_another_clone_lends_is_used_and_never_written(clone, monkeypatch, tmp_path):
    lent = tmp_path / ".venv"
    lent.symlink_to(environment.VENV, target_is_directory=True)
    own = environment.VENV
    for name in ("VENV", "PYTHON", "MARK"):
        inside = getattr(environment, name).relative_to(own)
        monkeypatch.setattr(environment, name, lent / inside)
    assert environment.is_sound()
    environment.ready(anew=True)
    assert not lent.is_symlink()
    assert (clone / ".venv/phoihop.json").exists()


def test_a_wheel_that_is_not_the_one_locked_is_refused(clone, capfd):
    _lock(clone, [_wheel(clone / "wheels", "nho", "1.2")])
    _wheel(clone / "wheels", "nho", "1.2", text="version = 'đã bị thay'\n")
    with pytest.raises(Stop, match="cannot be installed"):
        environment.ready()
    assert not environment.MARK.exists()


def _point_at(patch: pytest.MonkeyPatch, folder: Path) -> None:
    scripts = environment.PYTHON.relative_to(environment.VENV)
    places = {"ROOT": folder, "LOCK": folder / "lock", "VENV": folder / ".venv"}
    places |= {"SCRATCH": folder / "tmp", "PYTHON": folder / ".venv" / scripts}
    places |= {"MARK": folder / ".venv" / "phoihop.json"}
    for name, place in places.items():
        patch.setattr(environment, name, place)
    wheels = folder / "wheels"
    wheels.mkdir()
    patch.setenv("PIP_NO_INDEX", "1")
    patch.setenv("PIP_FIND_LINKS", wheels.as_uri())
    patch.setenv("PIP_CONFIG_FILE", str(folder / "no-such-file"))
    patch.setenv("PIP_NO_CACHE_DIR", "1")


def _wheel(folder: Path, name: str, version: str, text: str = "") -> tuple[str, str, str]:
    """Write a wheel by hand; return what a lock says of it."""
    about = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": text or f"version = '{version}'\n",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{path},{_digest(content)},{len(content)}" for path, content in files.items()]
    files[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,", ""])
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path), content)
    return name, version, hashlib.sha256(wheel.read_bytes()).hexdigest()


def _digest(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256={base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def _lock(folder: Path, pins: list[tuple[str, str, str]]) -> None:
    lines = [f"{name}=={version} \\\n    --hash=sha256:{digest}" for name, version, digest in pins]
    (folder / "lock").write_text("\n".join([*lines, ""]), encoding="utf-8")


def _said(name: str) -> str:
    """The version that the environment's own Python says of a package; empty where it has none."""
    ask = [str(environment.PYTHON), "-c", f"import {name}; print({name}.version)"]
    return subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()
