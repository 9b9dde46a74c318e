"""The sample office's reviews, as steps of its past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from app.models import Finding, Obligation
from app.models.values import Value
from app.services.any_kind import records
from app.services.review import reviews
from app.services.sample.files import Row, SampleFiles
from app.services.sample.outcomes import Act, acts_of
from app.services.sample.step import Step, Work
from app.text import shortened

_LIST_FIELDS = ("input", "finding", "conclusion")


def holding(files: SampleFiles, acts: list[Act]) -> Iterator[Step]:
    """Each review opened, its reports received, concluded, its tasks given."""
    for row in files.rows("reviews.toml", "review"):
        held = files.day(row.text("held_on")) if "held_on" in row else None
        opened = held - timedelta(days=58) if held else files.today - timedelta(days=25)
        name = shortened(row.text("title"), 80)
        yield Step(opened, f"Mở hội nghị: {name}", _opening(files, row))
        yield from _inputs(files, row)
        if row.rows("finding"):
            on = (held or files.today) - timedelta(days=2)
            yield Step(on, f"Ghi nội dung tổng hợp: {name}", _finding(files, row))
        if held:
            yield Step(held + timedelta(days=1), f"Ghi kết luận: {name}", _concluding(files, row))
            given = held + timedelta(days=4)
            for place, task in enumerate(row.rows("conclusion"), start=1):
                if "task" in task:
                    label = f"Giao việc theo kết luận {place}: {name}"
                    yield Step(given, label, _giving(files, row, place, acts))


def _inputs(files: SampleFiles, row: Row) -> Iterator[Step]:
    """The reports in the order they came in, those of one day together."""
    by_day: dict[date, list[Row]] = {}
    for given in row.rows("input"):
        by_day.setdefault(files.day(given.text("received_on")), []).append(given)
    for day in sorted(by_day):
        label = f"Nhận {len(by_day[day])} báo cáo: {shortened(row.text('title'), 70)}"
        yield Step(day, label, _receiving(files, row, by_day[day]))


def _opening(files: SampleFiles, row: Row) -> Work:
    def work(session: Session) -> None:
        own = row.without(*_LIST_FIELDS)
        review = reviews.enter(session, files.values("review", own))
        files.know("review", row.text("key"), review.id)

    return work


def _receiving(files: SampleFiles, row: Row, given: Sequence[Row]) -> Work:
    def work(session: Session) -> None:
        review_id = files.id("review", row.text("key"))
        for report in given:
            agency_id = files.id("agency", report.text("agency"))
            names = ("number", "received_on", "summary")
            values = files.values("review_input", report.only(*names))
            received = reviews.receive(session, review_id, agency_id, values)
            for indicator, value in _figures(report):
                figure: dict[str, Value] = {"review_id": review_id, "input_id": received.id}
                figure |= {"agency_id": agency_id, "indicator": indicator, "value": value}
                reviews.note_figure(session, figure)

    return work


def _figures(report: Row) -> Iterator[tuple[str, str]]:
    """What a body reports: indicator and value."""
    if "figures" in report:
        figures = report.row("figures")
        yield from ((name, figures.text(name)) for name in figures.said)


def _finding(files: SampleFiles, row: Row) -> Work:
    def work(session: Session) -> None:
        review_id = files.id("review", row.text("key"))
        for place, given in enumerate(row.rows("finding"), start=1):
            more: dict[str, Value] = {"review_id": review_id, "position": f"{place:04d}"}
            records.enter(session, Finding, files.values("finding", given, **more))

    return work


def _concluding(files: SampleFiles, row: Row) -> Work:
    def work(session: Session) -> None:
        review_id = files.id("review", row.text("key"))
        for place, given in enumerate(row.rows("conclusion"), start=1):
            made = reviews.conclude(session, review_id, files.values("conclusion", given))
            files.know("conclusion", _place(row, place), made.id)

    return work


def _giving(files: SampleFiles, row: Row, place: int, acts: list[Act]) -> Work:
    def work(session: Session) -> None:
        conclusion_id: UUID = files.id("conclusion", _place(row, place))
        task = row.rows("conclusion")[place - 1].row("task")
        values: dict[str, Value] = {"title": task.text("title"), "product": "Báo cáo"}
        obligation: Obligation = reviews.give_task(session, conclusion_id, values)
        acts.extend(acts_of(obligation, task, files.today))

    return work


def _place(row: Row, place: int) -> str:
    return f"{row.text('key')}#{place}"
