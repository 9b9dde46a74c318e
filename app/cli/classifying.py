"""The command that marks a paper secret: what must go is listed, and goes in one act."""

from __future__ import annotations

from app.cli.desk import Answer, Desk
from app.cli.usage import Asked, Command, Option, Word, WrongUsage
from app.errors import Refused
from app.kinds import CARDS
from app.models import MODELS
from app.models.handling import SECRECY, is_secret
from app.services.any_kind import lookup, records, secrecy
from app.services.any_kind.kinds import kind_of
from app.text import clean, folded
from app.words import kept, told


def classify(desk: Desk, asked: Asked) -> Answer:
    """Mark a paper secret; without --yes only say what would be taken out."""
    kind, level = kind_of(asked["LOẠI"]), _level(asked["MỨC"])
    if not CARDS[kind.entity].is_paper:
        raise Refused(why=told("{word} không mang độ mật; chỉ văn bản mới ghi.", word=kind.word))
    with desk.store.reading() as session:
        found = lookup.find(session, kind, asked["MÃ"], today=desk.today)
        called = kind.called(found)
        going = secrecy.going(session, records.get(session, MODELS[kind.entity], found.id))
    value = {
        "entity": kind.entity,
        "id": found.id,
        "secrecy": level,
        "applied": asked.has("--yes"),
        "withdrawn": len(going.withdrawn),
        "blanked": len(going.blanked),
    }
    what = (
        told("Rút khỏi sổ: {words}.", words=going.words())
        if going
        else told("Không có nội dung nào phải rút.")
    )
    if not asked.has("--yes"):
        return Answer(
            value,
            told(
                "{called}: {what} Thêm --yes để ghi {level}.",
                called=called,
                what=what,
                level=told(SECRECY[level]),
            ),
        )
    with desk.store.changing(kept("Ghi độ mật {called}", called=called)) as session:
        secrecy.turn(session, kind.entity, found.id, level)
    return Answer(
        value,
        told(
            "Đã ghi {called} là văn bản {level}. {what}",
            called=called,
            level=told(SECRECY[level]).lower(),
            what=what,
        ),
    )


def _level(text: str) -> str:
    for code, word in SECRECY.items():
        if is_secret(code) and folded(clean(text)) in (code, folded(word)):
            return code
    known = ", ".join(f"{code} ({told(word)})" for code, word in SECRECY.items() if is_secret(code))
    raise WrongUsage(
        told("Không có độ mật “{text}”. Các mức: {known}.", text=clean(text), known=known)
    )


COMMANDS = (
    Command(
        "classify",
        "ghi độ mật cho văn bản, rút nội dung khỏi sổ",
        classify,
        (
            Word("LOẠI", "loại văn bản: quy chế, văn bản căn cứ"),
            Word("MÃ", "mã hoặc số hiệu"),
            Word("MỨC", "mat, toi_mat, tuyet_mat"),
        ),
        (Option("--yes", "", "làm thật; không có thì chỉ xem"),),
        example="classify regulation 45/QCPH-CAT-SYT mat",
    ),
)
