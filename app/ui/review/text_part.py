"""The parts that are running text: the opening, and the situation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtWidgets import QPlainTextEdit
from sqlmodel import Session

from app import durable
from app.models import Review, ReviewDraft
from app.models.trait import traits_of
from app.models.values import Values
from app.services.any_kind import records
from app.text import clean_lines, clock_words
from app.ui.common.form.drafts import KeptForm
from app.ui.common.form.form_page import KEEP_AFTER_MS
from app.ui.common.parts.dialogs import choose
from app.ui.common.parts.widgets import column, row, text
from app.ui.review.desk import ReviewDesk
from app.ui.review.part import ReviewPart
from app.ui.theme import look, px
from app.ui.tokens import M
from app.words import kept, told

DRAFT_KEY = "review_text"
_WIDEST = 668  # 80 letters of the reading size, with the field's own margins


@dataclass(frozen=True)
class About:
    """What a part of running text is for: its hint, and what an empty one says."""

    hint: str


ABOUT: Mapping[str, About] = {
    "opening": About(
        "Mỗi căn cứ một dòng, bắt đầu bằng “Căn cứ …”; rồi một đoạn nói phạm vi của báo cáo."
    ),
    "situation": About(
        "Tình hình trong kỳ; việc lãnh đạo, chỉ đạo, phổ biến và triển khai các quy chế."
    ),
}


class TextPart(ReviewPart):
    """One long text, kept with Ctrl+S; what is typed and not kept is put away as a draft."""

    tools: ClassVar[tuple[str, ...]] = ("save_text", "drop_text")

    def __init__(self, desk: ReviewDesk, key: str) -> None:
        super().__init__(desk, key)
        self._kept = self._opened = ""
        self._label = traits_of(ReviewDraft)[key].label
        self.box = _Box(told(self._label), told(ABOUT[key].hint))
        self.box.textChanged.connect(self._on_typed)
        self._hint = text(told(ABOUT[key].hint), "muted", wrap=True)
        line = row(self.box, None, gap=0)
        line.setStretch(0, 1000)  # up to its greatest width; only what is left stays empty
        lines = column(self._hint, M.s2, line, pad=(M.s5, M.s1, M.s5, M.s4))
        lines.setStretchFactor(line, 1)
        self.setLayout(lines)
        self._later = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._later.timeout.connect(self.keep_draft)
        self.setFocusProxy(self.box)
        self._is_new = True
        look.changed.connect(self._hold_lines)
        self._hold_lines()

    @property
    def is_changed(self) -> bool:
        """Whether the text differs from the one in the register."""
        return clean_lines(self.box.toPlainText()) != self._kept

    def refresh(self, session: Session, review: Review) -> None:
        """Take up the text of the register, unless one is typing another."""
        del session
        changed = self.is_changed and not self._is_new
        self._kept = str(getattr(review, self.key) or "")
        if not changed:
            self._show_kept()
        if self._is_new:
            self._is_new = False
            self._take_up_draft()
        self._say_state()

    def can(self, tool: str) -> bool:
        return tool in self.tools and self.is_changed

    def save_text(self) -> bool:
        """Keep the text in the register."""
        words = clean_lines(self.box.toPlainText())
        label = kept("Sửa phần “{part}” của hội nghị", part=self._label)
        values, was = {self.key: words or None}, {self.key: self._opened or None}
        before, self._kept = self._kept, words  # the refresh that follows must not see a change
        saved = self.desk.change(
            label,
            lambda session: records.revise(session, "review", self.desk.id, values, was=was),
            self.tr("Đã lưu phần “{}”.").format(told(self._label)),
        )
        if saved:
            self._forget_draft()
        else:
            self._kept = before
        self._say_state()
        self.stood.emit()
        return saved

    def drop_text(self) -> None:
        """Go back to the text in the register."""
        self._show_kept()
        self._forget_draft()

    def may_leave(self) -> bool:
        self._later.stop()
        if not self.is_changed:
            return True
        acts = (self.tr("Nhập tiếp"), self.tr("Bỏ nội dung"), self.tr("Lưu"))
        title = self.tr("Lưu phần “{}”?").format(told(self._label))
        body = self.tr("Phần này có nội dung chưa lưu. Nếu bỏ, nội dung này không lấy lại được.")
        answer = choose(self, title, body, acts)
        if answer == 1:
            self.drop_text()
        return answer == 1 or (answer == 2 and self.save_text())

    def keep_draft(self) -> bool:
        if not self.is_changed:
            return False
        now = datetime.now().astimezone()
        values: Values = {self.key: self.box.toPlainText(), "review_id": self.desk.id}
        was = {self.key: self._opened}
        kept = KeptForm(self._draft, self._label, "review", values, now, was)
        try:
            self.desk.office.drafts.keep(kept)
        except durable.Refusal as error:
            self.noted.emit(self.tr("Chưa giữ được bản nháp: {}").format(error))
            return False
        self.noted.emit(self.tr("Chưa lưu; đã giữ bản nháp lúc {}").format(f"{now:%H:%M}"))
        return True

    @property
    def _draft(self) -> str:
        return f"{DRAFT_KEY}.{self.key}.{self.desk.id}"

    def _take_up_draft(self) -> None:
        kept = self.desk.office.drafts.find(self._draft)
        words = str(kept.values.get(self.key) or "") if kept else ""
        if kept is None or clean_lines(words) == self._kept:
            return
        self.box.setPlainText(words)
        sentence = self.tr("Đã lấy lại bản nháp giữ lúc {}.").format(clock_words(kept.kept_at))
        if kept.was.get(self.key, self._kept) != self._kept:
            said = self.tr("Phần này đã có người đổi từ đó; lưu sẽ thay nội dung của họ.")
            sentence += " " + said
        links = [(self.tr("Bỏ bản nháp"), self.drop_text)]
        QTimer.singleShot(0, self, lambda: self.desk.office.say("info", sentence, links))

    def _show_kept(self) -> None:
        """Show what the register says; from here on the clerk has seen it."""
        self._opened = self._kept
        if self.box.toPlainText() != self._kept:
            self.box.setPlainText(self._kept)

    def _forget_draft(self) -> None:
        self._later.stop()
        self.desk.office.drafts.drop(self._draft)
        self._say_state()

    def _on_typed(self) -> None:
        if self.is_changed:
            self._later.start()
        else:
            self._later.stop()
        self._say_state()
        self.stood.emit()

    def _hold_lines(self) -> None:
        for each in (self.box, self._hint):
            each.setMaximumWidth(px(_WIDEST))

    def _say_state(self) -> None:
        self.noted.emit(self.tr("Chưa lưu") if self.is_changed else "")


class _Box(QPlainTextEdit):
    """Reading size, and what is pasted from Word without its dress."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setProperty("role", "reading")
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(px(M.s2))

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(clean_lines(source.text()))
