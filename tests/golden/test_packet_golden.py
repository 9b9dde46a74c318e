"""The packet's files, part by part, against those kept in git.

What differs is either a mistake or a change to be looked at: `dev.py golden` writes them anew
(PHOIHOP_GOLDEN=write), and the difference is then read in git before it is committed.
"""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from app import __version__
from app.export.packet import write_packet
from tests.export.packet_sample import BODIES, content

_KEPT = Path(__file__).parent / "packet"
_MADE_BY = Path(__file__).parent / "made-by.txt"
_FOLDER = re.compile(r'"folder": ".*",')
_SKIPPED = ("theme", "fontTable", "docProps/app.xml", "customXml")


def normalised(path: Path) -> dict[str, str]:
    """The parts of a package by name, indented so that a difference is a line."""
    if path.suffix == ".json":
        text = path.read_text(encoding="utf-8")
        return {"": _FOLDER.sub('"folder": "ra",', text)}
    with zipfile.ZipFile(path) as archive:
        return {
            name.replace("/", "__"): _indented(archive.read(name))
            for name in sorted(archive.namelist())
            if not any(word in name for word in _SKIPPED)
        }


def _indented(xml: bytes) -> str:
    root = etree.fromstring(xml)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every part of the sample packet, keyed by the name it is kept under."""
    folder = tmp_path_factory.mktemp("packet")
    result = write_packet(content(rows=3, agencies=BODIES[:2]), folder / "ra", kept=folder)
    assert result.listed is not None
    names = ("report", "annex", "sources", "sources_json")
    return {
        f"{name}__{part}".rstrip("_") + (".json" if name == "sources_json" else ""): text
        for name, file in zip(names, (*result.files, result.listed), strict=True)
        for part, text in normalised(file).items()
    }


def test_the_packet_is_what_it_was(made: dict[str, str]) -> None:
    if os.environ.get("PHOIHOP_GOLDEN") == "write":
        _write(made)
    kept = {path.name: path.read_text(encoding="utf-8") for path in _KEPT.iterdir()}

    assert sorted(made) == sorted(kept)
    for name, text in made.items():
        assert text == kept[name], f"{name} differs; look at it, then run dev.py golden"


def test_what_wrote_the_kept_files_is_told_beside_them() -> None:
    """Beside and not in them: what is compared must not change with every version."""
    assert re.fullmatch(r"Phối Hợp \d+\.\d+\.\d+\n", _MADE_BY.read_text(encoding="utf-8"))


def _write(made: dict[str, str]) -> None:
    _KEPT.mkdir(exist_ok=True)
    _MADE_BY.write_text(f"Phối Hợp {__version__}\n", encoding="utf-8")
    for path in _KEPT.iterdir():
        path.unlink()
    for name, text in made.items():
        (_KEPT / name).write_text(text, encoding="utf-8")
