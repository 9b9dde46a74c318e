"""The sample office: a provincial police and its partner bodies, as years of work would leave it.

The facts are public (see the files of `resources/sample`); what was filled in says "Dữ liệu mẫu".
Everything goes through the services, in the order and at the times a clerk would have done it, so
that history, undo and "as of" have something to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from sqlmodel import Session

from app.errors import Refused
from app.models import MODELS
from app.services import records
from app.services.kinds import KINDS
from app.services.sample_conferences import conferences
from app.services.sample_files import SampleFiles
from app.services.sample_outcomes import Act
from app.services.sample_registers import bodies, documents, duties, regulations
from app.services.sample_step import Step
from app.store import OfficeFacts, Store

_LAST_ALONE = 12
"""The latest acts each make an action of their own; earlier ones are written month by month."""

_EARLIEST = date(2025, 9, 1)
"""What the sample tells ends with the reform of 2025; an earlier day is taken for this one."""

_CLERKS = ("Chuyên viên Phòng Tham mưu", "Cán bộ tổng hợp")


@dataclass(frozen=True)
class Counts:
    """How many live records of each kind the sample made."""

    by_kind: Mapping[str, int]

    def words(self) -> list[tuple[str, int]]:
        """The kinds worth telling, in words."""
        told = ("agency", "regulation", "provision", "obligation", "occurrence", "review")
        return [(KINDS[kind].word.lower(), self.by_kind[kind]) for kind in told]


def fill(store: Store, *, today: date) -> Counts:
    """Fill an empty register with the sample office. Raises Refused if it holds records."""
    _refuse_unless_empty(store)
    files = SampleFiles(max(today, _EARLIEST))
    acts: list[Act] = []
    steps = [
        *bodies(files),
        *documents(files),
        *regulations(files, store.blobs),
        *duties(files, acts),
        *conferences(files, acts),
    ]
    with _past(store, today) as at:
        _carry_out(store, sorted(steps, key=lambda step: step.on), acts, at)
    cat = files.id("agency", "cat")
    store.set_facts(OfficeFacts("Phòng Tham mưu, Công an tỉnh Thanh Hóa", (cat,), _CLERKS[0]))
    with store.reading() as session:
        return Counts({kind: len(records.live(session, MODELS[kind])) for kind in KINDS})


At = Callable[[date], None]


def _carry_out(store: Store, steps: Sequence[Step], acts: list[Act], at: At) -> None:
    """Do the steps in order, and between them the acts that came first.

    Acts are known only once their duties have been entered, and the log's times must not run
    backwards: "as of" reads it by them.
    """
    written = 0
    for step in steps:
        written = _act_until(store, acts, written, step.on, at)
        at(step.on)
        with store.changing(step.label) as session:
            step.work(session)
    _act_until(store, acts, written, date.max, at)


def _act_until(store: Store, acts: list[Act], written: int, until: date, at: At) -> int:
    """Do the acts of whole months before *until*; returns how many have been done in all."""
    acts[written:] = sorted(acts[written:], key=lambda act: act.on)
    alone = len(acts) - _LAST_ALONE if until == date.max else len(acts)
    waiting = [(n, act) for n, act in enumerate(acts[written:], start=written) if act.on < until]
    for label, group in groupby(waiting, key=lambda item: _batch(item[0], item[1], alone)):
        members = [act for _, act in group]
        at(members[-1].on)
        with store.changing(label[0]) as session:
            for act in members:
                act.do(session)
    return written + len(waiting)


def _batch(place: int, act: Act, alone: int) -> tuple[str, int]:
    """The label of the action that *act* belongs to, and what keeps it apart from others."""
    if place >= alone:
        return act.label(), place
    return f"Ghi kết quả các kỳ tháng {act.on:%m/%Y}", 0


@contextmanager
def _past(store: Store, today: date) -> Iterator[At]:
    """Let the store's clock stand at the day of each step, never later than now."""
    present = store.now
    facts = store.facts
    count = 0

    def at(day: date) -> None:
        nonlocal count
        count += 1
        moment = datetime.combine(min(day, today), time(8, 30)).astimezone()
        moment = min(moment, present())
        store.now = lambda: moment
        if count == 1:
            store.set_facts(OfficeFacts(facts.name, facts.agencies, _CLERKS[0]))

    try:
        yield at
    finally:
        store.now = present


def _refuse_unless_empty(store: Store) -> None:
    with store.reading() as session:
        if _is_empty(session):
            return
    raise Refused(
        why=f"Thư mục {store.folder.path} đã có dữ liệu nên không tạo văn phòng mẫu vào đó. "
        "Chọn một thư mục trống."
    )


def _is_empty(session: Session) -> bool:
    return not any(records.live(session, model) for model in MODELS.values())
