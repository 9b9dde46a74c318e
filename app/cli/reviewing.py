"""Commands on reviews: give a conclusion as a task, write the packet."""

from __future__ import annotations

from pathlib import Path

from app import paths
from app.cli.desk import Answer, Desk
from app.cli.record_text import record_answer
from app.cli.usage import Asked, Command, Option, Word
from app.cli.values import Reader, read_pairs
from app.export.packet_names import refuse_deep
from app.services.any_kind import kinds, lookup
from app.services.any_kind.kinds import LISTED
from app.services.review import reviews
from app.settings import EXPORT_FOLDER, Settings
from app.text import shortened
from app.words import kept, told


def conclude(desk: Desk, asked: Asked) -> Answer:
    """Turn a conclusion into an obligation, linked both ways."""
    kind = LISTED["obligation"]
    with desk.store.reading() as session:
        conclusion = lookup.find(session, LISTED["conclusion"], asked["KẾT_LUẬN"], today=desk.today)
    with desk.store.changing(
        kept("Giao việc theo kết luận {text}", text=shortened(kinds.title_of(conclusion), 80))
    ) as session:
        values = Reader(session, kind, desk.today).read(read_pairs(asked.many("Ô=GIÁ_TRỊ")))
        obligation = reviews.give_task(session, conclusion.id, values)
        return record_answer(session, kind, obligation, desk.today, done=told("Đã giao"))


def packet(desk: Desk, asked: Asked) -> Answer:
    """Write the packet of a review: report, annex, sources."""
    from app.services.review import packet as packets

    given = asked["--out"]
    out = paths.typed(given) if given else _usual_folder()
    refuse_deep(out)
    with desk.store.reading() as session:
        review = lookup.find(session, LISTED["review"], asked["HỘI_NGHỊ"], today=desk.today)
        result = packets.write(
            session,
            review.id,
            out,
            kept=desk.store.folder.packets,
            today=desk.today,
            at=desk.store.now(),
            office=desk.store.facts.name,
        )
    value = {
        "folder": result.folder,
        "files": list(result.files),
        "list": result.listed,
        "counts": result.counts,
        "warnings": list(result.warnings),
    }
    lines = [told("Đã xuất bộ tài liệu vào {folder}", folder=result.folder)]
    lines += [f"  {file.name}" for file in result.files]
    lines += [told("  Lưu ý: {warning}", warning=warning) for warning in result.warnings]
    return Answer(value, "\n".join(lines))


def _usual_folder() -> Path:
    """Where the window would write: the folder chosen last, else Documents."""
    return paths.exports_folder(Settings(paths.settings_file())[EXPORT_FOLDER])


COMMANDS = (
    Command(
        "conclude",
        "giao một kết luận thành nghĩa vụ",
        conclude,
        (
            Word("KẾT_LUẬN", "mã, chữ trong kết luận, hoặc HỘI_NGHỊ#2"),
            Word(
                "Ô=GIÁ_TRỊ",
                "các ô của nghĩa vụ; bỏ trống thì lấy theo kết luận",
                needed=False,
                many=True,
            ),
        ),
        example='conclude "Sơ kết năm 2025#1"',
    ),
    Command(
        "packet",
        "xuất bộ tài liệu hội nghị: báo cáo Word, phụ lục Excel, danh mục nguồn",
        packet,
        (Word("HỘI_NGHỊ", "mã hoặc tên hội nghị"),),
        (
            Option(
                "--out",
                "THƯ_MỤC",
                "thư mục xuất; mặc định là Tài liệu/Phối Hợp, hoặc nơi cửa sổ xuất lần gần nhất",
            ),
        ),
        example='packet "Sơ kết năm 2025" --out .',
    ),
)
