"""Into a circle in three carried files, the fingerprints read over the phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.registers.column import Column, Columns
from app.services.sync import joining, membership
from app.services.sync.membership import MachineLine, Membership, Stage
from app.ui.common.pane.content import Rows
from app.ui.common.pane.parts import draw
from app.ui.common.parts import dialogs
from app.ui.common.parts.office import Office
from app.ui.common.parts.page import Page
from app.ui.common.parts.scrolling import scrolling
from app.ui.common.parts.widgets import (
    Item,
    button,
    clear,
    column,
    facts,
    heading,
    panel,
    row,
    section,
    text,
)
from app.ui.sync import places
from app.ui.sync.admit_dialog import ask_admit
from app.ui.sync.fingerprint import spoken
from app.ui.theme import px
from app.ui.tokens import M

_WIDTH = 744
_LABEL = 132
_MACHINES: Columns[MachineLine] = (
    Column("office", "Văn phòng", lambda r: r.office, width=0),
    Column("words", "Dấu nhận", lambda r: r.words, "muted", width=44),
    Column("state", "Tình trạng", lambda r: r.state, "state", width=13),
)


class JoiningPart(Page):
    """Says how far this office has come, and offers the next step."""

    changed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.setObjectName("canvas")
        self._standing = Membership(Stage.ALONE)
        self._request_words = ""
        self._body = column(pad=(M.s5, 0, M.s5, M.s4))
        holder = panel(self._body)
        holder.setMaximumWidth(px(_WIDTH))
        line = row(holder, None, gap=0)
        line.setStretch(0, 1000)
        scroll = scrolling(panel(line))
        self.setLayout(column(scroll))

    def show_standing(self, standing: Membership) -> None:
        """Draw the steps for where the office stands now."""
        self._standing = standing
        clear(self._body)
        lines: dict[Stage, Callable[[], list[Item]]] = {
            Stage.ALONE: self._alone,
            Stage.ASKED: self._asked,
            Stage.STRANGER: self._stranger,
            Stage.READING: self._reading,
            Stage.MEMBER: self._member,
            Stage.HUB: self._hub,
        }
        notes = {
            Stage.ALONE: self.tr("chưa ở trong nhóm nào"),
            Stage.ASKED: self.tr("đang chờ chấp thuận"),
            Stage.STRANGER: self.tr("máy này chưa được công nhận"),
            Stage.READING: self.tr("chỉ xem"),
            Stage.MEMBER: self.tr("đầu mối: {}").format(standing.hub),
            Stage.HUB: self.tr("văn phòng này là đầu mối"),
        }
        self._add(heading(self.tr("Nhóm đồng bộ"), notes[standing.stage], edge=0))
        for line in [*lines[standing.stage](), *self._copies()]:
            self._add(line)
        self._add(None)

    # acts --------------------------------------------------------------------

    def found(self) -> None:
        """Found a circle with this office as its hub."""
        title = self.tr("Lập nhóm đồng bộ với văn phòng này là đầu mối?")
        body = self.tr(
            "Mỗi tỉnh chỉ lập một nhóm. Khóa của nhóm nằm trên máy này: văn phòng đầu mối mời và "
            "chấp thuận các văn phòng khác."
        )
        if dialogs.ask(self, title, body, self.tr("Lập nhóm")):
            self._do(lambda: joining.begin(self.office.store), self.tr("Đã lập nhóm đồng bộ."))

    def invite(self) -> None:
        """Write an invitation."""
        title = self.tr("Ghi thư mời")
        path = places.save_carried(self, self.office, title, places.INVITATIONS, "thu-moi.phm")
        if path is not None:
            said = self.tr("Đã ghi thư mời {}. Đọc dấu nhận qua điện thoại khi bên kia mở.")
            self._do(lambda: joining.invite(self.office.store, path), said.format(path.name))

    def ask(self) -> None:
        """Choose an invitation and answer it."""
        title = self.tr("Mở thư mời")
        invited = places.open_carried(self, self.office, title, places.INVITATIONS)
        if invited is not None:
            self.answer(invited)

    def answer(self, invited: Path) -> None:
        """Answer an invitation: check its fingerprint by phone, then write the request."""
        store = self.office.store
        try:
            invitation = joining.look_at_invitation(invited)
        except AppError as error:
            self.office.say("danger", str(error))
            return
        heard = self.tr("Thư mời của {hub}. Dấu nhận đúng như đầu dây bên kia đọc?").format(
            hub=invitation.hub
        )
        body = self.tr(
            "{words}\n\nGọi điện cho {hub} và nhờ đọc dấu nhận của nhóm. Chỉ tiếp tục khi từng "
            "tiếng đúng như trên."
        ).format(words=spoken(invitation.fingerprint()), hub=invitation.hub)
        if not dialogs.ask(self, heard, body, self.tr("Đúng, tạo tệp xin tham gia")):
            return
        title, kinds = self.tr("Ghi tệp xin tham gia"), places.REQUESTS
        path = places.save_carried(self, self.office, title, kinds, "xin-tham-gia.phr")
        if path is None:
            return
        try:
            self._request_words = joining.ask(store, invited, path).fingerprint()
        except AppError as error:
            self.office.say("danger", str(error))
            return
        self.changed.emit()
        self.office.say_written(
            self.tr("Đã ghi tệp xin tham gia. Gửi tệp cho {}.").format(invitation.hub), path
        )

    def accept(self) -> None:
        """Choose the hub's approval and take it in."""
        title = self.tr("Mở tệp chấp thuận")
        path = places.open_carried(self, self.office, title, places.APPROVALS)
        if path is not None:
            self.enter_by(path)

    def enter_by(self, path: Path) -> None:
        """Take in the hub's approval."""
        said = self.tr("Đã vào nhóm đồng bộ. Từ nay gửi và nhận gói được.")
        self._do(lambda: joining.accept(self.office.store, path), said)

    def admit(self) -> None:
        """Choose a request and judge it."""
        title = self.tr("Mở tệp xin tham gia")
        path = places.open_carried(self, self.office, title, places.REQUESTS)
        if path is not None:
            self.judge(path)

    def judge(self, path: Path) -> None:
        """Look at a request, hear its fingerprint, and let the office in."""
        store = self.office.store
        try:
            request, likely = joining.look_at_request(store, path)
        except AppError as error:
            self.office.say("danger", str(error))
            return
        chosen = ask_admit(self, self.office, request, likely)
        if chosen is None:
            return
        title, kinds = self.tr("Ghi tệp chấp thuận"), places.APPROVALS
        approval = places.save_carried(self, self.office, title, kinds, "chap-thuan.pha")
        if approval is not None:
            said = self.tr("Đã chấp thuận {}. Gửi lại tệp chấp thuận cho văn phòng đó.")
            self._do(
                lambda: joining.admit(store, path, approval, chosen), said.format(request.name)
            )

    def open_copy(self) -> None:
        """Open a register in a window of its own, only to be read."""
        title = self.tr("Chọn sổ để xem")
        path = places.open_carried(self, self.office, title, places.REGISTERS)
        if path is not None:
            self.office.copy_wanted.emit(path)

    def retire(self, machine: MachineLine) -> None:
        """Say that a machine writes no more."""
        if not machine.may_retire:
            return
        title = self.tr("Cho máy của {} thôi dùng?").format(machine.office)
        body = self.tr(
            "Máy có dấu nhận “{words}” không được công nhận nữa. Những gì nó viết sau lần trao đổi "
            "cuối sẽ bị giữ lại ở cửa. Văn phòng ấy thay máy bằng một tệp xin tham gia mới."
        ).format(words=machine.words)
        if dialogs.ask(self, title, body, self.tr("Cho thôi dùng")):
            replica = bytes.fromhex(machine.id)
            said = self.tr("Đã cho máy của {} thôi dùng.").format(machine.office)
            self._do(lambda: membership.retire(self.office.store, replica), said)

    # what is shown -------------------------------------------------------------

    def _alone(self) -> list[Item]:
        hub = self.tr(
            "Mỗi tỉnh có một văn phòng đầu mối, thường là cơ quan chủ trì nhiều quy chế nhất. Văn "
            "phòng đầu mối lập nhóm, rồi mời và chấp thuận các văn phòng khác."
        )
        member = self.tr(
            "Văn phòng đầu mối gửi một thư mời. Mở thư mời, đối chiếu dấu nhận qua điện thoại, rồi "
            "gửi lại tệp xin tham gia."
        )
        return [
            section(self.tr("Văn phòng này được mời")),
            text(member, wrap=True),
            self._acts((self.tr("Mở thư mời …"), "primary", self.ask)),
            section(self.tr("Văn phòng này là đầu mối")),
            text(hub, wrap=True),
            self._acts((self.tr("Lập nhóm đồng bộ …"), "plain", self.found)),
        ]

    def _asked(self) -> list[Item]:
        told = self.tr(
            "Văn phòng đầu mối mở tệp xin tham gia, đối chiếu dấu nhận dưới đây qua điện thoại, "
            "rồi gửi lại tệp chấp thuận."
        )
        words = self._request_words or joining.own_fingerprint(self.office.store)
        return [
            section(self.tr("Chờ văn phòng đầu mối chấp thuận")),
            text(told, wrap=True),
            *self._spoken(self.tr("Đọc qua điện thoại: “Dấu nhận của máy chúng tôi là …”"), words),
            self._acts(
                (self.tr("Mở tệp chấp thuận …"), "primary", self.accept),
                (self.tr("Mở thư mời, tạo lại tệp xin tham gia …"), "plain", self.ask),
            ),
        ]

    def _stranger(self) -> list[Item]:
        told = self.tr(
            "Sổ này thuộc nhóm của {hub}, nhưng máy này chưa được công nhận. Nếu máy này thay máy "
            "cũ: mở thư mời, tạo tệp xin tham gia và gửi cho văn phòng đầu mối; máy cũ sẽ thôi "
            "dùng."
        ).format(hub=self._standing.hub)
        return [
            section(self.tr("Máy này thay máy cũ")),
            text(self._standing.trouble, wrap=True),
            text(told, wrap=True),
            self._acts(
                (self.tr("Mở thư mời …"), "primary", self.ask),
                (self.tr("Mở tệp chấp thuận …"), "plain", self.accept),
            ),
        ]

    def _reading(self) -> list[Item]:
        told = self._standing.trouble or self.tr("Sổ đang mở ở chế độ chỉ đọc.")
        return [section(self.tr("Không gửi và nhận được ở đây")), text(told, wrap=True)]

    def _copies(self) -> list[Item]:
        told = self.tr(
            "Mở một bản sao lưu hay tệp sổ của văn phòng khác trong cửa sổ riêng. Xem được mọi "
            "thứ, không ghi được gì; bản sao bị xóa khi đóng cửa sổ."
        )
        return [
            section(self.tr("Xem một bản sao")),
            text(told, wrap=True),
            self._acts((self.tr("Mở bản sao để xem …"), "plain", self.open_copy)),
        ]

    def _hub(self) -> list[Item]:
        words = self._standing.words
        said = self.tr("Đọc qua điện thoại khi bên kia mở thư mời: “Dấu nhận của nhóm là …”")
        steps = self.tr(
            "1. Tạo thư mời và gửi cho văn phòng mới. 2. Văn phòng mới gửi lại tệp xin tham gia. "
            "3. Mở tệp ấy, đối chiếu dấu nhận qua điện thoại, chấp thuận, rồi gửi tệp chấp thuận."
        )
        return [
            section(self.tr("Mời văn phòng khác")),
            text(steps, wrap=True),
            *self._spoken(said, words),
            self._acts(
                (self.tr("Tạo thư mời …"), "plain", self.invite),
                (self.tr("Chấp thuận văn phòng …"), "primary", self.admit),
            ),
            *self._machines(),
        ]

    def _member(self) -> list[Item]:
        told = self.tr(
            "Danh sách văn phòng do đầu mối ký và đi theo mọi gói. Thay máy: chép thư mục dữ liệu "
            "sang máy mới, nhận máy mới làm máy ghi sổ trong Cài đặt, rồi gửi tệp xin tham gia từ "
            "máy mới."
        )
        return [
            section(self.tr("Đã vào nhóm")),
            facts(
                (self.tr("Đầu mối"), self._standing.hub),
                (self.tr("Dấu nhận của nhóm"), self._standing.words),
                label=_LABEL,
            ),
            M.s2,
            text(told, "muted", wrap=True),
            self._acts(
                (self.tr("Mở thư mời, thay máy …"), "plain", self.ask),
                (self.tr("Mở tệp chấp thuận …"), "plain", self.accept),
            ),
            *self._machines(),
        ]

    def _machines(self) -> list[Item]:
        machines = membership.machines(self.office.store)
        retires = any(machine.may_retire for machine in machines)
        told = self.tr("Bấm vào một máy để cho thôi dùng.") if retires else ""
        opens = self.retire if retires else None
        return [
            section(self.tr("Máy của các văn phòng")),
            *([text(told, "small")] if told else []),
            draw(Rows(_MACHINES, machines, opens=opens, headed=True)),
        ]

    def _spoken(self, sentence: str, words: str) -> list[Item]:
        groups = text(spoken(words), "title", wrap=True)
        groups.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        groups.setAccessibleName(self.tr("Dấu nhận: {}").format(words))
        inner = column(text(sentence, "small", wrap=True), M.s1, groups, pad=(M.s3, M.s1, 0, M.s1))
        return [M.s3, panel(inner, "quote")]

    def _acts(self, *acts: tuple[str, str, Callable[[], object]]) -> Item:
        buttons = [button(words, role, does=does) for words, role, does in acts]
        return row(*buttons, None, pad=(0, M.s3, 0, 0))

    def _do(self, act: Callable[[], object], said: str) -> None:
        try:
            act()
        except AppError as error:
            self.office.say("danger", str(error))
            return
        self.changed.emit()
        self.office.say("info", said)

    def _add(self, line: Item) -> None:
        if line is None:
            self._body.addStretch(1)
        elif isinstance(line, int):
            self._body.addSpacing(px(line))
        elif isinstance(line, QWidget):
            self._body.addWidget(line)
        else:
            self._body.addLayout(line)
