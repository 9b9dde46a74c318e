"""The other offices as cards: last sent, last received, acknowledged, waiting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from app.registers.column import text_of
from app.services.sync.joining import Peer
from app.services.sync.membership import Membership
from app.text import moment_words
from app.ui.common.parts.flow import Flow
from app.ui.common.parts.office import Office
from app.ui.common.parts.page import Page
from app.ui.common.parts.scrolling import scrolling
from app.ui.common.parts.widgets import (
    button,
    clear,
    column,
    empty,
    facts,
    heading,
    mark,
    panel,
    row,
    text,
)
from app.ui.theme import hold
from app.ui.tokens import M
from app.words import marked

_CARD = 412
_LABEL = 132


class OfficesPart(Page):
    """`sending` carries the ids of the offices that a package is wanted for."""

    sending = Signal(object)
    joining = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.setObjectName("canvas")
        self.cards: dict[bytes, Card] = {}
        self._peers: Sequence[Peer] = ()
        self._body = column()
        scroll = scrolling(panel(self._body))
        self._scroll = scroll
        self.setLayout(column(scroll))

    def show_standing(self, standing: Membership) -> None:
        """Draw the offices anew; what was ticked stays ticked."""
        ticked = self.ticked()
        clear(self._body)
        self._peers = standing.peers
        self.cards = {peer.office: Card(peer) for peer in standing.peers}
        if not standing.may_exchange:
            self._body.addWidget(self._nobody(standing))
            return
        self._send = button(self.tr("Tạo gói …"), "primary", "export", does=self._send_ticked)
        note = self.tr("{n} văn phòng").format(n=len(self.cards))
        self._body.addLayout(heading(self.tr("Các văn phòng"), note, self._send, edge=M.s5))
        flow = Flow(M.s3, M.s3)
        for office, card in self.cards.items():
            card.tick.setChecked(office in ticked)
            card.tick.toggled.connect(self._name_button)
            card.asked.connect(partial(self._ask, office))
            flow.addWidget(card)
        holder = QWidget()
        holder.setLayout(flow)
        self._body.addLayout(row(holder, pad=(M.s5, M.s2, M.s5, M.s4)))
        self._body.addStretch(1)
        self._name_button()

    def ticked(self) -> list[bytes]:
        """The offices whose box is ticked."""
        return [office for office, card in self.cards.items() if card.tick.isChecked()]

    def stand_on(self, office: bytes) -> None:
        """Bring the card of *office* into sight."""
        for each, card in self.cards.items():
            card.mark(is_current=each == office)
        if office in self.cards:
            self._scroll.ensureWidgetVisible(self.cards[office])

    def _nobody(self, standing: Membership) -> QWidget:
        sentence = standing.trouble or self.tr("Văn phòng này chưa ở trong nhóm đồng bộ nào")
        step = self.tr("Lập nhóm nếu là văn phòng đầu mối, hoặc mở thư mời đã nhận.")
        return empty("sync", sentence, step, button(self.tr("Vào nhóm …"), does=self.joining.emit))

    def _ask(self, office: bytes) -> None:
        self.sending.emit([office])

    def _send_ticked(self) -> None:
        waiting = [peer.office for peer in self._peers if peer.waiting]
        self.sending.emit(self.ticked() or waiting or [peer.office for peer in self._peers[:1]])

    def _name_button(self) -> None:
        count = len(self.ticked())
        words = self.tr("Tạo gói cho {n} văn phòng …").format(n=count)
        self._send.setText(" " + (words if count else self.tr("Tạo gói …")))
        self._send.setEnabled(bool(self._peers))


class Card(QFrame):
    """One office; the box ticks it for a package to several."""

    asked = Signal()

    def __init__(self, peer: Peer) -> None:
        super().__init__()
        self.setObjectName("choice")
        self.peer = peer
        hold(self, width=_CARD)
        self.tick = QCheckBox()
        self.tick.setAccessibleName(self.tr("Chọn {}").format(peer.name))
        self.tick.setEnabled(peer.has_machine)
        hub = [text(self.tr("Đầu mối"), "small")] if peer.is_hub else []
        head = row(self.tick, text(peer.name, "strong", wrap=True), *hub, gap=M.s2)
        head.setStretch(1, 1)
        send = button(self.tr("Tạo gói …"), does=self.asked.emit)
        send.setAccessibleName(self.tr("Tạo gói cho {}").format(peer.name))
        send.setEnabled(peer.has_machine)
        state, said = self._waiting()
        foot = row(mark(state), text(said), None, send, gap=M.s2)
        table = facts(*self._facts(), label=_LABEL)
        self.setLayout(column(head, table, M.s2, foot, pad=(M.s3, M.s2, M.s3, M.s3)))
        self.setAccessibleName(peer.name)

    def mark(self, *, is_current: bool) -> None:
        """Wear the accent edge where this is the office that was asked for."""
        self.setObjectName("chosen" if is_current else "choice")
        self.style().unpolish(self)
        self.style().polish(self)

    def _facts(self) -> tuple[tuple[str, str], ...]:
        peer = self.peer
        never = self.tr("chưa lần nào")
        known = self.tr("đến gói số {n} / {m}").format(n=peer.acknowledged, m=peer.sent)
        return (
            (self.tr("Gửi lần cuối"), day_of(peer.last_sent) or never),
            (self.tr("Nhận lần cuối"), day_of(peer.last_received) or never),
            (self.tr("Đã xác nhận"), known if peer.sent else self.tr("chưa gửi gói nào")),
        )

    def _waiting(self) -> tuple[str, str]:
        if not self.peer.has_machine:
            return marked("Đã thôi dùng"), self.tr("Chưa có máy nào được công nhận")
        if not self.peer.waiting:
            return marked("Đủ"), self.tr("Không còn gì chờ gửi")
        words = self.tr("{n} thay đổi chờ gửi").format(n=text_of(self.peer.waiting))
        return marked("Chờ xác nhận"), words


def day_of(moment: str) -> str:
    """The day and minute of a moment as the book of packages keeps it; empty for none."""
    return moment_words(datetime.fromisoformat(moment)) if moment else ""
