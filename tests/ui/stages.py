"""What a clerk may find on screen, one stage after the other, at one window on the sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from app.export.listing import Listing
from app.journal.keys import Keyring
from app.models import Conclusion, Finding, LegalDocument, Regulation, Review
from app.services import sample
from app.services.any_kind import records
from app.services.sync import joining
from app.settings import TEXT_SIZE
from app.store import Store
from app.ui.common.list import export, printing
from app.ui.common.list.column_chooser import ColumnChooser
from app.ui.common.list.print_preview import PrintPreview
from app.ui.common.parts.dialogs import Question
from app.ui.crash import CrashDialog
from app.ui.failure import FailureDialog
from app.ui.first_start import Begin, FirstStartDialog
from app.ui.help_pane import HelpPane
from app.ui.main_window import MainWindow
from app.ui.obligation import acts
from app.ui.preparing import Preparing
from app.ui.review import forms
from app.ui.rooms import ROOMS
from app.ui.settings.page import _PARTS
from app.ui.settings.restore_dialog import RestoreDialog
from app.ui.shortcut_sheet import ShortcutSheet
from app.ui.sync import entries
from app.ui.sync.admit_dialog import AdmitDialog
from app.ui.sync.asking import BulkQuestion, TypedQuestion
from tests.importers.papers import REGULATION
from tests.offices import TODAY
from tests.sync.circles import Desk, found, join
from tests.sync.circles import regulation as agreed

SCALES = tuple(int(size) for size in TEXT_SIZE.choices or ())
"""The text sizes a person may choose, in percent."""

Settle = Callable[[], None]
LONG = (
    "Thư mục dữ liệu nằm trên ổ đĩa mạng của cơ quan; mất kết nối giữa chừng có thể làm hỏng tệp, "
    "vì vậy hãy chọn một thư mục trên ổ đĩa của máy này. "
)
SECTIONS = ("opening", "figures", "inputs", "conclusions", "packet", "results")


class Sample:
    """The sample office as the hub of a circle: a conflict, a doubtful pair, a package to take."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder / "office", keyring=Keyring(folder / "keys"))
        sample.fill(self.store, today=TODAY)
        ours = Desk("Phòng Tham mưu", folder, self.store, self.store.facts.agencies[0])
        self.other = found(folder / "other", "Văn phòng Sở Y tế tỉnh Thanh Hóa")
        joining.begin(self.store)
        join(ours, self.other, folder)
        self.other.take(ours.send(self.other))
        ours.take(self.other.send(ours))
        rule = agreed(ours, ours.agency, self.other.agency)
        self.other.take(ours.send(self.other))
        for desk, words in ((ours, "An ninh y tế"), (self.other, "An ninh bệnh viện " * 9)):
            with desk.store.changing("Sửa quy chế") as session:
                records.revise(session, "regulation", rule, {"abstract": words, "note": words})
        ours.take(self.other.send(ours))
        with self.store.changing("Thêm văn bản") as session:
            first = records.live(session, LegalDocument)[0]
            twin = {"number": first.number, "issued_on": first.issued_on, "abstract": "Trùng"}
            records.enter(session, "legal_document", twin)
        self.package = self.other.send(ours)
        new = found(folder / "new", "Văn phòng Ủy ban nhân dân thành phố Thanh Hóa")
        joining.invite(self.store, folder / "moi.phm")
        joining.ask(new.store, folder / "moi.phm", folder / "xin.phr")
        self.request, _ = joining.look_at_request(self.store, folder / "xin.phr")
        new.store.close()
        self.paper = folder / "quy-che.txt"
        self.paper.write_text(REGULATION, encoding="utf-8")
        self.other.store.close()

    def first(self, model: Any) -> Any:
        """The id of the first live record of *model*."""
        with self.store.reading() as session:
            return records.live(session, model)[0].id


def rooms(window: MainWindow, settle: Settle) -> Iterator[str]:
    """Every room, every part of the rooms that have several, the message bar shown in each."""
    for room in ROOMS:
        window.enter(room.key)
        settle()
        yield room.key
        page: Any = window.page
        if hasattr(page, "table") and page.table.rowCount():
            page.view.go_to(0)
            settle()
            yield f"{room.key}.chosen"
            page.commands["read_detail"].trigger()
            settle()
            yield f"{room.key}.detail"
    for part in _PARTS:
        window.enter("settings")
        page = window.page
        page.show_part(part)
        settle()
        yield f"settings.{part}"
    window.enter("sync")
    page = window.page
    parts = ["offices", "joining", "settled", "quarantine", "packages", "duplicates"]
    for part in [entries.first_conflict(page.seen.queue), *parts]:
        page.show_part(part)
        settle()
        yield f"sync.{part.partition(':')[0]}"
    window.search("an ninh trật tự")
    window.palette_pane._searches.wait()
    settle()
    yield "palette"
    window.palette_pane.dismiss()
    window.sidebar._turn()
    for room in ROOMS:
        window.enter(room.key)
        settle()
        yield f"{room.key}.turned_sidebar"
    window.sidebar._turn()


def laid(window: MainWindow, given: Sample, settle: Settle) -> Iterator[str]:
    """Every form and everything else that is laid over a room."""
    for name, opens in _openings(window, given):
        opens()
        settle()
        yield name
        lift_all(window)
    pages: Any = {room.key: window.page_of(room.key) for room in ROOMS}
    for part in SECTIONS:
        pages["review"].open_workspace(given.first(Review), part)
        settle()
        yield f"workspace.{part}"
        if part == "opening":
            page: Any = window.page
            page.columns.show_figures()
            settle()
            yield "workspace.figures_column"
        lift_all(window)


def _openings(window: MainWindow, given: Sample) -> Iterator[tuple[str, Callable[[], object]]]:
    pages: Any = {room.key: window.page_of(room.key) for room in ROOMS}
    for kind in ("regulation", "obligation", "agency", "legal_document", "review"):
        window.enter(kind)
        yield f"form.{kind}", pages[kind].add
    window.enter("regulation")
    yield "form.regulation_edit", lambda: pages["regulation"].open_form(given.first(Regulation))
    yield "import", lambda: pages["regulation"].read_file(given.paper)
    window.enter("obligation")
    obligations = pages["obligation"]
    obligations.view.go_to(0)
    for act in acts.ALL.values():
        yield f"form.{act.key}", partial(obligations._act, act)
    window.enter("agency")
    agencies = pages["agency"]
    agencies.view.go_to(0)
    for name in ("rename", "succeed", "hand_over"):
        yield f"form.{name}", agencies.commands[name].trigger
    window.enter("settings")
    yield "form.office", pages["settings"].show_part("office").commands["revise"].trigger
    yield "form.clerk", pages["settings"].show_part("clerk").add
    window.enter("review")
    desk = pages["review"].open_workspace(given.first(Review), "results").desk
    office = window.office
    lift_all(window)
    said, agreed_on = given.first(Finding), given.first(Conclusion)
    yield "form.finding", lambda: office.open_page(forms.finding_form(desk, said))
    yield "form.conclusion", lambda: office.open_page(forms.conclusion_form(desk, agreed_on))
    task = forms.task_form
    yield "form.task", lambda: office.open_page(task(desk, agreed_on, done=lambda _id: None))
    yield "form.report", lambda: pages["review"].open_workspace(desk.id).open_report(None)
    window.enter("exchange")
    exchanges = pages["exchange"]
    for way in ("add_sent", "add_received", "answer", "close_waiting", "open"):
        exchanges.view.go_to(4)
        yield f"form.exchange_{way}", getattr(exchanges, way)
    window.enter("sync")
    sync = pages["sync"]
    yield "sync.receive", lambda: sync.look_at(given.package)
    yield "sync.send", lambda: sync.send_to([p.office for p in sync.seen.standing.peers])
    yield "sync.merge", lambda: _compare(sync)


def dialogs(window: MainWindow, given: Sample) -> Iterator[tuple[str, QWidget]]:
    """Every dialog, shown; the palette and the popups too."""
    for name, dialog in _dialogs(window, given):
        dialog.show()
        yield name, dialog
        dialog.close()
        dialog.deleteLater()


def _dialogs(window: MainWindow, given: Sample) -> Iterator[tuple[str, QWidget]]:
    acts_ = ("Nhập tiếp", "Bỏ nội dung", "Lưu")
    yield "question", Question(window, "Lưu nội dung đang nhập?", LONG, acts_)
    yield "long_question", Question(window, "Khôi phục bản sao lưu?", LONG * 12, acts_)
    first = FirstStartDialog(given.folder)
    first.use_backup(given.paper)
    first.folder.setText("")
    first.accept()
    yield "first_start", first
    empty = FirstStartDialog(given.folder)
    empty.choices[Begin.SAMPLE].setChecked(True)
    yield "first_start_empty", empty
    log = Path("C:\\Users\\nguyenvana\\AppData\\Local\\PhoiHop") / f"{'nhat-ky-' * 5}.log"
    yield "failure", FailureDialog(LONG * 4, log)
    yield "crash", CrashDialog("ZeroDivisionError\n" * 300, form_was_kept=True, parent=window)
    yield "restore", RestoreDialog("Khôi phục sổ về 12:00 ngày 23/11/2026?", LONG * 2, window)
    yield "typed", TypedQuestion(window, "Nhận gói 4?", LONG * 2, wanted="4", act="Nhận vào sổ")
    yield "bulk", BulkQuestion(window, [f"Gói số {n} của {LONG}" for n in range(1, 15)])
    yield "admit", AdmitDialog(window, window.office, given.request, {})
    yield "shortcuts", ShortcutSheet(window.shortcut_groups(), window)
    yield "help", HelpPane("regulation", window)
    preparing = Preparing(lambda _progress: None, "Đang tạo sổ mẫu của văn phòng", "Tạo sổ mẫu")
    yield "preparing", preparing
    preparing.tasks.wait()
    window.enter("regulation")
    page: Any = window.page
    chooser = ColumnChooser(page.view, page)
    chooser.open_under(page.filters.columns)
    yield "columns", chooser
    facet = next(f for f in page.register.facets if not f.is_period)
    yield "facet", page.filters.pick_words(facet.key)
    span = next(f for f in page.register.facets if f.is_period)
    yield "period", page.filters.pick_period(span.key)
    asked = export.listing(page)
    printer = printing.prepared(QPrinter(QPrinter.PrinterMode.HighResolution))
    paint = partial(_paint, asked)
    yield "print", PrintPreview(asked.title, printer, paint, window.office, page)


def _paint(asked: Listing[Any], device: QPagedPaintDevice) -> int:
    return printing.paint(device, asked)


def _compare(sync: Any) -> None:
    sync.show_part("duplicates")
    part = sync.part
    part.visit(part.table.all_records()[0].id)
    part.open()


def lift_all(window: MainWindow) -> None:
    """Take away all that lies over the room, unasked."""
    while window._laid:
        window._lift(window._laid[-1])
