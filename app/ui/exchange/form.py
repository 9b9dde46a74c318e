"""The forms of the room: something sent or received, and no longer waiting for an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.models.exchange import Direction
from app.models.trait import Input, Trait
from app.models.values import Values
from app.ui.common.form.form import FormSpec, Line, Section

KEPT = ("form", "kind", "dated_on", "sender_id", "recipients", "regulation_id", "urgency")
"""What the next entry begins with: papers come in heaps of one kind, from one place, on one day."""
FULFILS, IS_DONE = "instance_id", "is_done"
Choices = Callable[[object], Sequence[tuple[UUID, str]]]
Offered = Callable[[Values], Sequence[tuple[UUID, str]]]
ANSWER, RECEIVED = "exchange_answer", "exchange_received"
"""What the drafts of these new forms are kept by: each is resumed as what it was."""


def exchange_form(
    direction: Direction,
    record_id: UUID | None,
    instances: Choices,
    asked: Offered,
    *,
    answers: UUID | None = None,
) -> FormSpec:
    """The form of one exchange, or of a new one that *answers* another.

    *instances* are the due instances that it may fulfil, *asked* what it may be an answer to.
    """
    is_new, is_answer = record_id is None, answers is not None
    more = (FULFILS, IS_DONE) if is_new else (FULFILS,)
    sections: list[Section] = [
        (_tr("Văn bản, tin"), _about(direction)),
        (_tr("Trả lời"), ("reply_due_on", *(("answers_id",) if is_answer or not is_new else ()))),
    ]
    if direction is Direction.RECEIVED:
        arrived = Line("received_number", 132, then=Line("received_on", note=_tr("ngày đến")))
        sections.append((_tr("Vào sổ đến"), (arrived, "handled_by")))
    sections += [
        (_tr("Theo quy chế, nghĩa vụ"), ("regulation_id", *more)),
        (
            _tr("Phân loại, lưu giữ"),
            (Line("urgency", 132), Line("secrecy", 132), "is_valuable", "stored_at", "note"),
        ),
    ]
    return FormSpec(
        key=_key(direction, answers) if is_new else "exchange",
        title=_title(direction, is_new=is_new, is_answer=is_answer),
        sections=tuple(sections),
        extra={
            FULFILS: Trait(_tr("Thực hiện nghĩa vụ"), Input.RECORD, refers="occurrence"),
            IS_DONE: Trait(_tr("Ghi kỳ này hoàn thành"), Input.YES_NO),
            "received_number": Trait(_tr("Số đến")),
            "received_on": Trait(_tr("Ngày đến"), Input.DATE),
            "handled_by": Trait(_tr("Đơn vị giải quyết")),
        },
        narrowed={FULFILS: lambda values: instances(values[FULFILS]), "answers_id": asked},
        keeps=KEPT,
        may_add_another=not is_answer,
    )


def _key(direction: Direction, answers: UUID | None) -> str:
    if answers is not None:
        return f"{ANSWER}.{answers}"
    return RECEIVED if direction is Direction.RECEIVED else "exchange"


def closing_form(cited: str) -> FormSpec:
    """No longer waiting: the day, and why."""
    return FormSpec(
        key="exchange_closing",
        title=_tr("Thôi chờ trả lời"),
        sections=((cited, ("closed_on", "closed_ground")),),
        may_add_another=False,
    )


def _about(direction: Direction) -> tuple[str | Line, ...]:
    """What stands on the paper, the body on the other side first: it is what changes."""
    sender, recipients = Line("sender_id"), Line("recipients", more=_tr("Thêm nơi nhận"))
    bodies = (sender, recipients) if direction is not Direction.SENT else (recipients, sender)
    return (
        *bodies,
        Line("number", 200, then=Line("dated_on", note=_tr("ngày văn bản"))),
        "abstract",
        Line("kind", 200, then=Line("form", 132)),
        "signer",
    )


def _title(direction: Direction, *, is_new: bool, is_answer: bool) -> str:
    if not is_new:
        return _tr("Sửa văn bản, tin trao đổi")
    if is_answer:
        return _tr("Ghi văn bản trả lời")
    received = direction is Direction.RECEIVED
    return _tr("Ghi văn bản, tin đến") if received else _tr("Ghi văn bản, tin đi")


def _tr(words: str) -> str:
    return QCoreApplication.translate("ExchangeForm", words)
