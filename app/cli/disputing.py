"""Commands on what two offices disagree on, and on what was set aside at the door."""

from __future__ import annotations

from app.cli import plain
from app.cli.desk import Answer, Desk
from app.cli.usage import Asked, Command, Option, Word, WrongUsage
from app.cli.values import Pair, Reader
from app.errors import Refused
from app.models.values import Value
from app.services.agreement import conflicts, disputes
from app.services.agreement.conflicts import Choice, Conflict
from app.services.any_kind.kinds import LISTED
from app.services.sync import quarantine
from app.sync.circle import office_names
from app.text import folded, moment_words
from app.words import marked, told

_LEAST = 4


def list_conflicts(desk: Desk, asked: Asked) -> Answer:
    """Every field in conflict with its values; with --settled the decisions taken."""
    if asked.has("--settled"):
        return _settled(desk)
    with desk.store.reading() as session:
        names = office_names(session.connection())
        found = [c for item in conflicts.listing(session) for c in item.conflicts]
    value = [_conflict_json(each, names) for each in found]
    rows = [
        (each.record.hex[:8], each.name, _field(each), side.words or told("(trống)"),
         names.get(side.office, ""), moment_words(side.at))
        for each in found
        for side in each.sides
    ]  # fmt: skip
    titles = marked(("Mã", "Bản ghi", "Ô", "Giá trị", "Văn phòng", "Lúc"))
    return Answer(value, plain.table(titles, rows) if rows else told("Không có xung đột nào."))


def resolve(desk: Desk, asked: Asked) -> Answer:
    """Decide one field: ours, theirs, both texts, or another value."""
    conflict = _find(desk, asked["MÃ"], asked["Ô"])
    reason = asked["--reason"]
    if not reason:
        raise WrongUsage("Chưa ghi --reason: lý do chọn, được giữ trong lịch sử.")
    choice = _choice(desk, conflict, asked)
    disputes.settle(desk.store, [choice], reason)
    value = {"entity": conflict.entity, "id": conflict.record, "field": _field(conflict)}
    return Answer(
        value,
        told("Đã ghi lựa chọn ở {label} của {name}.", label=conflict.label, name=conflict.name),
    )


def aside(desk: Desk, asked: Asked) -> Answer:
    """What was set aside; let one in or leave one out."""
    for option, verb, said in (
        ("--let-in", quarantine.let_in, told("Đã nhận thay đổi vào sổ.")),
        ("--leave-out", quarantine.leave_out, told("Đã để thay đổi ngoài sổ.")),
    ):
        if asked[option]:
            item = _aside(desk, asked[option])
            verb(desk.store, [item.id])
            return Answer({"id": item.id, "verdict": option.removeprefix("--")}, said)
    with desk.store.reading() as session:
        found = quarantine.listing(session)
        names = office_names(session.connection())
    value = [_aside_json(item, names) for item in found]
    rows = [
        (item.id.hex()[:8], item.label, item.words, names.get(item.office, ""), item.verdict)
        for item in found
    ]
    titles = marked(("Mã", "Thao tác", "Vì sao", "Văn phòng", "Đã quyết"))
    nothing = told("Không có thay đổi nào bị giữ lại.")
    return Answer(value, plain.table(titles, rows) if rows else nothing)


def _settled(desk: Desk) -> Answer:
    with desk.store.reading() as session:
        found = disputes.settled(session)
    rows = [(s.time, s.name, s.label, s.chosen, s.left, s.reason) for s in found]
    titles = marked(("Thời gian", "Bản ghi", "Ô", "Đã chọn", "Không chọn", "Lý do"))
    return Answer(
        found, plain.table(titles, rows) if rows else told("Chưa giải quyết xung đột nào.")
    )


def _find(desk: Desk, text: str, name: str) -> Conflict:
    with desk.store.reading() as session:
        found = [c for item in conflicts.listing(session) for c in item.conflicts]
    wanted = text.lower().replace("-", "")
    of_record = [c for c in found if len(wanted) >= _LEAST and c.record.hex.startswith(wanted)]
    said = [c for c in of_record if name in (_field(c), c.field) or folded(name) == folded(c.label)]
    if len(said) == 1:
        return said[0]
    if not of_record:
        raise Refused(
            why=told(
                "Không có bản ghi nào mã “{text}” đang xung đột. Xem: sync conflicts", text=text
            )
        )
    fields = ", ".join(_field(c) for c in of_record)
    raise Refused(
        why=told(
            "Ô “{name}” không xung đột ở bản ghi này; đang xung đột: {fields}.",
            name=name,
            fields=fields,
        )
    )


def _choice(desk: Desk, conflict: Conflict, asked: Asked) -> Choice:
    given = [name for name in ("--mine", "--theirs", "--both") if asked.has(name)]
    if asked.has("--value"):
        given.append("--value")
    if len(given) != 1:
        raise WrongUsage("Chọn đúng một trong: --mine, --theirs, --both, --value GIÁ_TRỊ.")
    if given[0] == "--both":
        if not conflicts.may_join(conflict):
            raise Refused(why="Ô này không giữ cả hai giá trị được; chọn một giá trị.")
        return Choice(conflict, None, conflicts.joined(conflict))
    if given[0] == "--value":
        return Choice(conflict, None, _typed(desk, conflict, asked["--value"]))
    return Choice(conflict, disputes.side_of(conflict, ours=given[0] == "--mine"))


def _typed(desk: Desk, conflict: Conflict, text: str) -> Value:
    kind = LISTED.get(conflict.entity)
    if kind is None or _field(conflict) != conflict.field:
        raise Refused(why="Ô này phải chọn một trong các giá trị đang có.")
    with desk.store.reading() as session:
        pair = Pair(conflict.field, text)
        return Reader(session, kind, desk.today).read([pair])[conflict.field]


def _aside(desk: Desk, text: str) -> quarantine.Quarantined:
    with desk.store.reading() as session:
        found = [
            item
            for item in quarantine.listing(session)
            if len(text) >= _LEAST and item.id.hex().startswith(text.lower())
        ]
    if len(found) != 1:
        raise Refused(
            why=told("Không rõ thay đổi nào có mã “{text}”. Xem: sync quarantine", text=text)
        )
    return found[0]


def _field(conflict: Conflict) -> str:
    """The field's name as it is typed: a group without its mark."""
    return conflict.field.removeprefix("@")


def _conflict_json(conflict: Conflict, names: dict[bytes, str]) -> dict[str, object]:
    return {
        "entity": conflict.entity,
        "id": conflict.record,
        "name": conflict.name,
        "field": _field(conflict),
        "label": conflict.label,
        "before": conflict.before,
        "may_join": conflicts.may_join(conflict),
        "values": [
            {
                "value": side.value,
                "words": side.words,
                "office": names.get(side.office, ""),
                "clerk": side.clerk,
                "at": side.at,
                "is_ours": side.is_ours,
            }
            for side in conflict.sides
        ],
    }


def _aside_json(item: quarantine.Quarantined, names: dict[bytes, str]) -> dict[str, object]:
    return {
        "id": item.id,
        "reason": item.reason,
        "words": item.words,
        "label": item.label,
        "office": names.get(item.office, ""),
        "clerk": item.clerk,
        "written": item.written,
        "kinds": item.kinds,
        "verdict": item.verdict,
        "may_enter": item.may_enter,
    }


COMMANDS = (
    Command(
        "sync conflicts",
        "các ô xung đột và giá trị của từng văn phòng",
        list_conflicts,
        options=(Option("--settled", "", "liệt kê các lựa chọn đã ghi"),),
        example="sync conflicts",
    ),
    Command(
        "sync resolve",
        "chọn giá trị cho một ô xung đột",
        resolve,
        (Word("MÃ", "mã của bản ghi"), Word("Ô", "tên ô")),
        (
            Option("--mine", "", "giữ giá trị của văn phòng này"),
            Option("--theirs", "", "lấy giá trị của văn phòng kia"),
            Option("--both", "", "giữ cả hai, nối nhau (ô chữ)"),
            Option("--value", "GIÁ_TRỊ", "ghi giá trị khác"),
            Option("--reason", "LÝ_DO", "vì sao chọn vậy"),
        ),
        example='sync resolve 5f0c9a1e abstract --theirs --reason "Đã trao đổi"',
    ),
    Command(
        "sync quarantine",
        "các thay đổi bị giữ lại; nhận vào sổ hoặc để ngoài",
        aside,
        options=(
            Option("--let-in", "MÃ", "nhận thay đổi này vào sổ"),
            Option("--leave-out", "MÃ", "để thay đổi này ngoài sổ"),
        ),
        example="sync quarantine",
    ),
)
