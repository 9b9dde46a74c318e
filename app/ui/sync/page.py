"""The room Đồng bộ: what waits at the left, the one that is chosen at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.errors import AppError
from app.services.agreement import disputes
from app.services.agreement.disputes import Queued
from app.services.sync import arrival, dispatch, membership, quarantine
from app.services.sync.membership import Membership
from app.ui.actions import command
from app.ui.common.list.reading import PageReading
from app.ui.common.parts.file_drop import FileDrop
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office, Place
from app.ui.common.parts.page import Page
from app.ui.common.parts.pages import Pages
from app.ui.common.parts.widgets import button, column, heading, panel, row, rule
from app.ui.sync import entries, places
from app.ui.sync.asking import ask_bulk
from app.ui.sync.carried_in import open_carried_file
from app.ui.sync.conflict_part import ConflictPart
from app.ui.sync.duplicates_part import DuplicatesPart
from app.ui.sync.joining_part import JoiningPart
from app.ui.sync.offices_part import OfficesPart
from app.ui.sync.packages_part import PackagesPart
from app.ui.sync.quarantine_part import QuarantinePart
from app.ui.sync.queue import Queue
from app.ui.sync.receive_page import ReceivePage
from app.ui.sync.send_page import SendPage
from app.ui.sync.settled_part import SettledPart
from app.ui.theme import hold
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP

_WORDS = "SyncPage"
_SIDE = 256


@dataclass(frozen=True)
class Seen:
    """What the column at the left is made of."""

    queue: Sequence[Queued]
    aside: int
    standing: Membership
    last: dict[bytes, str]


class SyncPage(Page):
    """Every part is made when first seen; a package dropped anywhere here is looked at."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setObjectName("canvas")
        self.addActions(list(self.commands.values()))
        self.seen = Seen((), 0, Membership(membership.Stage.ALONE), {})
        self._parts: dict[str, Page] = {}
        self._key = ""
        self.reading = PageReading(self, office, self._read, self._show, self._on_unread)
        self._build()
        office.changed.connect(self._on_changed)
        self.refresh()

    @property
    def part(self) -> Page | None:
        """What is on screen at the right."""
        part = self._stack.currentWidget()
        return part if isinstance(part, Page) else None

    @property
    def joining(self) -> JoiningPart:
        """The steps into a circle."""
        part = self._part("joining")
        if not isinstance(part, JoiningPart):
            raise TypeError(part)
        return part

    @property
    def selection_words(self) -> str:
        """What the status bar says of the part on screen."""
        return self.part.selection_words if self.part is not None else ""

    # commands ----------------------------------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Nhận gói …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Mở một gói đã nhận để xem trước; kéo tệp vào đây cũng được"),
        shortcut="Ctrl+O",
        icon="import",
    )
    def receive(self) -> None:
        """Choose a package and show what it would do."""
        path = places.open_carried(self, self.office, self.tr("Chọn gói"), places.PACKAGES)
        if path is not None:
            self.look_at(path)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Tạo gói …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Xem những gì sẽ gửi, rồi ghi gói ra USB hoặc thư mục"),
        shortcut="Ctrl+G",
        icon="export",
    )
    def send(self) -> None:
        """Show what would go to the offices that are ticked, or to all that something waits for."""
        part = self._parts.get("offices")
        ticked = part.ticked() if isinstance(part, OfficesPart) else []
        peers = self.seen.standing.peers
        self.send_to(ticked or [p.office for p in peers if p.waiting] or [p.office for p in peers])

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Ghi lựa chọn"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi các giá trị đã chọn của bản ghi đang xung đột"),
        shortcut="Ctrl+S",
        unlisted=True,
    )
    def settle(self) -> None:
        """Write the decisions on the record on screen."""
        if isinstance(self.part, ConflictPart):
            self.part.write()

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Giải quyết nhiều xung đột như nhau …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Một lựa chọn cho mọi xung đột do một gói mang đến"),
        unlisted=True,
    )
    def settle_alike(self) -> None:
        """Decide the conflicts that one package brought, all for the same side."""
        groups = entries.packages_in(self.seen.queue)
        asked = ask_bulk(self, [words for words, _ in groups]) if groups else None
        if asked is None:
            return
        number, ours, why = asked
        items = [(item.entity, item.id) for item in groups[number][1]]
        try:
            count = disputes.settle_alike(self.office.store, items, ours=ours, reason=why)
        except AppError as error:
            self.office.say("danger", str(error))
            return
        said = self.tr("Đã ghi lựa chọn ở {n} trường của {m} bản ghi.")
        sentence = said.format(n=count, m=len(items))
        self.office.say("info", sentence, [(self.tr("Hoàn tác"), self.office.undo)])

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Đọc lại"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Đọc lại từ sổ"),
        shortcut="F5",
        unlisted=True,
    )
    def read_again(self) -> None:
        """Read everything again."""
        self.refresh()

    # what the window and other rooms ask ---------------------------------------

    def arrive(self, place: Place) -> None:
        """Show a part by its name, a record in conflict, or what a carried file would do."""
        self.reading.catch_up()
        if place.carried is not None:
            open_carried_file(self, place.carried)
        elif isinstance(place.record_id, UUID):
            self.show_part(entries.conflict_of(self.seen.queue, place.record_id))
        elif place.view == "conflicts":
            only_aside = self.seen.aside and not self.seen.queue
            first = entries.first_conflict(self.seen.queue)
            self.show_part(entries.QUARANTINE if only_aside else first)
        elif place.view:
            self.show_part(place.view)

    @property
    def message_bar(self) -> MessageBar:
        """That of the part on screen, else the one over it."""
        own = self.part.message_bar if self.part is not None else None
        return own or self.message

    def look_at(self, path: Path) -> None:
        """Read a package, off the UI thread, and lay what it would do over the room."""
        store = self.office.store
        self.office.tasks.start(
            lambda progress: arrival.look(store, path, progress),
            lambda found: self.office.open_page(ReceivePage(self.office, path, found)),
            label=self.tr("Đang xem gói"),
        )

    def send_to(self, offices: Sequence[bytes]) -> None:
        """Lay what would go to *offices* over the room."""
        store = self.office.store
        if not self.seen.standing.may_exchange or not offices:
            self.show_part("joining" if not self.seen.standing.may_exchange else "offices")
            return
        self.office.tasks.start(
            lambda progress: dispatch.going(store, offices, progress),
            lambda found: self.office.open_page(SendPage(self.office, found)),
            label=self.tr("Đang xem những gì sẽ gửi"),
        )

    def show_part(self, key: str) -> None:
        """Bring the part *key* on screen."""
        kind, _, rest = key.partition(":")
        if kind == "conflict" and not self._show_conflict(rest):
            self.show_part(entries.first_conflict(self.seen.queue))
            return
        part = self._part(kind)
        if isinstance(part, OfficesPart | JoiningPart):
            part.show_standing(self.seen.standing)
        if isinstance(part, PackagesPart) and rest:
            part.visit(view=rest)
        self._key = key
        self._stack.setCurrentWidget(part)
        if kind == "office" and isinstance(part, OfficesPart):
            part.stand_on(bytes.fromhex(rest))
        self.queue.stand_on(key)
        self.message.close_message()
        self.office.note_selection(self.selection_words)

    def refresh(self) -> None:
        """Read again what waits."""
        self.reading.again()

    # inside --------------------------------------------------------------------

    def _read(self) -> Seen:
        store = self.office.store
        with store.reading() as session:
            queue, aside = disputes.queue(session), quarantine.count(session)
        standing = membership.of(store)
        return Seen(queue, aside, standing, entries.last_days(standing))

    def _on_unread(self, error: AppError) -> None:
        self.message.say("danger", str(error), [(self.tr("Đọc lại"), self.refresh)])

    def _show(self, found: Seen) -> None:
        self.seen = found
        shown = entries.entries_of(found.queue, found.aside, found.standing, found.last)
        self.queue.show_entries(shown)
        self.commands["settle_alike"].setEnabled(len(found.queue) > 1)
        self.commands["send"].setEnabled(found.standing.may_exchange)
        self.commands["receive"].setEnabled(found.standing.may_exchange)
        self._fit_part()

    def _fit_part(self) -> None:
        """Keep the part on screen, unless what it showed is no more."""
        known = {entry.key for entry in self.queue.entries()}
        if not self._key:
            self.show_part(entries.first_part(self.seen.queue, self.seen.standing))
        elif self._key.startswith("conflict:") and self._key not in known:
            self.show_part(entries.first_conflict(self.seen.queue))
        elif isinstance(self.part, OfficesPart | JoiningPart):
            self.part.show_standing(self.seen.standing)
        self.queue.stand_on(self._key)

    def _show_conflict(self, rest: str) -> bool:
        item = next((each for each in self.seen.queue if each.id.hex == rest), None)
        if item is None:
            return False
        place = self.tr("Xung đột {n} / {m}").format(
            n=self.seen.queue.index(item) + 1, m=len(self.seen.queue)
        )
        part, count = self._part("conflict"), len(self.seen.queue)
        return isinstance(part, ConflictPart) and part.show_record(
            item.entity, item.id, place, count
        )

    def _later(self) -> None:
        """Go on to the next record in conflict; what was chosen stays chosen."""
        keys = [entries.conflict_key(item.id) for item in self.seen.queue]
        at = keys.index(self._key) + 1 if self._key in keys else 0
        self.show_part(keys[at % len(keys)] if keys else "settled")

    def _part(self, kind: str) -> Page:
        kind = "offices" if kind == "office" else kind
        if kind not in self._parts:
            self._parts[kind] = self._made(kind)
            self._stack.addWidget(self._parts[kind])
        return self._parts[kind]

    def _made(self, kind: str) -> Page:
        makers: dict[str, Callable[[], Page]] = {
            "conflict": self._conflict_part,
            "offices": self._offices_part,
            "joining": self._joining_part,
            "settled": partial(SettledPart, self.office),
            "quarantine": partial(QuarantinePart, self.office),
            "packages": partial(PackagesPart, self.office),
            "duplicates": partial(DuplicatesPart, self.office),
        }
        return makers[kind]()

    def _conflict_part(self) -> Page:
        made = ConflictPart(self.office)
        made.later.connect(self._later)
        made.alike.connect(self.settle_alike)
        return made

    def _offices_part(self) -> Page:
        made = OfficesPart(self.office)
        made.sending.connect(self.send_to)
        made.joining.connect(partial(self.show_part, "joining"))
        return made

    def _joining_part(self) -> JoiningPart:
        made = JoiningPart(self.office)
        made.changed.connect(self.refresh)
        return made

    def _build(self) -> None:
        self.queue = Queue()
        self.queue.picked.connect(self.show_part)
        self.message = MessageBar(above=M.s2)
        self._stack = Pages()
        takes = button(self.tr("Nhận gói …"), does=self.commands["receive"].trigger)
        makes = button(self.tr("Tạo gói …"), does=self.commands["send"].trigger)
        for made, name in ((takes, "receive"), (makes, "send")):
            action = self.commands[name]
            action.changed.connect(partial(self._follow, made, name))
        foot = row(takes, makes, None, pad=(M.s4, M.s3, M.s4, M.s3))
        left = column(heading(self.tr("Đồng bộ"), ""), self.queue, foot)
        left.setStretch(1, 1)
        side = panel(left)
        hold(side, width=_SIDE)
        right = column(self.message, self._stack)
        right.setStretch(1, 1)
        whole = row(side, rule("side_line"), panel(right), gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.queue)
        FileDrop(self, self._drop)

    def _follow(self, made: QPushButton, name: str) -> None:
        made.setEnabled(self.commands[name].isEnabled())
        made.setToolTip(self.commands[name].toolTip())

    def _drop(self, paths: Sequence[Path]) -> None:
        open_carried_file(self, paths[0])

    def _on_changed(self, _changes: object) -> None:
        self.reading.note_change()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reading.catch_up()
