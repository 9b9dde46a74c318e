"""Papers written here for tests of the import: our own words, nobody's text."""

from __future__ import annotations

from pathlib import Path

from docx import Document

REGULATION = """\
CÔNG AN TỈNH - SỞ Y TẾ
Số: 45/QCPH-CAT-SYT
Lam Sơn, ngày 12 tháng 5 năm 2025

QUY CHẾ
Phối hợp giữa Công an tỉnh và Sở Y tế trong bảo vệ bệnh viện

Căn cứ Luật Công an nhân dân ngày 20 tháng 11 năm 2018;
Căn cứ Nghị định số 77/2010/NĐ-CP ngày 12 tháng 7 năm 2010 của Chính phủ;
Hai bên thống nhất ban hành Quy chế này như sau:

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi
1. Quy chế này nêu việc phối hợp bảo vệ bệnh viện.
2. Không áp dụng với trạm y tế.

Điều 2. Trao đổi thông tin
1. Hai bên trao đổi:
a) Tình hình an ninh tại bệnh viện;
b) Vụ việc gây rối.
2. Hằng quý, chậm nhất ngày 20 tháng cuối quý, Sở Y tế gửi báo cáo.

Chương II
ĐIỀU KHOẢN THI HÀNH

Điều 3. Hiệu lực
Quy chế này có hiệu lực kể từ ngày ký và thay thế Quy chế số 190/QCPH ngày 05 tháng 9 năm 2014.
"""


def write_docx(path: Path, text: str = REGULATION) -> Path:
    """*text* as a Word file, a paragraph a line."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def write_text(path: Path, text: str = REGULATION) -> Path:
    """*text* as a file of UTF-8."""
    path.write_text(text, encoding="utf-8")
    return path
