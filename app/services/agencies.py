"""Bodies: what they are called on a day, what became of them, who answers for them now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, select

from app.errors import InvalidFields, Refused
from app.models import DELETED, Agency, AgencyName, AgencySuccession, Obligation, Party, Record
from app.models.agency import AGENCY_KINDS, SUCCESSION_KINDS
from app.models.states import NOT_HERE, AgencyState
from app.models.values import Values
from app.registers.agency import AgencyRow
from app.services.any_kind import records
from app.text import collated, date_words, folded
from app.words import told


@dataclass(frozen=True)
class SuccessionLine:
    """One link of a body's succession, in words."""

    id: UUID
    other_id: UUID
    other: str
    kind: str
    function: str
    ground: str
    effective_on: date | None
    is_onward: bool  # leads to a successor; False: to a predecessor


def rows(session: Session, *, today: date, mine: Iterable[UUID] = ()) -> list[AgencyRow]:
    """Every live body, in Vietnamese order."""
    found = records.live(session, Agency)
    called = {agency.id: agency.called() for agency in found}
    heirs = _heirs(session)
    regulations = _counts(session, col(Party.agency_id), Party)
    obligations = _counts(session, col(Obligation.lead_id), Obligation)
    own = frozenset(mine)
    listed = [
        AgencyRow(
            id=agency.id,
            name=agency.name,
            short_name=agency.short_name or "",
            code=agency.code or "",
            kind=AGENCY_KINDS.get(agency.kind, agency.kind),
            superior=called.get(agency.superior_id, "") if agency.superior_id else "",
            valid_from=agency.valid_from,
            valid_to=agency.valid_to,
            state=state_of(agency, today),
            successor=", ".join(called[h] for h in heirs.get(agency.id, ()) if h in called),
            regulations=regulations.get(agency.id, 0),
            obligations=obligations.get(agency.id, 0),
            is_mine=agency.id in own,
        )
        for agency in found
    ]
    return sorted(listed, key=lambda row: collated(row.name))


def state_of(agency: Agency, today: date) -> AgencyState:
    """Whether the body works on *today*."""
    if agency.valid_to is not None and agency.valid_to < today:
        return AgencyState.ENDED
    if agency.valid_from is not None and agency.valid_from > today:
        return AgencyState.NOT_YET
    return AgencyState.ACTIVE


def called(session: Session) -> dict[UUID, str]:
    """What each body is called in a table cell, withdrawn ones too: old records still name them."""
    statement = select(Agency.id, Agency.name, Agency.short_name)
    return {id_: short or name for id_, name, short in session.exec(statement)}


def full_names(session: Session) -> dict[UUID, str]:
    """The full present name of each body."""
    return dict(session.exec(select(Agency.id, Agency.name)).all())


def name_on(session: Session, agency_id: UUID, day: date | None) -> str:
    """What the body was called on *day*: a document keeps the name it was signed under."""
    agency = session.get(Agency, agency_id)
    if agency is None:
        return told(NOT_HERE)
    if day is not None:
        for former in _former(session, agency_id):
            begun = former.valid_from is None or former.valid_from <= day
            if begun and former.valid_to is not None and day <= former.valid_to:
                return former.name
    return agency.name


def responsible_on(session: Session, agency_id: UUID, day: date) -> list[UUID]:
    """Who answers for the body on *day*: itself while it works, else those it passed into.

    A transfer of one function does not pass the body on.
    """
    onward = _links(session, without_transfers=True)
    found: list[UUID] = []
    waiting, seen = [agency_id], {agency_id}
    while waiting:
        current = waiting.pop(0)
        heirs = [
            link.successor_id
            for link in onward.get(current, ())
            if link.effective_on is None or link.effective_on <= day
        ]
        agency = session.get(Agency, current)
        ended = agency is not None and agency.valid_to is not None and agency.valid_to < day
        if not heirs or not ended:
            found.append(current)
            continue
        waiting += [heir for heir in heirs if heir not in seen]
        seen.update(heirs)
    return found


def successions(session: Session, agency_id: UUID) -> list[SuccessionLine]:
    """The links to and from the body, oldest first."""
    names = called(session)
    lines = []
    for link in records.live(session, AgencySuccession):
        if agency_id not in (link.agency_id, link.successor_id):
            continue
        is_onward = link.agency_id == agency_id
        other = link.successor_id if is_onward else link.agency_id
        lines.append(
            SuccessionLine(
                id=link.id,
                other_id=other,
                other=names.get(other, told(NOT_HERE)),
                kind=told(SUCCESSION_KINDS.get(link.kind, link.kind)),
                function=link.function or "",
                ground=_ground(link),
                effective_on=link.effective_on,
                is_onward=is_onward,
            )
        )
    return sorted(lines, key=lambda line: (line.effective_on or date.min, line.other))


def former_names(session: Session, agency_id: UUID) -> list[AgencyName]:
    """The names the body bore before, oldest first."""
    return sorted(_former(session, agency_id), key=lambda n: n.valid_to or date.max)


def rename(
    session: Session, agency_id: UUID, name: str, short_name: str | None, until: date | None
) -> Agency:
    """Give the body a new name; the old one is kept with *until* as its last day.

    Raises Refused if the name is the one it bears.
    """
    agency = records.get(session, Agency, agency_id)
    if agency.name == name:
        raise InvalidFields({"name": "Tên mới giống tên đang dùng. Nhập tên khác."})
    former = former_names(session, agency_id)
    since = next((n.valid_to for n in reversed(former) if n.valid_to), None)
    begun = since + timedelta(days=1) if since else agency.valid_from
    records.enter(
        session,
        AgencyName,
        {
            "agency_id": agency_id,
            "name": agency.name,
            "short_name": agency.short_name,
            "valid_from": begun,
            "valid_to": until,
        },
    )
    values = {"name": name, "short_name": short_name}
    return records.revise(session, Agency, agency_id, values)


def succeed(session: Session, values: Values) -> AgencySuccession:
    """Note a succession; a body that has wholly passed on ends the day before.

    Raises Refused where the links would close a ring.
    """
    link = records.enter(session, AgencySuccession, dict(values))
    if link.agency_id in _onward_of(session, link.successor_id):
        raise Refused(
            why="Không ghi được: cơ quan kế thừa lại chuyển vào cơ quan cũ theo dòng đã có."
        )
    old = records.get(session, Agency, link.agency_id)
    if link.kind != "transfer" and link.effective_on is not None and old.valid_to is None:
        old.valid_to = link.effective_on - timedelta(days=1)
        old.ground = old.ground or _ground(link) or None
        session.add(old)
        session.flush()
    return link


def forerunners(session: Session) -> Mapping[UUID, set[UUID]]:
    """For each body that took something over: all that it came from, in any number of steps."""
    onward = _links(session)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for old in onward:
        for heir in _reached(onward, old):
            found[heir].add(old)
    return found


def inherited(session: Session) -> Mapping[UUID, Mapping[UUID, date]]:
    """For each body that others passed into: those, and the day since when it answers for them.

    As in `responsible_on`, a transfer of one function and a body that still works pass nothing on.
    """
    onward = _links(session, without_transfers=True)
    passed = session.exec(select(Agency).where(col(Agency.id).in_(onward))) if onward else ()
    ends = {agency.id: agency.valid_to for agency in passed if agency.valid_to is not None}
    found: dict[UUID, dict[UUID, date]] = defaultdict(dict)
    for old in ends:
        waiting = [(old, date.min)]
        while waiting:
            body, since = waiting.pop()
            for link in onward.get(body, ()) if body in ends else ():
                first = max(since, link.effective_on or date.min, ends[body] + timedelta(days=1))
                heir = link.successor_id
                if heir != old and first < found[heir].get(old, date.max):
                    found[heir][old] = first
                    waiting.append((heir, first))
    return found


def _onward_of(session: Session, agency_id: UUID) -> set[UUID]:
    return _reached(_links(session), agency_id)


def _reached(onward: Mapping[UUID, Sequence[AgencySuccession]], agency_id: UUID) -> set[UUID]:
    found, waiting = set[UUID](), [agency_id]
    while waiting:
        fresh = {link.successor_id for link in onward.get(waiting.pop(), ())} - found
        found |= fresh
        waiting += fresh
    return found


def find(session: Session, words: str) -> list[Agency]:
    """Bodies called *words*, in any case or marks, now or before; exact names only."""
    wanted = folded(words)
    by_id = {agency.id: agency for agency in records.live(session, Agency)}
    matches = [
        agency
        for agency in by_id.values()
        if wanted
        in {folded(agency.name), folded(agency.short_name or ""), folded(agency.code or "")}
    ]
    if matches:
        return matches
    former = {
        name.agency_id
        for name in records.live(session, AgencyName)
        if wanted in {folded(name.name), folded(name.short_name or "")}
    }
    return [by_id[agency_id] for agency_id in former if agency_id in by_id]


def _ground(link: AgencySuccession) -> str:
    parts = [link.decision or ""]
    if link.decided_on is not None:
        parts.append(told("ngày {decided_on}", decided_on=date_words(link.decided_on)))
    return " ".join(part for part in parts if part)


def _former(session: Session, agency_id: UUID) -> list[AgencyName]:
    return records.live(session, AgencyName, col(AgencyName.agency_id) == agency_id)


def _links(
    session: Session, *, without_transfers: bool = False
) -> dict[UUID, list[AgencySuccession]]:
    onward: dict[UUID, list[AgencySuccession]] = defaultdict(list)
    for link in records.live(session, AgencySuccession):
        if not (without_transfers and link.kind == "transfer"):
            onward[link.agency_id].append(link)
    return onward


def _heirs(session: Session) -> dict[UUID, list[UUID]]:
    return {
        agency: [link.successor_id for link in links]
        for agency, links in _links(session, without_transfers=True).items()
    }


def _counts(session: Session, column: Mapped[UUID], model: type[Record]) -> dict[UUID, int]:
    statement = select(column, func.count()).where(col(model.life) != DELETED).group_by(column)
    return {body: count for body, count in session.execute(statement)}  # noqa: C416
