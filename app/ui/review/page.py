"""The register of reviews on screen."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from app.errors import AppError
from app.models import Conclusion, Finding
from app.models.values import Value, Values
from app.registers.review import REGISTER, ReviewRow
from app.services.review import reviews
from app.services.review.outline import part_of
from app.ui.actions import command
from app.ui.common.form.form import FormSpec
from app.ui.common.list.kept_page import KeptPage
from app.ui.common.pane.content import DetailContent
from app.ui.common.parts.office import Place
from app.ui.review import forms
from app.ui.review.detail import review_detail
from app.ui.review.parts import INPUTS
from app.ui.review.report_form import REPORT, report_form
from app.ui.review.text_part import DRAFT_KEY
from app.ui.review.workspace import Workspace
from app.words import QT_TRANSLATE_NOOP

_WORDS = "ReviewPage"


class ReviewPage(KeptPage[ReviewRow]):
    """Lists reviews; Enter opens one as a workspace over the list."""

    register = REGISTER
    entity = "review"
    watches = frozenset(
        {"review", "review_input", "finding", "conclusion", "obligation", "regulation", "agency"}
    )
    icon = "review"

    def records(self, session: Session) -> Sequence[ReviewRow]:
        return reviews.rows(session, mine=self.office.store.facts.agencies)

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Chưa có hội nghị nào"),
            self.tr("Mở hội nghị sơ kết, tổng kết đầu tiên, phím Ctrl+N."),
        )

    def detail(self, session: Session, row: ReviewRow) -> DetailContent:
        return review_detail(self.office, session, row, self.open_workspace)

    def spec(self, record_id: UUID | None) -> FormSpec:
        return forms.review_spec(self.office, is_new=record_id is None)

    def called(self, row: ReviewRow) -> str:
        return f"“{row.title}”"

    def first_values(self) -> dict[str, Value]:
        """A new review is ours, and of this year so far."""
        own = self.office.store.facts.agencies
        today = self.office.today()
        given = {"host_id": own[0] if own else None, "period_from": today.replace(month=1, day=1)}
        return {**super().first_values(), **given, "period_to": today}

    def write(self, session: Session, record_id: UUID | None, values: Values) -> UUID:
        if record_id is None:
            return reviews.enter(session, values).id
        return super().write(session, record_id, values)

    def withdrawal_note(self, rows: list[ReviewRow]) -> str:
        given = sum(row.conclusions for row in rows)
        if not given:
            return ""
        return self.tr("Nghĩa vụ đã giao theo {n} kết luận vẫn còn trong sổ.").format(n=given)

    def arrive(self, place: Place) -> None:
        """Show a review; a report, finding or conclusion opens where it stands."""
        record_id = place.part or place.record_id
        with self.office.store.reading() as session:
            home = reviews.home_of(session, record_id) if isinstance(record_id, UUID) else None
        if home is None:
            super().arrive(place)
            return
        review_id, record = home
        self.visit(review_id)
        self.open_workspace(review_id, _part_of(record), record.id)

    def resume_draft(self, key: str) -> None:
        """Open again the form, or the text, that was left with a draft."""
        kept = self.office.drafts.find(key)
        review_id = kept.values.get("review_id") if kept else None
        if key.startswith("review.") or kept is None or not isinstance(review_id, UUID):
            super().resume_draft(key)
            return
        try:
            self._resume(key, review_id)
        except AppError as error:
            self.office.tell(error)

    def _resume(self, key: str, review_id: UUID) -> None:
        kind, _, rest = key.partition(".")
        which = rest.rpartition(".")[2]
        record_id = None if which == "new" else UUID(which)
        self.visit(review_id)
        if kind == DRAFT_KEY:
            self.open_workspace(review_id, rest.partition(".")[0])
            return
        part = {forms.FINDING: "results", REPORT: INPUTS}.get(kind, "conclusions")
        desk = self.open_workspace(review_id, part).desk
        if kind == forms.FINDING:
            self.office.open_page(forms.finding_form(desk, record_id, {"kind": "result"}))
        elif kind == forms.CONCLUSION:
            self.office.open_page(forms.conclusion_form(desk, record_id))
        elif kind == forms.TASK:
            self.office.open_page(
                forms.task_form(desk, UUID(rest.partition(".")[0]), done=_nothing)
            )
        elif kind == REPORT:
            body = rest.split(".")[1]
            self.office.open_page(report_form(desk, UUID(body) if body else None, record_id))

    # commands ------------------------------------------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Mở hội nghị mới"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Mở một hội nghị sơ kết hoặc tổng kết"),
        shortcut="Ctrl+N",
        icon="plus",
        primary=True,
    )
    def add(self) -> None:
        """Open an empty form."""
        self.open_form(None)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Mở hội nghị"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Mở đề cương, số liệu, kết luận của hội nghị (Enter)"),
        icon="review",
        per_record=True,
        reads=True,
    )
    def open(self) -> None:
        """Open the workspace of the review under the cursor."""
        row = self.current()
        if row is not None:
            self.open_workspace(row.id)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Sửa thông tin"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Sửa tên, kỳ, quy chế, cơ quan tham gia, người ký"),
        shortcut="F2",
        icon="edit",
        per_record=True,
    )
    def edit(self) -> None:
        """Open the form of the review under the cursor."""
        row = self.current()
        if row is not None:
            self.open_form(row.id)

    def open_workspace(
        self, review_id: UUID, part: str = "", record_id: UUID | None = None
    ) -> Workspace:
        """Lay the workspace of a review over the list. Raises NotFound."""
        workspace = Workspace(self.office, review_id, part)
        if record_id is not None:
            workspace.open_part(part, record_id)
        self.office.open_page(workspace)
        return workspace


def _part_of(record: object) -> str:
    if isinstance(record, Finding):
        return part_of(record)
    return "conclusions" if isinstance(record, Conclusion) else INPUTS


def _nothing(_id: UUID) -> None:
    """A task that was left as a draft is given without more ado."""
