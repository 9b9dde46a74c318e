"""The command `import`: propose what a file holds, and save it only when told to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.cli import plain
from app.cli.desk import Answer, Desk
from app.cli.record_text import record_answer
from app.cli.usage import Asked, Command, Option, Word, WrongUsage
from app.importers.proposal import DocumentProposal, ImportProposal, ProvisionProposal, as_json
from app.importers.regulation_file import read_regulation
from app.models.regulation import PROVISION_KINDS, REGULATION_FORMS
from app.services.any_kind.kinds import LISTED
from app.services.regulation import importing
from app.services.regulation.importing import Accepted
from app.text import date_words
from app.words import told


def import_file(desk: Desk, asked: Asked) -> Answer:
    """Read a file. Without --yes nothing is saved, and no data folder is needed."""
    proposal = read_regulation(Path(asked["TỆP"]))
    chosen = _chosen(asked.get("--document"), proposal)
    if not asked.has("--yes"):
        return Answer(as_json(proposal), _proposal_text(proposal))
    accepted = importing.accept(desk.store, proposal, chosen, even_again=asked.has("--again"))
    return _accepted_answer(desk, accepted)


def _chosen(typed: str | None, proposal: ImportProposal) -> list[int] | None:
    """The documents to save, counted from 1; None for those the program would choose."""
    if typed is None:
        return None
    count = len(proposal.documents)
    numbers = [part.strip() for part in typed.split(",")]
    if not all(part.isdecimal() and 1 <= int(part) <= count for part in numbers):
        raise WrongUsage(
            told("--document: ghi số từ 1 đến {count}, cách nhau bằng dấu phẩy.", count=count)
        )
    return [int(part) - 1 for part in numbers]


def _accepted_answer(desk: Desk, accepted: Accepted) -> Answer:
    kind = LISTED["regulation"]
    values: list[object] = []
    lines: list[str] = []
    with desk.store.reading() as session:
        for saved in accepted.saved:
            answer = record_answer(
                session, kind, saved.regulation, desk.today, done=told("Đã nhập")
            )
            values.append(answer.value)
            lines += [answer.text, told("  {provisions} điều khoản", provisions=saved.provisions)]
    lines += [told("  Cơ quan mới: {name}", name=name) for name in accepted.new_agencies]
    lines += [
        told("  Văn bản căn cứ mới: {number}", number=number) for number in accepted.new_documents
    ]
    lines += [told("  Lưu ý: {warning}", warning=warning) for warning in accepted.warnings]
    value = {
        "regulations": values,
        "new_agencies": accepted.new_agencies,
        "new_documents": accepted.new_documents,
        "warnings": accepted.warnings,
    }
    return Answer(value, "\n".join(lines))


def _proposal_text(proposal: ImportProposal) -> str:
    blocks = [_document_text(n, document) for n, document in enumerate(proposal.documents, start=1)]
    notes = [told("Lưu ý: {warning}", warning=warning) for warning in proposal.warnings]
    closing = (
        told("Chưa lưu gì. Thêm --yes để nhận vào sổ.")
        if blocks
        else told("Không thấy văn bản nào.")
    )
    return "\n\n".join([*blocks, *notes, closing])


def _document_text(number: int, document: DocumentProposal) -> str:
    day = document.signed_on
    known = [
        (told("Loại"), REGULATION_FORMS.get(document.form, document.title)),
        (told("Số, ký hiệu"), document.number),
        (told("Ngày ký"), date_words(day)),
        (told("Cơ quan"), "; ".join(document.bodies)),
        (told("Trích yếu"), document.abstract),
        (told("Căn cứ"), "\n".join(basis.text for basis in document.basis)),
        (told("Thay thế"), "\n".join(replaced.text for replaced in document.replaces)),
        (told("Hiệu lực"), document.effective_text),
        (told("Điều khoản"), _counted(document.provisions)),
        (told("Lưu ý"), "\n".join(document.warnings)),
    ]
    tree = "\n".join(_outline(document.provisions, 1))
    return f"{number}. {document.title}\n{plain.facts(known)}\n{tree}".rstrip()


def _counted(provisions: Sequence[ProvisionProposal]) -> str:
    counts: dict[str, int] = {}

    def count(items: Sequence[ProvisionProposal]) -> None:
        for item in items:
            counts[item.kind] = counts.get(item.kind, 0) + 1
            count(item.children)

    count(provisions)
    return ", ".join(f"{n} {PROVISION_KINDS.get(kind, kind).lower()}" for kind, n in counts.items())


def _outline(provisions: Sequence[ProvisionProposal], depth: int) -> list[str]:
    """Down to the articles: what a clerk checks against the paper."""
    lines: list[str] = []
    for item in provisions:
        if item.kind in ("part", "chapter", "section", "article", "appendix"):
            head = f"{PROVISION_KINDS[item.kind]} {item.number}. {item.heading or item.text}"
            lines.append(f"{'  ' * depth}{head[:100]}")
            lines += _outline(item.children, depth + 1)
    return lines


COMMANDS = (
    Command(
        "import",
        "đọc quy chế từ tệp Word hoặc văn bản; chỉ lưu khi có --yes",
        import_file,
        (Word("TỆP", "tệp .docx, .doc, .rtf, .txt"),),
        (
            Option("--yes", "", "nhận vào sổ"),
            Option("--document", "SỐ", "chỉ nhận văn bản thứ mấy trong tệp, ví dụ 2 hoặc 1,2"),
            Option("--again", "", "nhận cả khi sổ đã có văn bản cùng số và ngày"),
        ),
        may_begin=True,
        example='import "Quy chế 45.docx" --yes',
    ),
)
