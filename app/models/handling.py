"""Secrecy and urgency: how a document must be handled (Luật 117/2025, NĐ 30/2020)."""

from collections.abc import Mapping

from app.models.record import FieldFault

SECRECY: Mapping[str, str] = {
    "none": "Không",
    "mat": "Mật",
    "toi_mat": "Tối mật",
    "tuyet_mat": "Tuyệt mật",
}
URGENCY: Mapping[str, str] = {
    "thuong": "Thường",
    "khan": "Khẩn",
    "thuong_khan": "Thượng khẩn",
    "hoa_toc": "Hỏa tốc",
}


def is_secret(secrecy: str) -> bool:
    """Whether a record of this level holds its reference alone, never its content."""
    return secrecy != "none"


def refuse_content(secrecy: str, contents: Mapping[str, object], abstract: str | None) -> None:
    """Raise FieldFault if a secret record carries content.

    From Mật up nothing but the reference is kept; from Tuyệt mật not even the abstract.
    """
    if not is_secret(secrecy):
        return
    level = SECRECY[secrecy]
    for name, value in contents.items():
        if value:
            raise FieldFault(
                name, f"Văn bản {level} chỉ ghi số hiệu và nơi lưu; hãy xóa nội dung ở ô này."
            )
    if secrecy == "tuyet_mat" and abstract and abstract != NO_ABSTRACT:
        raise FieldFault("abstract", f"Văn bản Tuyệt mật không ghi trích yếu; để “{NO_ABSTRACT}”.")


NO_ABSTRACT = "Có văn bản mật"
