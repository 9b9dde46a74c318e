"""Papers made up for the tests: nothing in them was copied from a real one."""

from __future__ import annotations

from pathlib import Path

from app.importers.analysis.reading import documents_of
from app.importers.lines import Line
from app.importers.proposal import DocumentProposal, ImportProposal, ProvisionProposal
from app.importers.regulation_file import read_regulation

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"

REGULATION = f"""CÔNG AN TỈNH LAM SƠN - SỞ Y TẾ
{MOTTO}
Số: 19/QCPH-CAT-SYT
Lam Sơn, ngày 07 tháng 5 năm 2014
QUY CHẾ PHỐI HỢP
Giữa Công an tỉnh Lam Sơn và Sở Y tế trong bảo vệ an ninh bệnh viện
Căn cứ Luật Khám bệnh, chữa bệnh số 40/2009/QH12 ngày 23 tháng 11 năm 2009;
Căn cứ Nghị định số 77/NĐ-CP ngày 12/7/2010 của Chính phủ về việc phối hợp;
Chương I
NHỮNG VẤN ĐỀ CHUNG
Điều 1. Phạm vi
Quy chế này nói về việc hai bên cùng làm.
Điều 2. Nguyên tắc
1. Mỗi bên giữ đúng việc của mình.
2. Hai bên báo cho nhau kịp thời.
Chương II
VIỆC CỦA MỖI BÊN
Điều 3. Việc của Công an tỉnh
1. Cử người trực:
a) Ban ngày một tổ;
b) Ban đêm hai tổ;
c) Ngày lễ ba tổ;
d) Khi có việc gấp thì thêm người;
đ) Báo lại trước 14 giờ.
2. Mỗi quý gửi báo cáo một lần.
Điều 4. Hiệu lực
Quy chế này có hiệu lực kể từ ngày ký và thay thế Quy chế phối hợp số 88 ngày 04/11/1997.
ĐẠI DIỆN CÔNG AN TỈNH
GIÁM ĐỐC
Người Ký Một
ĐẠI DIỆN SỞ Y TẾ
GIÁM ĐỐC
Người Ký Hai
Nơi nhận:
- UBND tỉnh (để báo cáo);
- Các phòng, ban;
- Lưu: VT.
"""

DECISION_AND_REGULATION = f"""ỦY BAN NHÂN DÂN
TỈNH LAM SƠN
Số: 39/2017/QĐ-UBND
{MOTTO}
Lam Sơn, ngày 05 tháng 9 năm 2017
QUYẾT ĐỊNH
Ban hành Quy chế phối hợp quản lý bến thuyền
ỦY BAN NHÂN DÂN TỈNH LAM SƠN
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Theo đề nghị của Giám đốc Sở Giao thông vận tải tại Tờ trình số 12/TTr-SGTVT ngày 01/8/2017.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế phối hợp quản lý bến thuyền.
Điều 2. Quyết định này có hiệu lực từ ngày 20 tháng 9 năm 2017; thay thế Quyết định \
số 11/QĐ-UBND ngày 03/3/2009 của Ủy ban nhân dân tỉnh.
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh và các đơn vị liên quan chịu trách nhiệm thi hành./.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Người Ký Ba
ỦY BAN NHÂN DÂN
TỈNH LAM SƠN
{MOTTO}
QUY CHẾ
PHỐI HỢP QUẢN LÝ BẾN THUYỀN
(Ban hành kèm theo Quyết định số 39/2017/QĐ-UBND ngày 05/9/2017 của Ủy ban nhân dân tỉnh Lam Sơn)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Bến thuyền trên sông.
2. Bến thuyền trên hồ.
Điều 2. Ai phải theo
Mọi đơn vị có bến.
Chương II
QUY ĐỊNH CỤ THỂ
Điều 3. Trực bến
Đơn vị chủ trì cử người trực.
Phụ lục I
MẪU SỔ TRỰC
Điều 1. Dòng này nằm trong mẫu, không phải một điều.
"""


def read_text(text: str, stem: str = "") -> tuple[DocumentProposal, ...]:
    """The documents of *text*, each line one line."""
    return documents_of([Line(line) for line in text.strip().split("\n")], stem)


def read_file(folder: Path, name: str, data: bytes) -> ImportProposal:
    """Write *data* under *name* and import it."""
    path = folder / name
    path.write_bytes(data)
    return read_regulation(path)


def outline(document: DocumentProposal) -> list[str]:
    """The units of a document as "kind number", in order."""
    found: list[str] = []

    def walk(units: tuple[ProvisionProposal, ...]) -> None:
        for unit in units:
            found.append(f"{unit.kind} {unit.number}".strip())
            walk(unit.children)

    walk(document.provisions)
    return found
