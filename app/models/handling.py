"""Secrecy and urgency: how a document must be handled (Luật 117/2025, NĐ 30/2020)."""

from collections.abc import Mapping

from app.words import marked

SECRECY: Mapping[str, str] = marked(
    {
        "none": "Không",
        "mat": "Mật",
        "toi_mat": "Tối mật",
        "tuyet_mat": "Tuyệt mật",
    }
)
URGENCY: Mapping[str, str] = marked(
    {
        "thuong": "Thường",
        "khan": "Khẩn",
        "thuong_khan": "Thượng khẩn",
        "hoa_toc": "Hỏa tốc",
    }
)


def is_secret(secrecy: str) -> bool:
    """Whether a record of this level holds its reference alone, never its content."""
    return secrecy != "none"


STAND_IN = marked("Có văn bản mật")
"""All that is said of what stands in a secret paper, in place of a title (NĐ 63/2026)."""
