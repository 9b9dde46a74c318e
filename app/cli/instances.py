"""Due instances of obligations as the command line finds, filters and prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from app.cli import plain
from app.cli.conditions import Where, stands
from app.cli.values import NO, YES, read_day
from app.errors import InvalidFields, Refused
from app.json_tree import Json
from app.models import Obligation, ObligationDraft, OccurrenceDraft
from app.models.occurrence_row import OccurrenceRow
from app.models.occurrence_state import OccurrenceState
from app.models.trait import Input, traits_of
from app.models.values import Value
from app.registers.column import text_of
from app.services.any_kind import lookup
from app.services.any_kind.kinds import LISTED
from app.services.obligation import schedule
from app.text import clean, folded, search_words
from app.words import marked, told

_FIRST = (
    "id", "obligation_id", "regulation_id", "review_id", "provision_id", "conclusion_id",
    "period", "label", "title", "number", "source", "area", "lead_id", "lead",
    "coordinating_ids", "coordinating",
)  # fmt: skip
_LAST = (
    "rhythm", "due_on", "extended_to", "due", "remind_on", "data_from", "data_to", "state",
    "days_left", "completed_on", "result", "evidence", "event", "ground", "given_on", "is_mine",
    "is_guess", "asked_on",
)  # fmt: skip
_OF_OBLIGATION = frozenset(
    {"receiver", "recurrence", "starts_on", "ends_on", "quote", "note"}
    | {"standing", "standing_from", "standing_ground"}
)
"""What `show` says of the obligation itself and not of each of its instances."""
_OWN = tuple(
    name
    for name in traits_of(ObligationDraft)
    if name not in _OF_OBLIGATION and name not in (*_FIRST, *_LAST)
)
_JSON = (*_FIRST, *_OWN, *_LAST)
_FIELDS = frozenset(
    {*_JSON, "receiver", "subject", "agencies", "is_led_by_me", "is_touched", "opens_on"}
)
_TRAITS = {**traits_of(OccurrenceDraft), **traits_of(ObligationDraft)}
_DAYS = frozenset(
    {"due", "remind_on", "opens_on", "data_from", "data_to", "given_on", "asked_on"}
    | {name for name, trait in _TRAITS.items() if trait.input is Input.DATE}
)
_WORDS: Mapping[str, Callable[[OccurrenceRow], Value]] = {
    "area": lambda row: row.whole.area,
    "coordinating": lambda row: row.bodies.coordinating,
    "coordinating_ids": lambda row: row.record.coordinating,
    "rhythm": lambda row: row.whole.rhythm_words,
    "given_on": lambda row: row.record.starts_on,
}
"""What an instance calls otherwise than its obligation does."""
_REFERS = {"obligation": "obligation_id", "regulation": "regulation_id", "review": "review_id"}
_CODES = {state.value: state.name.lower() for state in OccurrenceState}
_MOST_NAMED = 6


def value_of(row: OccurrenceRow, name: str) -> Value:
    """What *row* says of a field, read from the layer that has it; text nobody wrote is ""."""
    if name in _WORDS:
        return _WORDS[name](row)
    layers = (row, row.bodies, row.whole, row.record, row.written, row.by_rule)
    value: Value = next((getattr(each, name) for each in layers if hasattr(each, name)), None)
    if value is None and name in _TRAITS and _TRAITS[name].input in (Input.LINE, Input.LONG):
        return ""
    return value


def row_json(row: OccurrenceRow) -> dict[str, Json]:
    """An instance for --json. `state` is the word on screen, `state_code` its stable code."""
    found: dict[str, Json] = {name: plain.plain(value_of(row, name)) for name in _JSON}
    return {"entity": "occurrence", **found, "state_code": _CODES[row.state]}


def rows_table(rows: Sequence[OccurrenceRow]) -> str:
    """Instances as a table, with how many there are."""
    if not rows:
        return told("Không có kỳ nào.")
    titles = marked(
        ("Mã", "Hạn", "Tình trạng", "Còn", "Nghĩa vụ", "Kỳ", "Chủ trì", "Văn bản", "Gia hạn")
    )
    lines = [
        (
            row.id.hex[:8],
            text_of(row.due_on),
            told(row.state),
            text_of(row.days_left),
            row.record.title,
            row.label,
            row.bodies.lead,
            row.whole.number or row.whole.source,
            text_of(row.extended_to),
        )
        for row in rows
    ]
    return told("{table}\n{count} kỳ", table=plain.table(titles, lines), count=len(rows))


def row_text(row: OccurrenceRow) -> str:
    """One instance whole."""
    return plain.facts(
        [
            (told("Mã"), str(row.id)),
            (told("Nghĩa vụ"), row.record.title),
            (told("Kỳ"), row.label),
            (told("Tình trạng"), told(row.state)),
            (told("Thời hạn gốc"), text_of(row.due_on)),
            (told("Gia hạn đến"), text_of(row.extended_to)),
            (told("Ngày hoàn thành"), text_of(row.written.completed_on)),
            (told("Kết quả"), row.written.result or ""),
            (told("Văn bản chứng minh"), row.written.evidence or ""),
            (told("Sự kiện"), row.written.event or ""),
            (told("Lý do"), row.ground),
            (told("Chủ trì"), row.bodies.lead),
            (told("Phối hợp"), row.bodies.coordinating),
            (told("Văn bản"), row.whole.number or row.whole.source),
            (told("Nhịp"), row.whole.rhythm_words),
        ]
    )


def filtered(
    session: Session, rows: Iterable[OccurrenceRow], wheres: Iterable[Where], today: date
) -> list[OccurrenceRow]:
    """The rows that meet every condition. Raises InvalidFields or Refused."""
    kept = list(rows)
    for where in wheres:
        kept = _kept(session, kept, where, today)
    return kept


def find_row(session: Session, text: str, period: str | None, today: date) -> OccurrenceRow:
    """One instance by its id or the start of it, or by its obligation and period.

    Raises Refused; an obligation with more than one instance needs a period.
    """
    rows = schedule.occurrences(session, today=today)
    start = clean(text).lower().replace("-", "")
    found = [row for row in rows if len(start) >= 4 and row.id.hex.startswith(start)]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        raise Refused(
            why=told(
                "Có {count} kỳ có mã bắt đầu bằng “{text}”; ghi thêm ký tự của mã.",
                count=len(found),
                text=text,
            )
        )
    obligation = lookup.find(session, Obligation, text, today=today)
    return _row_of_obligation(
        [row for row in rows if row.obligation_id == obligation.id], period, obligation.title
    )


def _row_of_obligation(
    rows: Sequence[OccurrenceRow], period: str | None, title: str
) -> OccurrenceRow:
    wanted = folded(period or "")
    named = [r for r in rows if wanted in (folded(r.period), folded(r.label), str(r.due_on))]
    if period and len(named) == 1:
        return named[0]
    if not period and len(rows) == 1:
        return rows[0]
    if not rows:
        raise Refused(why=told("Nghĩa vụ “{title}” không còn kỳ nào.", title=title))
    near = [row for row in rows if row.is_open] or list(rows)
    shown = "; ".join(
        f"{row.period or told('không hạn')} ({row.label})" for row in near[:_MOST_NAMED]
    )
    head = (
        told("không có kỳ “{period}”", period=period)
        if period
        else told("có nhiều kỳ, cần ghi rõ kỳ nào")
    )
    raise Refused(
        why=told("Nghĩa vụ “{title}” {head}. Các kỳ: {shown}.", title=title, head=head, shown=shown)
    )


def _kept(
    session: Session, rows: list[OccurrenceRow], where: Where, today: date
) -> list[OccurrenceRow]:
    name = where.name.removesuffix("_id")
    if name in ("lead", "coordinating", "agency", *_REFERS) and where.sign in ("<=", ">="):
        raise InvalidFields({where.name: "Ô này không so được trước sau; dùng =, != hoặc ~."})
    if name in ("lead", "coordinating", "agency") and where.sign == "~":
        wanted_words = set(search_words(where.value))
        return [row for row in rows if wanted_words <= set(search_words(_called(row, name)))]
    if name in ("lead", "coordinating", "agency"):
        agency = lookup.find(session, LISTED["agency"], where.value, today=today)
        return [row for row in rows if (agency.id in _bodies(row, name)) == (where.sign != "!=")]
    if name in _REFERS:
        wanted = lookup.find(session, LISTED[name], where.value, today=today).id
        column = _REFERS[name]
        return [r for r in rows if (value_of(r, column) == wanted) == (where.sign != "!=")]
    if where.name not in _FIELDS:
        raise InvalidFields(
            {where.name: told("Kỳ thực hiện không có ô “{name}” để lọc.", name=where.name)}
        )
    if where.name == "state":
        _refuse_strange_state(where)
    elif where.name in _DAYS and where.value.strip():
        read_day(where.value, today)  # a day that is none is refused, rows or no rows
    elif where.name == "days_left" and where.value.strip():
        _number(where)
    return [row for row in rows if _meets(row, where, today)]


def _refuse_strange_state(where: Where) -> None:
    """A state misspelt would give an empty list, which reads as "nothing is overdue"."""
    if where.sign in ("<=", ">="):
        raise InvalidFields({"state": "Tình trạng không so được trước sau; dùng =, != hoặc ~."})
    known = {folded(state.value) for state in OccurrenceState} | set(_CODES.values())
    if where.sign != "~" and folded(clean(where.value)) not in known:
        listed = ", ".join(_CODES.values())
        raise InvalidFields(
            {
                "state": told(
                    "Không có tình trạng “{value}”. Các mã: {listed}.",
                    value=where.value,
                    listed=listed,
                )
            }
        )


def _called(row: OccurrenceRow, role: str) -> str:
    lead, others = row.bodies.lead, row.bodies.coordinating
    return {"lead": lead, "coordinating": others}.get(role) or f"{lead}; {others}"


def _bodies(row: OccurrenceRow, role: str) -> set[UUID]:
    if role == "lead":
        return {row.bodies.lead_id}
    others = set(row.record.coordinating)
    return others if role == "coordinating" else others | {row.bodies.lead_id}


def _meets(row: OccurrenceRow, where: Where, today: date) -> bool:
    value = value_of(row, where.name)
    if where.name == "state":
        if where.sign == "~":
            return set(search_words(where.value)) <= set(search_words(row.state))
        said = {folded(row.state), _CODES[row.state]}
        return (folded(clean(where.value)) in said) == (where.sign != "!=")
    if where.name in _DAYS and where.value.strip():
        wanted = read_day(where.value, today)
        return where.sign == "!=" if value is None else stands(value, where.sign, wanted)
    if where.name == "days_left" and where.value.strip():
        return where.sign == "!=" if value is None else stands(value, where.sign, _number(where))
    if isinstance(value, bool):
        return (value is _yes_or_no(where)) == (where.sign != "!=")
    if where.sign == "~":
        return set(search_words(where.value)) <= set(search_words(str(value or "")))
    same = folded(str(value if value is not None else "")) == folded(clean(where.value))
    return same if where.sign == "=" else not same if where.sign == "!=" else False


def _number(where: Where) -> int:
    try:
        return int(where.value)
    except ValueError:
        raise InvalidFields(
            {where.name: told("“{value}” không phải số.", value=clean(where.value))}
        ) from None


def _yes_or_no(where: Where) -> bool:
    said = folded(clean(where.value))
    if where.sign in ("<=", ">=", "~") or said not in YES | NO:
        raise InvalidFields({where.name: "Ghi “có” hoặc “không”, dùng = hoặc !=."})
    return said in YES
