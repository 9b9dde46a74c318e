"""Change sets as they lie in the file: pressed against the words that nearly all of them hold.

A change set alone is too short to be pressed: its fields' names stand in it once. Half of what a
register of many years takes on the disk is saved. What is hashed, signed and sent are the bytes
as their author wrote them; `unpacked` gives them back.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache

import zstandard

Press = Callable[[bytes], bytes]
_LEVEL = 3
_MAGIC = b"\x28\xb5\x2f\xfd"
_MOST = 1 << 24  # far above the limit of one change set
_TEXTS = (
    "Ủy ban nhân dân tỉnh Hội đồng nhân dân Mặt trận Tổ quốc Việt Nam Bộ Chỉ huy quân sự Viện kiểm "
    "sát nhân dân Tòa án nhân dân Ban Chỉ huy Bộ đội biên phòng Sở Giáo dục và Đào tạo Sở Y tế Sở "
    "Nội vụ Sở Tư pháp Sở Khoa học và Công nghệ Sở Văn hóa, Thể thao và Du lịch Phòng Tham mưu "
    "Công an tỉnh quy chế phối hợp trong công tác bảo đảm an ninh, trật tự an toàn xã hội trên địa "
    "bàn tỉnh theo quy định của pháp luật về phòng cháy, chữa cháy và cứu nạn, cứu hộ đấu tranh "
    "phòng, chống tội phạm, vi phạm pháp luật, tuyên truyền, phổ biến, giáo dục pháp luật, kiểm "
    "tra, thanh tra, giải quyết khiếu nại, tố cáo, cung cấp, trao đổi thông tin, tài liệu, tình "
    "hình kết quả thực hiện nhiệm vụ của các cơ quan, đơn vị, tổ chức, doanh nghiệp, cá nhân có "
    "liên quan; chủ trì, phối hợp tham mưu, đề xuất, xây dựng kế hoạch, tổ chức sơ kết, tổng kết, "
    "báo cáo định kỳ hằng tháng, hằng quý, 6 tháng, hằng năm hoặc đột xuất; trách nhiệm, nội dung, "
    "hình thức, nguyên tắc phối hợp; chậm nhất ngày 20 tháng cuối quý Điều khoản điểm Chương "
    "Nghị định số /NĐ-CP Luật Thông tư /TT-BCA Quyết định /QĐ-UBND Kế hoạch /KH Báo cáo /BC "
)
_LABELS = (
    "Nhập quy chế|Thêm quy chế |Sửa quy chế |Thêm cơ quan |Sửa cơ quan |Thêm nghĩa vụ |"
    "Sửa nghĩa vụ|Ghi kết quả|Gia hạn|Thêm điều khoản|Sửa điều khoản|Thêm hội nghị |"
    "Sửa báo cáo của cơ quan|Hoàn tác: |Làm lại: |Giải quyết xung đột |. Lý do: |"
    "Chuyên viên|Chuyên viên tổng hợp|"
)
_FIELDS = (
    "alias one_id other_id verdict reason seen agency_succession successor_id function decision "
    "decided_on agency_name superior_id focal valid_from valid_to ground short_name code name "
    "agency legal_document issuer issued_on document_id legal_basis older_id articles relation "
    "clerk unit is_active review_figure indicator value qualifier finding origin in_report "
    "conclusion ordinal deadline review_input received_on summary input_id review period_from "
    "period_to held_on host_id regulations participants inputs_due_on step report_number report_on "
    "opening situation signer_position signer_authority recipients attachment family family_id "
    "owner_kind owner_id sha256 size form abstract field_of_work place signed_on effective_on "
    "standing_unit focal_unit signers review_every review_month secrecy stored_at @validity "
    "name_as_signed role party provision parent_id kind number heading text position @standing "
    "conclusion_id review_id provision_id area coordinating recurrence starts_on ends_on "
    "occurrence obligation_id period due_on event_on event @extension @cancellation evidence "
    "completed_on result agency_id lead_id regulation_id obligation quote note product receiver "
    "title life regulation"
)
_WORDS = {
    "life": b"\xa4live",
    "verdict": b"\xa5merge\xa8distinct",
    "role": b"\xa4lead\xaccoordinating",
    "kind": b"\xa7article\xa6clause\xa5point\xa7chapter",
    "area": b"\xa8exchange\xa9reporting\xa5other",
    "starts_on": b"\xaa2026-01-01",
    "secrecy": b"\xa4none",
}
"""None of these words may ever change, nor their order: they are needed to read what is kept."""


def packed(body: bytes) -> bytes:
    """*body* as it is kept."""
    return _tools().pack(body)


def unpacked(kept: bytes) -> bytes:
    """The body that is kept so; what cannot be read is given back as it lies there.

    Its hash then tells that the file is damaged, and where.
    """
    if kept[:4] != _MAGIC:
        return kept
    try:
        if not 0 <= zstandard.frame_content_size(kept) <= _MOST:
            return kept
        return _tools().unpack(kept)
    except zstandard.ZstdError:
        return kept


@lru_cache(maxsize=1)
def dictionary() -> zstandard.ZstdCompressionDict:
    """The words, the commonest last: what stands near is named in fewer bits."""
    names = b"".join(
        b"\x94" + bytes([0xA0 + len(name)]) + name.encode() + b"\xa1=" + _WORDS.get(name, b"\xd9")
        for name in _FIELDS.split()
    )
    frame = (
        b"\xdc\x00\x11\x01\xc4\x10\xc4\x10\xc4 \xcf\x00\x00\x01\x9a\xa50.1.0\x01\xc4\x10\xc4\x00"
    )
    ops = b"\x91\x93\xaaobligation\xc4\x10\x91\x94\xa4life\xa1=\xa4live\x90\x94\x91\xc4\x10\xc0\xc3"
    content = (_TEXTS + _LABELS).encode() + names + frame + ops
    found = zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    found.precompute_compress(level=_LEVEL)
    return found


class _Tools(threading.local):
    """One pair for each thread: they cost more than their work, and may not be shared."""

    def __init__(self) -> None:
        words = dictionary()
        self.pack: Press = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=words, write_checksum=False, write_dict_id=False
        ).compress
        self.unpack: Press = zstandard.ZstdDecompressor(dict_data=words).decompress


@lru_cache(maxsize=1)
def _tools() -> _Tools:
    return _Tools()
