"""A review in the detail pane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from sqlmodel import Session

from app.models import Regulation, Review
from app.models.review import UNDER_WAY, ReviewStep
from app.registers.column import Column, Columns, text_of
from app.registers.review import ReviewRow
from app.services import agencies
from app.services.any_kind import records
from app.services.review import reviews
from app.services.review.reviews import InputRow
from app.services.review.tasks import TaskLine, tasks_of
from app.ui.common.pane.content import (
    Button,
    Buttons,
    DetailContent,
    Facts,
    Part,
    Rows,
    Section,
    Tab,
    Words,
)
from app.ui.common.pane.history import history_tab
from app.ui.common.parts.office import Office
from app.ui.review import figure_words
from app.ui.review.parts import INPUTS
from app.words import marked

Open = Callable[[UUID, str, UUID | None], object]
"""Opens the workspace of a review at a part, and there at a record."""
_REGULATIONS: Columns[Regulation] = (
    Column("number", "Số, ký hiệu", lambda r: r.called(), width=22),
    Column("abstract", "Trích yếu", lambda r: r.abstract, "muted", width=0),
)
_TASKS: Columns[TaskLine] = (
    Column("title", "Nghĩa vụ", lambda t: t.title, width=0),
    Column("state", "Tình trạng", lambda t: t.state, "state", width=20),
)


def review_detail(office: Office, session: Session, row: ReviewRow, opens: Open) -> DetailContent:
    """What the pane shows of a review."""
    review = records.get(session, Review, row.id)
    return DetailContent(
        kind=row.kind,
        title=row.title,
        tags=((_state(row), row.step_words),),
        tabs=(
            Tab(_tr("Thông tin"), lambda: _facts(office, review, row, opens)),
            Tab(_tr("Báo cáo của cơ quan"), lambda: _inputs(office, review, opens)),
            Tab(_tr("Kết luận"), lambda: _conclusions(office, review, opens)),
            history_tab(office, "review", row.id),
        ),
    )


def _state(row: ReviewRow) -> str:
    if row.step in UNDER_WAY:
        return marked("Đang chuẩn bị")
    return marked("Đã kết thúc") if row.step == ReviewStep.PACKAGED else row.step_words


def _facts(office: Office, review: Review, row: ReviewRow, opens: Open) -> Sequence[Part]:
    with office.store.reading() as session:
        covered = reviews.covered(session, review)
        host = agencies.full_names(session).get(review.host_id, "")
    received = _tr("Đã nhận {n} / {m}").format(n=row.received, m=row.participants)
    parts: list[Part] = [
        Facts(
            (
                (_tr("Kỳ"), row.period),
                (_tr("Ngày họp"), text_of(row.held_on)),
                (_tr("Địa danh"), review.place or ""),
                (_tr("Chủ trì"), host),
                (_tr("Hạn gửi báo cáo"), text_of(review.inputs_due_on)),
                (_tr("Báo cáo"), received if row.participants else ""),
                (_tr("Số báo cáo"), _numbered(review)),
                (_tr("Người ký"), review.signer_position or ""),
                (_tr("Ghi chú"), review.note or ""),
            )
        ),
        Section(_tr("Quy chế được sơ kết ({n})").format(n=len(covered))),
    ]
    if covered:
        parts.append(Rows(_REGULATIONS, covered, lambda r: office.go("regulation", r.id)))
    if not covered:
        parts.append(Words(_tr("Chưa chọn quy chế nào."), "muted"))
    open_it = Button(
        _tr("Mở hội nghị"), partial(opens, row.id, "", None), tip=_tr("Mở đề cương (Enter)")
    )
    return [*parts, Buttons((open_it,))]


def _numbered(review: Review) -> str:
    day = _tr("ngày {}").format(text_of(review.report_on)) if review.report_on else ""
    return " ".join(filter(None, (review.report_number or "", day)))


def _inputs(office: Office, review: Review, opens: Open) -> Sequence[Part]:
    with office.store.reading() as session:
        rows = reviews.inputs_of(session, review, today=office.today())
    if not rows:
        return [Words(_tr("Chưa chọn cơ quan tham gia."), "muted")]

    def open_row(row: InputRow) -> None:
        opens(review.id, INPUTS, row.id)

    return [Rows(figure_words.INPUTS, rows, open_row)]


def _conclusions(office: Office, review: Review, opens: Open) -> Sequence[Part]:
    with office.store.reading() as session:
        found = reviews.conclusions_of(session, review.id)
        tasks = tasks_of(session, review.id, today=office.today())
    if not found:
        return [Words(_tr("Chưa ghi kết luận nào."), "muted")]
    parts: list[Part] = []
    for row in found:
        link = (_tr("Mở"), partial(opens, review.id, "conclusions", row.id))
        parts += [Section(row.words, link), Words(row.text)]
        told = " · ".join(filter(None, (row.lead, row.deadline)))
        parts += [Words(told, "small")] if told else []
        if tasks.get(row.id):
            parts.append(Rows(_TASKS, tasks[row.id], lambda t: office.go("obligation", t.id)))
    return parts


def _tr(words: str) -> str:
    return QCoreApplication.translate("ReviewDetail", words)
