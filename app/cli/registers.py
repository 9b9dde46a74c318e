"""Commands on records of any kind: list, show, add, set, delete, history, kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from sqlmodel import Session

from app.cli import conditions, entering, plain, touching
from app.cli.desk import Answer, Desk
from app.cli.instances import find_row
from app.cli.obligations import instance_answer, instances_answer
from app.cli.record_text import STATE, STATE_WORD, record_answer, states_of
from app.cli.usage import Asked, Command, Option, Word, WrongUsage
from app.cli.values import Pair, Reader, read_day, read_pairs
from app.errors import Refused
from app.kinds import Card
from app.models import DRAFTS, MODELS, Record
from app.models.trait import Input, traits_of
from app.services.agreement import histories
from app.services.agreement.histories import EventLine
from app.services.any_kind import kinds, lookup, records
from app.services.any_kind.kinds import LISTED, kind_of
from app.text import clean, collated, moment_words, shortened
from app.words import kept, marked, told


def list_records(desk: Desk, asked: Asked) -> Answer:
    """Every live record of a kind that meets all conditions."""
    kind, today = _kind(asked["LOẠI"]), _today(desk, asked.get("--as-of"))
    wheres = conditions.read_conditions(asked.many("--where"))
    with _looking(desk, asked.get("--as-of")) as session:
        if kind.entity == "occurrence":
            return instances_answer(desk, session, asked.many("--where"), today=today)
        found = records.live(session, MODELS[kind.entity])
        states = states_of(session, kind, found, today)
        reader = Reader(session, kind, today)
        for where in wheres:
            keeps = conditions.test_of(where, reader, states)
            found = [record for record in found if keeps(record)]
        cited = kinds.citations(session, found)
        ordered = sorted(found, key=lambda record: _order(kind, record))
        return _listed(kind, ordered, cited, states)


def show_record(desk: Desk, asked: Asked) -> Answer:
    """One record with all that belongs to it."""
    kind, today = _kind(asked["LOẠI"]), _today(desk, asked.get("--as-of"))
    with _looking(desk, asked.get("--as-of")) as session:
        if kind.entity == "occurrence":
            return instance_answer(session, asked["MÃ"], today)
        record = lookup.find(session, kind, asked["MÃ"], today=today)
        return record_answer(session, kind, record, today)


def add_record(desk: Desk, asked: Asked) -> Answer:
    """Enter a record."""
    kind = _kind(asked["LOẠI"])
    pairs = read_pairs(asked.many("Ô=GIÁ_TRỊ"))
    with desk.store.changing(_label(kept("Thêm"), kind, pairs)) as session:
        if kind.entity == "occurrence":
            touched = touching.add_instance(session, pairs, desk.today)
            return instance_answer(session, str(touched.id), desk.today)
        record = entering.enter(session, kind, pairs, desk.today)
        return record_answer(session, kind, record, desk.today, done=told("Đã thêm"))


def set_record(desk: Desk, asked: Asked) -> Answer:
    """Change fields of a record."""
    kind = _kind(asked["LOẠI"])
    pairs = read_pairs(asked.many("Ô=GIÁ_TRỊ"))
    if kind.entity == "occurrence":
        return _set_instance(desk, asked["MÃ"], pairs)
    with desk.store.reading() as session:
        found = lookup.find(session, kind, asked["MÃ"], today=desk.today)
    with desk.store.changing(_about(kept("Sửa"), kind, found)) as session:
        present = records.get(session, MODELS[kind.entity], found.id)
        record = entering.revise(session, kind, present, pairs, desk.today)
        return record_answer(session, kind, record, desk.today, done=told("Đã sửa"))


def _set_instance(desk: Desk, text: str, pairs: Sequence[Pair]) -> Answer:
    with desk.store.reading() as session:
        row = find_row(session, text, None, desk.today)
    with desk.store.changing(
        kept("Sửa kỳ {subject}", subject=shortened(row.subject, 80))
    ) as session:
        touched = touching.set_instance(session, row, pairs, desk.today)
        return instance_answer(session, str(touched.id), desk.today)


def delete_record(desk: Desk, asked: Asked) -> Answer:
    """Withdraw a record; it stays in the history and undo brings it back."""
    kind = _kind(asked["LOẠI"])
    with desk.store.reading() as session:
        found = lookup.find(session, kind, asked["MÃ"], today=desk.today)
        named_by = kinds.uses(session, kind, found.id)
    title, word = kinds.title_of(found), told(kind.word).lower()
    with desk.store.changing(_about(kept("Rút"), kind, found)) as session:
        count = entering.withdraw(session, kind, found.id)
    value = {"entity": kind.entity, "id": found.id, "title": title, "deleted": True}
    value |= {"count": count, "named_by": named_by}
    lines = [told("Đã rút {word} “{title}”. Lấy lại bằng: undo", word=word, title=title)]
    if named_by > count - 1:
        lines.append(
            told(
                "Lưu ý: còn {others} bản ghi khác nhắc tới {word} này.",
                others=named_by - count + 1,
                word=word,
            )
        )
    return Answer(value, "\n".join(lines))


def history_of(desk: Desk, asked: Asked) -> Answer:
    """Who changed what and when, newest first; withdrawn records too, by their whole id."""
    kind = _kind(asked["LOẠI"])
    with desk.store.reading() as session:
        id_ = _id_even_withdrawn(session, kind, asked["MÃ"], desk)
        read = histories.of_family if asked.has("--family") else histories.of_record
        events = read(session, kind.entity, id_)
    rows = [
        (
            moment_words(event.at),
            event.clerk,
            event.label,
            told(line.field),
            line.before,
            line.after,
        )
        for event in events
        for line in event.lines
    ]
    titles = marked(("Lúc", "Người ghi", "Việc", "Ô", "Trước", "Sau"))
    return Answer([_event_json(event) for event in events], plain.table(titles, rows))


def list_kinds(_desk: Desk, asked: Asked) -> Answer:
    """Every kind of record with its fields, or one kind."""
    chosen = [_kind(asked["LOẠI"])] if asked["LOẠI"] else list(LISTED.values())
    value = [
        {"entity": kind.entity, "word": kind.word, "fields": [*map(dict, _fields(kind))]}
        for kind in chosen
    ]
    blocks = [f"{kind.entity} – {told(kind.word)}\n{_field_lines(kind)}" for kind in chosen]
    return Answer(value, "\n\n".join(blocks))


def _kind(name: str) -> Card:
    """An unknown kind is a word that makes no command."""
    try:
        return kind_of(name)
    except Refused as error:
        raise WrongUsage(str(error)) from error


def _today(desk: Desk, as_of: str | None) -> date:
    """The day that states are told for: the one looked back to, else today."""
    return read_day(as_of, desk.today) if as_of else desk.today


@contextmanager
def _looking(desk: Desk, day: str | None) -> Iterator[Session]:
    """A session on the register as it is, or as it stood at the end of a day."""
    if day is None:
        with desk.store.reading() as session:
            yield session
    else:
        with desk.store.as_of(read_day(day, desk.today)) as session:
            yield session


def _listed(
    kind: Card,
    found: Sequence[Record],
    cited: Mapping[UUID, str],
    states: Mapping[UUID, str],
) -> Answer:
    traits = traits_of(MODELS[kind.entity])
    # What is written of a paper's standing may be overtaken: people read the derived state.
    names = [STATE if states and name == "standing" else name for name in kind.columns]
    names += [STATE] if states and STATE not in names else []
    titles = [
        told("Mã"),
        *(told(STATE_WORD if name == STATE else traits[name].label) for name in names),
    ]

    def words(record: Record, name: str) -> str:
        return (
            told(states.get(record.id, ""))
            if name == STATE
            else plain.field_words(record, name, cited)
        )

    rows = [[record.id.hex[:8], *(words(record, name) for name in names)] for record in found]
    value = [
        {"entity": kind.entity}
        | plain.record_json(record, cited)
        | ({STATE: states.get(record.id)} if states else {})
        for record in found
    ]
    shown = (
        plain.table(titles, rows)
        if rows
        else told("Không có {word} nào.", word=told(kind.word).lower())
    )
    return Answer(value, f"{shown}\n{len(rows)} {told(kind.word).lower()}" if rows else shown)


def _order(kind: Card, record: Record) -> tuple[str | int, ...]:
    """Papers by date, the newest first; text in its own order; the rest by name."""
    for name in ("signed_on", "issued_on", "dated_on", "period_to"):
        if name in type(record).model_fields:
            day: date | None = getattr(record, name)
            return (0, -day.toordinal()) if day else (1, 0)
    if "position" in type(record).model_fields and kind.entity != "clerk":
        return (str(record.aggregate()[1]), str(getattr(record, "position")))  # noqa: B009
    return (collated(kind.cited(record)), str(record.id))


def _label(verb: str, kind: Card, pairs: Sequence[Pair]) -> str:
    known = {pair.name: clean(pair.value) for pair in pairs}
    name = next((known[field] for field in kind.naming if known.get(field)), "")
    return f"{verb} {kind.word.lower()} {shortened(name, 80)}".rstrip()


def _about(verb: str, kind: Card, record: Record) -> str:
    return f"{verb} {kind.word.lower()} {shortened(kinds.title_of(record), 80)}"


def _id_even_withdrawn(session: Session, kind: Card, text: str, desk: Desk) -> UUID:
    try:
        whole = UUID(clean(text))
    except ValueError:
        found: UUID = lookup.find(session, kind, text, today=desk.today).id
        return found
    return whole


def _event_json(event: EventLine) -> dict[str, object]:
    return {
        "at": event.at,
        "clerk": event.clerk,
        "label": event.label,
        "changes": [
            {
                "entity": line.entity,
                "id": line.record,
                "field": line.field,
                "before": line.before,
                "after": line.after,
            }
            for line in event.lines
        ],
    }


def _fields(kind: Card) -> Iterator[list[tuple[str, object]]]:
    for name, trait in traits_of(DRAFTS[kind.entity]).items():
        if trait.input is not Input.NONE:
            words = dict(trait.words) if trait.words else None
            about: list[tuple[str, object]] = [
                ("name", name),
                ("label", trait.label),
                ("input", trait.input.value),
            ]
            about += [("required", trait.required), ("refers", trait.refers or None)]
            yield [*about, ("choices", words), ("hint", trait.hint or None)]


def _field_lines(kind: Card) -> str:
    rows = []
    for name, trait in traits_of(DRAFTS[kind.entity]).items():
        if trait.input is Input.NONE:
            continue
        said = trait.refers or ", ".join(trait.words or ()) or told(trait.hint)
        rows.append(
            f"  {'*' if trait.required else ' '} {name:18} {told(trait.label):28} {said}".rstrip()
        )
    return "\n".join(rows)


_KIND = Word("LOẠI", "loại bản ghi, ví dụ regulation hoặc “quy chế” (xem lệnh kinds)")
_ID = Word("MÃ", "mã bản ghi, ít nhất 4 ký tự đầu của mã, hoặc số hiệu, tên")
_PAIRS = Word("Ô=GIÁ_TRỊ", "các ô và giá trị, ví dụ lead=SYT", many=True)
_WHERE = Option(
    "--where", "Ô=GIÁ_TRỊ", "chỉ lấy bản ghi thỏa điều kiện; ghi được nhiều lần", many=True
)
_FAMILY = Option("--family", "", "cả các bản ghi kèm theo: các bên, điều khoản, nghĩa vụ …")
_AS_OF = Option("--as-of", "NGÀY", "sổ như ở cuối ngày này")

COMMANDS = (
    Command(
        "list",
        "liệt kê bản ghi",
        list_records,
        (_KIND,),
        (_WHERE, _AS_OF),
        example='list "nghĩa vụ" --where lead=SYT',
    ),
    Command(
        "show",
        "xem một bản ghi",
        show_record,
        (_KIND, _ID),
        (_AS_OF,),
        example="show regulation 190/QCPH",
    ),
    Command(
        "add",
        "thêm bản ghi",
        add_record,
        (_KIND, _PAIRS),
        may_begin=True,
        example='add agency name="Sở Y tế" code=SYT',
    ),
    Command(
        "set",
        "sửa bản ghi",
        set_record,
        (_KIND, _ID, _PAIRS),
        example='set agency SYT place="Thanh Hóa"',
    ),
    Command(
        "delete",
        "rút bản ghi khỏi sổ",
        delete_record,
        (_KIND, _ID),
        example='delete "văn bản căn cứ" 77/2010/NĐ-CP',
    ),
    Command(
        "history",
        "lịch sử của một bản ghi",
        history_of,
        (_KIND, _ID),
        (_FAMILY,),
        example='history obligation "báo cáo kết quả" --family',
    ),
    Command(
        "kinds",
        "các loại bản ghi và ô của chúng",
        list_kinds,
        (Word("LOẠI", "chỉ một loại", needed=False),),
        example='kinds "quy chế"',
    ),
)
