"""A .docx opened as what it is, a zip of XML: only the parts we need, within limits.

Relations to the outside (templates, pictures, OLE) are never followed; macros are never looked at;
a DOCTYPE is refused, since no Word file has one and XML bombs and XXE need one.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib

from lxml import etree

from app.importers.file_kind import check_sizes
from app.importers.refusal import NotReadable
from app.words import marked, told

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DAMAGED = marked("tệp Word bị hỏng ({what}); hãy mở bằng Word, chọn sửa chữa rồi lưu lại.")
_LARGEST_PART = 80 * 1024 * 1024  # bytes of XML; two thousand pages take about half


class WordPackage:
    """The parts of one .docx. Raises NotReadable when it is damaged or dangerous."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            check_sizes(self._zip.infolist())
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise NotReadable(told(_DAMAGED, what=told("gói nén"))) from error
        self._names = {name.lower(): name for name in self._zip.namelist()}
        self._main = self._main_name()

    def main(self) -> etree._Element:
        """The document's own part."""
        found = self._xml(self._main)
        if found is None or found.tag != f"{W}document":
            raise NotReadable(told("không thấy nội dung văn bản Word bên trong tệp."))
        return found

    def related(self, kind: str) -> etree._Element | None:
        """The part the main part calls its *kind* ("styles"); None when there is none.

        A part that lies in its usual place is taken even when the relation to it was lost.
        """
        folder, name = posixpath.split(self._main)
        relations = self._xml(f"{folder}/_rels/{name}.rels")
        for one in [] if relations is None else relations.iter(_RELATION):
            inside = one.get("TargetMode") != "External"
            if inside and str(one.get("Type", "")).endswith(f"/{kind}"):
                target = posixpath.join("/", folder, str(one.get("Target", "")))
                return self._xml(posixpath.normpath(target).lstrip("/"))
        return self._xml(f"{folder}/{kind}.xml")

    def _main_name(self) -> str:
        relations = self._xml("_rels/.rels")
        for one in [] if relations is None else relations.iter(_RELATION):
            if str(one.get("Type", "")).endswith("/officeDocument"):
                return posixpath.normpath(str(one.get("Target", "")).lstrip("/"))
        return "word/document.xml"

    def _xml(self, name: str) -> etree._Element | None:
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        return parsed(self._bytes(stored))

    def _bytes(self, name: str) -> bytes:
        try:
            with self._zip.open(name) as part:
                data = part.read(_LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise NotReadable(told(_DAMAGED, what=told("phần nội dung"))) from error
        except (NotImplementedError, RuntimeError) as error:
            raise NotReadable(told("tệp được khóa hoặc nén theo cách không đọc được.")) from error
        if len(data) > _LARGEST_PART:
            raise NotReadable(told("nội dung văn bản quá lớn; hãy tách thành nhiều tệp."))
        return data


def parsed(data: bytes) -> etree._Element:
    """*data* as XML, without DOCTYPE, entities or network. Raises NotReadable."""
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data[:100_000], re.IGNORECASE):
        raise NotReadable(told("tệp chứa khai báo XML không an toàn; không mở."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data.replace(_STRICT, _TRANSITIONAL), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotReadable(told(_DAMAGED, what=told("nội dung XML"))) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotReadable(told("tệp chứa khai báo XML không an toàn; không mở."))
    return root
