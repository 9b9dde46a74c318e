"""Short forms laid over the list: complete, extend, cancel, an event, pause and resume."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlmodel import Session

from app.models import ObligationDraft, OccurrenceDraft
from app.models.occurrence_row import OccurrenceRow
from app.models.occurrence_state import occurrence_state
from app.models.trait import Input, Trait
from app.models.values import Values, needed, said
from app.services.obligation import obligations
from app.text import date_words
from app.ui.common.form.form import FormSpec, Line
from app.ui.common.form.form_page import FormPage
from app.ui.common.parts.office import Office
from app.ui.common.parts.widgets import Item, column, mark, panel, row, text
from app.ui.tokens import M
from app.words import kept, marked, told

Write = Callable[[Session, OccurrenceRow, Values, date], object]
_MOST_LISTED = 10


@dataclass(frozen=True)
class Act:
    """One thing done to due instances. `said` is its name in a sentence and in the undo menu."""

    key: str
    said: str
    lines: Sequence[str | Line]
    write: Write
    required: Mapping[str, Trait] = field(default_factory=dict)
    given: Callable[[Sequence[OccurrenceRow], date], Values] = lambda _rows, _today: {}
    draft: type = OccurrenceDraft
    whole_obligation: bool = False


def act_form(
    office: Office, act: Act, rows: Sequence[OccurrenceRow], done: Callable[[str], object]
) -> FormPage:
    """The form of *act* for *rows*; all are written as one change. *done* gets what was done."""
    chosen = _obligations(rows) if act.whole_obligation else list(rows)
    many = len(chosen) > 1
    pattern = marked("{act} {count} nghĩa vụ" if many else "{act} “{subject}”")
    facts = {"count": len(chosen), "subject": chosen[0].subject}
    label, done_ = kept(pattern, act=act.said, **facts), told(pattern, act=told(act.said), **facts)
    title = done_ if many else told(act.said)

    def save(values: Values) -> None:
        with office.store.changing(label) as session:
            for each in chosen:
                act.write(session, each, values, office.today())
        done(done_)

    spec = FormSpec(
        f"obligation.{act.key}",
        title,
        ((chosen[0].subject if not many else told("Áp dụng cho mọi dòng đã chọn"), act.lines),),
        extra=act.required,
        side=partial(_about, office, chosen),
        may_add_another=False,
    )
    given = act.given(chosen, office.today())
    return FormPage(
        office,
        spec,
        act.draft,
        given,
        save,
        choices=lambda _refers: (),
        record_id=chosen[0].id,
        room="obligation",
    )


def _obligations(rows: Sequence[OccurrenceRow]) -> list[OccurrenceRow]:
    return list({each.obligation_id: each for each in rows}.values())


def _about(office: Office, rows: Sequence[OccurrenceRow], values: Values) -> QWidget:
    """What is acted on, and what state a completion will bring."""
    parts: list[Item] = []
    for each in rows[:_MOST_LISTED]:
        due = told("Hạn {due}", due=date_words(each.due)) if each.due else told("Chưa xác định hạn")
        parts += [
            text(each.subject, "strong", wrap=True),
            text(f"{each.bodies.lead}. {due}.", wrap=True),
        ]
        done_on = values.get("completed_on")
        if isinstance(done_on, date):
            state = occurrence_state(each.due, today=office.today(), completed_on=done_on)
            parts.append(row(mark(state), text(told(state), "muted"), None, pad=(0, M.s1, 0, 0)))
        parts.append(M.s3)
    if len(rows) > _MOST_LISTED:
        parts.append(text(told("và {more} dòng khác", more=len(rows) - _MOST_LISTED), "muted"))
    return panel(column(*parts))


def _complete(session: Session, each: OccurrenceRow, values: Values, today: date) -> None:
    obligations.complete(
        session,
        each.obligation_id,
        each.period,
        on=needed(values, "completed_on", date),
        today=today,
        result=said(values, "result", str),
        evidence=said(values, "evidence", str),
        was={"result": each.written.result, "evidence": each.written.evidence},
    )


def _extend(session: Session, each: OccurrenceRow, values: Values, _today: date) -> None:
    obligations.extend(
        session,
        each.obligation_id,
        each.period,
        to=needed(values, "extended_to", date),
        ground=said(values, "extension_ground", str) or "",
        was={"extended_to": each.extended_to},
    )


def _cancel(session: Session, each: OccurrenceRow, values: Values, _today: date) -> None:
    obligations.cancel(
        session,
        each.obligation_id,
        each.period,
        on=needed(values, "cancelled_on", date),
        ground=said(values, "cancel_ground", str) or "",
    )


def _event(session: Session, each: OccurrenceRow, values: Values, _today: date) -> None:
    obligations.note_event(
        session,
        each.obligation_id,
        needed(values, "event_on", date),
        said(values, "event", str) or "",
    )


def _pause(session: Session, each: OccurrenceRow, values: Values, _today: date) -> None:
    on, ground = needed(values, "standing_from", date), said(values, "standing_ground", str) or ""
    obligations.pause(session, each.obligation_id, on=on, ground=ground)


def _resume(session: Session, each: OccurrenceRow, values: Values, _today: date) -> None:
    obligations.resume(session, each.obligation_id, on=needed(values, "standing_from", date))


def _day(label: str) -> Trait:
    return Trait(label, Input.DATE, required=True)


COMPLETE = Act(
    "complete",
    marked("Ghi hoàn thành"),
    ("completed_on", "result", "evidence"),
    _complete,
    {"completed_on": _day(marked("Ngày hoàn thành"))},
    lambda _rows, today: {"completed_on": today},
)
EXTEND = Act(
    "extend",
    marked("Điều chỉnh hạn"),
    ("extended_to", "extension_ground"),
    _extend,
    {
        "extended_to": _day(marked("Hạn mới")),
        "extension_ground": Trait("Lý do", required=True, hint="Số, ngày văn bản đồng ý; lý do"),
    },
)
CANCEL = Act(
    "cancel",
    marked("Hủy kỳ"),
    ("cancelled_on", "cancel_ground"),
    _cancel,
    {"cancelled_on": _day(marked("Ngày hủy")), "cancel_ground": Trait("Lý do hủy", required=True)},
    lambda _rows, today: {"cancelled_on": today},
)
EVENT = Act(
    "event",
    marked("Ghi sự kiện"),
    ("event_on", "event"),
    _event,
    {"event_on": _day(marked("Ngày xảy ra sự kiện")), "event": Trait("Sự kiện", required=True)},
    lambda _rows, today: {"event_on": today},
)
PAUSE = Act(
    "pause",
    marked("Tạm dừng"),
    (Line("standing_from", label="Kể từ ngày"), "standing_ground"),
    _pause,
    {"standing_from": _day(marked("Kể từ ngày")), "standing_ground": Trait("Lý do", required=True)},
    lambda _rows, today: {"standing_from": today},
    ObligationDraft,
    whole_obligation=True,
)
RESUME = Act(
    "resume",
    marked("Thực hiện lại"),
    ("standing_from",),
    _resume,
    {"standing_from": _day(marked("Kể từ ngày"))},
    lambda _rows, today: {"standing_from": today},
    ObligationDraft,
    whole_obligation=True,
)
ALL = {act.key: act for act in (COMPLETE, EXTEND, CANCEL, EVENT, PAUSE, RESUME)}
"""Every act by its key."""
