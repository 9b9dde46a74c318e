"""The sample office: a provincial police and its partner bodies, as years of work would leave it.

The facts are public (see the files of `resources/sample`); what was filled in says "Dữ liệu mẫu".
Everything goes through the services, in the order and at the times a clerk would have done it, so
that history, undo and "as of" have something to show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from sqlmodel import Session

from app.errors import Refused
from app.models import MODELS
from app.progress import Progress, quiet
from app.services.any_kind import records
from app.services.any_kind.kinds import LISTED
from app.services.sample.exchanged import exchanging
from app.services.sample.files import SampleFiles
from app.services.sample.outcomes import Act
from app.services.sample.registers import bodies, documents, giving, regulations
from app.services.sample.reviews import holding
from app.services.sample.step import Step
from app.store import OfficeFacts, Store
from app.words import told

_ALONE_SINCE = timedelta(days=14)
"""Later acts each make an action of their own; earlier ones are written month by month."""

_EARLIEST = date(2025, 9, 1)
"""What the sample tells ends with the reform of 2025; an earlier day is taken for this one."""

_OFFICE = "Phòng Tham mưu, Công an tỉnh Thanh Hóa"
_CLERK = "Chuyên viên Phòng Tham mưu"


@dataclass(frozen=True)
class Counts:
    """How many live records of each kind the sample made."""

    by_kind: Mapping[str, int]

    def words(self) -> list[tuple[str, int]]:
        """The kinds worth telling, in words."""
        named = (
            "agency",
            "regulation",
            "provision",
            "obligation",
            "occurrence",
            "exchange",
            "review",
        )
        return [(told(LISTED[kind].word).lower(), self.by_kind[kind]) for kind in named]


def fill(store: Store, *, today: date, progress: Progress = quiet) -> Counts:
    """Fill an empty register with the sample office. Raises Refused if it holds records."""
    _refuse_unless_empty(store)
    files = SampleFiles(max(today, _EARLIEST))
    acts: list[Act] = []
    steps = [
        *bodies(files),
        *documents(files),
        *regulations(files, store.blobs),
        *giving(files, acts),
        *exchanging(files),
        *holding(files, acts),
    ]
    past = _Past(store, today)
    store.set_facts(OfficeFacts(_OFFICE, (), _CLERK))
    try:
        _carry_out(store, sorted(steps, key=lambda step: step.on), acts, past, progress)
    finally:
        past.present()
    store.set_facts(OfficeFacts(_OFFICE, (files.id("agency", "cat"),), _CLERK))
    with store.reading() as session:
        return Counts({kind: len(records.live(session, MODELS[kind])) for kind in LISTED})


def _carry_out(
    store: Store, steps: Sequence[Step], acts: list[Act], at: _Past, progress: Progress
) -> None:
    """Do the steps in order, and between them the acts that came first.

    Acts are known only once their obligations have been entered.
    """
    for done, step in enumerate(steps):
        progress(done, len(steps))
        _act_until(store, acts, step.on, at)
        at(step.on)
        with store.changing(step.label) as session:
            step.work(session)
    _act_until(store, acts, date.max, at)


def _act_until(store: Store, acts: list[Act], until: date, at: _Past) -> None:
    """Do, and take from *acts*, those before *until*."""
    waiting = sorted((act for act in acts if act.on < until), key=lambda act: act.on)
    acts[:] = [act for act in acts if act.on >= until]
    for label, group in groupby(waiting, key=lambda act: _batch(act, at.today)):
        members = list(group)
        at(members[-1].on)
        with store.changing(label) as session:
            for act in members:
                act.do(session)


def _batch(act: Act, today: date) -> str:
    """The label of the action that *act* belongs to."""
    if act.on > today - _ALONE_SINCE:
        return act.label()
    return f"Ghi kết quả các kỳ tháng {act.on:%m/%Y}"


class _Past:
    """Lets the store's clock stand at the day of each step.

    It never runs backwards, since "as of" reads the log by its times, nor beyond the present.
    """

    def __init__(self, store: Store, today: date) -> None:
        self._store = store
        self._present = store.now
        self.today = today
        self._moment = datetime.combine(date(1990, 1, 1), time()).astimezone()

    def __call__(self, day: date) -> None:
        """Let it be half past eight on *day*."""
        wanted = datetime.combine(min(day, self.today), time(8, 30)).astimezone()
        self._moment = moment = max(self._moment, min(wanted, self._present()))
        self._store.now = lambda: moment

    def present(self) -> None:
        """Give the clock back."""
        self._store.now = self._present


def _refuse_unless_empty(store: Store) -> None:
    with store.reading() as session:
        if _is_empty(session):
            return
    raise Refused(
        why=told(
            "Thư mục {path} đã có dữ liệu nên không tạo văn phòng mẫu vào đó. Chọn một thư "
            "mục trống.",
            path=store.folder.path,
        )
    )


def _is_empty(session: Session) -> bool:
    return not any(records.live(session, model) for model in MODELS.values())
