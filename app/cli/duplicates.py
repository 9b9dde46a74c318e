"""Commands on records that may be one: list them, merge, keep apart, part again."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session

from app.cli import plain
from app.cli.desk import Answer, Desk
from app.cli.usage import Asked, Command, Option, Word, WrongUsage
from app.cli.values import Reader, read_pairs
from app.errors import Refused
from app.kinds import Card
from app.services.agreement import duplicates, merging
from app.services.agreement.merging import Chosen, Line
from app.services.agreement.merging_rights import rights_in, will_see_more
from app.services.any_kind import lookup
from app.services.any_kind.kinds import LISTED, kind_of
from app.sync.own_circle import circle_of
from app.text import clean
from app.words import kept, marked, told

_SURE = marked({True: "chắc", False: "ngờ"})


def list_duplicates(desk: Desk, asked: Asked) -> Answer:
    """Pairs that may be one and wait for a decision; with --merged what has been merged."""
    if asked.has("--merged"):
        return _merged(desk)
    with desk.store.reading() as session:
        found = duplicates.suspects(session)
    rows = [
        (
            told(_SURE[s.is_strong]),
            told(LISTED[s.kind].word),
            s.one.hex[:8],
            s.one_name,
            s.other.hex[:8],
            s.other_name,
            s.why,
        )
        for s in found
    ]
    titles = marked(("Mức", "Loại", "Mã", "Bản ghi", "Mã kia", "Bản ghi kia", "Vì sao"))
    return Answer(
        found, plain.table(titles, rows) if rows else told("Không có bản ghi nào nghi trùng.")
    )


def merge(desk: Desk, asked: Asked) -> Answer:
    """Make two records one; --preview shows both side by side and changes nothing."""
    kind = _kind(asked["LOẠI"])
    rights = rights_in(circle_of(desk.store))
    with desk.store.reading() as session:
        one, other = _two(session, kind, asked, desk)
        lines = merging.side_by_side(session, kind.entity, one, other)
        more = will_see_more(session, kind.entity, one, other)
        chosen = _chosen(session, kind, asked, desk, lines)
    if asked.has("--preview"):
        return _preview(lines, more)
    label = kept("Gộp {word}", word=kind.word.lower())
    with desk.store.changing(label) as session:
        winner = merging.merge(
            session, kind.entity, one, other,
            chosen=chosen, reason=_reason(asked), rights=rights,
        )  # fmt: skip
    seen = told(" Sẽ thấy thêm: {more}.", more=", ".join(more)) if more else ""
    value = {"entity": kind.entity, "id": winner, "merged": [one, other], "will_see_more": more}
    return Answer(
        value,
        told(
            "Đã gộp, mã dùng từ nay {id}.{seen} Tách lại: sync unmerge",
            id=winner.hex[:8],
            seen=seen,
        ),
    )


def keep_apart(desk: Desk, asked: Asked) -> Answer:
    """Say that two records are not one, so that nobody asks again."""
    kind = _kind(asked["LOẠI"])
    with desk.store.changing(kept("Để riêng {word}", word=kind.word.lower())) as session:
        one, other = _two(session, kind, asked, desk)
        merging.keep_apart(session, kind.entity, one, other, reason=_reason(asked))
    return Answer(
        {"entity": kind.entity, "distinct": [one, other]}, told("Đã ghi: hai bản ghi khác nhau.")
    )


def unmerge(desk: Desk, asked: Asked) -> Answer:
    """Part a record from all that it is merged with."""
    rights = rights_in(circle_of(desk.store))
    with desk.store.reading() as session:
        record = _merged_id(session, asked["MÃ"])
    with desk.store.changing(kept("Tách bản ghi đã gộp")) as session:
        parted = merging.unmerge(session, record, reason=_reason(asked), rights=rights)
    return Answer(
        {"id": record, "parted": parted}, told("Đã tách khỏi {count} bản ghi.", count=len(parted))
    )


def _merged(desk: Desk) -> Answer:
    with desk.store.reading() as session:
        found = merging.all_merged(session)
    rows = [(told(LISTED[m.kind].word), m.shown.hex[:8], m.name, m.record.hex[:8]) for m in found]
    titles = marked(("Loại", "Mã đang dùng", "Bản ghi", "Mã đã gộp vào"))
    return Answer(found, plain.table(titles, rows) if rows else told("Chưa gộp bản ghi nào."))


def _preview(lines: list[Line], more: list[str]) -> Answer:
    value = {
        "fields": [
            {"field": line.name, "label": line.label, "one": line.values[0],
             "other": line.values[1], "proposed": line.proposed, "differs": line.differs}
            for line in lines
        ],
        "will_see_more": more,
    }  # fmt: skip
    rows = [(line.name, told(line.label), line.one, line.other) for line in lines if line.differs]
    shown = plain.table(marked(("Ô", "Tên ô", "Bản thứ nhất", "Bản thứ hai")), rows)
    text = shown if rows else told("Hai bản ghi giống nhau ở mọi ô.")
    return Answer(
        value,
        told("{text}\nSẽ thấy thêm: {more}.", text=text, more=", ".join(more)) if more else text,
    )


def _chosen(session: Session, kind: Card, asked: Asked, desk: Desk, lines: list[Line]) -> Chosen:
    reader = Reader(session, kind, desk.today)
    values = reader.read(read_pairs(asked.many("Ô=GIÁ_TRỊ")))
    by_name = {line.name: line for line in lines}
    for typed in asked.many("--take"):
        name = reader.field_called(typed)
        if name not in by_name:
            raise WrongUsage(
                told("--take: không có ô “{typed}” để chọn. Xem: --preview", typed=typed)
            )
        values[name] = by_name[name].values[1]
    text = asked["--text"]
    text_of = lookup.find(session, kind, text, today=desk.today).id if text else None
    return Chosen(values, text_of)


def _two(session: Session, kind: Card, asked: Asked, desk: Desk) -> tuple[UUID, UUID]:
    one, other = (
        lookup.find(session, kind, asked[name], today=desk.today).id
        for name in marked(("MÃ", "MÃ_KIA"))
    )
    return one, other


def _merged_id(session: Session, text: str) -> UUID:
    """A record that is merged, by its own id or the start of it: no list shows it any more."""
    wanted = clean(text).replace("-", "").lower()
    ids = {id_ for m in merging.all_merged(session) for id_ in (m.record, m.shown)}
    found = [id_ for id_ in ids if wanted and id_.hex.startswith(wanted)]
    if len(found) != 1:
        raise Refused(
            why=told(
                "Không có đúng một bản ghi đã gộp mang mã “{text}”. Xem: sync duplicates --merged",
                text=text,
            )
        )
    return found[0]


def _kind(name: str) -> Card:
    kind: Card | None = None
    try:
        kind = kind_of(name)
    except Refused as error:
        raise WrongUsage(str(error)) from error
    if kind.entity not in merging.MERGEABLE:
        words = ", ".join(told(LISTED[entity].word).lower() for entity in merging.MERGEABLE)
        raise WrongUsage(told("Loại bản ghi này không gộp được; chỉ gộp: {words}.", words=words))
    return kind


def _reason(asked: Asked) -> str:
    return clean(asked["--reason"])


_KIND = Word("LOẠI", "loại bản ghi gộp được", codes=merging.MERGEABLE)
_ONE = Word("MÃ", "mã, số hiệu hoặc tên của bản ghi thứ nhất")
_OTHER = Word("MÃ_KIA", "mã, số hiệu hoặc tên của bản ghi thứ hai")
_REASON = Option("--reason", "LÝ_DO", "lý do, giữ trong lịch sử")
COMMANDS = (
    Command(
        "sync duplicates",
        "liệt kê bản ghi nghi trùng chưa ai quyết định",
        list_duplicates,
        options=(Option("--merged", "", "liệt kê các bản ghi đã gộp"),),
        example="sync duplicates",
    ),
    Command(
        "sync merge",
        "gộp hai bản ghi là một; giữ giá trị của bản thứ nhất trừ khi chọn khác",
        merge,
        (
            _KIND,
            _ONE,
            _OTHER,
            Word("Ô=GIÁ_TRỊ", "giá trị khác cho bản đã gộp", needed=False, many=True),
        ),
        (
            Option("--take", "Ô", "lấy ô này của bản thứ hai", many=True),
            Option("--text", "MÃ", "giữ các điều khoản của quy chế này"),
            Option("--preview", "", "chỉ xem hai bản cạnh nhau và ai sẽ thấy thêm"),
            _REASON,
        ),
        example='sync merge agency "Sở Y tế" "Sở y tế tỉnh" --reason "Nhập hai lần"',
    ),
    Command(
        "sync distinct",
        "ghi rằng hai bản ghi khác nhau",
        keep_apart,
        (_KIND, _ONE, _OTHER),
        (_REASON,),
        example='sync distinct agency SYT SVH --reason "Hai cơ quan khác nhau"',
    ),
    Command(
        "sync unmerge",
        "tách một bản ghi đã gộp",
        unmerge,
        (Word("MÃ", "mã của bản ghi đã gộp"),),
        (_REASON,),
        example="sync unmerge 5f0c9a1e",
    ),
)
