"""A package as a clerk reads it: before it is taken in, and as the summary afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection
from sqlmodel import Session

from app import moments
from app.journal import log
from app.journal.change_set import LIFE, ChangeSet, RecordOps
from app.journal.plain import layout_of
from app.journal.raw import raw
from app.kinds import word_of
from app.models import MODELS
from app.models.states import ArrivalState
from app.models.trait import traits_of
from app.progress import Progress, quiet
from app.registers.arrival import ArrivalLine
from app.services.agreement import naming
from app.services.any_kind import records
from app.services.sync import joining, membership, quarantine
from app.store import Store
from app.sync import links
from app.sync.circle import office_names
from app.sync.incoming import Outcome
from app.text import capitalized
from app.words import told

_GRAVEST_FIRST = tuple(ArrivalState)
MOST_WITHDRAWN, MOST_WITHDRAWN_SHARE, MOST_CHANGED_SHARE = 20, 0.05, 0.30
"""Beyond these a package is taken in only after the clerk has typed its number (sync, §6)."""


@dataclass(frozen=True)
class Arrival:
    """What a package brings. `held_before` is how many records stood in the register."""

    outcome: Outcome
    lines: tuple[ArrivalLine, ...]
    held_before: int

    @property
    def counts(self) -> dict[str, int]:
        """How many lines say each thing, the gravest first; what does not occur is left out."""
        found = Counter(line.what for line in self.lines)
        return {what: found[what] for what in ArrivalState if found[what]}

    @property
    def sweeping(self) -> str:
        """Why this package needs a typed word; empty where it does not."""
        gone = sum(map(len, self.outcome.deleted.values()))
        changed = sum(map(len, self.outcome.changed.values()))
        if gone > max(MOST_WITHDRAWN, MOST_WITHDRAWN_SHARE * self.held_before):
            return told(
                "Gói này rút {gone} trong {held_before} bản ghi của sổ.",
                gone=gone,
                held_before=self.held_before,
            )
        if self.held_before and changed > MOST_CHANGED_SHARE * self.held_before:
            return told(
                "Gói này sửa {changed} trong {held_before} bản ghi của sổ.",
                changed=changed,
                held_before=self.held_before,
            )
        return ""


def look(store: Store, path: Path, progress: Progress = quiet) -> Arrival:
    """Read a package whole and say what it would do; nothing changes. Raises PackageRefused."""
    return _read(store, path, keep=False, progress=progress)


def take(store: Store, path: Path, progress: Progress = quiet) -> Arrival:
    """Take a package in. Raises PackageRefused, with nothing changed."""
    found = _read(store, path, keep=True, progress=progress)
    membership.sweep_outbox(store)
    return found


def _read(store: Store, path: Path, *, keep: bool, progress: Progress) -> Arrival:
    with store.connection() as connection:
        held = _count_records(connection)
    lines: list[ArrivalLine] = []

    def tell(connection: Connection, outcome: Outcome) -> None:
        if not outcome.is_again:
            lines.extend(_Teller(connection, outcome).lines())

    outcome = joining.receive(store, path, keep=keep, progress=progress, look=tell)
    return Arrival(outcome, tuple(lines), held)


@dataclass
class _Touch:
    """Who last wrote to a record in the package, and which fields."""

    office: str = ""
    clerk: str = ""
    at: datetime | None = None
    fields: dict[str, None] = field(default_factory=dict)  # labels, in order


@dataclass
class _Teller:
    """Reads the register as the package makes it, inside the transaction."""

    connection: Connection
    outcome: Outcome
    touched: dict[bytes, _Touch] = field(default_factory=dict)

    def lines(self) -> list[ArrivalLine]:
        self._learn()
        found = [*self._aside(), *self._records()]
        return sorted(
            found, key=lambda line: (_GRAVEST_FIRST.index(line.what), line.kind, line.name)
        )

    def _learn(self) -> None:
        row = links.package(self.connection, self.outcome.package)
        if row is None:
            return
        names = office_names(self.connection)
        for stored in log.sets_between(self.connection, row.n_from, row.n_to):
            body = stored.read()
            for record in body.records:
                self._note(record, body, names.get(body.office, ""))

    def _note(self, record: RecordOps, body: ChangeSet, office: str) -> None:
        touch = self.touched.setdefault(record.record, _Touch())
        touch.office, touch.clerk = office, body.user
        touch.at = moments.local(body.wall)
        touch.fields |= dict.fromkeys(_labels(record.entity, (op.field for op in record.ops)))

    def _records(self) -> Iterator[ArrivalLine]:
        disputed: dict[bytes, list[str]] = {}
        whats: dict[str, dict[bytes, ArrivalState]] = {}
        for said, what in (
            (self.outcome.new, ArrivalState.NEW),
            (self.outcome.changed, ArrivalState.CHANGED),
            (self.outcome.deleted, ArrivalState.WITHDRAWN),
        ):
            for entity, ids in said.items():
                whats.setdefault(entity, {}).update(dict.fromkeys(ids, what))
        for entity, record, name in self.outcome.conflicts:
            whats.setdefault(entity, {})[record] = ArrivalState.DISPUTED
            disputed.setdefault(record, []).extend(_labels(entity, [name]))
        with Session(self.connection) as session:
            for entity, of in whats.items():
                yield from self._of_kind(session, entity, of, disputed)

    def _of_kind(
        self,
        session: Session,
        entity: str,
        whats: Mapping[bytes, ArrivalState],
        disputed: Mapping[bytes, list[str]],
    ) -> Iterator[ArrivalLine]:
        ids = [UUID(bytes=record) for record in whats]
        found = records.by_id(session, MODELS[entity], ids)
        called = naming.full_names(session, found.values())
        for record_id, record in found.items():
            what, touch = whats[record_id.bytes], self.touched.get(record_id.bytes, _Touch())
            about = disputed.get(
                record_id.bytes, list(touch.fields) if what == ArrivalState.CHANGED else []
            )
            kind, opens = _opens(entity, record_id, record)
            yield ArrivalLine(
                id=record_id.hex,
                what=what,
                kind=word_of(entity),
                name=called[record_id],
                about=", ".join(about),
                office=touch.office,
                clerk=touch.clerk,
                at=touch.at,
                opens_kind=kind,
                opens_id=opens,
            )

    def _aside(self) -> Iterator[ArrivalLine]:
        if not self.outcome.quarantined:
            return
        new = {set_id for set_id, _ in self.outcome.quarantined}
        with Session(self.connection) as session:
            for item in quarantine.listing(session):
                if item.id in new:
                    yield ArrivalLine(
                        id=item.id.hex(),
                        what=ArrivalState.ASIDE,
                        kind=item.kinds or told("Thay đổi"),
                        name=item.label or told("(không đọc được)"),
                        about=capitalized(item.words),
                        office="",
                        clerk=item.clerk,
                        at=item.written,
                    )


def _opens(entity: str, record_id: UUID, record: object) -> tuple[str, UUID]:
    if entity in ("obligation", "occurrence"):
        return entity, record_id
    aggregate: tuple[str, UUID] = record.aggregate()  # type: ignore[attr-defined]
    return aggregate


def _labels(entity: str, names: Iterable[str]) -> list[str]:
    """What the fields of these ops are called; a group by its members."""
    layout, model = layout_of(entity), MODELS.get(entity)
    if layout is None or model is None:
        return []
    traits = traits_of(model)
    found: list[str] = []
    for name in names:
        if name == LIFE:
            continue
        found += [told(traits[m].label) for m in layout.groups.get(name, (name,)) if m in traits]
    return [label for label in found if label]


def _count_records(connection: Connection) -> int:
    return sum(
        int(
            raw(connection)
            .execute(f"SELECT count(*) FROM \"{model.__tablename__}\" WHERE life <> 'deleted'")
            .fetchone()[0]
        )
        for model in MODELS.values()
    )
