"""The hub looks at a request: who asks, its fingerprint, and which bodies it speaks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QWidget

from app.models.trait import Input, Trait
from app.services.any_kind import choices
from app.sync.joining import Request
from app.ui.common.form.record_picker import RecordsField
from app.ui.common.parts.dialog import Dialog
from app.ui.common.parts.office import Office
from app.ui.common.parts.widgets import button, column, facts, row, text
from app.ui.sync.fingerprint import spoken
from app.ui.tokens import M

_WIDTH = 560


class AdmitDialog(Dialog):
    """`chosen` are the hub's own records of the bodies, once the clerk has agreed; else None."""

    def __init__(
        self,
        parent: QWidget | None,
        office: Office,
        request: Request,
        likely: Mapping[bytes, Sequence[UUID]],
    ) -> None:
        super().__init__(parent, _WIDTH)
        self.chosen: tuple[UUID, ...] | None = None
        self.setWindowTitle(self.tr("Chấp thuận {}").format(request.name))
        self.setModal(True)
        trait = Trait(self.tr("Cơ quan trong sổ này"), Input.RECORDS, refers="agency")

        def load() -> Sequence[tuple[UUID, str]]:
            with office.store.reading() as session:
                return choices.of_kind(session, "agency")

        self.bodies = RecordsField(trait, load, self.tr("Thêm cơ quan"))
        self.bodies.setAccessibleName(trait.label)
        self.bodies.entry().setAccessibleName(trait.label)
        self.bodies.show_value(tuple(dict.fromkeys(i for found in likely.values() for i in found)))
        self.heard = QCheckBox(self.tr("Đã nghe qua điện thoại, từng tiếng đúng như trên"))
        self.heard.toggled.connect(self._follow)
        self.act = button(self.tr("Chấp thuận …"), "primary", does=self._agree)
        self.act.setEnabled(False)
        keep = button(self.tr("Để lại"), does=self.reject)
        keep.setDefault(True)
        self._error = text("", "danger", wrap=True)
        named = ", ".join(body.name for body in request.bodies)
        ask = self.tr("Gọi điện cho {} và nhờ đọc dấu nhận của máy:").format(request.name)
        words = text(spoken(request.fingerprint()), "title", wrap=True)
        self.lay_out(
            column(
                text(self.windowTitle(), "lead", wrap=True),
                facts((self.tr("Thay mặt"), named)),
                M.s3,
                text(ask, wrap=True),
                M.s2,
                words,
                M.s2,
                self.heard,
                M.s3,
                text(self.tr("Cơ quan ấy là bản ghi nào trong sổ này"), "strong"),
                M.s1,
                self.bodies,
                self._error,
            ),
            row(None, keep, self.act),
        )

    def _follow(self, is_heard: bool) -> None:
        self.act.setEnabled(is_heard)

    def _agree(self) -> None:
        chosen = tuple(self.bodies.value() or ())
        if not chosen:
            self._error.setText(
                self.tr("Chưa chọn cơ quan; thiếu thì văn phòng ấy không nhận được quy chế nào.")
            )
            return
        self.chosen = chosen
        self.accept()


def ask_admit(
    parent: QWidget | None,
    office: Office,
    request: Request,
    likely: Mapping[bytes, Sequence[UUID]],
) -> tuple[UUID, ...] | None:
    """Show a request; the bodies chosen, or None when the clerk would rather not."""
    dialog = AdmitDialog(parent, office, request, likely)
    dialog.exec()
    dialog.deleteLater()
    return dialog.chosen
