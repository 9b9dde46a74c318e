"""Papers that are not taken in: secret ones, and those that are in the register already."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from app.errors import Refused
from app.importers.proposal import DocumentProposal, ImportProposal
from app.models.document_number import number_key
from app.models.values import Values, said
from app.services.regulation import regulations
from app.text import clean, date_words, folded
from app.words import told

_SECRET_MARKS = {"mat", "toi mat", "tuyet mat"}
_LINES_WITH_MARKS = 40


def refuse_secret(proposal: ImportProposal) -> None:
    """Raise Refused for a file stamped secret: the stamp stands alone on a line of its head."""
    for line in proposal.lines[:_LINES_WITH_MARKS]:
        if folded(clean(line)).strip(" .*()") in _SECRET_MARKS and clean(line).isupper():
            raise Refused(
                why=told(
                    "Tệp {name} có dấu “{line}”: phần mềm không lưu nội dung mật. Chỉ ghi "
                    "số hiệu, độ mật và nơi lưu bản giấy.",
                    name=proposal.path.name,
                    line=clean(line),
                )
            )


def refuse_duplicate(
    session: Session, document: DocumentProposal, values: Values, *, even_again: bool
) -> None:
    """Raise Refused where a paper of that number and day is there, unless *even_again*."""
    read: Values = {"number": document.number, "signed_on": document.signed_on}
    given = {**read, **values}
    number, day = said(given, "number", str), said(given, "signed_on", date)
    if even_again or number is None or not number_key(number) or day is None:
        return
    for other in regulations.find(session, number, day):
        raise Refused(
            why=told(
                "Sổ đã có văn bản {number} ngày {day} ({id}). Nếu vẫn muốn nhận "
                "thêm một bản nữa, chọn nhận lại (--again).",
                number=other.number,
                day=date_words(day),
                id=other.id,
            )
        )
