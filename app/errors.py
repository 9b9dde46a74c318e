"""What can go wrong and still be the user's business to know.

* AppError               shown as a sentence, never as a traceback
  - RuleBroken           the records say no: edit the form and try again
    · InvalidFields      some fields of a form are wrong; one sentence for each
    · ChangedSince       undo would overwrite somebody's later work
    · NothingToUndo
    · ReadOnly           this copy of the register may only be read
  - NotFound             the record has gone since the list was drawn
  - StoreProblem         the file says no: disk full, locked, too new, damaged
    · NotOurs, NewerStore, EmptyFile, AlreadyOpen, Damaged, DiskFull, BackupUnusable, KeyUnusable
  - FileProblem          a file to read or write outside the store says no
    · Unreadable, FileBusy, TargetGone (PathTooLong), NameRefused
  - Cancelled            the user asked us to stop; nothing is shown

Any other exception is a bug and goes to the crash dialog.
"""

from __future__ import annotations

from typing import ClassVar

from app.words import QT_TRANSLATE_NOOP, told


class AppError(Exception):
    """Base of every error whose sentence is written for the user.

    The sentence is a template, said in the language that was chosen, with the facts in its named
    places; `why` is a sentence of ours as well. `code` is stable and goes to `--json`.
    """

    sentence: ClassVar[str] = QT_TRANSLATE_NOOP("AppError", "Không thực hiện được yêu cầu này.")
    code: ClassVar[str] = "refused"

    def __init__(self, **facts: object) -> None:
        facts |= {
            name: told(fact)
            for name, fact in facts.items()
            if name == "why" and isinstance(fact, str)
        }
        super().__init__(told(self.sentence, **facts))
        self.facts = facts


class RuleBroken(AppError):
    """A rule of the office forbids what was asked."""

    code = "rule"


class Refused(RuleBroken):
    """A rule with a sentence of its own: `Refused(why="…")`."""

    sentence = "{why}"


class InvalidFields(RuleBroken):
    """Some fields are wrong: `problems` maps each field's name to its sentence."""

    sentence = "{summary}"
    code = "invalid"

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = {name: told(sentence) for name, sentence in problems.items()}
        super().__init__(summary=" ".join(self.problems.values()))


class ChangedSince(RuleBroken):
    """Undo would overwrite somebody's later work."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError",
        "Không hoàn tác được “{label}”: bản ghi đã được sửa sau đó. "
        "Mở Lịch sử của bản ghi để xem ai đã sửa.",
    )
    code = "changed_since"


class NothingToUndo(RuleBroken):
    """The list of steps is empty."""

    sentence = QT_TRANSLATE_NOOP("AppError", "Không còn thao tác nào để {what}.")
    code = "nothing_to_undo"


class ReadOnly(RuleBroken):
    """The copy on screen may only be read."""

    sentence = QT_TRANSLATE_NOOP("AppError", "Sổ này đang mở ở chế độ chỉ đọc: {why}")
    code = "read_only"


class NotFound(AppError):
    """The record is no longer in the register."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError", "Không tìm thấy bản ghi này trong sổ; có thể nó đã được rút."
    )
    code = "not_found"


class StoreProblem(AppError):
    """The office's own file, not the request, is at fault."""

    sentence = QT_TRANSLATE_NOOP("AppError", "Không dùng được tệp sổ {path}: {why}")
    code = "store"


class NotOurs(StoreProblem):
    """A file that Phối Hợp did not write."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError",
        "Tệp {path} không phải sổ của Phối Hợp nên không mở và không sửa gì. Chọn thư mục khác.",
    )
    code = "not_ours"


class EmptyFile(StoreProblem):
    """Zero bytes where a register should be."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError",
        "Tệp sổ {path} rỗng (0 byte). Hãy khôi phục từ một bản sao lưu trong thư mục backups.",
    )
    code = "empty_file"


class NewerStore(StoreProblem):
    """The file was written by a later version of the application."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError",
        "Sổ này do phiên bản mới hơn ghi (cấu trúc {found}, bản đang dùng chỉ hiểu đến {known}). "
        "Hãy cài bản Phối Hợp mới; tệp không bị thay đổi.",
    )
    code = "newer_store"


class AlreadyOpen(StoreProblem):
    """Another window or command holds the folder."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError", "Sổ này đang mở ở một cửa sổ khác. Đóng cửa sổ đó rồi thử lại."
    )
    code = "already_open"


class Damaged(StoreProblem):
    """The content of the file does not hold together."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError", "Tệp sổ {path} bị hỏng: {why} Hãy khôi phục bản sao lưu gần nhất."
    )
    code = "damaged"


class DiskFull(StoreProblem):
    """No room left where we write."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError", "Không ghi được vào {path}: ổ đĩa đã đầy hoặc bị khóa ghi. Chưa có gì thay đổi."
    )
    code = "disk_full"


class BackupUnusable(StoreProblem):
    """A backup that cannot be trusted."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError", "Bản sao lưu {path} không dùng được: {why} Sổ hiện tại không bị thay đổi."
    )
    code = "backup_unusable"


class KeyUnusable(StoreProblem):
    """A key of this register is here and cannot be used: sealed by somebody else, or damaged."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError",
        "Khóa {path} không dùng được: {why} Mở bằng tài khoản Windows đã tạo khóa, hoặc chép lại "
        "thư mục chứa khóa từ bản sao lưu của máy.",
    )
    code = "key_unusable"


class FileProblem(AppError):
    """A file to read or write outside the store is at fault."""

    sentence = QT_TRANSLATE_NOOP("AppError", "Không xử lý được tệp {path}: {why}")
    code = "file"


class Unreadable(FileProblem):
    """A file that an importer cannot read."""

    sentence = QT_TRANSLATE_NOOP("AppError", "Không đọc được tệp {path}: {why}")
    code = "unreadable"


class FileBusy(FileProblem):
    """Word, Excel or a virus scanner holds the file."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError",
        "Tệp {path} đang mở ở chương trình khác (Word, Excel, phần mềm diệt vi-rút …). "
        "Đóng chương trình đó hoặc chờ một phút rồi thử lại.",
    )
    code = "file_busy"


class TargetGone(FileProblem):
    """The folder to write to is not there or not writable."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError", "Không ghi được vào {path}: {why} Hãy chọn thư mục khác."
    )
    code = "target"


class PathTooLong(TargetGone):
    """A folder so deep that Windows, Word or Excel could not open a file in it."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError",
        "Thư mục {path} nằm quá sâu: tệp {name} vượt {over} ký tự so với đường dẫn {most} ký tự "
        "mà {reader} mở được; hãy chọn thư mục hoặc tên ngắn hơn.",
    )
    code = "path_too_long"


class NameRefused(FileProblem):
    """A name that Windows does not take for a file, or takes for something else."""

    sentence = QT_TRANSLATE_NOOP(
        "AppError",
        "Windows không nhận tên tệp {path}; hãy đặt tên khác, không có các dấu "
        '< > : " / \\ | ? * và không kết thúc bằng dấu chấm hay dấu cách.',
    )
    code = "name"


class Cancelled(AppError):
    """The user pressed Cancel."""

    sentence = QT_TRANSLATE_NOOP("AppError", "Đã hủy; chưa có gì thay đổi.")
    code = "cancelled"
