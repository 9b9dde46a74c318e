"""What the sample office exchanged with others, as steps of its past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import Session

from app.services import exchanges
from app.services.sample.files import Row, SampleFiles
from app.services.sample.step import Step, Work
from app.text import shortened


def exchanging(files: SampleFiles) -> Iterator[Step]:
    """Each exchange on its day; an answer comes after what it answers."""
    rows = files.rows("exchanges.toml", "exchange")
    for row in sorted(rows, key=lambda row: -row.number("ago")):
        name = row.text("number") if "number" in row else row.text("abstract")
        label = f"Ghi văn bản, tin: {shortened(name, 60)}"
        yield Step(_day(files, row), label, _entering(files, row))


def _day(files: SampleFiles, row: Row) -> date:
    return files.today - timedelta(days=row.number("ago"))


def _entering(files: SampleFiles, row: Row) -> Work:
    def work(session: Session) -> None:
        day = _day(files, row)
        values = files.values("exchange", row.without("key"), dated_on=day)
        for counted, name in (("due", "reply_due_on"), ("received", "received_on")):
            if counted in row:
                values[name] = day + timedelta(days=row.number(counted))
        values |= {n: row.text(n) for n in ("received_number", "handled_by") if n in row}
        made = exchanges.enter(session, values, (files.id("agency", "cat"),))
        if "key" in row:
            files.know("exchange", row.text("key"), made.id)

    return work
