"""Packages made and received: copy one out again, see what it said, take one back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from app.registers.package import REGISTER, PackageLine
from app.services.sync import membership, withdrawal
from app.services.sync.withdrawal import Withdrawn
from app.sync import links
from app.ui.actions import command
from app.ui.common.list.register_page import RegisterPage
from app.ui.common.pane.content import DetailContent, Facts, Part, Tab, Words
from app.ui.common.parts import dialogs
from app.ui.common.parts.office import open_path
from app.ui.sync.places import choose_place
from app.words import QT_TRANSLATE_NOOP

_WORDS = "PackagesPart"


class PackagesPart(RegisterPage[PackageLine]):
    """The book of packages. A package lies in the outbox until its reader has acknowledged it."""

    register = REGISTER
    watches = frozenset({"*"})
    icon = "exchange"
    main_role = "plain"

    def records(self, session: Session) -> Sequence[PackageLine]:
        del session
        return membership.packages(self.office.store)

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Chưa có gói nào"),
            self.tr("Tạo gói cho một văn phòng, phím Ctrl+G, hoặc nhận gói, phím Ctrl+O."),
        )

    def detail(self, session: Session, row: PackageLine) -> DetailContent:
        del session
        return DetailContent(
            kind=self.tr("Gói đã gửi") if row.is_ours else self.tr("Gói đã nhận"),
            title=self.tr("Gói số {n}, {office}").format(n=row.number, office=row.office),
            tags=((row.state, row.state),),
            tabs=(Tab(self.tr("Thông tin"), lambda: self._facts(row)),),
        )

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Chép ra USB …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Chép lại gói từ hộp gửi đi ra USB hoặc thư mục"),
        icon="export",
        per_record=True,
        enabled_when=lambda page: any(row.path is not None for row in page.chosen()),
        reads=True,
    )
    def copy_out(self) -> None:
        """Copy the package from the outbox again, read back and compared."""
        row = self.current()
        place = choose_place(self, self.office) if row is not None else None
        if row is None or place is None:
            return
        store = self.office.store
        self.office.tasks.start(
            lambda _progress: membership.copy_out(store, row, place),
            lambda path: self.office.say_written(
                self.tr("Đã ghi và đọc lại đúng, có thể rút USB."), path
            ),
            label=self.tr("Đang chép gói"),
        )

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Mở hộp gửi đi"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Xem thư mục chứa các gói chưa được xác nhận"),
        icon="folder",
        menu=QT_TRANSLATE_NOOP(_WORDS, "Xuất"),
        reads=True,
    )
    def open_outbox(self) -> None:
        """Show the outbox in the system's file manager."""
        folder = membership.outbox(self.office.store)
        open_path(folder if folder.exists() else self.office.store.folder.path)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Rút gói …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Trả lại những gì gói này đã đổi, trừ chỗ đã có người sửa"),
        icon="withdraw",
        per_record=True,
        enabled_when=lambda page: any(row.may_withdraw for row in page.chosen()),
    )
    def withdraw(self) -> None:
        """Take back what a received package did."""
        row = self.current()
        if row is None or not self._is_sure(row):
            return
        store = self.office.store
        self.office.tasks.start(
            lambda _progress: withdrawal.withdraw(store, bytes.fromhex(row.id)),
            self._withdrawn,
            label=self.tr("Đang rút gói"),
        )

    def _is_sure(self, row: PackageLine) -> bool:
        title = self.tr("Rút gói số {n} của {office}?").format(n=row.number, office=row.office)
        body = self.tr(
            "Những gì gói này đã đổi được trả lại như trước; ô nào đã có người sửa sau đó thì giữ "
            "nguyên; ô đang xung đột thì gỡ giá trị của gói, giữ giá trị bên cạnh. Việc rút là "
            "thay đổi của văn phòng này, đi theo các gói gửi sau và hoàn tác được."
        )
        return dialogs.ask(self, title, body, self.tr("Rút gói"))

    def _withdrawn(self, done: Withdrawn) -> None:
        self.refresh()
        self.office.say("info", done.sentences(), [(self.tr("Hoàn tác"), self.office.undo)])

    def _facts(self, row: PackageLine) -> list[Part]:
        pairs = (
            (self.tr("Thời gian"), row.time),
            (self.tr("Thay đổi"), str(row.sets)),
            (self.tr("Tên tệp"), row.name),
            (self.tr("Hộp gửi đi"), str(row.path) if row.path else ""),
        )
        parts: list[Part] = [Facts(pairs)]
        if row.is_ours and row.code == links.MADE:
            told = self.tr(
                "Bên nhận xác nhận trong gói họ gửi lại. Chưa có xác nhận thì gói sau mang lại cả "
                "những gì gói này có, nên mất một gói cũng không sao."
            )
            parts.append(Words(told, "muted"))
        return parts
