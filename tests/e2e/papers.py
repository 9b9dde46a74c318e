"""A signed regulation as Word keeps it, made here: letterhead in a table, tree, a deadline."""

from __future__ import annotations

from pathlib import Path

from docx import Document

_BODY = """\
QUY CHẾ
Phối hợp giữa Công an tỉnh và Sở Y tế trong bảo đảm an ninh, trật tự tại bệnh viện

Căn cứ Luật Công an nhân dân ngày 20 tháng 11 năm 2018;
Căn cứ Nghị định số 77/2010/NĐ-CP ngày 12 tháng 7 năm 2010 của Chính phủ;
Hai bên thống nhất ban hành Quy chế này như sau:

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi
1. Quy chế này nêu việc phối hợp bảo vệ bệnh viện.
2. Không áp dụng với trạm y tế.

Chương II
NỘI DUNG PHỐI HỢP

Điều 2. Trao đổi thông tin
1. Hai bên trao đổi:
a) Tình hình an ninh tại bệnh viện;
b) Vụ việc gây rối.
2. Hằng quý, chậm nhất ngày 20 tháng cuối quý, Sở Y tế gửi báo cáo cho Công an tỉnh.

Điều 3. Hiệu lực
Quy chế này có hiệu lực kể từ ngày ký.
"""


def write_regulation(path: Path) -> Path:
    """The regulation 45/QCPH-CAT-SYT of 12/5/2025."""
    document = Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "CÔNG AN TỈNH - SỞ Y TẾ"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: 45/QCPH-CAT-SYT"
    head.cell(1, 1).text = "Lam Sơn, ngày 12 tháng 5 năm 2025"
    for line in _BODY.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path
