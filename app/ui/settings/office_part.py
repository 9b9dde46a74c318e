"""Who this office is, where its data lies, and whether this machine may write."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QBoxLayout
from sqlmodel import SQLModel

from app import paths
from app.models.states import RegulationState
from app.models.trait import Input, Trait
from app.models.values import Values, needed, said, several
from app.services import agencies, clerks
from app.settings import OFFICE_FOLDER
from app.store import OfficeFacts, creation
from app.ui.actions import command
from app.ui.common.form.choices import choices_of
from app.ui.common.form.form import FormSpec, Line
from app.ui.common.form.form_page import FormPage
from app.ui.common.parts.dialogs import ask, choose_folder
from app.ui.common.parts.office import open_path
from app.ui.common.parts.widgets import Item, facts, mark, row, section, text
from app.ui.settings.part import SettingsPart
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP

_LABEL = 132


class OfficePart(SettingsPart):
    """Facts of this file alone: they are never sent to another office."""

    watches = frozenset({"fact", "agency", "clerk"})

    def lines(self) -> list[Item]:
        return [*self._office(), *self._folder(), *self._machine()]

    @command(
        QT_TRANSLATE_NOOP("OfficePart", "Sửa thông tin văn phòng"),
        tip=QT_TRANSLATE_NOOP("OfficePart", "Sửa tên văn phòng, cơ quan và người ghi sổ"),
        shortcut="F2",
        icon="edit",
    )
    def revise(self) -> None:
        """Open the form of the office's own facts."""
        store = self.office.store
        said = store.facts
        with store.reading() as session:
            writers = clerks.signatures(session)
        if said.clerk and said.clerk not in writers:
            writers.append(said.clerk)
        given = {"name": said.name, "agencies": said.agencies, "clerk": said.clerk or None}
        form = FormPage(
            self.office,
            _form({words: words for words in writers}),
            SQLModel,
            given,
            self._save,
            choices=choices_of(self.office),
            room="settings",
        )
        self.office.open_page(form)

    @command(
        QT_TRANSLATE_NOOP("OfficePart", "Mở thư mục dữ liệu"),
        tip=QT_TRANSLATE_NOOP("OfficePart", "Xem thư mục dữ liệu của sổ này"),
        icon="folder",
        reads=True,
    )
    def open_folder(self) -> None:
        """Show the folder in the system's file manager."""
        open_path(self.office.store.folder.path)

    @command(
        QT_TRANSLATE_NOOP("OfficePart", "Dùng thư mục khác …"),
        tip=QT_TRANSLATE_NOOP("OfficePart", "Chọn thư mục dữ liệu cho những lần mở sau"),
        reads=True,
    )
    def choose_folder(self) -> None:
        """Choose where the program looks from the next start on."""
        chosen = choose_folder(self, self.tr("Chọn thư mục dữ liệu"), None, creation.refuse_deep)
        if chosen is None:
            return
        before = self.office.settings[OFFICE_FOLDER]
        self.office.settings.choose(OFFICE_FOLDER, paths.named(chosen))
        sentence = self.tr("Lần mở sau dùng dữ liệu ở {}. Sổ đang mở không bị chuyển đi.")
        self.office.say(
            "info",
            sentence.format(chosen),
            [(self.tr("Dùng như cũ"), lambda: self.office.settings.choose(OFFICE_FOLDER, before))],
        )

    @command(
        QT_TRANSLATE_NOOP("OfficePart", "Nhận máy này làm máy ghi sổ"),
        tip=QT_TRANSLATE_NOOP("OfficePart", "Ghi tiếp sổ trên máy này thay cho máy cũ"),
        enabled_when=lambda page: page.office.store.read_only_reason is not None,
        reads=True,
    )
    def take_over(self) -> None:
        """Go on writing on this machine, under a new identity."""
        title = self.tr("Nhận máy này làm máy ghi sổ?")
        body = self.tr(
            "Từ nay sổ được ghi tiếp ở máy này, với khóa mới; dữ liệu và lịch sử đã có vẫn giữ. "
            "Nếu sổ được chép từ máy khác sang thì không ghi tiếp ở máy cũ, nếu không sẽ có hai "
            "sổ khác nhau. Văn phòng đã vào nhóm đồng bộ thì sau đó gửi lại tệp xin tham gia."
        )
        if not ask(self, title, body, self.tr("Nhận máy này")):
            return
        store = self.office.store
        store.renew_replica()
        store.announce(self.tr("Nhận máy này làm máy ghi sổ"))
        self.refresh()
        self.office.say("info", self.tr("Máy này đã là máy ghi sổ. Không ghi tiếp ở máy cũ."))

    def resume_draft(self, _key: str) -> None:
        """Open again the form that was left with a draft."""
        self.revise()

    def _office(self) -> list[Item]:
        store = self.office.store
        with store.reading() as session:
            names = agencies.full_names(session)
        bodies = [names[i] for i in store.facts.agencies if i in names]
        none = self.tr("Chưa chọn. Việc của cơ quan mình chưa được tính riêng.")
        nobody = self.tr("Chưa chọn. Nhật ký chưa ghi được ai đã sửa.")
        return [
            section(self.tr("Văn phòng này")),
            facts(
                (self.tr("Tên văn phòng"), store.facts.name or self.tr("Chưa đặt tên")),
                (self.tr("Cơ quan"), "\n".join(bodies) or none),
                (self.tr("Người ghi sổ"), store.facts.clerk or nobody),
                label=_LABEL,
            ),
            self.acts(self.act("revise")),
        ]

    def _folder(self) -> list[Item]:
        folder = self.office.store.folder
        lines: list[Item] = [
            section(self.tr("Dữ liệu")),
            facts(
                (self.tr("Thư mục"), str(folder.path)),
                (self.tr("Tệp sổ"), folder.database.name),
                label=_LABEL,
            ),
        ]
        warning = folder.warning()
        if warning:
            lines += [M.s2, _attention(warning)]
        return [*lines, self.acts(self.act("open_folder"), self.act("choose_folder"))]

    def _machine(self) -> list[Item]:
        reason = self.office.store.read_only_reason
        head = section(self.tr("Máy ghi sổ"))
        if reason is None:
            told = self.tr(
                "Máy này đang ghi sổ. Khi đổi máy, chép cả thư mục dữ liệu sang máy mới rồi nhận "
                "máy mới làm máy ghi sổ tại đây."
            )
            return [head, M.s2, text(told, "muted", wrap=True)]
        told = self.tr("Sổ đang mở ở chế độ chỉ đọc: {}").format(reason)
        return [head, M.s2, _attention(told), self.acts(self.act("take_over", "primary"))]

    def _save(self, values: Values) -> None:
        name, clerk = needed(values, "name", str), said(values, "clerk", str) or ""
        self.office.store.set_facts(OfficeFacts(name, several(values, "agencies", UUID), clerk))
        self.office.say("info", self.tr("Đã lưu thông tin văn phòng."))


def _form(writers: dict[str, str]) -> FormSpec:
    lines = (
        "name",
        Line("agencies", more=_tr("Thêm cơ quan")),
        Line("clerk"),
    )
    return FormSpec(
        key="office",
        title=_tr("Sửa thông tin văn phòng"),
        sections=((_tr("Văn phòng này"), lines),),
        extra={
            "name": Trait(_tr("Tên văn phòng"), required=True),
            "agencies": Trait(_tr("Cơ quan"), Input.RECORDS, refers="agency"),
            "clerk": Trait(_tr("Người ghi sổ"), Input.CHOICE, words=writers),
        },
        may_add_another=False,
    )


def _attention(words: str) -> QBoxLayout:
    line = row(mark(RegulationState.STALE), text(words, wrap=True), gap=M.s2)
    line.setStretch(1, 1)
    return line


def _tr(words: str) -> str:
    return QCoreApplication.translate("OfficePart", words)
