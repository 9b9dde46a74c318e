"""The Word 97 file that the built program reads when it examines itself."""

from __future__ import annotations

import os

from app import paths
from app.importers.regulation_file import read_regulation
from tests.importers.old_word_maker import old_word
from tests.importers.test_old_files import in_tcvn3

SAMPLE = paths.resources() / "sample"


def made() -> bytes:
    """The sample's older regulation as a clerk of those days typed it: Word 97, TCVN3."""
    words = (SAMPLE / "quy-che-cu.txt").read_text(encoding="utf-8")
    words = words.format(partner="Sở Y tế", field="y tế").strip().replace("\n", "\r")
    return old_word(in_tcvn3(words), font=".VnTime", wide=False)


def test_it_is_what_the_maker_makes_and_reads_as_unicode():
    """With PHOIHOP_GOLDEN=write it is written anew, as the golden files are."""
    path = SAMPLE / "quy-che-cu.doc"
    if os.environ.get("PHOIHOP_GOLDEN") == "write":
        path.write_bytes(made())
    assert path.read_bytes() == made()
    (found,) = read_regulation(path).documents
    assert [(part.kind, part.number) for part in found.provisions] == [
        ("article", "1"),
        ("article", "2"),
        ("article", "3"),
    ]
    assert found.provisions[0].heading == "Nội dung phối hợp"
