"""Read a Word report back the way its tests ask about it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from app.export.layout import STATE, Layout
from app.export.packet_content import PacketContent
from app.export.report import write_report
from app.export.wording import NBSP
from tests.export.packet_sample import content


def written(tmp_path: Path, made: PacketContent | None = None, layout: Layout = STATE) -> Any:
    path = tmp_path / "report.docx"
    write_report(made or content(), path, layout)
    return Document(str(path))


def parts(tmp_path: Path) -> dict[str, str]:
    with zipfile.ZipFile(tmp_path / "report.docx") as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def texts(document: Any) -> str:
    return "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in document.element.body.iter(qn("w:p"))
    )


def text_in(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t"))).replace(NBSP, " ")


def paragraph_with(document: Any, words: str) -> Any:
    return next(p for p in document.element.body.iter(qn("w:p")) if words in text_in(p))


def style_of(paragraph: Any) -> str:
    return str(paragraph.pPr.find(qn("w:pStyle")).get(qn("w:val")))
