"""Commands on due instances: due, complete, extend, cancel, reopen, event; on obligations too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from sqlmodel import Session

from app.cli.conditions import read_conditions
from app.cli.desk import Answer, Desk
from app.cli.instances import filtered, find_row, row_json, row_text, rows_table
from app.cli.record_text import record_answer
from app.cli.usage import Asked, Command, Option, Word, WrongUsage
from app.cli.values import read_day, read_pairs
from app.models import Agency, Obligation, Occurrence
from app.models.occurrence_row import OccurrenceRow
from app.services.any_kind import lookup
from app.services.any_kind.kinds import LISTED
from app.services.obligation import obligations, schedule
from app.text import date_words, shortened
from app.words import kept, marked, told

_AHEAD = timedelta(days=30)
Act = Callable[[Session, OccurrenceRow, dict[str, str]], Occurrence]


class Stand(Protocol):
    """What changes how a whole obligation stands, from a day on."""

    def __call__(self, session: Session, id_: UUID, /, *, on: date, ground: str) -> Obligation: ...


def due(desk: Desk, asked: Asked) -> Answer:
    """The instances that fall due between two days."""
    first = read_day(asked["--from"], desk.today) if asked["--from"] else desk.today
    last = read_day(asked["--to"], desk.today) if asked["--to"] else first + _AHEAD
    if last < first:
        raise WrongUsage(
            told(
                "--to {last} sớm hơn --from {first}.",
                last=date_words(last),
                first=date_words(first),
            )
        )
    with desk.store.reading() as session:
        typed = asked.many("--where")
        return instances_answer(desk, session, typed, today=desk.today, window=(first, last))


def instances_answer(
    desk: Desk,
    session: Session,
    typed: Sequence[str],
    *,
    today: date,
    window: tuple[date, date] | None = None,
) -> Answer:
    """Every due instance under the conditions."""
    wheres = read_conditions(typed)
    mine = desk.store.facts.agencies
    rows = schedule.occurrences(session, today=today, window=window, mine=mine)
    rows = filtered(session, rows, wheres, today)
    return Answer([row_json(row) for row in rows], rows_table(rows))


def instance_answer(session: Session, text: str, today: date) -> Answer:
    """One due instance, touched or not."""
    row = find_row(session, text, None, today)
    return Answer(row_json(row), row_text(row))


def complete(desk: Desk, asked: Asked) -> Answer:
    """Note that an instance was carried out."""

    def act(session: Session, row: OccurrenceRow, given: dict[str, str]) -> Occurrence:
        return obligations.complete(
            session,
            row.obligation_id,
            row.period,
            on=_day(desk, given),
            today=desk.today,
            result=given.get("result"),
            evidence=given.get("evidence"),
        )

    return _change(desk, asked, marked("Ghi hoàn thành"), ("on", "result", "evidence"), act)


def extend(desk: Desk, asked: Asked) -> Answer:
    """Move the date of an instance; the original stays."""

    def act(session: Session, row: OccurrenceRow, given: dict[str, str]) -> Occurrence:
        if not given.get("to"):
            raise WrongUsage("Lệnh extend cần to=NGÀY và ground=LÝ DO.", asked.command)
        to = read_day(given["to"], desk.today)
        ground = given.get("ground", "")
        return obligations.extend(session, row.obligation_id, row.period, to=to, ground=ground)

    return _change(desk, asked, marked("Điều chỉnh hạn"), ("to", "ground"), act)


def cancel(desk: Desk, asked: Asked) -> Answer:
    """Cancel one instance."""

    def act(session: Session, row: OccurrenceRow, given: dict[str, str]) -> Occurrence:
        on, ground = _day(desk, given), given.get("ground", "")
        return obligations.cancel(session, row.obligation_id, row.period, on=on, ground=ground)

    return _change(desk, asked, marked("Hủy kỳ"), ("on", "ground"), act)


def reopen(desk: Desk, asked: Asked) -> Answer:
    """Take back a completion or a cancellation."""

    def act(session: Session, row: OccurrenceRow, _given: dict[str, str]) -> Occurrence:
        return obligations.reopen(session, row.obligation_id, row.period)

    return _change(desk, asked, marked("Mở lại kỳ"), (), act)


def event(desk: Desk, asked: Asked) -> Answer:
    """Note what sets off an obligation that is counted from an event."""
    given = _given(asked, ("on", "event"))
    obligation = _obligation(desk, asked["NGHĨA_VỤ"])
    with desk.store.changing(
        kept("Ghi sự kiện: {title}", title=shortened(obligation.title, 80))
    ) as session:
        on = _day(desk, given)
        found = obligations.note_event(session, obligation.id, on, given.get("event", ""))
        row = find_row(session, str(found.id), None, desk.today)
    return Answer(row_json(row), told("Đã ghi sự kiện.\n{row_text}", row_text=row_text(row)))


def pause(desk: Desk, asked: Asked) -> Answer:
    """Stop an obligation for a time."""
    return _stand(desk, asked, marked("Tạm dừng"), obligations.pause)


def stop(desk: Desk, asked: Asked) -> Answer:
    """Cancel an obligation for good."""
    return _stand(desk, asked, marked("Hủy"), obligations.stop)


def resume(desk: Desk, asked: Asked) -> Answer:
    """Let an obligation go on."""
    return _stand(desk, asked, marked("Thực hiện lại"), _resume)


def reassign(desk: Desk, asked: Asked) -> Answer:
    """Hand all obligations of one body to another."""
    given = _given(asked, ("on", "ground"))
    with desk.store.reading() as session:
        old, new = (
            lookup.find(session, Agency, asked[name], today=desk.today)
            for name in marked(("CƠ_QUAN_CŨ", "CƠ_QUAN_MỚI"))
        )
    with desk.store.changing(
        kept("Chuyển nghĩa vụ từ {old} sang {new}", old=old.called(), new=new.called())
    ) as session:
        everything = lookup.obligations_of(session, old.id)
        count = obligations.reassign(
            session,
            everything,
            from_agency=old.id,
            to_agency=new.id,
            on=_day(desk, given),
            ground=given.get("ground", ""),
        )
    value = {"reassigned": count, "from": old.id, "to": new.id}
    return Answer(
        value,
        told(
            "Đã chuyển {count} nghĩa vụ từ {old} sang {new}.",
            count=count,
            old=old.called(),
            new=new.called(),
        ),
    )


def _resume(session: Session, id_: UUID, *, on: date, ground: str) -> Obligation:
    del ground  # why it stopped is known; going on needs no reason
    return obligations.resume(session, id_, on=on)


def _change(desk: Desk, asked: Asked, verb: str, names: Sequence[str], act: Act) -> Answer:
    """Find the instance, do *act* under a label that Undo can show, answer with it."""
    typed = list(asked.many("Ô=GIÁ_TRỊ"))
    period = typed.pop(0) if typed and "=" not in typed[0] else None
    asked.lists["Ô=GIÁ_TRỊ"] = typed
    given = _given(asked, names)
    with desk.store.reading() as session:
        row = find_row(session, asked["MÃ"], period, desk.today)
    with desk.store.changing(f"{verb}: {row.subject[:80]}") as session:
        found = act(session, row, given)
        changed = find_row(session, str(found.id), None, desk.today)
    return Answer(
        row_json(changed),
        told("{verb}: đã ghi.\n{row_text}", verb=told(verb), row_text=row_text(changed)),
    )


def _stand(desk: Desk, asked: Asked, verb: str, act: Stand) -> Answer:
    given = _given(asked, ("on", "ground"))
    obligation = _obligation(desk, asked["NGHĨA_VỤ"])
    with desk.store.changing(
        kept("{verb} nghĩa vụ {title}", verb=verb, title=shortened(obligation.title, 80))
    ) as session:
        on, ground = _day(desk, given), given.get("ground", "")
        found = act(session, obligation.id, on=on, ground=ground)
        return record_answer(session, LISTED["obligation"], found, desk.today, done=told(verb))


def _obligation(desk: Desk, text: str) -> Obligation:
    with desk.store.reading() as session:
        return lookup.find(session, Obligation, text, today=desk.today)


def _given(asked: Asked, names: Sequence[str]) -> dict[str, str]:
    pairs = {pair.name: pair.value for pair in read_pairs(asked.many("Ô=GIÁ_TRỊ"))}
    for name in pairs:
        if name not in names:
            known = ", ".join(names) or told("không ô nào")
            raise WrongUsage(
                told("Không có ô “{name}” ở lệnh này; chỉ có: {known}.", name=name, known=known),
                asked.command,
            )
    return pairs


def _day(desk: Desk, given: dict[str, str]) -> date:
    text = given.get("on", "")
    return read_day(text, desk.today) if text.strip() else desk.today


_ID = Word("MÃ", "mã kỳ (từ lệnh due), hoặc nghĩa vụ rồi đến kỳ, ví dụ “báo cáo quý” 2026-Q3")
_OBLIGATION = Word("NGHĨA_VỤ", "mã hoặc tên nghĩa vụ")


def _pairs(names: str) -> Word:
    return Word("Ô=GIÁ_TRỊ", names, needed=False, many=True)


COMMANDS = (
    Command(
        "due",
        "các kỳ đến hạn; mặc định từ hôm nay, 30 ngày",
        due,
        options=(
            Option("--from", "NGÀY", "từ ngày"),
            Option("--to", "NGÀY", "đến hết ngày"),
            Option(
                "--where", "Ô=GIÁ_TRỊ", "điều kiện, ví dụ lead=SYT hoặc state=overdue", many=True
            ),
        ),
        example="due --from 01/01/2026 --to 31/3/2026 --where lead=SYT",
    ),
    Command(
        "complete",
        "ghi một kỳ đã hoàn thành",
        complete,
        (_ID, _pairs("on, result, evidence")),
        example='complete "báo cáo kết quả" 2025-Q4 on=18/12/2025 result="Đã gửi đủ"',
    ),
    Command(
        "extend",
        "điều chỉnh hạn một kỳ",
        extend,
        (_ID, _pairs("to, ground")),
        example='extend "báo cáo kết quả" 2026-Q1 to=10/4/2026 ground="Công văn 15/SYT"',
    ),
    Command(
        "cancel",
        "hủy một kỳ",
        cancel,
        (_ID, _pairs("on, ground")),
        example='cancel "báo cáo kết quả" 2026-Q2 ground="Công văn 16/SYT"',
    ),
    Command(
        "reopen",
        "mở lại một kỳ đã hoàn thành hoặc đã hủy",
        reopen,
        (_ID, _pairs(marked("kỳ, khi MÃ là nghĩa vụ"))),
        example='reopen "báo cáo kết quả" 2026-Q2',
    ),
    Command(
        "event",
        "ghi sự kiện làm phát sinh hạn của nghĩa vụ",
        event,
        (_OBLIGATION, _pairs("on, event")),
        example='event "kiểm tra chung" on=02/3/2026 event="Đề nghị của Công an tỉnh"',
    ),
    Command(
        "pause",
        "tạm dừng một nghĩa vụ",
        pause,
        (_OBLIGATION, _pairs("on, ground")),
        example='pause "báo cáo kết quả" on=01/3/2026 ground="Chờ sửa quy chế"',
    ),
    Command(
        "resume",
        "thực hiện lại nghĩa vụ đang dừng",
        resume,
        (_OBLIGATION, _pairs("on")),
        example='resume "báo cáo kết quả" on=04/3/2026',
    ),
    Command(
        "stop",
        "hủy hẳn một nghĩa vụ",
        stop,
        (_OBLIGATION, _pairs("on, ground")),
        example='stop "kiểm tra chung" on=05/3/2026 ground="Quy chế đã thay thế"',
    ),
    Command(
        "reassign",
        "chuyển mọi nghĩa vụ của một cơ quan sang cơ quan khác",
        reassign,
        (
            Word("CƠ_QUAN_CŨ", "cơ quan đang giữ nghĩa vụ"),
            Word("CƠ_QUAN_MỚI", "cơ quan nhận"),
            _pairs("on, ground"),
        ),
        example='reassign SYT CAT on=05/3/2026 ground="Nghị quyết sáp nhập"',
    ),
)
