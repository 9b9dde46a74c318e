"""Commands on attached files: attach one to a record, save a copy of one."""

from __future__ import annotations

from app import durable, paths, place
from app.cli import plain
from app.cli.desk import Answer, Desk
from app.cli.usage import Asked, Command, Word
from app.cli.values import read_pairs
from app.errors import Refused, Unreadable
from app.models import MODELS, Attachment
from app.services import attachments
from app.services.any_kind import kinds, lookup, records
from app.services.any_kind.kinds import kind_of
from app.words import kept, told


def attach(desk: Desk, asked: Asked) -> Answer:
    """Keep a copy of a file and hang it on a record."""
    kind, source = kind_of(asked["LOẠI"]), paths.typed(asked["TỆP"])
    if not (paths.is_there(source) and source.is_file()):
        is_other = paths.is_there(source)
        why = told("đây là thư mục; hãy chọn một tệp.") if is_other else told("không có tệp này.")
        raise Unreadable(path=source.name, why=why)
    note = {pair.name: pair.value for pair in read_pairs(asked.many("Ô=GIÁ_TRỊ"))}.get("note", "")
    with desk.store.reading() as session:
        owner = lookup.find(session, kind, asked["MÃ"], today=desk.today)
    with desk.store.changing(kept("Đính kèm tệp {name}", name=source.name[:80])) as session:
        found = records.get(session, MODELS[kind.entity], owner.id)
        made = attachments.attach(session, desk.store.blobs, found, source, note=note)
        value = {"entity": "attachment"} | plain.record_json(made, {})
    return Answer(
        value,
        told("Đã đính kèm {name} vào “{title}”.", name=source.name, title=kinds.title_of(owner)),
    )


def save_copy(desk: Desk, asked: Asked) -> Answer:
    """Copy an attached file out. A file of that name is never overwritten."""
    target = paths.typed(asked["TỆP"])
    with desk.store.reading() as session:
        found = lookup.find(session, Attachment, asked["MÃ"], today=desk.today)
        source = attachments.path_of(session, desk.store.blobs, found.id)
    name = place.legal(found.name)
    is_there = paths.is_there(target)
    is_folder = is_there and target.is_dir()
    target = target / name if is_folder else target
    if paths.is_there(target):
        raise Refused(
            why=told("Đã có {target}. Chọn tên khác; tệp cũ không bị ghi đè.", target=target)
        )
    target = place.fit(target.parent, *place.parted(name)) if is_folder else target
    durable.copy(source, target)
    return Answer(
        {"path": target, "sha256": found.sha256}, told("Đã chép ra {target}.", target=target)
    )


COMMANDS = (
    Command(
        "attach",
        "đính kèm tệp vào một bản ghi",
        attach,
        (
            Word("LOẠI", "loại bản ghi"),
            Word("MÃ", "mã, số hiệu hoặc tên bản ghi"),
            Word("TỆP", "tệp cần đính kèm"),
            Word("Ô=GIÁ_TRỊ", "note", needed=False, many=True),
        ),
        example='attach regulation 190/QCPH "Bản đã ký.pdf" note="Bản đã ký"',
    ),
    Command(
        "save",
        "chép một tệp đính kèm ra ngoài",
        save_copy,
        (Word("MÃ", "mã hoặc tên tệp đính kèm"), Word("TỆP", "tệp hoặc thư mục nhận")),
        example='save "Bản đã ký.pdf" "Bản chép.pdf"',
    ),
)
