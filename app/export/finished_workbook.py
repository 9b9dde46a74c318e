"""What openpyxl cannot write: the values of formulas beside them, and dates that stay put."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TERMS = "{http://purl.org/dc/terms/}"
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    'openxmlformats.org/officeDocument/2006/extended-properties"><Application>Phối Hợp'
    "</Application></Properties>"
).encode()
_HEIGHT = re.compile(rb'(<row [^>]*?) customHeight="1"')
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say; equal content makes equal files


def finish(path: Path, values: Mapping[tuple[int, str], float | str], at: datetime) -> None:
    """Put *values*, by (sheet index, cell), into the workbook at *path* and date it *at*."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for index in {sheet for sheet, _ in values}:
        name = f"xl/worksheets/sheet{index + 1}.xml"
        cells = {cell: value for (sheet, cell), value in values.items() if sheet == index}
        parts[name] = _with_values(parts[name], cells)
    for name, xml in parts.items():
        if name.startswith("xl/worksheets/"):
            # A height that is not "custom" is the last automatic one: the row may still grow.
            parts[name] = _HEIGHT.sub(rb"\1", xml)
    parts["docProps/app.xml"] = _APP
    parts["docProps/core.xml"] = _dated(parts["docProps/core.xml"], at)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)


def _with_values(xml: bytes, values: Mapping[str, float | str]) -> bytes:
    root = etree.fromstring(xml)
    for cell in root.iter(f"{_MAIN}c"):
        value = values.get(cell.get("r", ""))
        if value is None:
            continue
        for old in cell.findall(f"{_MAIN}v"):
            cell.remove(old)
        if isinstance(value, str):
            cell.set("t", "str")
        elif "t" in cell.attrib:
            del cell.attrib["t"]
        etree.SubElement(cell, f"{_MAIN}v").text = str(value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _dated(xml: bytes, at: datetime) -> bytes:
    root = etree.fromstring(xml)
    for element in root.iter(f"{_TERMS}modified", f"{_TERMS}created"):
        element.text = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
