"""What a form shows may change while it is open: no save takes another's change back unseen."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.models import (
    MODELS,
    Finding,
    Occurrence,
    ReviewFigure,
    ReviewInput,
)
from app.services.any_kind import records
from app.services.obligation import schedule
from app.services.regulation import provision_changes
from app.services.review import inputs, reviews
from app.services.review.inputs import BodyReport, FindingLine
from app.ui.agency.page import AgencyPage
from app.ui.common.form.form_page import FormPage
from app.ui.common.parts.office import Office
from app.ui.legal_document.page import LegalDocumentPage
from app.ui.obligation import acts
from app.ui.obligation.form import revise_form
from app.ui.regulation.page import RegulationPage
from app.ui.review import forms
from app.ui.review.desk import ReviewDesk
from app.ui.review.report_form import report_form
from app.ui.review.text_part import TextPart
from app.ui.settings.clerk_page import ClerkPage
from tests.services.review_office import TODAY, ReviewOffice, review_office
from tests.ui.settling import come_to_rest

BEHIND = "vừa được người khác đổi"


class Case(NamedTuple):
    """A form of a record, the field that is typed in and one that another changes meanwhile."""

    record: Any
    opens: Callable[[], object]
    mine: str
    beside: str


class Place:
    """An office without a window: what would be laid over a room is kept in `form`."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.given: ReviewOffice = review_office(folder)
        self.store = self.given.store
        self.office = Office(self.store, today=lambda: TODAY)
        self.pages: list[QWidget] = []
        self.office.opened.connect(self.pages.append)
        self.desk = ReviewDesk(self.office, self.given.review.id)

    def page(self, made: Any) -> Any:
        self.qtbot.addWidget(made)
        return made

    def form(self, opens: Callable[[], object]) -> FormPage:
        made = opens()
        found = made if isinstance(made, FormPage) else self.pages[-1]
        assert isinstance(found, FormPage)
        self.qtbot.addWidget(found, before_close_func=lambda _form: None)
        return found

    def another(self, record: Any, **values: Any) -> None:
        """Somebody else (a package, another window) changes *record*."""
        with self.store.changing("Người khác sửa") as session:
            records.revise(session, record.ENTITY, record.id, values)

    def now(self, record: Any) -> Any:
        with self.store.reading() as session:
            return records.get(session, MODELS[record.ENTITY], record.id)

    def cases(self) -> dict[str, Case]:
        given = self.given
        paper = given.enter("legal_document", number="117/2025/QH15", abstract="Luật")
        clerk = given.enter("clerk", position="Trực ban")
        finding = given.enter(
            "finding", review_id=given.review.id, kind="result", area="other", text="Tốt."
        )
        with self.store.changing("Ghi") as session:
            said = reviews.conclude(session, given.review.id, {"text": "Họp quý."})
            article = {"kind": "article", "number": "1", "text": "Phạm vi"}
            article_1 = provision_changes.enter_after(session, given.regulation.id, None, article)
        pages = {
            kind: self.page(kind(self.office))
            for kind in (RegulationPage, LegalDocumentPage, AgencyPage, ClerkPage)
        }
        regulations, papers = pages[RegulationPage], pages[LegalDocumentPage]
        bodies, clerks = pages[AgencyPage], pages[ClerkPage]

        def rename() -> None:
            bodies.visit(given.school.id)
            come_to_rest(self.qtbot, bodies)
            bodies.rename()

        return {
            "regulation": Case(
                given.regulation,
                lambda: regulations.open_form(given.regulation.id),
                "field_of_work",
                "note",
            ),
            "legal document": Case(paper, lambda: papers.open_form(paper.id), "abstract", "note"),
            "agency": Case(
                given.health, lambda: bodies.open_form(given.health.id), "short_name", "note"
            ),
            "former name": Case(given.school, rename, "name", "short_name"),
            "clerk": Case(clerk, lambda: clerks.open_form(clerk.id), "unit", "note"),
            "obligation": Case(
                given.report,
                lambda: revise_form(self.office, given.report.id, lambda _id: None),
                "product",
                "note",
            ),
            "provision": Case(
                article_1, lambda: regulations.wording.revise(article_1.id), "heading", "text"
            ),
            "review": Case(given.review, lambda: forms.review_form(self.desk), "place", "note"),
            "text of a review": Case(
                given.review, lambda: forms.review_form(self.desk), "note", "situation"
            ),
            "finding": Case(
                finding, lambda: forms.finding_form(self.desk, finding.id), "text", "position"
            ),
            "conclusion": Case(
                said, lambda: forms.conclusion_form(self.desk, said.id), "text", "deadline"
            ),
        }


@pytest.fixture
def place(qtbot: QtBot, tmp_path: Path) -> Iterator[Place]:
    made = Place(qtbot, tmp_path)
    yield made
    made.office.tasks.wait()
    made.store.close()


def fill(form: FormPage, **values: Any) -> None:
    for name, value in values.items():
        form.form.fields[name].show_value(value)
        form.form.fields[name].edited.emit()


def test_anothers_change_to_another_field_survives_every_form(place: Place) -> None:
    lost = []
    for name, case in place.cases().items():
        form = place.form(case.opens)
        theirs = "hằng quý" if case.beside == "deadline" else "Của người khác"
        place.another(case.record, **{case.beside: theirs})
        fill(form, **{case.mine: "Của tôi"})
        assert form.try_save(), (name, form.form.wrong())
        now = place.now(case.record)
        if (getattr(now, case.mine), str(getattr(now, case.beside))) != ("Của tôi", theirs):
            lost.append(name)
    assert lost == []


def test_anothers_change_to_the_same_field_is_told_by_every_form(place: Place) -> None:
    silent = []
    for name, case in place.cases().items():
        form = place.form(case.opens)
        place.another(case.record, **{case.mine: "Của người khác"})
        fill(form, **{case.mine: "Của tôi"})
        told = not form.try_save() and BEHIND in form.form._errors[case.mine].words
        if not told or getattr(place.now(case.record), case.mine) != "Của người khác":
            silent.append(name)
    assert silent == []


def test_a_form_that_changes_nothing_writes_nothing(place: Place) -> None:
    for name, case in place.cases().items():
        if name == "former name":
            continue  # a body that is renamed needs a new name
        form = place.form(case.opens)
        theirs = "hằng quý" if case.beside == "deadline" else "Của người khác"
        place.another(case.record, **{case.beside: theirs})
        label = place.store.undo_label
        assert form.try_save(), (name, form.form.wrong())
        assert place.store.undo_label == label, name


# the report of a body -----------------------------------------------------------------


def receive(place: Place, *findings: FindingLine, **figures: str) -> UUID:
    """The health service's report as another keeps it."""
    with place.store.changing("Người khác ghi báo cáo") as session:
        known = reviews.input_of(session, place.given.review.id, place.given.health.id, None)
        report = BodyReport(
            receipt={"number": "45/BC-SYT", "received_on": date(2026, 11, 20)},
            figures=list(figures.items()),
            findings=findings,
            input_id=known.id if known else None,
        )
        return inputs.record_report(
            session, place.given.review.id, place.given.health.id, report
        ).id


def live(place: Place, model: Any) -> list[Any]:
    with place.store.reading() as session:
        return records.live(session, model)


GOOD = FindingLine(None, "result", "other", "Phối hợp tốt.")


def test_figures_and_findings_that_another_adds_to_a_report_survive_its_form(place: Place) -> None:
    input_id = receive(place, drills="2")
    form = place.form(lambda: report_form(place.desk, place.given.health.id, input_id))
    receive(place, GOOD, drills="2", inspections="7")
    fill(form, summary="Của tôi")
    assert form.try_save()

    assert {f.indicator: f.value for f in live(place, ReviewFigure)} == {
        "drills": "2",
        "inspections": "7",
    }
    assert [f.text for f in live(place, Finding)] == ["Phối hợp tốt."]
    assert place.now(ReviewInput(id=input_id)).summary == "Của tôi"


def test_the_same_figure_and_the_same_findings_of_a_report_are_told(place: Place) -> None:
    input_id = receive(place, drills="2")
    form = place.form(lambda: report_form(place.desk, place.given.health.id, input_id))
    receive(place, GOOD, drills="5")
    mine = (None, "shortcoming", "other", "Gửi chậm.")
    fill(form, **{"figure:drills": "3", "findings": (mine,)})

    assert not form.try_save()
    assert set(form.form.wrong()) == {"figure:drills", "findings"}
    assert [f.value for f in live(place, ReviewFigure)] == ["5"]
    assert [f.text for f in live(place, Finding)] == ["Phối hợp tốt."]


@pytest.mark.parametrize("is_chosen", [False, True])
def test_a_report_that_another_has_received_meanwhile_is_not_written_over(
    place: Place, is_chosen: bool
) -> None:
    body = place.given.health.id
    form = place.form(lambda: report_form(place.desk, None if is_chosen else body))
    receive(place, GOOD, drills="2")
    fill(form, number="46/BC-SYT", **{"figure:drills": "3"})
    if is_chosen:
        fill(form, agency_id=body)

    assert not form.try_save()
    (kept,) = live(place, ReviewInput)
    assert kept.number == "45/BC-SYT"
    assert [f.value for f in live(place, ReviewFigure)] == ["2"]


def test_what_was_noted_of_a_body_before_its_report_stays_when_the_body_is_chosen(
    place: Place,
) -> None:
    early = {"review_id": place.given.review.id, "agency_id": place.given.health.id}
    place.given.enter("finding", **early, kind="result", area="other", text="Ghi trước.")
    form = place.form(lambda: report_form(place.desk, None))
    fill(form, agency_id=place.given.health.id, number="45/BC-SYT")
    fill(form, findings=((None, "result", "other", "Trong báo cáo."),))
    assert form.try_save()

    assert {f.text for f in live(place, Finding)} == {"Ghi trước.", "Trong báo cáo."}


# instances, and running text -------------------------------------------------------------


def an_instance(place: Place) -> Any:
    with place.store.reading() as session:
        rows = schedule.occurrences(session, today=TODAY, obligations=[place.given.report.id])
    return next(row for row in rows if row.period == "2026-Q3")


def test_a_date_that_another_has_moved_meanwhile_is_not_moved_unseen(place: Place) -> None:
    row = an_instance(place)
    place.given.touch(place.given.report, row.period, due_on=row.due_on)
    form = place.form(lambda: acts.act_form(place.office, acts.EXTEND, [row], lambda _said: None))
    with place.store.reading() as session:
        known = records.get(session, Occurrence, Occurrence.id_for(row.obligation_id, row.period))
    moved = {"extended_to": date(2026, 12, 10), "extension_ground": "Công văn 11"}
    place.another(known, **moved)
    fill(form, extended_to=date(2026, 12, 20), extension_ground="Công văn 12")

    assert not form.try_save()
    assert BEHIND in form.form._errors["extended_to"].words
    assert place.now(known).extended_to == date(2026, 12, 10)


def test_a_result_that_another_has_noted_stays_when_the_instance_is_completed(
    place: Place,
) -> None:
    row = an_instance(place)
    form = place.form(lambda: acts.act_form(place.office, acts.COMPLETE, [row], lambda _: None))
    place.given.touch(place.given.report, row.period, due_on=row.due_on, result="Đã gửi thư")
    fill(form, evidence="19/BC-SYT")
    assert form.try_save()

    (now,) = [o for o in live(place, Occurrence) if o.period == row.period]
    assert (now.result, now.evidence) == ("Đã gửi thư", "19/BC-SYT")


def text_part(place: Place) -> TextPart:
    part: TextPart = place.page(TextPart(place.desk, "opening"))
    with place.store.reading() as session:
        part.refresh(session, place.desk.review(session))
    place.desk.changed.connect(lambda: show(place, part))
    return part


def show(place: Place, part: TextPart) -> None:
    with place.store.reading() as session:
        part.refresh(session, place.desk.review(session))


def test_a_text_that_another_has_written_meanwhile_is_not_written_over(place: Place) -> None:
    part = text_part(place)
    part.box.setPlainText("Của tôi")
    place.another(place.given.review, opening="Của người khác", situation="Tình hình")

    assert not part.save_text()
    assert place.now(place.given.review).opening == "Của người khác"
    part.drop_text()
    assert part.box.toPlainText() == "Của người khác"
    part.box.setPlainText("Của cả hai")
    assert part.save_text(), "the clerk has now seen what the other wrote"
    assert place.now(place.given.review).situation == "Tình hình"


def test_a_draft_of_a_text_says_that_another_has_written_it_since(
    place: Place, qtbot: QtBot
) -> None:
    said: list[Any] = []
    place.office.said.connect(said.append)
    part = text_part(place)
    part.box.setPlainText("Của tôi")
    assert part.keep_draft()
    place.another(place.given.review, opening="Của người khác")

    again = text_part(place)
    qtbot.waitUntil(lambda: bool(said))
    assert again.box.toPlainText() == "Của tôi"
    assert "đã có người đổi" in said[-1].sentence


# the one way ---------------------------------------------------------------------------

MOVES = {"obligation/acts.py", "agency/handover.py", "agency/page.py"}
"""Forms that write nothing they show: what they do is guarded by the service they call."""


def test_no_form_of_a_known_record_is_made_but_by_edit_form() -> None:
    made = {
        path.relative_to("app/ui").as_posix()
        for path in Path("app/ui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "FormPage"
        and any(word.arg == "record_id" for word in node.keywords)
    }
    assert made - MOVES == {"common/form/edit_form.py"}
