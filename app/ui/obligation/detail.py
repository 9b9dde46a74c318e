"""What the pane says of one due instance and of its obligation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlmodel import Session

from app.errors import NotFound
from app.models import Obligation, Provision
from app.models.occurrence_row import OccurrenceRow
from app.models.occurrence_state import DONE, OPEN, OccurrenceState
from app.models.recurrence.rhythm import after_title
from app.models.recurrence.wording import WEEKDAYS
from app.registers.column import Column, Columns
from app.services.agreement import histories
from app.services.obligation import obligations
from app.services.regulation import provisions
from app.text import capitalized, date_words, span_words
from app.ui.common.pane.content import (
    Button,
    Buttons,
    DetailContent,
    Facts,
    History,
    Part,
    Quote,
    Rows,
    Section,
    Tab,
    Words,
)
from app.ui.common.pane.files_tab import files_of
from app.ui.common.pane.history import changes_of
from app.ui.common.parts.office import Office
from app.words import marked, told

PERIODS = marked("Kỳ thực hiện")
_MOST_OF_YEAR = 4


class Detail:
    """Builds the content of the pane; *does* are the page's commands by name."""

    def __init__(
        self,
        office: Office,
        page: QWidget,
        does: Callable[[str], object],
        opens: Callable[..., object],
    ) -> None:
        self._office, self._page = office, page
        self._does, self._opens = does, opens

    def content(self, session: Session, row: OccurrenceRow) -> DetailContent:
        """Everything of *row*; the tabs read more when they are looked at."""
        today, mine = self._office.today(), self._office.store.facts.agencies
        rows = obligations.rows_of(session, today=today, obligation_id=row.obligation_id, mine=mine)
        obligation = session.get_one(Obligation, row.obligation_id)
        cited = _cited(session, obligation)
        return DetailContent(
            told("Nghĩa vụ, kỳ {label}", label=row.label) if row.period else told("Nghĩa vụ"),
            row.subject,
            (
                Tab(told("Thông tin"), lambda: self._about(row, rows, obligation, cited)),
                Tab(PERIODS, lambda: self._periods(rows, obligation)),
                Tab(told("Kết quả"), lambda: self._result(row)),
                Tab(told("Tệp"), lambda: self._files(row)),
                Tab(told("Lịch sử"), lambda: self._history(row)),
            ),
            ((row.state, state_words(row)),),
        )

    def _about(
        self,
        row: OccurrenceRow,
        rows: Sequence[OccurrenceRow],
        obligation: Obligation,
        cited: Quote,
    ) -> Sequence[Part]:
        parts: list[Part] = [Facts(_facts(row, obligation))]
        if row.whole.source or cited.text:
            parts.append(Section(told("Căn cứ"), self._source_link(row)))
            parts.append(cited if cited.text else Words(cited.place or row.whole.source))
        parts += self._year(row, rows)
        if obligation.note:
            parts += [Section(told("Ghi chú")), Words(obligation.note)]
        parts.append(Buttons(self._buttons(row)))
        return parts

    def _source_link(self, row: OccurrenceRow) -> tuple[str, Callable[[], object]] | None:
        if row.record.regulation_id is not None:
            words = told("Mở điều khoản") if row.record.provision_id else told("Mở quy chế")
            kind, wanted = (
                ("provision", row.record.provision_id)
                if row.record.provision_id
                else ("regulation", row.record.regulation_id)
            )
            return words, partial(self._office.go, kind, wanted)
        if row.record.review_id is not None:
            return told("Mở hội nghị"), partial(self._office.go, "review", row.record.review_id)
        return None

    def _year(self, row: OccurrenceRow, rows: Sequence[OccurrenceRow]) -> list[Part]:
        year = (row.due or self._office.today()).year
        of_year = [each for each in rows if each.due is not None and each.due.year == year]
        if not of_year:
            return []
        seen = of_year[::-1][:_MOST_OF_YEAR]
        link = (told("Tất cả {count} kỳ", count=len(rows)), partial(self._opens, tab=PERIODS))
        return [
            Section(told("Các kỳ năm {year}", year=year), link),
            Rows(_ROWS, seen, opens=self._opens),
        ]

    def _periods(self, rows: Sequence[OccurrenceRow], obligation: Obligation) -> Sequence[Part]:
        until = date_words(obligation.ends_on, told(" đến "))
        rhythm = (
            (told("Theo quy định"), rows[0].whole.rhythm_words),
            (
                told("Áp dụng"),
                told(
                    "Từ {starts_on}{until}", starts_on=date_words(obligation.starts_on), until=until
                ),
            ),
        )
        table = Rows(_ROWS, list(rows)[::-1], opens=self._opens, headed=True)
        return (Facts(rhythm), Section(told("{count} kỳ", count=len(rows))), table)

    def _result(self, row: OccurrenceRow) -> Sequence[Part]:
        pairs = (
            (told("Hoàn thành ngày"), date_words(row.written.completed_on)),
            (told("Kết quả"), row.written.result or ""),
            (told("Văn bản chứng minh"), row.written.evidence or ""),
            (told("Sự kiện"), row.written.event or ""),
            (told("Điều chỉnh đến"), date_words(row.extended_to)),
            (told("Lý do"), row.ground),
        )
        if not any(value for _, value in pairs):
            return (
                Words(told("Chưa ghi kết quả cho kỳ này."), "muted"),
                Buttons(self._buttons(row)),
            )
        return (Facts(pairs), Buttons(self._buttons(row)))

    def _files(self, row: OccurrenceRow) -> Sequence[Part]:
        found = files_of(self._office, self._page, row.id, row.obligation_id)
        attach = Button(told("Đính kèm tệp …"), partial(self._does, "attach"))
        return (*found, Buttons((attach,)))

    def _history(self, row: OccurrenceRow) -> Sequence[Part]:
        """What was written of the instance and of its obligation, latest first."""
        events = []
        with self._office.store.reading() as session:
            for entity, record_id in (("obligation", row.obligation_id), ("occurrence", row.id)):
                with suppress(NotFound):  # an untouched instance has no record yet
                    events += histories.of_record(session, entity, record_id)
        return (History(changes_of(sorted(events, key=lambda event: -event.n))),)

    def _buttons(self, row: OccurrenceRow) -> Sequence[Button]:
        """The day's work first, as the one primary button of the screen."""

        def does(words: str, name: str, *, primary: bool = False) -> Button:
            return Button(words, partial(self._does, name), "primary" if primary else "plain")

        if row.state in OPEN:
            return does(told("Ghi hoàn thành"), "complete", primary=True), does(
                told("Điều chỉnh hạn"), "extend"
            )
        if row.state in DONE or (row.state == OccurrenceState.CANCELLED and row.period):
            return (does(told("Mở lại kỳ"), "reopen"),)
        if row.state == OccurrenceState.UNDATED:
            done = does(told("Ghi hoàn thành"), "complete", primary=True)
            return (done, does(told("Ghi sự kiện"), "note_event")) if not row.period else (done,)
        return (does(told("Thực hiện lại"), "resume", primary=True),)


def state_words(row: OccurrenceRow) -> str:
    """The state with its days: "Trong hạn, còn 27 ngày"."""
    if row.days_left is None:
        return row.state
    if row.days_left < 0:
        return told("{state} {days} ngày", state=told(row.state), days=-row.days_left)
    return (
        told("{state}, còn {days} ngày", state=told(row.state), days=row.days_left)
        if row.days_left
        else told("{state}, hôm nay", state=told(row.state))
    )


def _facts(row: OccurrenceRow, obligation: Obligation) -> Sequence[tuple[str, str]]:
    return (
        (told("Hạn"), _due_words(row)),
        (told("Thời hạn gốc"), _original(row)),
        (told("Lý do"), row.ground),
        (told("Theo quy định"), "" if row.due else row.whole.rhythm_words),
        (told("Kỳ số liệu"), _data_period(row)),
        (told("Sự kiện"), row.written.event or ""),
        (told("Thực hiện"), row.bodies.lead),
        (told("Phối hợp"), row.bodies.coordinating),
        (told("Nơi nhận"), row.record.receiver or ""),
        (told("Sản phẩm"), row.record.product or ""),
        (told("Nội dung"), "" if obligation.area == "other" else told(row.whole.area)),
    )


def _short(row: OccurrenceRow) -> str:
    """The period without its year, which the date beside it says."""
    words = after_title(row.label).strip(" ()") or row.label
    return capitalized(words)


def _due_words(row: OccurrenceRow) -> str:
    """The date; on a day off also when the program reminds of it."""
    if row.due is None:
        return ""
    said = f"{date_words(row.due)}, {_weekday(row.due)}."
    if row.remind_on is not None and row.remind_on != row.due:
        said += told(
            " Nhắc từ {weekday} {remind_on}.",
            weekday=_weekday(row.remind_on),
            remind_on=date_words(row.remind_on),
        )
    if row.is_guess:
        said += told(" Năm này chưa công bố lịch nghỉ, hạn có thể đổi.")
    return said


def _original(row: OccurrenceRow) -> str:
    if row.due_on is None:
        return ""
    moved = date_words(row.extended_to, told(", điều chỉnh đến ")) or told(", chưa điều chỉnh")
    return f"{date_words(row.due_on)}{moved}"


def _cited(session: Session, obligation: Obligation) -> Quote:
    """The provision's own words; what the clerk copied by hand goes first."""
    if obligation.provision_id is None:
        return Quote(obligation.quote or "")
    provision: Provision | None = session.get(Provision, obligation.provision_id)
    said = obligation.quote or (provision.text if provision else None) or ""
    return Quote(said, provisions.place_of(session, obligation.provision_id))


def _data_period(row: OccurrenceRow) -> str:
    said = row.by_rule
    return span_words(said.data_from, said.data_to) if said else ""


def _weekday(day: date) -> str:
    return told(WEEKDAYS[day.isoweekday()])


_ROWS: Columns[OccurrenceRow] = marked(
    (
        Column("label", "Kỳ", _short, width=0),
        Column("due", "Hạn", lambda r: r.due, "date", width=10),
        Column("state", "Tình trạng", lambda r: r.state, "state", width=18),
    )
)
