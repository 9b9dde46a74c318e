"""The parts made of findings: results, strengths, shortcomings, causes, lessons, proposals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from app.models import Finding, Review
from app.models.obligation import CONTENT_AREAS
from app.models.review import FINDING_KINDS, FINDING_ORIGINS
from app.services import agencies
from app.services.any_kind import records
from app.services.review import order, reviews
from app.services.review.outline import area_of, kinds_of
from app.text import quoted
from app.ui.common.parts.widgets import button, column, empty
from app.ui.review.desk import ReviewDesk
from app.ui.review.forms import finding_form
from app.ui.review.paragraph_list import Paragraph, ParagraphList
from app.ui.review.part import Either, ReviewPart
from app.words import kept, told

_AREAS = list(CONTENT_AREAS)


class FindingsPart(ReviewPart):
    """Findings of the part's kinds, under a heading for each content, or each kind."""

    tools: ClassVar[tuple[str, ...]] = (
        "add",
        "edit",
        "move_up",
        "move_down",
        "toggle_in_report",
        "withdraw",
    )

    def __init__(self, desk: ReviewDesk, key: str) -> None:
        super().__init__(desk, key)
        self.kinds, self.area = kinds_of(key), area_of(key)
        self._found: dict[UUID, Finding] = {}
        self.list = ParagraphList(self.tr("Nội dung của phần này"))
        self.list.chosen.connect(self.stood)
        self.list.opened.connect(self.edit)
        add = button(self.tr("Thêm nội dung"), icon_name="plus", key="Ctrl+N", does=self.add)
        nothing = empty(
            "review",
            self.tr("Phần này chưa có nội dung"),
            self.tr("Thêm nội dung, phím Ctrl+N, hoặc ghi báo cáo của cơ quan."),
            add,
        )
        self._either = Either(self.list, nothing)
        self.setLayout(column(self._either))
        self.setFocusProxy(self.list)

    def refresh(self, session: Session, review: Review) -> None:
        found = [
            finding
            for finding in reviews.findings_of(session, review.id)
            if finding.kind in self.kinds and self.area in (None, finding.area)
        ]
        found.sort(key=lambda f: (self.kinds.index(f.kind), _AREAS.index(f.area)))
        self._found = {finding.id: finding for finding in found}
        names = agencies.called(session)
        self.list.show_paragraphs(list(self._paragraphs(found, names)))
        if self.list.current_id() is None and found:
            self.list.stand_on(found[0].id)
        self._either.show_full(bool(found))
        said = sum(finding.in_report for finding in found)
        note = self.tr("{n} nội dung, {k} đưa vào báo cáo").format(n=len(found), k=said)
        self.noted.emit(note if found else "")
        self.stood.emit()

    def can(self, tool: str) -> bool:
        if tool not in self.tools:
            return False
        finding = self._chosen()
        if tool == "add":
            return True
        if finding is None:
            return False
        if tool in ("move_up", "move_down"):
            step = -1 if tool == "move_up" else 1
            return order.may_move(self._beside(finding), finding.id, step)
        return True

    def stand_on(self, record_id: UUID) -> None:
        self.list.stand_on(record_id)

    def words(self, tool: str) -> str:
        finding = self._chosen()
        kept_in = tool == "toggle_in_report" and finding is not None and finding.in_report
        return self.tr("Bỏ khỏi báo cáo") if kept_in else ""

    # commands --------------------------------------------------------------------------

    def add(self) -> None:
        """Open the form of a new finding of this part."""
        given = {"kind": self.kinds[0], "area": self.area or "other"}
        self.desk.office.open_page(finding_form(self.desk, None, given, done=self.stand_on))

    def edit(self) -> None:
        """Open the form of the finding that is chosen."""
        if (finding := self._chosen()) is not None:
            self.desk.office.open_page(finding_form(self.desk, finding.id))

    def withdraw(self) -> None:
        """Withdraw the finding that is chosen; the message offers it back."""
        if (finding := self._chosen()) is not None:
            self.desk.change(
                kept("Rút nội dung {text}", text=quoted(finding.text)),
                lambda session: records.withdraw(session, "finding", [finding.id]),
                self.tr("Đã rút nội dung {}.").format(quoted(finding.text)),
            )

    def move_up(self) -> None:
        """Read the finding earlier."""
        self._move(-1)

    def move_down(self) -> None:
        """Read the finding later."""
        self._move(1)

    def toggle_in_report(self) -> None:
        """Let the finding into the report, or keep it out."""
        if (finding := self._chosen()) is None:
            return
        enters = not finding.in_report
        label = kept("Đưa vào báo cáo: {text}") if enters else kept("Bỏ khỏi báo cáo: {text}")
        self.desk.change(
            label.format(text=quoted(finding.text)),
            lambda session: records.revise(session, "finding", finding.id, {"in_report": enters}),
        )

    # inside ------------------------------------------------------------------------------

    def _move(self, step: int) -> None:
        if (finding := self._chosen()) is not None:
            self.desk.change(
                kept("Đổi thứ tự nội dung {text}", text=quoted(finding.text)),
                lambda session: order.move_finding(session, finding.id, step),
            )

    def _chosen(self) -> Finding | None:
        chosen = self.list.current_id()
        return self._found.get(chosen) if chosen else None

    def _beside(self, finding: Finding) -> Sequence[UUID]:
        same = (finding.kind, finding.area)
        return [f.id for f in self._found.values() if (f.kind, f.area) == same]

    def _paragraphs(self, found: Sequence[Finding], names: dict[UUID, str]) -> Iterator[Paragraph]:
        by_kind = len(self.kinds) > 1
        for group, held in groupby(found, key=lambda f: f.kind if by_kind else f.area):
            if by_kind or self.area is None:
                yield Paragraph(
                    None, told(FINDING_KINDS[group] if by_kind else CONTENT_AREAS[group])
                )
            for finding in held:
                yield Paragraph(
                    finding.id,
                    finding.text,
                    note=self._note(finding, names, by_kind=by_kind),
                    is_faint=not finding.in_report,
                )

    def _note(self, finding: Finding, names: dict[UUID, str], *, by_kind: bool) -> str:
        said = [names.get(finding.agency_id, "") if finding.agency_id else ""]
        if by_kind and finding.area != "other":
            said.append(told(CONTENT_AREAS[finding.area]))
        if finding.origin != "report":
            said.append(told(FINDING_ORIGINS[finding.origin]))
        if not finding.in_report:
            said.append(self.tr("Không đưa vào báo cáo"))
        return " · ".join(filter(None, said))
