"""What the bodies of a review exchanged in its period, counted from the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from app.export.packet_content import Figure, SourceRef
from app.kinds import CARDS
from app.models import Exchange
from app.models.reply_state import ReplyState
from app.services import exchanges
from app.services.review.obligations import Scope
from app.words import marked, told

_UNIT = marked("tin")
_LABELS: Mapping[str, str] = marked(
    {
        "exchanged": "Văn bản, tin đã trao đổi (theo sổ)",
        "exchanged_valuable": "Tin có giá trị (theo sổ)",
        "exchanged_asked": "Văn bản, tin phải trả lời",
        "exchanged_answered": "Văn bản, tin được trả lời đúng hạn",
        "exchanged_answered_late": "Văn bản, tin được trả lời quá hạn",
        "exchanged_overdue": "Văn bản, tin quá hạn chưa được trả lời",
    }
)
KEYS = frozenset(_LABELS)
"""The keys of these figures; a review whose bodies keep no such register shows none."""


@dataclass(frozen=True)
class Exchanged:
    """What was exchanged, by day, and where the answer to each stands."""

    listed: tuple[Exchange, ...] = ()
    states: Mapping[UUID, ReplyState] | None = None

    def figures(self) -> Iterator[Figure]:
        """Each count with the records that it counts."""
        states = self.states or {}

        def of(*wanted: ReplyState) -> list[Exchange]:
            return [each for each in self.listed if states.get(each.id) in wanted]

        asked = [e for e in self.listed if states.get(e.id) is not ReplyState.NOT_ASKED]
        yield _figure("exchanged", self.listed)
        yield _figure("exchanged_valuable", [e for e in self.listed if e.is_valuable])
        yield _figure("exchanged_asked", asked)
        yield _figure("exchanged_answered", of(ReplyState.ANSWERED))
        yield _figure("exchanged_answered_late", of(ReplyState.ANSWERED_LATE))
        yield _figure("exchanged_overdue", of(ReplyState.OVERDUE))


def exchanged_in(session: Session, scope: Scope, *, today: date) -> Exchanged:
    """What was exchanged in the review's period under its regulations or between its bodies.

    What goes by another regulation is another review's; nothing secret is counted.
    """
    review = scope.review
    covered = {regulation.id for regulation in scope.regulations}
    bodies = {review.host_id, *review.participants}

    def belongs(exchange: Exchange) -> bool:
        if exchange.regulation_id is not None:
            return exchange.regulation_id in covered
        return exchange.sender_id in bodies and not bodies.isdisjoint(exchange.recipients)

    found = exchanges.between(session, review.period_from, review.period_to)
    listed = tuple(filter(belongs, found))
    return Exchanged(listed, exchanges.states(session, listed, today=today))


def _figure(key: str, counted: Iterable[Exchange]) -> Figure:
    sources = tuple(map(_source, counted))
    return Figure(key, told(_LABELS[key]), Decimal(len(sources)), told(_UNIT), sources=sources)


def _source(exchange: Exchange) -> SourceRef:
    return SourceRef("exchange", str(exchange.id), CARDS["exchange"].picked_as(exchange)[:200])
