"""Why a carried file is refused: a code that never changes, and a sentence for the clerk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.errors import FileProblem, Unreadable
from app.words import QT_TRANSLATE_NOOP, marked, told

SENTENCES: Mapping[str, str] = {
    "empty": QT_TRANSLATE_NOOP(
        "Refusal", "Tệp {name} rỗng (0 byte). Đề nghị bên gửi chép lại tệp."
    ),
    "not_package": QT_TRANSLATE_NOOP(
        "Refusal",
        "Tệp {name} không phải gói đồng bộ của Phối Hợp. Kiểm tra lại tên tệp với bên gửi.",
    ),
    "not_joining": QT_TRANSLATE_NOOP(
        "Refusal", "Tệp {name} không phải tệp {kind}. Kiểm tra lại tên tệp với bên gửi."
    ),
    "too_big": QT_TRANSLATE_NOOP(
        "Refusal", "Tệp {name} lớn quá mức cho phép. Đề nghị bên gửi tạo gói nhỏ hơn."
    ),
    "damaged": QT_TRANSLATE_NOOP(
        "Refusal",
        "Tệp {name} bị hỏng hoặc bị cắt khi chép. Đề nghị bên gửi chép lại tệp từ hộp gửi đi.",
    ),
    "not_for_us": QT_TRANSLATE_NOOP(
        "Refusal",
        "Tệp {name} được khóa cho văn phòng khác nên máy này không mở được. "
        "Đề nghị bên gửi tạo gói cho đúng văn phòng này.",
    ),
    "wrong_addressee": QT_TRANSLATE_NOOP(
        "Refusal",
        "Gói {name} ghi người nhận là văn phòng khác. Đề nghị bên gửi tạo lại gói.",
    ),
    "wrong_circle": QT_TRANSLATE_NOOP(
        "Refusal",
        "Gói {name} thuộc một nhóm văn phòng khác (tỉnh khác). Không nhận gói này.",
    ),
    "no_circle": QT_TRANSLATE_NOOP(
        "Refusal",
        "Văn phòng này chưa vào nhóm đồng bộ nào. Mở thư mời của văn phòng đầu mối trước.",
    ),
    "unknown_sender": QT_TRANSLATE_NOOP(
        "Refusal",
        "Gói {name} do một máy chưa được văn phòng đầu mối công nhận gửi. "
        "Liên hệ văn phòng đầu mối.",
    ),
    "bad_signature": QT_TRANSLATE_NOOP(
        "Refusal",
        "Chữ ký của gói {name} không đúng: tệp đã bị sửa sau khi tạo. Báo cho bên gửi.",
    ),
    "bad_chunk": QT_TRANSLATE_NOOP(
        "Refusal",
        "Một phần của gói {name} không khớp với mục lục đã ký. Đề nghị bên gửi chép lại tệp.",
    ),
    "bad_file": QT_TRANSLATE_NOOP(
        "Refusal",
        "Một tệp đính kèm trong gói {name} dài hơn hoặc khác với bản ghi của nó. Đề nghị bên gửi "
        "chạy Kiểm tra sổ rồi tạo lại gói, hoặc tạo gói không kèm tệp.",
    ),
    "newer": QT_TRANSLATE_NOOP(
        "Refusal",
        "Gói {name} do phiên bản Phối Hợp mới hơn tạo. Cài bản mới rồi nhận lại gói.",
    ),
    "ours": QT_TRANSLATE_NOOP(
        "Refusal", "Gói {name} do chính văn phòng này tạo; hãy chuyển cho văn phòng nhận."
    ),
}


class PackageRefused(FileProblem):
    """A carried file that changes nothing here; `code` says which of SENTENCES."""

    sentence = "{said}"

    def __init__(self, code: str, name: str, **facts: object) -> None:
        super().__init__(said=told(SENTENCES[code], name=name, **facts))
        self.code = code  # type: ignore[misc]


_HELD = marked(
    "chương trình khác đang giữ tệp, hoặc không có quyền đọc; đóng chương trình đó rồi thử lại."
)


def refuse_absent(path: Path) -> None:
    """Raise Unreadable where there is no such file: it is mistyped or the stick is out."""
    if not path.exists():
        raise Unreadable(path=path.name, why="không có tệp này; kiểm tra lại tên và ổ đĩa.")


def unopened(path: Path, error: OSError) -> FileProblem:
    """Why a file that is there could not be opened: held by another program, or damaged."""
    if isinstance(error, PermissionError):
        return Unreadable(path=path.name, why=_HELD)
    return PackageRefused("damaged", path.name)
