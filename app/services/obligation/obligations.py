"""What a clerk does with obligations and their due instances."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from app.errors import InvalidFields, Refused
from app.models import Agency, Conclusion, Obligation, Occurrence, Provision
from app.models.occurrence_row import OccurrenceRow
from app.models.recurrence.rhythm import EVENT, period_words
from app.models.values import Value, Values
from app.models.working_days import default_working_days
from app.services.any_kind import records
from app.services.obligation import schedule
from app.services.obligation.refusals import (
    refuse_cancelled,
    refuse_dated,
    refuse_early,
    refuse_standing,
    refuse_undated,
)
from app.services.obligation.whole import whole_obligations
from app.text import collated, date_words
from app.words import kept, marked, told

_LONGEST_EXTENSION = 5 * 365  # days; a later date is a year typed wrong


def enter(session: Session, values: Values) -> Obligation:
    """Enter an obligation; it comes from a regulation or from a review's conclusion.

    A provision or a conclusion that is named says which. Raises InvalidFields.
    """
    given = {**values, **_family(session, values)}
    return records.enter(session, Obligation, given)


def revise(session: Session, obligation_id: UUID, values: Values) -> Obligation:
    """Change fields of an obligation; where it comes from stays. Raises InvalidFields."""
    obligation = records.get(session, Obligation, obligation_id)
    for name in ("regulation_id", "review_id"):
        if name in values and values[name] != getattr(obligation, name):
            why = told("Nghĩa vụ không chuyển sang văn bản khác được; hãy rút và ghi nghĩa vụ mới.")
            raise InvalidFields({name: why})
    whole = {name: getattr(obligation, name) for name in ("regulation_id", "review_id")}
    _family(session, {**whole, **values})
    return records.revise(session, Obligation, obligation_id, dict(values))


def withdraw(session: Session, ids: Sequence[UUID]) -> int:
    """Withdraw obligations; what was written of their instances stays in the history."""
    return records.withdraw(session, "obligation", ids)


def complete(
    session: Session,
    obligation_id: UUID,
    period: str,
    *,
    on: date,
    today: date | None = None,
    result: str | None = None,
    evidence: str | None = None,
    was: Values | None = None,
) -> Occurrence:
    """Note that an instance was carried out on *on*.

    An obligation without any date is noted under the day it was done. With *today* a later day is
    refused. *was* is what was on screen, as in `records.revise`; a result or evidence that is not
    given stays. Raises Refused where the instance is already done or cancelled.
    """
    refuse_impossible_day(session, obligation_id, on, today)
    if not period:
        refuse_dated(session, obligation_id)
        period = _free_period(session, obligation_id, on)
    known = _known(session, obligation_id, period)
    if known is not None and known.completed_on is not None:
        raise Refused(
            why=told(
                "Kỳ này đã ghi hoàn thành ngày {completed_on}. Muốn ghi lại, hãy mở lại kỳ trước.",
                completed_on=date_words(known.completed_on),
            )
        )
    refuse_cancelled(known)
    said = {"result": result, "evidence": evidence}
    values: dict[str, Value] = {
        "completed_on": on,
        **{name: words for name, words in said.items() if words},
    }
    return _touch(session, obligation_id, period, values, was)


def refuse_impossible_day(
    session: Session, obligation_id: UUID, on: date, today: date | None = None
) -> None:
    """Raise InvalidFields if nothing can have been done on *on*: after *today*, or long before."""
    if today is not None and on > today:
        raise InvalidFields(
            {"completed_on": told("Ngày hoàn thành sau hôm nay {today}.", today=date_words(today))}
        )
    refuse_early(session, obligation_id, {"completed_on": on})


def reopen(session: Session, obligation_id: UUID, period: str) -> Occurrence:
    """Take back a completion or a cancellation. Raises Refused where there is none."""
    known = _known(session, obligation_id, period)
    if known is None or (known.completed_on is None and known.cancelled_on is None):
        raise Refused(why="Kỳ này chưa ghi hoàn thành hay hủy nên không có gì để mở lại.")
    nothing = ("completed_on", "result", "evidence", "cancelled_on", "cancel_ground")
    return _touch(session, obligation_id, period, dict.fromkeys(nothing))


def extend(
    session: Session,
    obligation_id: UUID,
    period: str,
    *,
    to: date,
    ground: str,
    was: Values | None = None,
) -> Occurrence:
    """Move an instance's date by an approved decision; the original date stays visible.

    *was* is what the clerk had on screen, as in `records.revise`.
    """
    known = _known(session, obligation_id, period)
    if known is not None and known.completed_on is not None:
        raise Refused(why="Kỳ này đã hoàn thành nên không điều chỉnh hạn nữa.")
    refuse_cancelled(known)
    refuse_undated(period, marked("điều chỉnh hạn"))
    due = _due_on(session, records.get(session, Obligation, obligation_id), period)
    if due is not None and (to - due).days > _LONGEST_EXTENSION:
        years = _LONGEST_EXTENSION // 365
        why = told(
            "Hạn mới sau hạn {due} hơn {years} năm; kiểm tra lại năm.",
            due=date_words(due),
            years=years,
        )
        raise InvalidFields({"extended_to": why})
    values = {"extended_to": to, "extension_ground": ground or None}
    return _touch(session, obligation_id, period, values, was)


def cancel(
    session: Session, obligation_id: UUID, period: str, *, on: date, ground: str
) -> Occurrence:
    """Cancel one instance; the obligation goes on. Raises Refused for one that is done."""
    known = _known(session, obligation_id, period)
    if known is not None and known.completed_on is not None:
        raise Refused(why="Kỳ này đã hoàn thành nên không hủy được.")
    refuse_cancelled(known)
    refuse_undated(period, marked("hủy kỳ"))
    if not ground.strip():
        raise InvalidFields({"cancel_ground": "Hủy kỳ phải ghi lý do."})
    refuse_early(session, obligation_id, {"cancelled_on": on})
    return _touch(session, obligation_id, period, {"cancelled_on": on, "cancel_ground": ground})


def note_event(session: Session, obligation_id: UUID, event_on: date, event: str) -> Occurrence:
    """Note what sets off an obligation; its date is counted from it where the rule says how.

    Raises Refused for an obligation whose dates the calendar gives.
    """
    refuse_dated(session, obligation_id)
    period = _free_period(session, obligation_id, event_on)
    return _touch(session, obligation_id, period, {"event_on": event_on, "event": event or None})


def pause(session: Session, obligation_id: UUID, *, on: date, ground: str) -> Obligation:
    """From *on* the obligation creates no instances until it is resumed."""
    return _stand(session, obligation_id, "paused", on, ground)


def stop(session: Session, obligation_id: UUID, *, on: date, ground: str) -> Obligation:
    """From *on* the obligation is cancelled for good."""
    return _stand(session, obligation_id, "cancelled", on, ground)


def resume(session: Session, obligation_id: UUID, *, on: date) -> Obligation:
    """The obligation goes on from *on*; what fell due in between is cancelled and says why.

    Otherwise those instances would all come back as overdue.
    """
    obligation = records.get(session, Obligation, obligation_id)
    if obligation.standing == "active":
        raise Refused(why="Nghĩa vụ này đang thực hiện, không cần mở lại.")
    since = obligation.standing_from or on
    if on < since:
        raise InvalidFields(
            {
                "on": told(
                    "Ngày thực hiện lại sớm hơn ngày tạm dừng {since}.", since=date_words(since)
                )
            }
        )
    why = kept("Tạm dừng từ {since} đến trước {on}", since=date_words(since), on=date_words(on))
    ground = f"{why}: {obligation.standing_ground}" if obligation.standing_ground else f"{why}."
    values = {"standing": "active", "standing_from": None, "standing_ground": None}
    found = records.revise(session, Obligation, obligation_id, values)
    for row in schedule.occurrences(
        session, today=on, window=(since, on), obligations=[obligation_id]
    ):
        if row.is_open and row.due is not None and row.due < on:
            cancel(session, obligation_id, row.period, on=on, ground=ground[:400])
    return found


def reassign(
    session: Session,
    ids: Sequence[UUID],
    *,
    from_agency: UUID,
    to_agency: UUID,
    on: date,
    ground: str,
) -> int:
    """Hand obligations of one body to another, each noting since when and why; returns how many.

    Raises Refused if the receiving body no longer works on *on*, InvalidFields without a ground.
    """
    old = records.get(session, Agency, from_agency)
    new = records.get(session, Agency, to_agency)
    if not ground.strip():
        raise InvalidFields({"ground": "Chuyển nghĩa vụ phải ghi căn cứ."})
    if new.valid_to is not None and new.valid_to < on:
        raise Refused(
            why=told(
                "{name} đã kết thúc hoạt động ngày {valid_to}; chọn cơ quan đang hoạt động.",
                name=new.name,
                valid_to=date_words(new.valid_to),
            )
        )
    line = kept(
        "Từ {on} chuyển từ {old} sang {new}: {ground}",
        on=date_words(on),
        old=old.called(),
        new=new.called(),
        ground=ground.strip(),
    )
    count = 0
    for obligation_id in ids:
        obligation = records.get(session, Obligation, obligation_id)
        values = _handed_over(obligation, from_agency, to_agency)
        if values:
            note = f"{obligation.note}\n{line}" if obligation.note else line
            records.revise(session, Obligation, obligation_id, {**values, "note": note})
            count += 1
    return count


def of_body(session: Session, agency_id: UUID) -> list[Obligation]:
    """The obligations that a body leads or has a part in and that are not cancelled, by title."""
    found = [
        obligation
        for obligation in records.live(session, Obligation, col(Obligation.standing) != "cancelled")
        if agency_id == obligation.lead_id or agency_id in obligation.coordinating
    ]
    return sorted(found, key=lambda obligation: collated(obligation.title))


def touch(session: Session, obligation_id: UUID, period: str) -> Occurrence:
    """The record of an instance, entered if nobody has written of it yet: a file hangs on it."""
    return _touch(session, obligation_id, period, {})


def titles_of(session: Session, regulation_id: UUID) -> list[str]:
    """The obligations that a regulation already has in the register."""
    found = records.live(session, Obligation, col(Obligation.regulation_id) == regulation_id)
    return sorted((obligation.title for obligation in found), key=collated)


def rows_of(
    session: Session,
    *,
    today: date,
    regulation_id: UUID | None = None,
    obligation_id: UUID | None = None,
    mine: Collection[UUID] = (),
) -> list[OccurrenceRow]:
    """Every instance of one obligation, or of the obligations of one regulation."""
    if obligation_id is not None:
        wanted = [obligation_id]
    else:
        of_regulation = col(Obligation.regulation_id) == regulation_id
        wanted = [obligation.id for obligation in records.live(session, Obligation, of_regulation)]
    return schedule.occurrences(session, today=today, obligations=wanted, mine=mine)


def _family(session: Session, values: Values) -> dict[str, Value]:
    """Where the obligation comes from, completed from the provision or conclusion it names."""
    regulation_id, review_id = values.get("regulation_id"), values.get("review_id")
    provision_id, conclusion_id = values.get("provision_id"), values.get("conclusion_id")
    if isinstance(provision_id, UUID):
        provision = records.get(session, Provision, provision_id)
        regulation_id = regulation_id or provision.regulation_id
        if provision.regulation_id != regulation_id:
            raise InvalidFields({"provision_id": "Điều khoản này thuộc một quy chế khác."})
    if isinstance(conclusion_id, UUID):
        conclusion = records.get(session, Conclusion, conclusion_id)
        review_id = review_id or conclusion.review_id
        if conclusion.review_id != review_id:
            raise InvalidFields({"conclusion_id": "Kết luận này thuộc một hội nghị khác."})
    if regulation_id is None and review_id is None:
        why = told("Chọn quy chế, hoặc hội nghị đã giao nghĩa vụ này.")
        raise InvalidFields({"regulation_id": why})
    return {"regulation_id": regulation_id, "review_id": review_id}


def _known(session: Session, obligation_id: UUID, period: str) -> Occurrence | None:
    found = session.get(Occurrence, Occurrence.id_for(obligation_id, period))
    if found is not None and found.is_live:
        return found
    # Of a merged obligation it may have been noted under the other one's id.
    same = (col(Occurrence.obligation_id) == obligation_id, col(Occurrence.period) == period)
    return next(iter(records.live(session, Occurrence, *same)), None)


def _touch(
    session: Session, obligation_id: UUID, period: str, values: Values, was: Values | None = None
) -> Occurrence:
    """Write of an instance only what is touched; the first time also which one it is."""
    known = _known(session, obligation_id, period)
    if known is not None:
        return records.revise(session, Occurrence, known.id, dict(values), was=was)
    obligation = records.get(session, Obligation, obligation_id)
    whole: dict[str, Value] = {
        "obligation_id": obligation.id,
        "regulation_id": obligation.regulation_id,
        "review_id": obligation.review_id,
        "period": period,
        "due_on": _due_on(session, obligation, period),
    }
    id_ = Occurrence.id_for(obligation.id, period)
    return records.enter(session, Occurrence, {**whole, **values}, id=id_)


def _due_on(session: Session, obligation: Obligation, period: str) -> date | None:
    """The original date of the instance; raises Refused if the obligation owes no such period."""
    if period.startswith(EVENT) and not obligation.recurrence.needs_event:
        return None
    read = next(whole_obligations(session, frozenset({obligation.id})), None)
    due = read.rhythm.due_of(period, default_working_days()) if read else None
    if due is None:
        raise Refused(
            why=told(
                "Nghĩa vụ “{title}” không có {period_words}; tải lại danh sách kỳ.",
                title=obligation.title,
                period_words=period_words(period),
            )
        )
    return due.due_on


def _free_period(session: Session, obligation_id: UUID, day: date) -> str:
    """A period named after *day* that is not taken: two events may fall on one day."""
    first = f"{EVENT}{day.isoformat()}"
    period, nth = first, 1
    while _known(session, obligation_id, period) is not None:
        nth += 1
        period = f"{first}.{nth}"
    return period


def _stand(
    session: Session, obligation_id: UUID, standing: str, on: date, ground: str
) -> Obligation:
    if not ground.strip():
        raise InvalidFields({"standing_ground": "Tạm dừng hoặc hủy nghĩa vụ phải ghi lý do."})
    refuse_early(session, obligation_id, {"standing_from": on})
    known = records.get(session, Obligation, obligation_id)
    refuse_standing(known, standing)
    values: dict[str, Value] = {"standing": standing, "standing_from": on}
    return records.revise(session, Obligation, obligation_id, {**values, "standing_ground": ground})


def _handed_over(obligation: Obligation, old: UUID, new: UUID) -> dict[str, Value]:
    """The fields that change when *old* hands *obligation* to *new*; none if it had no part."""
    lead = new if obligation.lead_id == old else obligation.lead_id
    others = {new if body == old else body for body in obligation.coordinating} - {lead}
    changed: dict[str, Value] = {}
    if lead != obligation.lead_id:
        changed["lead_id"] = lead
    if others != set(obligation.coordinating):
        changed["coordinating"] = tuple(sorted(others))
    return changed
