"""One body's report in one form: receipt, figures and findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from sqlmodel import Session

from app.errors import InvalidFields
from app.models import Regulation, ReviewInputDraft
from app.models.handling import SECRECY, is_secret
from app.models.states import RegulationState
from app.models.trait import Input, Trait, traits_of
from app.models.values import Value, Values, needed, said
from app.services import agencies
from app.services.review import inputs, reviews
from app.services.review.indicators import indicator_of, indicators
from app.services.review.inputs import RECEIPT, BodyReport, FindingLine
from app.services.review.obligations import previous_review
from app.text import shortened
from app.ui.common.form.choices import choices_of
from app.ui.common.form.edit_form import edit_form
from app.ui.common.form.form import FormSpec, Line
from app.ui.common.form.form_page import FormPage
from app.ui.common.pane.status import Tag
from app.ui.common.parts.widgets import Item, column, facts, panel, row, text
from app.ui.review.desk import ReviewDesk
from app.ui.review.findings_field import FindingsField, lines_of
from app.ui.tokens import M
from app.words import kept, told

REPORT = "review_report"
_FIGURE, _OTHERS, _FINDINGS = "figure:", "other_figures", "findings"
_VALUE_WIDTH = 132
Done = Callable[[], object]


def report_form(
    desk: ReviewDesk,
    agency_id: UUID | None,
    input_id: UUID | None = None,
    *,
    done: Done = lambda: None,
) -> FormPage:
    """The form of a report, new or known; without a body the clerk chooses one."""
    with desk.office.store.reading() as session:
        given = _known(session, desk, agency_id, input_id)
    spec = _spec(desk, agency_id, input_id, given)
    if agency_id is None:
        return _form_of_any_body(desk, spec, given, done)

    def write(session: Session, _changed: Values, whole: Values) -> None:
        if input_id is None:
            _refuse_second(session, desk, whole)
        inputs.record_report(session, desk.id, agency_id, _entered(whole, input_id))

    return edit_form(
        desk.office,
        spec,
        ReviewInputDraft,
        input_id,
        read=lambda session: _known(session, desk, agency_id, input_id),
        write=write,
        label=lambda _entered: _label(desk, agency_id),
        done=done,
        room="review",
    )


def _form_of_any_body(desk: ReviewDesk, spec: FormSpec, given: Values, done: Done) -> FormPage:
    """A report whose body is chosen in the form."""

    def save(entered: Values) -> None:
        body = entered["agency_id"]
        if not isinstance(body, UUID):
            raise InvalidFields({"agency_id": _tr("Chưa chọn cơ quan báo cáo.")})
        with desk.office.store.changing(_label(desk, body)) as session:
            _refuse_second(session, desk, entered)
            # What was noted of the body before its report came was not on this form: it stays.
            before = _known(session, desk, body, None)
            report = _entered(_added(before, entered), None)
            inputs.record_report(session, desk.id, body, report)
        done()

    choices = choices_of(desk.office)
    return FormPage(
        desk.office, spec, ReviewInputDraft, given, save, choices=choices, room="review"
    )


def _refuse_second(session: Session, desk: ReviewDesk, entered: Values) -> None:
    """Raise InvalidFields if somebody has entered this report since the form was opened."""
    body, regulation_id = needed(entered, "agency_id", UUID), said(entered, "regulation_id", UUID)
    if reviews.input_of(session, desk.id, body, regulation_id) is not None:
        why = _tr("Báo cáo này đã có trong sổ. Đóng biểu mẫu, mở báo cáo đã có rồi sửa.")
        raise InvalidFields({"agency_id": why})


def _added(before: Values, entered: Values) -> dict[str, Value]:
    """*entered* behind what the register has of the body already."""
    lines = (said(before, _OTHERS, str), said(entered, _OTHERS, str))
    return {
        **before,
        **{name: value for name, value in entered.items() if value not in (None, "", ())},
        _OTHERS: "\n".join(filter(None, lines)) or None,
        _FINDINGS: (*lines_of(before.get(_FINDINGS)), *lines_of(entered.get(_FINDINGS))),
    }


def _spec(
    desk: ReviewDesk, agency_id: UUID | None, input_id: UUID | None, given: Values
) -> FormSpec:
    name = _name(desk, agency_id)
    return FormSpec(
        key=f"{REPORT}.{desk.id}.{agency_id or ''}",
        title=_tr("Báo cáo của {}").format(name) if name else _tr("Ghi báo cáo của cơ quan"),
        sections=_sections(given, is_known=input_id is not None, has_body=agency_id is not None),
        extra=_traits(given),
        narrowed={
            "agency_id": partial(_participants, desk),
            "regulation_id": partial(_covered, desk),
        },
        editors={_FINDINGS: FindingsField},
        side=partial(_beside, desk),
        may_add_another=False,
    )


def _sections(
    given: Values, *, is_known: bool, has_body: bool
) -> Sequence[tuple[str, Sequence[str | Line]]]:
    """What a report is on does not change once it is in: its id is made of it."""
    about: list[str | Line] = [] if has_body else ["agency_id"]
    if not is_known:
        about.append(Line("regulation_id", 360))
    receipt = [Line("number", 264, note=_tr("nhận ngày"), then=Line("received_on"))]
    return (
        (_tr("Báo cáo"), (*about, *receipt, "summary")),
        (_tr("Số liệu"), (*_figure_lines(given), _OTHERS)),
        (_tr("Kết quả, tồn tại, kiến nghị nêu trong báo cáo"), (_FINDINGS,)),
        (_tr("Khác"), ("note",)),
    )


def _figure_lines(given: Values) -> list[Line]:
    return [
        Line(f"{_FIGURE}{indicator.key}", _VALUE_WIDTH, note=indicator.unit)
        for indicator in indicators()
        if f"{_FIGURE}{indicator.key}" in given
    ]


def _traits(given: Values) -> Mapping[str, Trait]:
    """The body is asked for; each figure is a line that takes words such as "gần 36.720"."""
    own = traits_of(ReviewInputDraft)
    found = {f"{_FIGURE}{each.key}": Trait(each.label) for each in indicators()}
    known = {name: trait for name, trait in found.items() if name in given}
    return {
        **known,
        "regulation_id": Trait(
            told(own["regulation_id"].label),
            Input.RECORD,
            refers="regulation",
            hint=_tr("Để trống: mọi quy chế của hội nghị"),
        ),
        _OTHERS: Trait(
            _tr("Chỉ tiêu khác"),
            Input.LONG,
            hint=_tr("Mỗi dòng một chỉ tiêu, ví dụ: Số hộ ký cam kết: gần 1.200"),
        ),
        _FINDINGS: Trait(_tr("Nội dung"), Input.LONG),
    }


def _known(
    session: Session, desk: ReviewDesk, agency_id: UUID | None, input_id: UUID | None
) -> dict[str, Value]:
    """What the register has of the report, as the form shows it."""
    given: dict[str, Value] = {"review_id": desk.id, "agency_id": agency_id}
    given |= {f"{_FIGURE}{each.key}": None for each in indicators()}
    if agency_id is None:
        return given | {"received_on": desk.today}
    report = inputs.report_of(session, desk.id, agency_id, input_id)
    others: list[str] = []
    for key, words in report.figures:
        if given.get(f"{_FIGURE}{key}", "") is None:
            given[f"{_FIGURE}{key}"] = words
        else:  # not in the catalogue, or said twice in one report
            others.append(f"{indicator_of(key).label}: {words}")
    given |= dict(report.receipt) | {"regulation_id": report.regulation_id}
    given[_OTHERS] = "\n".join(others) or None
    given[_FINDINGS] = tuple((f.id, f.kind, f.area, f.text) for f in report.findings)
    if input_id is None or given["received_on"] is None:
        given["received_on"] = desk.today
    return given


def _entered(values: Values, input_id: UUID | None) -> BodyReport:
    figures = [
        (name.removeprefix(_FIGURE), words)
        for name, words in values.items()
        if name.startswith(_FIGURE) and isinstance(words, str) and words
    ]
    regulation_id = values.get("regulation_id")
    return BodyReport(
        receipt={name: values.get(name) for name in RECEIPT},
        figures=[*figures, *_others(said(values, _OTHERS, str) or "")],
        findings=[FindingLine(*line) for line in lines_of(values.get(_FINDINGS))],
        regulation_id=regulation_id if isinstance(regulation_id, UUID) else None,
        input_id=input_id,
    )


def _others(lines: str) -> list[tuple[str, str]]:
    """Indicator and value of each line "Tên chỉ tiêu: giá trị". Raises InvalidFields."""
    found = []
    for line in filter(None, lines.split("\n")):
        name, colon, value = line.rpartition(":")
        if not colon or not name.strip() or not value.strip():
            why = _tr("Dòng “{}” chưa đúng dạng. Ghi tên chỉ tiêu, dấu hai chấm, giá trị.")
            raise InvalidFields({_OTHERS: why.format(shortened(line, 60))})
        found.append((name.strip(), value.strip()))
    return found


def _beside(desk: ReviewDesk, values: Values) -> QWidget | None:
    """What the clerk should know while entering: a secret paper, and the body's last report."""
    parts: list[Item] = []
    with desk.office.store.reading() as session:
        regulation_id = values.get("regulation_id")
        known = isinstance(regulation_id, UUID)
        regulation = session.get(Regulation, regulation_id) if known else None
        last = _last_report(session, desk, values.get("agency_id"))
    if regulation is not None and is_secret(regulation.secrecy):
        parts += [_banner(regulation), M.s4]
    if last:
        parts += [text(_tr("Kỳ trước cơ quan này báo cáo"), "strong"), facts(*last, label=200)]
    return panel(column(*parts)) if parts else None


def _banner(regulation: Regulation) -> QWidget:
    """Of a secret regulation nothing but the receipt is kept."""
    said = _tr(
        "Văn bản mật: chỉ ghi số báo cáo và ngày nhận, không ghi tóm tắt, số liệu, nội dung."
    )
    tag = row(Tag(RegulationState.STALE, told(SECRECY[regulation.secrecy])), None)
    return panel(column(tag, M.s2, text(said, wrap=True)))


def _last_report(session: Session, desk: ReviewDesk, agency_id: object) -> list[tuple[str, str]]:
    """Label and value of each figure that the body reported to the review before."""
    before = previous_review(session, desk.review(session))
    if before is None or not isinstance(agency_id, UUID):
        return []
    sent = reviews.inputs_of(session, before, today=desk.today)
    found = {row.input_id for row in sent if row.agency_id == agency_id}
    return [
        (indicator_of(key).label, words)
        for input_id in sorted(found, key=str)
        for key, words in inputs.report_of(session, before.id, agency_id, input_id).figures
    ]


def _participants(desk: ReviewDesk, _values: Values) -> list[tuple[UUID, str]]:
    with desk.office.store.reading() as session:
        names = agencies.full_names(session)
        return [(body, names[body]) for body in desk.review(session).participants if body in names]


def _covered(desk: ReviewDesk, _values: Values) -> list[tuple[UUID, str]]:
    with desk.office.store.reading() as session:
        found = reviews.covered(session, desk.review(session))
        return [(regulation.id, regulation.called()) for regulation in found]


def _label(desk: ReviewDesk, agency_id: UUID) -> str:
    return kept("Ghi báo cáo của {agency}", agency=_name(desk, agency_id))


def _name(desk: ReviewDesk, agency_id: UUID | None) -> str:
    if agency_id is None:
        return ""
    with desk.office.store.reading() as session:
        return agencies.called(session).get(agency_id, "")


def _tr(words: str) -> str:
    return QCoreApplication.translate("ReviewReport", words)
