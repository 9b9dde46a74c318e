"""The forms of a review: itself, a finding, a conclusion, and the task that one gives."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from sqlmodel import Session

from app.models import DRAFTS, Finding, ObligationDraft, Record, Review, ReviewDraft
from app.models import Conclusion as ConclusionRecord
from app.models.trait import Trait
from app.models.values import Values, several
from app.services import agencies
from app.services.any_kind import records
from app.services.review import order, reviews
from app.text import quoted
from app.ui.common.form.choices import choices_of
from app.ui.common.form.edit_form import edit_form
from app.ui.common.form.form import FormSpec, Line
from app.ui.common.form.form_page import FormPage
from app.ui.common.form.obligation_lines import doing_lines, what_lines
from app.ui.common.form.recurrence_field import RecurrenceField
from app.ui.common.parts.office import Office
from app.ui.common.parts.widgets import Item, column, panel, text
from app.ui.review.desk import ReviewDesk
from app.ui.tokens import M
from app.words import kept, marked, told

Done = Callable[[UUID], object]
FINDING, CONCLUSION, TASK = "review_finding", "review_conclusion", "review_task"
"""How the keys of the drafts begin: a form that was left behind is found again by them."""


def review_spec(office: Office, *, is_new: bool) -> FormSpec:
    """A review; its running texts are written in the workspace."""
    return FormSpec(
        key="review",
        title=_tr("Mở hội nghị mới") if is_new else _tr("Sửa thông tin hội nghị"),
        sections=(
            (
                _tr("Hội nghị"),
                (
                    "title",
                    Line("kind", 132),
                    Line("period_from", note=_tr("đến ngày"), then=Line("period_to")),
                    "host_id",
                ),
            ),
            (
                _tr("Phạm vi"),
                (
                    Line("regulations", more=_tr("Thêm quy chế")),
                    Line("participants", more=_tr("Thêm cơ quan")),
                ),
            ),
            (_tr("Tổ chức"), (Line("inputs_due_on"), Line("held_on"), Line("place", 264))),
            (
                _tr("Báo cáo"),
                (
                    Line("report_number", 264, note=_tr("ngày"), then=Line("report_on")),
                    Line("signer_authority", 360),
                    Line("signer_position", 360),
                    "recipients",
                ),
            ),
            (_tr("Khác"), ("note",)),
        ),
        side=lambda values: _bound(office, values),
        may_add_another=False,
    )


def review_form(desk: ReviewDesk) -> FormPage:
    """The form of the review on the desk."""
    with desk.office.store.reading() as session:
        called = quoted(desk.review(session).title)
    return edit_form(
        desk.office,
        review_spec(desk.office, is_new=False),
        ReviewDraft,
        desk.id,
        read=lambda session: records.said(session, Review, desk.id),
        write=lambda session, new, _: records.revise(session, "review", desk.id, dict(new)),
        label=lambda _entered: kept("Sửa hội nghị {title}", title=called),
        room="review",
    )


def finding_form(
    desk: ReviewDesk,
    finding_id: UUID | None,
    values: Values | None = None,
    *,
    done: Done | None = None,
) -> FormPage:
    """The form of a finding; a new one begins with *values*. *done* is called with its id."""
    given = {"in_report": True, "origin": "report", **(values or {}), "review_id": desk.id}
    act = marked("Thêm nội dung" if finding_id is None else "Sửa nội dung")
    spec = FormSpec(
        key=f"{FINDING}.{desk.id}",
        title=told(act),
        sections=(
            (
                _tr("Nội dung"),
                ("text", Line("kind"), Line("area", 400), "in_report"),
            ),
            (_tr("Từ đâu"), ("agency_id", "regulation_id", Line("origin", 132))),
        ),
        narrowed={"regulation_id": partial(_covered, desk)},
    )
    return _form(
        desk,
        spec,
        Finding,
        finding_id,
        given,
        act=act,
        enter=order.enter_finding,
        revise=order.revise_finding,
        done=done,
    )


def conclusion_form(
    desk: ReviewDesk, conclusion_id: UUID | None, *, done: Done | None = None
) -> FormPage:
    """The form of a conclusion; a new one comes last."""
    with desk.office.store.reading() as session:
        review = desk.review(session)
    starts_on = review.held_on or review.period_to
    act = marked("Thêm kết luận" if conclusion_id is None else "Sửa kết luận")
    spec = FormSpec(
        key=f"{CONCLUSION}.{review.id}",
        title=told(act),
        sections=(
            (_tr("Kết luận"), ("text",)),
            (
                _tr("Giao việc"),
                ("lead_id", Line("coordinating", more=_tr("Thêm cơ quan")), "deadline"),
            ),
        ),
        editors={"deadline": lambda trait: RecurrenceField(_with_hint(trait), lambda: starts_on)},
    )
    return _form(
        desk,
        spec,
        ConclusionRecord,
        conclusion_id,
        {"review_id": desk.id},
        act=act,
        enter=lambda session, values: reviews.conclude(session, desk.id, values),
        revise=lambda session, id_, new: records.revise(session, "conclusion", id_, dict(new)),
        done=done,
    )


def task_form(desk: ReviewDesk, conclusion_id: UUID, *, done: Done) -> FormPage:
    """The obligation that a conclusion suggests, to be corrected and given."""
    with desk.office.store.reading() as session:
        conclusion = records.get(session, ConclusionRecord, conclusion_id)
        review = records.get(session, Review, conclusion.review_id)
        given = {"standing": "active", **reviews.task_draft(conclusion, review)}

    def save(entered: Values) -> None:
        label = kept("Giao nghĩa vụ {title}", title=quoted(str(entered.get("title") or "")))
        with desk.office.store.changing(label) as session:
            obligation = reviews.give_task(session, conclusion_id, entered)
        done(obligation.id)

    spec = FormSpec(
        key=f"{TASK}.{conclusion_id}",
        title=_tr("Giao thành nghĩa vụ"),
        sections=(
            (_tr("Nghĩa vụ"), what_lines()),
            (_tr("Thực hiện"), doing_lines()),
            (_tr("Khác"), ("note",)),
        ),
        side=lambda _values: _quoted(conclusion),
        may_add_another=False,
    )
    choices = choices_of(desk.office)
    return FormPage(desk.office, spec, ObligationDraft, given, save, choices=choices, room="review")


def _form(
    desk: ReviewDesk,
    spec: FormSpec,
    model: type[Finding] | type[ConclusionRecord],
    record_id: UUID | None,
    given: Values,
    *,
    act: str,
    enter: Callable[[Session, Values], Record],
    revise: Callable[[Session, UUID, Values], object],
    done: Done | None,
) -> FormPage:
    """The form of a line of the review, new or known."""
    draft = DRAFTS[model.ENTITY]

    def label(entered: Values) -> str:
        return kept("{act} {text}", act=act, text=quoted(entered.get("text")))

    def tell(id_: UUID) -> None:
        if done is not None:
            done(id_)

    def save(entered: Values) -> None:
        with desk.office.store.changing(label(entered)) as session:
            entered_id = enter(session, entered).id
        tell(entered_id)

    if record_id is None:
        choices = choices_of(desk.office)
        return FormPage(desk.office, spec, draft, given, save, choices=choices, room="review")
    return edit_form(
        desk.office,
        spec,
        draft,
        record_id,
        read=lambda session: records.said(session, model, record_id),
        write=lambda session, changed, _whole: revise(session, record_id, changed),
        label=label,
        done=lambda: tell(record_id),
        room="review",
    )


def _covered(desk: ReviewDesk, _values: Values) -> list[tuple[UUID, str]]:
    """The regulations of this review, and no other."""
    with desk.office.store.reading() as session:
        found = reviews.covered(session, desk.review(session))
        return [(regulation.id, regulation.called()) for regulation in found]


def _with_hint(trait: Trait) -> Trait:
    return Trait(
        trait.label, trait.input, hint=_tr("Ví dụ: hằng quý, chậm nhất ngày 25 tháng cuối quý")
    )


def _bound(office: Office, values: Values) -> QWidget | None:
    """The parties of the chosen regulations: they take part unless others are chosen."""
    chosen = several(values, "regulations", UUID)
    taking_part = several(values, "participants", UUID)
    if not chosen:
        return None
    with office.store.reading() as session:
        names = agencies.full_names(session)
        bound = reviews.parties_of(session, chosen)
    left = [names[i] for i in bound if i in names and i not in taking_part]
    if not left:
        return None
    said = (
        _tr("Để trống ô Cơ quan tham gia thì các cơ quan này tham gia:")
        if not taking_part
        else _tr("Bên của quy chế đã chọn nhưng chưa có trong danh sách tham gia:")
    )
    lines: list[Item] = [text(_tr("Bên của các quy chế đã chọn"), "strong"), M.s1]
    lines += [text(said, "muted", wrap=True), M.s2]
    lines += [item for name in sorted(left) for item in (text(name, wrap=True), M.s1)]
    return panel(column(*lines))


def _quoted(conclusion: ConclusionRecord) -> QWidget:
    lines: list[Item] = [
        text(_tr("Kết luận của hội nghị"), "strong"),
        M.s1,
        text(conclusion.text, wrap=True),
    ]
    if conclusion.deadline:
        lines += [M.s2, text(_tr("Thời hạn: {}").format(conclusion.deadline), "muted", wrap=True)]
    return panel(column(*lines))


def _tr(words: str) -> str:
    return QCoreApplication.translate("ReviewForms", words)
