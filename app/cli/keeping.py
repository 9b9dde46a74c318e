"""Commands on the office's file as a whole: undo, search, check, backup, restore, the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path
from uuid import UUID

from app import paths, portable
from app.cli import plain
from app.cli.desk import Answer, Desk
from app.cli.usage import Asked, Command, Option, Word, WrongUsage
from app.cli.values import read_pairs
from app.errors import BackupUnusable, Damaged, EmptyFile, InvalidFields, NotOurs
from app.services import agencies
from app.services.any_kind import lookup
from app.services.any_kind.kinds import LISTED
from app.services.sync.upgrading import take_up_held
from app.store import OfficeFacts
from app.store.backup import examine
from app.store.checking import check, repair
from app.store.facts import Restoration
from app.store.folder import Folder
from app.store.restoring import remember, replace_by
from app.store.searching import CLOSE, OPEN, SearchHit
from app.text import clean
from app.words import told

_LONGEST_NAME = 300


def undo(desk: Desk, _asked: Asked) -> Answer:
    """Take back the last action."""
    label = desk.store.undo()
    return Answer({"undone": label, **_steps(desk)}, told("Đã hoàn tác “{label}”.", label=label))


def redo(desk: Desk, _asked: Asked) -> Answer:
    """Do again what was taken back last."""
    label = desk.store.redo()
    return Answer({"redone": label, **_steps(desk)}, told("Đã làm lại “{label}”.", label=label))


def search(desk: Desk, asked: Asked) -> Answer:
    """Everything that holds the words, the best first within each group."""
    text = " ".join(asked.many("CHỮ"))
    hits = desk.store.search(text)
    value = [
        {
            "entity": hit.kind,
            "id": hit.id,
            "found": hit.found,
            "group": hit.group,
            "title": _unmarked(hit.title),
            "snippet": _unmarked(hit.snippet),
        }
        for hit in hits
    ]
    return Answer(value, _hits(hits) or told("Không có kết quả cho “{text}”.", text=clean(text)))


def check_register(desk: Desk, asked: Asked) -> Answer:
    """Rebuild everything from the log and compare; --repair writes the tables anew."""
    if asked.has("--repair"):
        take_up_held(desk.store, again=True)
    findings = repair(desk.store) if asked.has("--repair") else check(desk.store)
    problems = findings.problems
    value = {
        "ok": not problems,
        "change_sets": findings.sets,
        "records": findings.records,
        "held": findings.held,
        "problems": problems,
    }
    counted = told(
        "{sets} lần ghi, {records} bản ghi", sets=findings.sets, records=findings.records
    )
    if not problems:
        return Answer(value, told("Sổ khớp với nhật ký thay đổi: {counted}.", counted=counted))
    head = told(
        "Sổ có {count} chỗ không khớp ({counted}); ghi lại bảng bằng: check --repair",
        count=len(problems),
        counted=counted,
    )
    return Answer(value, "\n".join([head, *(f"  {problem}" for problem in problems)]), code=1)


def backup(desk: Desk, asked: Asked) -> Answer:
    """Copy the register into backups/, checked before it counts.

    Before an upgrade of the program there may be no register yet, and that is no failure.
    """
    upgrades = asked.has("--before-upgrade")
    if upgrades and not paths.is_there(Folder(desk.folder).database):
        return Answer(
            {"path": None},
            told("Chưa có sổ ở {folder}; không có gì để sao lưu.", folder=desk.folder),
        )
    made = desk.store.backup("migration" if upgrades else "manual")
    value = {"path": made.path, "at": made.at, "reason": made.reason, "size": made.size}
    return Answer(value, told("Đã sao lưu vào {path}.", path=made.path))


def where(desk: Desk, _asked: Asked) -> Answer:
    """Say where everything lies, without opening the register."""
    value = {
        "office": desk.folder,
        "has_register": paths.is_there(Folder(desk.folder).database),
        "home": paths.home(),
        "portable": portable.home() == paths.home(),
    }
    lines = [
        (told("Thư mục dữ liệu"), str(desk.folder)),
        (told("Thư mục cá nhân"), str(paths.home())),
    ]
    return Answer(value, plain.facts(lines))


def restore(desk: Desk, asked: Asked) -> Answer:
    """Put a backup in the register's place; the present one is backed up first."""
    source = _backup_called(desk, asked["TỆP"])
    examine(source)
    aside = _damaged_aside(desk, source)
    if aside is None:
        desk.store.restore(source)
        aside = next((b.path for b in desk.store.all_backups() if b.reason == "restore"), None)
    kept = "" if aside is None or desk.is_new else str(aside)
    aside_at = told(" Sổ trước đó được giữ ở {kept}.", kept=kept) if kept else ""
    return Answer(
        {"restored": str(source), "kept": kept},
        told("Đã khôi phục từ {source}.{aside_at}", source=source, aside_at=aside_at),
    )


def office(desk: Desk, asked: Asked) -> Answer:
    """Show who this office is, or say it: name, the bodies it speaks for, the clerk on duty."""
    pairs = {pair.name: pair.value for pair in read_pairs(asked.many("Ô=GIÁ_TRỊ"))}
    strange = sorted(set(pairs) - {"name", "agencies", "clerk"})
    if strange:
        raise WrongUsage(
            told(
                "Lệnh office không có ô “{strange}”; chỉ có name, agencies, clerk.",
                strange=strange[0],
            )
        )
    desk.may_begin = bool(pairs)
    facts = desk.store.facts
    if pairs:
        bodies = _bodies(desk, pairs["agencies"]) if "agencies" in pairs else facts.agencies
        name, clerk = clean(pairs.get("name", facts.name)), pairs.get("clerk", facts.clerk)
        if "name" in pairs and not name:
            raise InvalidFields({"name": "Chưa nhập tên văn phòng."})
        _refuse_long({"name": name, "clerk": clerk})
        facts = OfficeFacts(name, bodies, clean(clerk))
        desk.store.set_facts(facts)
    with desk.store.reading() as session:
        called = agencies.called(session)
    value = {
        "name": facts.name,
        "agencies": [{"id": id_, "name": called.get(id_, "")} for id_ in facts.agencies],
        "clerk": facts.clerk,
        "folder": desk.folder,
        "undo": desk.store.undo_label,
        "redo": desk.store.redo_label,
    }
    return Answer(value, _office_text(desk, facts, [called.get(id_, "") for id_ in facts.agencies]))


def renew(desk: Desk, _asked: Asked) -> Answer:
    """Take this machine as the one that writes: after moving the folder from another machine."""
    desk.store.renew_replica()
    value = {"replica": desk.store.replica}
    return Answer(value, told("Từ nay máy này là máy ghi sổ. Đừng ghi tiếp trên máy cũ."))


def _steps(desk: Desk) -> dict[str, str | None]:
    return {"undo": desk.store.undo_label, "redo": desk.store.redo_label}


def _unmarked(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")


def _hits(hits: list[SearchHit]) -> str:
    lines: list[str] = []
    for group, members in groupby(hits, key=lambda hit: hit.group):
        lines.append(group)
        for hit in members:
            lines.append(f"  {hit.kind} {hit.id.hex[:8]}  {_unmarked(hit.title)}")
            lines += [f"      {_unmarked(hit.snippet)}"] if hit.snippet else []
    return "\n".join(lines)


def _backup_called(desk: Desk, text: str) -> Path:
    """A path as typed, or the name of one of the backups at hand."""
    for path in (paths.typed(text), Folder(desk.folder).backups / Path(text).name):
        if paths.is_there(path) and path.is_file():
            return path
    is_other = bool(text) and paths.is_there(Path(text))
    why = told("đây là thư mục, không phải tệp.") if is_other else told("không có tệp này.")
    raise BackupUnusable(path=text, why=why)


def _damaged_aside(desk: Desk, source: Path) -> Path | None:
    """Open the register; one that cannot be opened is replaced, and where it now lies returned.

    A restore is asked for just when the file is empty or damaged, and must not then be refused.
    """
    try:
        desk.store  # noqa: B018 - opens the folder
    except (EmptyFile, Damaged, NotOurs) as error:
        now = datetime.now().astimezone()
        aside = replace_by(Folder(desk.folder), source, now)
        remember(desk.store, Restoration(now, source.name, str(error)))
        return aside
    return None


def _refuse_long(said: Mapping[str, str]) -> None:
    problems = {
        name: told("Dài quá {most} chữ; rút gọn lại.", most=_LONGEST_NAME)
        for name, words in said.items()
        if len(words) > _LONGEST_NAME
    }
    if problems:
        raise InvalidFields(problems)


def _bodies(desk: Desk, text: str) -> tuple[UUID, ...]:
    if not clean(text):
        return ()
    with desk.store.reading() as session:
        return lookup.find_several(session, LISTED["agency"], text, today=desk.today)


def _office_text(desk: Desk, facts: OfficeFacts, bodies: list[str]) -> str:
    warnings = (desk.store.read_only_reason, Folder(desk.folder).warning())
    return plain.facts(
        [
            (told("Văn phòng"), desk.store.office_name),
            (told("Cơ quan"), ", ".join(bodies)),
            (told("Người ghi sổ"), facts.clerk),
            (told("Thư mục"), str(desk.folder)),
            (told("Hoàn tác được"), desk.store.undo_label or ""),
            (told("Lưu ý"), "\n".join(filter(None, warnings))),
        ]
    )


COMMANDS = (
    Command(
        "undo",
        "hoàn tác thao tác gần nhất",
        undo,
        example="undo",
    ),
    Command(
        "redo",
        "làm lại thao tác vừa hoàn tác",
        redo,
        example="redo",
    ),
    Command(
        "search",
        "tìm trong cả sổ, không phân biệt hoa thường và dấu",
        search,
        (Word("CHỮ", "các chữ cần tìm", many=True),),
        example="search an ninh benh vien",
    ),
    Command(
        "check",
        "so sổ với nhật ký thay đổi",
        check_register,
        options=(Option("--repair", "", "ghi lại các bảng từ nhật ký thay đổi"),),
        example="check --json",
    ),
    Command(
        "backup",
        "sao lưu sổ",
        backup,
        options=(Option("--before-upgrade", "", "trước khi cài bản mới: chưa có sổ thì thôi"),),
        example="backup",
    ),
    Command(
        "where",
        "in nơi đặt sổ và thư mục cá nhân; không mở sổ",
        where,
        example="where --json",
    ),
    Command(
        "restore",
        "khôi phục sổ từ bản sao lưu",
        restore,
        (Word("TỆP", "tệp sao lưu"),),
        may_begin=True,
        example="restore so-phoi-hop-cu.phop",
    ),
    Command(
        "office",
        "xem hoặc ghi văn phòng: name, agencies, clerk",
        office,
        (Word("Ô=GIÁ_TRỊ", "ô và giá trị; không ghi gì thì xem", needed=False, many=True),),
        may_begin=True,
        example='office name="Phòng Tham mưu" agencies=CAT clerk="Chuyên viên tổng hợp"',
    ),
    Command(
        "renew",
        "nhận máy này làm máy ghi sổ (thay máy)",
        renew,
        example="renew",
    ),
)
