"""What was left half written goes, and nothing that is somebody's."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from app import durable, paths
from app.store import scratch
from app.store.folder import Folder
from app.store.scratch import Scratch
from app.store.tidying import tidy

ROOT = Path(__file__).resolve().parents[2]
LONG_AGO = time.time() - 2 * 86400


@pytest.fixture(autouse=True)
def temporary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of temporary files of our own."""
    place = tmp_path / "temp"
    place.mkdir()
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(place))
    return place


def left(path: Path, when: float = LONG_AGO) -> Path:
    """A file, or a folder with one, that was left there a while ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix or path.name.startswith("."):
        path.write_bytes(b"half")
    else:
        path.mkdir()
        (path / "inside.docx").write_bytes(b"half")
    os.utime(path, (when, when))
    return path


def test_what_a_kill_left_half_written_goes(tmp_path: Path, temporary: Path) -> None:
    office, exports = Folder(tmp_path / "office"), tmp_path / "packets"
    office.prepare()
    exports.mkdir()
    ours = [
        left(office.path / "~0a1b2c3d.dang-ghi.phop"),
        left(office.backups / "~0a1b2c3d.dang-ghi.phop"),
        left(office.backups / "so-phoi-hop_20260101-080000_daily.part"),
        left(office.blobs / "ab" / "~0a1b2c3d.dang-ghi"),
        left(office.blobs / ".77-0a1b2c.part"),
        left(office.path / "outbox" / "~0a1b2c3d.dang-ghi.phx"),
        left(exports / "~0a1b2c3d.dang-ghi"),
        left(paths.keys_folder() / "~0a1b2c3d.dang-ghi.key"),
        left(paths.home() / "~0a1b2c3d.dang-ghi.json"),
        left(temporary / "phoihop-x1y2z3"),
    ]
    tidy(office, exports)
    assert not [path for path in ours if path.exists()]


def test_what_is_new_or_somebody_elses_stays(tmp_path: Path, temporary: Path) -> None:
    office, exports = Folder(tmp_path / "office"), tmp_path / "packets"
    office.prepare()
    now = time.time()
    others = [
        left(office.path / "~0a1b2c3d.dang-ghi.phop", now),
        left(office.backups / "so-phoi-hop_20260101-080000_daily.phop"),
        left(office.path / "của tôi.part"),
        left(office.path / "~kế hoạch.dang-ghi.docx"),
        left(exports / "Bộ tài liệu"),
        left(exports / "~$Báo cáo.docx"),
        left(temporary / "khác"),
        left(temporary / "phoihop-x1y2z3", now),
        left(temporary / "phoihop-0123456789abcdef.sock"),
    ]
    tidy(office, exports)
    assert [path for path in others if not path.exists()] == []


def test_a_copy_to_look_at_goes_when_the_program_ends(tmp_path: Path) -> None:
    own = Scratch(tmp_path / "tmp")
    copy = own.folder() / "a.docx"
    copy.write_bytes(b"x")
    copy.chmod(0o400)
    assert own.folder() != copy.parent
    own.close()
    assert not list((tmp_path / "tmp").iterdir())
    assert own.folder().is_dir(), "it can be used again"
    own.close()


CRASHED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from app.store.scratch import Scratch
own = Scratch(Path(sys.argv[1]))
(own.folder() / "a.docx").write_bytes(b"x")
os._exit(1)
"""


def test_what_a_crash_left_goes_at_the_next_start_and_what_is_in_use_stays(tmp_path: Path) -> None:
    place = tmp_path / "tmp"
    subprocess.run([sys.executable, "-c", CRASHED, str(place), str(ROOT)], check=False)
    (crashed,) = durable.scratches_in(place)
    mine = Scratch(place)
    copy = mine.folder()
    scratch.sweep(place)
    assert not crashed.exists()
    assert copy.is_dir()
    mine.close()


@pytest.mark.skipif(os.name != "posix", reason="a folder that may not be written, the POSIX way")
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write everywhere")
def test_what_cannot_be_removed_does_no_harm(tmp_path: Path) -> None:
    office = Folder(tmp_path / "office")
    office.prepare()
    kept = left(office.backups / "~0a1b2c3d.dang-ghi.phop")
    office.backups.chmod(0o500)
    tidy(office, tmp_path / "nowhere")
    office.backups.chmod(0o700)
    assert kept.exists()


def test_the_fault_of_the_last_time_goes_to_the_log_once(tmp_path: Path) -> None:
    script = "import faulthandler, sys; from app import bootstrap; bootstrap.start_logging();"
    there = {**os.environ, paths.HOME_VARIABLE: str(tmp_path / "home")}

    def run(more: str) -> None:
        subprocess.run([sys.executable, "-c", script + more], cwd=ROOT, env=there, check=False)

    home = str(Path.home())
    run(f"exec(compile('faulthandler._sigsegv()', {home + '/x.py'!r}, 'exec'))")
    assert "Segmentation fault" in (tmp_path / "home" / "logs" / "faults.txt").read_text("utf-8")
    run("")
    run("")
    log = (tmp_path / "home" / "logs" / "phoihop.log").read_text("utf-8")
    assert log.count("Segmentation fault") == 1
    assert (tmp_path / "home" / "logs" / "faults.txt").read_bytes() == b""
    assert home not in log
