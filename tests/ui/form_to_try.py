"""A form to try: a paper with one field of every kind, and what a test asks of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlmodel import SQLModel

from app.models.trait import Input, Trait, field
from app.ui.common.form.form import FormSpec, Line
from app.ui.common.form.form_page import FormPage
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.widgets import text

CTRL = Qt.KeyboardModifier.ControlModifier
HEALTH, HOME, TAX = uuid4(), uuid4(), uuid4()
AGENCIES = [(HEALTH, "Sở Y tế"), (HOME, "Sở Nội vụ"), (TAX, "Thuế tỉnh")]
KINDS = {"regulation": "Quy chế phối hợp", "plan": "Kế hoạch phối hợp"}


class PaperDraft(SQLModel):
    kind: str = field("Loại văn bản", input=Input.CHOICE, words=KINDS, required=True)
    number: str | None = field("Số, ký hiệu", default=None, hint="Như trên văn bản")
    abstract: str = field("Trích yếu", input=Input.LONG, required=True)
    signed_on: date | None = field("Ngày ký", input=Input.DATE, default=None)
    pages: int | None = field("Số trang", input=Input.NUMBER, default=None)
    is_public: bool = field("Công khai", input=Input.YES_NO, default=False)
    lead_id: UUID | None = field("Chủ trì", input=Input.RECORD, refers="agency", default=None)
    rhythm: str | None = field("Thời hạn", input=Input.RECURRENCE, default=None)
    note: str | None = field("Ghi chú", default=None)


PARTIES = Trait("Phối hợp", Input.RECORDS, refers="agency")
SPEC = FormSpec(
    "paper",
    "Thêm văn bản",
    (
        ("Văn bản", ("kind", Line("number", 264), "abstract", "signed_on", "is_public")),
        ("Các bên", ("lead_id", Line("parties", more="Thêm cơ quan"), "rhythm")),
        ("Khác", (Line("pages", 72, "trang, ghi chú", then=Line("note", 200)),)),
    ),
    extra={"parties": PARTIES},
    side=lambda values: text(f"Số {values['number']}") if values["number"] else None,
)
WHOLE = {"kind": "regulation", "number": "18/QC", "abstract": "An ninh y tế"}
Open = Callable[..., FormPage]


def entry(page: FormPage, name: str) -> Any:
    return page.form.fields[name].entry()


def type_in(qtbot: QtBot, page: FormPage, name: str, words: str) -> None:
    entry(page, name).setFocus()
    qtbot.keyClicks(entry(page, name), words)


def errors(page: FormPage) -> dict[str, str]:
    return {name: page.form._errors[name].words for name in page.form.wrong()}


def shown(page: FormPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def said(page: FormPage) -> str:
    bar: Any = page.findChild(MessageBar)
    return str(bar.sentence())
