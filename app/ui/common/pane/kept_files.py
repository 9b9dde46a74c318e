"""The tab Tệp: the signed file and others that hang on a record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.models import Attachment, Record
from app.services import attachments
from app.services.any_kind import records
from app.ui.common.pane.content import Button, Buttons, Links, Part, Words
from app.ui.common.pane.files_tab import RISKY, open_copy, size_words
from app.ui.common.pane.parts import draw
from app.ui.common.parts import dialogs
from app.ui.common.parts.file_drop import FileDrop
from app.ui.common.parts.office import Office
from app.ui.common.parts.widgets import column
from app.ui.tokens import M
from app.words import kept, marked, told


class KeptFiles:
    """Lists the files, opens read-only copies, keeps new ones."""

    def __init__(self, office: Office, page: QWidget, kind: type[Record]) -> None:
        self._office, self._page, self._kind = office, page, kind

    def parts(self, owner_id: UUID) -> QWidget:
        """The whole tab; files may be dropped anywhere on it."""
        with self._office.store.reading() as session:
            found = attachments.of_record(session, owner_id)
        parts: list[Part] = [] if found else [Words(_tr("Chưa có tệp nào."), "muted")]
        for file in found:
            parts += self._line(file)
        parts.append(Buttons((Button(_tr("Đính kèm tệp …"), partial(self.ask, owner_id)),)))
        parts.append(Words(_tr("Hoặc kéo tệp vào đây. Tệp mở ra là bản sao chỉ đọc."), "small"))
        drawn = QWidget()
        *over, hint = (draw(part) for part in parts)
        drawn.setLayout(column(*over, M.s2, hint, None, pad=(M.s4, M.s3, M.s4, M.s3)))
        FileDrop(drawn, partial(self.keep, owner_id))
        return drawn

    def ask(self, owner_id: UUID) -> None:
        """Let the clerk choose a file to keep."""
        path = dialogs.open_file(self._page, _tr("Đính kèm tệp"), _tr("Mọi tệp (*)"))
        if path is not None:
            self.keep(owner_id, [path])

    def keep(self, owner_id: UUID, paths: Sequence[Path]) -> None:
        """Keep copies of *paths* with the regulation, all as one change or none."""
        pattern = marked("{name}" if len(paths) == 1 else "{count} tệp")
        facts = {"name": paths[0].name, "count": len(paths)}
        named = told(pattern, **facts)
        try:
            label = kept("Đính kèm {named}", named=kept(pattern, **facts))
            with self._office.store.changing(label) as session:
                owner = records.get(session, self._kind, owner_id)
                for path in paths:
                    attachments.attach(session, self._office.store.blobs, owner, path)
        except AppError as error:
            self._office.tell(error)
            return
        undo = (_tr("Hoàn tác"), self._office.undo)
        if any(path.suffix.lower() in RISKY for path in paths):
            warning = _tr("Đã đính kèm {}. Đây là loại tệp có thể chạy lệnh, chỉ mở khi tin cậy.")
            self._office.say("warn", warning.format(named), [undo])
        else:
            self._office.say("info", _tr("Đã đính kèm {}.").format(named), [undo])

    def _withdraw(self, file: Attachment) -> None:
        label = kept("Rút tệp {name}", name=file.name)
        with self._office.store.changing(label) as session:
            records.withdraw(session, "attachment", [file.id])
        undo = (_tr("Hoàn tác"), self._office.undo)
        self._office.say("info", told("Đã rút tệp {name}.", name=file.name), [undo])

    def _line(self, file: Attachment) -> list[Part]:
        opens = partial(open_copy, self._office, self._page, file)
        takes = partial(self._withdraw, file)
        note = ", ".join(part for part in (size_words(file.size), file.note or "") if part)
        return [Links([(file.name, opens), (_tr("Rút tệp"), takes)]), Words(note, "small")]


def _tr(words: str) -> str:
    return QCoreApplication.translate("KeptFiles", words)
