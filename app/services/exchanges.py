"""What bodies exchanged: the list as this office reads it, entering one, who has to answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, String, exists, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select

from app.errors import InvalidFields, NotFound
from app.kinds import CARDS
from app.kinds.exchange import referred
from app.models import DELETED, Exchange, ExchangeReceipt, Obligation, Occurrence, Regulation
from app.models.exchange import REPLY, Direction
from app.models.handling import STAND_IN, is_secret
from app.models.occurrence_row import OccurrenceRow
from app.models.reply_state import OUTSTANDING, ReplyState, reply_state
from app.models.states import NOT_HERE
from app.models.values import Value, Values, said
from app.registers.exchange import ExchangeRow
from app.services import agencies
from app.services.any_kind import records
from app.services.obligation import obligations, schedule

_OFFERED = 500
RECEIPT = ("received_number", "received_on", "handled_by")
"""Fields of the form that stand in the recipient's own register."""


@dataclass(frozen=True)
class Answers:
    """The live answers to each exchange: body → the day of its first answer."""

    of: Mapping[UUID, Mapping[UUID, date]] = field(default_factory=dict)

    def waiting(self, asked: Exchange) -> tuple[UUID, ...]:
        """The recipients of *asked* that have not answered."""
        given = self.of.get(asked.id, {})
        return tuple(body for body in asked.recipients if body not in given)

    def last_on(self, asked: Exchange) -> date | None:
        """The day on which the last recipient answered; None while one lacks."""
        return self.last_of(asked.id, asked.recipients)

    def last_of(self, asked: UUID, recipients: Collection[UUID]) -> date | None:
        """As `last_on`, of what *asked* names and was sent to *recipients*."""
        given = self.of.get(asked, {})
        answered = [given[body] for body in recipients if body in given]
        return max(answered) if answered and len(answered) == len(recipients) else None

    def state(self, asked: Exchange, today: date) -> ReplyState:
        """Where the answer to *asked* stands on *today*."""
        return reply_state(
            asks=asked.asks,
            due=asked.reply_due_on,
            answered_on=self.last_on(asked),
            closed_on=asked.closed_on,
            today=today,
        )


def rows(session: Session, *, today: date, mine: Collection[UUID] = ()) -> list[ExchangeRow]:
    """Every live exchange, the newest first; *mine* are the bodies that this office speaks for."""
    found = records.live(session, Exchange)
    reader = _Reader(
        today,
        frozenset(mine),
        agencies.called(session),
        answers(session),
        _receipts(session, mine),
        {
            id_: CARDS["regulation"].cited(regulation)
            for id_, regulation in records.by_id(
                session, Regulation, {e.regulation_id for e in found if e.regulation_id}
            ).items()
        },
    )
    listed = [reader.row(exchange) for exchange in found]
    return sorted(listed, key=lambda row: (row.record.dated_on, row.id), reverse=True)


def answers(session: Session) -> Answers:
    """Who has answered what, and when first; an heir answers for the body that passed into it."""
    statement = select(
        col(Exchange.answers_id), col(Exchange.sender_id), col(Exchange.dated_on)
    ).where(col(Exchange.life) != DELETED, col(Exchange.answers_id).is_not(None))
    inherited = agencies.inherited(session)
    found: dict[UUID, dict[UUID, date]] = defaultdict(dict)
    for asked, sender, day in session.exec(statement):
        if asked is None:
            continue
        since = inherited.get(sender, {})
        for body in (sender, *(old for old, first in since.items() if first <= day)):
            found[asked][body] = min(day, found[asked].get(body, day))
    return Answers(found)


def states(session: Session, among: Iterable[Exchange], *, today: date) -> dict[UUID, ReplyState]:
    """Where the answer to each stands."""
    given = answers(session)
    return {exchange.id: given.state(exchange, today) for exchange in among}


def overdue_count(session: Session, *, today: date) -> int:
    """How many wait for an answer that should have come before *today*."""
    answer, body = aliased(Exchange), func.json_each(Exchange.recipients).table_valued("value")
    # One word of both ids: SQLite looks a pair up by walking all of them.
    given = select(_hex(answer.answers_id) + _hex(answer.sender_id)).where(
        col(answer.life) != DELETED, col(answer.answers_id).is_not(None)
    )
    asked = _hex(Exchange.id) + body.c.value
    lacking = exists().select_from(body).where(asked.not_in(given))
    late = (
        col(Exchange.life) != DELETED,
        col(Exchange.reply_due_on) < today,
        or_(col(Exchange.closed_on).is_(None), col(Exchange.closed_on) > today),
        lacking,
    )
    # Counted where they lie: the door asks after every change, also among 20,000.
    if not agencies.inherited(session):
        return session.exec(select(func.count()).select_from(Exchange).where(*late)).one()
    found = session.exec(select(Exchange.id, Exchange.recipients).where(*late)).all()
    told = answers(session)
    return sum(told.last_of(id_, recipients) is None for id_, recipients in found)


def answering(session: Session, exchange_id: UUID) -> list[Exchange]:
    """The live answers to an exchange, the earliest first."""
    found = records.live(session, Exchange, col(Exchange.answers_id) == exchange_id)
    return sorted(found, key=lambda exchange: (exchange.dated_on, exchange.id))


def answerable(session: Session, values: Values) -> list[Exchange]:
    """What a paper with these *values* may answer: sent by those it goes to, the newest first.

    Among them is what it is said to answer already.
    """
    sender, held = said(values, "sender_id", UUID), said(values, "answers_id", UUID)
    to = values.get("recipients")
    askers = to if isinstance(to, tuple) else ()
    reached = func.instr(_hex(Exchange.recipients), sender.hex if sender else "") > 0
    sent = and_(col(Exchange.sender_id).in_(askers), reached)
    statement = (
        select(Exchange)
        .where(col(Exchange.life) != DELETED, or_(sent, col(Exchange.id) == held))
        .order_by((col(Exchange.id) == held).desc(), col(Exchange.dated_on).desc())
        .limit(_OFFERED)
    )
    return list(session.exec(statement))


def answer_to(asked: Exchange, mine: Collection[UUID], today: date) -> dict[str, Value]:
    """What the form of an answer to *asked* begins with: from whom was asked, to who asked."""
    ours = [body for body in asked.recipients if body in mine]
    theirs = [body for body in asked.recipients if body not in mine]
    sender = (ours or theirs)[0] if ours or len(theirs) == 1 else None
    return {
        "form": asked.form,
        "kind": REPLY,
        "dated_on": today,
        "sender_id": sender,
        "recipients": (asked.sender_id,),
        "regulation_id": asked.regulation_id,
        "answers_id": asked.id,
    }


def enter(session: Session, values: Values, mine: Collection[UUID] = ()) -> Exchange:
    """Enter one, with this office's line of incoming papers. Raises InvalidFields or Refused."""
    exchange = records.enter(session, Exchange, _own(values))
    note_receipt(session, exchange, values, mine)
    return exchange


def revise(
    session: Session,
    exchange_id: UUID,
    values: Values,
    mine: Collection[UUID] = (),
    *,
    was: Values | None = None,
) -> Exchange:
    """Change the fields in *values*. Raises NotFound, InvalidFields or Refused."""
    exchange = records.revise(session, Exchange, exchange_id, _own(values), was=was)
    note_receipt(session, exchange, values, mine)
    return exchange


def note_receipt(
    session: Session, exchange: Exchange, values: Values, mine: Collection[UUID]
) -> None:
    """Write this office's own number and day of receipt; nothing where it received nothing."""
    body = next((body for body in exchange.recipients if body in mine), None)
    named = {name: values[name] for name in RECEIPT if name in values}
    if body is None or not named:
        return
    own = {"number" if n == "received_number" else n: value for n, value in named.items()}
    id_ = CARDS["exchange_receipt"].id_of({"exchange_id": exchange.id, "agency_id": body})
    known = session.get(ExchangeReceipt, id_)
    if known is not None and known.is_live:
        records.revise(session, ExchangeReceipt, known.id, own)
    elif any(own.values()):
        key = {"exchange_id": exchange.id, "agency_id": body}
        records.enter(session, ExchangeReceipt, {**key, **own}, id=id_)


def receipt_of(session: Session, exchange: Exchange, mine: Collection[UUID]) -> dict[str, Value]:
    """What the form shows of this office's own line of incoming papers."""
    found = records.live(
        session,
        ExchangeReceipt,
        col(ExchangeReceipt.exchange_id) == exchange.id,
        col(ExchangeReceipt.agency_id).in_(sorted(mine)),
    )
    held = found[0] if found else None
    return {
        "received_number": held.number if held else None,
        "received_on": held.received_on if held else None,
        "handled_by": held.handled_by if held else None,
    }


def fulfillable(
    session: Session, *, today: date, mine: Collection[UUID], held: object = None
) -> list[OccurrenceRow]:
    """The due instances that something sent may fulfil: still open, ours first, then by date.

    *held* is the one that is chosen already; it is among them though it be done.
    """
    found = [
        row
        for row in schedule.occurrences(session, today=today, mine=mine)
        if row.period and (row.is_open or row.id == held)
    ]
    return sorted(
        found, key=lambda row: (not row.bodies.is_led_by_me, row.due or date.max, row.subject)
    )


def fulfil(
    session: Session,
    exchange: Exchange,
    instance_id: UUID | None,
    *,
    today: date,
    is_done: bool = False,
) -> None:
    """Say that *exchange* carries out a due instance, whether anybody has touched that or not.

    None takes it back. *is_done* completes the instance, with the exchange as its evidence.
    Raises NotFound, or Refused where it cannot be completed on that day.
    """
    if instance_id is None:
        records.revise(session, Exchange, exchange.id, {"fulfils_id": None})
        return
    obligation_id, period = _instance(session, instance_id, today)
    if is_done:
        evidence = _evidence(session, exchange, obligation_id)
        try:
            touched = obligations.complete(
                session, obligation_id, period, on=exchange.dated_on, today=today, evidence=evidence
            )
        except InvalidFields as error:  # it is the paper's own day, whatever is wrong with it
            raise InvalidFields({"dated_on": " ".join(error.problems.values())}) from error
    else:
        touched = obligations.touch(session, obligation_id, period)
    records.revise(session, Exchange, exchange.id, {"fulfils_id": touched.id})


def between(session: Session, first: date, last: date) -> Sequence[Exchange]:
    """The live exchanges dated from *first* to *last*, nothing secret among them, by day."""
    found = records.live(
        session,
        Exchange,
        col(Exchange.dated_on) >= first,
        col(Exchange.dated_on) <= last,
        col(Exchange.secrecy) == "none",
    )
    return sorted(found, key=lambda exchange: (exchange.dated_on, exchange.id))


def _evidence(session: Session, exchange: Exchange, obligation_id: UUID) -> str | None:
    """What the instance keeps of *exchange*.

    Its family travels further than the exchange does: nothing of what stands in the paper goes
    there, and of a secret one not even its number.
    """
    obligation = records.get(session, Obligation, obligation_id)
    owned = session.get(Regulation, obligation.regulation_id)
    if owned is not None and is_secret(owned.secrecy):
        return None
    return STAND_IN if is_secret(exchange.secrecy) else referred(exchange)


def _instance(session: Session, instance_id: UUID, today: date) -> tuple[UUID, str]:
    """The obligation and the period of an instance, which has no row until it is touched."""
    known = session.get(Occurrence, instance_id)
    if known is not None:
        return known.obligation_id, known.period
    for row in schedule.occurrences(session, today=today):
        if row.id == instance_id and row.period:
            return row.obligation_id, row.period
    raise NotFound


@dataclass(frozen=True)
class _Reader:
    """What every row needs besides its record."""

    today: date
    mine: frozenset[UUID]
    names: Mapping[UUID, str]
    answers: Answers
    receipts: Mapping[UUID, ExchangeReceipt]
    regulations: Mapping[UUID, str]

    def row(self, exchange: Exchange) -> ExchangeRow:
        direction = self._direction(exchange)
        state = self.answers.state(exchange, self.today)
        waiting = self.answers.waiting(exchange) if state in OUTSTANDING else ()
        held = self.receipts.get(exchange.id)
        sender, recipients = self._name(exchange.sender_id), self._all(exchange.recipients)
        by_direction = {Direction.SENT: recipients, Direction.RECEIVED: (sender,)}
        return ExchangeRow(
            id=exchange.id,
            record=exchange,
            direction=direction,
            sender=sender,
            recipients=recipients,
            partners=by_direction.get(direction, (sender, *recipients)),
            state=state,
            waiting=self._all(waiting),
            answered_on=self.answers.last_on(exchange),
            is_owed=not self.mine.isdisjoint(waiting),
            received_number=(held.number or "") if held else "",
            received_on=held.received_on if held else None,
            handled_by=(held.handled_by or "") if held else "",
            regulation=self.regulations.get(exchange.regulation_id, "")
            if exchange.regulation_id
            else "",
            asked_on=self.today,
        )

    def _direction(self, exchange: Exchange) -> Direction:
        if exchange.sender_id in self.mine:
            return Direction.SENT
        received = not self.mine.isdisjoint(exchange.recipients)
        return Direction.RECEIVED if received else Direction.OTHERS

    def _name(self, body: UUID) -> str:
        return self.names.get(body, NOT_HERE)

    def _all(self, bodies: Iterable[UUID]) -> tuple[str, ...]:
        return tuple(map(self._name, bodies))


def _receipts(session: Session, mine: Collection[UUID]) -> dict[UUID, ExchangeReceipt]:
    found = records.live(session, ExchangeReceipt, col(ExchangeReceipt.agency_id).in_(sorted(mine)))
    return {receipt.exchange_id: receipt for receipt in found}


def _hex(id_: object) -> ColumnElement[str]:
    """An id as the text that the table holds."""
    return type_coerce(id_, String())


def _own(values: Values) -> dict[str, Value]:
    """The fields of the exchange itself."""
    return {name: value for name, value in values.items() if name not in RECEIPT}
