"""The sample office's bodies, papers, regulations and obligations, as steps of its past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from app.models import Agency, LegalDocument, Obligation, Regulation
from app.services import attachments
from app.services.any_kind import lookup, records
from app.services.obligation import obligations
from app.services.regulation import provisions
from app.services.regulation import regulations as regulating
from app.services.regulation.binding import Parties
from app.services.sample.files import Row, SampleFiles
from app.services.sample.outcomes import Act, acts_of
from app.services.sample.step import Step, Work
from app.store.blobs import Blobs
from app.text import shortened

BEGINNING = date(2022, 7, 1)
"""The day on which the sample office began to keep its register."""
_REFORM = date(2025, 3, 3)
_MARK = "Dữ liệu mẫu."
_BINDING = ("lead", "coordinating", "basis", "replaces")


def bodies(files: SampleFiles) -> Iterator[Step]:
    """The bodies before the reform of 2025, those after it, and the clerks."""
    rows = files.rows("agencies.toml", "agency")
    links = files.rows("agencies.toml", "succession")
    former = files.rows("agencies.toml", "former")
    clerks = files.rows("agencies.toml", "clerk")

    def is_late(row: Row, name: str) -> bool:
        return name in row and files.day(row.text(name)) >= date(2025, 3, 1)

    def early(session: Session) -> None:
        _enter_all(files, session, "agency", [r for r in rows if not is_late(r, "valid_from")])
        _enter_all(files, session, "agency_name", former)
        _enter_all(
            files,
            session,
            "agency_succession",
            [r for r in links if not is_late(r, "effective_on")],
        )
        _enter_all(files, session, "clerk", clerks)

    def late(session: Session) -> None:
        _enter_all(files, session, "agency", [r for r in rows if is_late(r, "valid_from")])
        _enter_all(
            files, session, "agency_succession", [r for r in links if is_late(r, "effective_on")]
        )

    yield Step(BEGINNING, "Ghi danh mục cơ quan", early)
    yield Step(_REFORM, "Cập nhật cơ quan sau sắp xếp năm 2025", late)


def documents(files: SampleFiles) -> Iterator[Step]:
    """The papers that regulations rest upon, and what replaced some of them since."""
    rows = files.rows("documents.toml", "document")
    old = [row for row in rows if "entered" not in row]
    on = BEGINNING + timedelta(days=4)
    yield Step(on, "Ghi văn bản căn cứ", lambda s: _enter_all(files, s, "legal_document", old))
    for row in rows:
        if "entered" in row:
            label = f"Thêm văn bản {row.text('number')}"
            yield Step(
                files.day(row.text("entered")), label, _entering(files, "legal_document", row)
            )
    for row in files.rows("documents.toml", "replacement"):
        label = "Ghi văn bản căn cứ đã bị thay thế"
        yield Step(files.day(row.text("entered")), label, _replacing(files, row))


def regulations(files: SampleFiles, blobs: Blobs) -> Iterator[Step]:
    """The old regulations in one step, each later one in its own, the draft last."""
    rows = files.rows("regulations.toml", "regulation")
    signed = [row for row in rows if "signed_on" in row]
    old = [row for row in signed if files.day(row.text("signed_on")) < BEGINNING]

    def enter_old(session: Session) -> None:
        for row in old:
            _enter_regulation(files, blobs, session, row)

    yield Step(BEGINNING + timedelta(days=11), "Ghi các quy chế đã ký trước đây", enter_old)
    for row in rows:
        if row in old:
            continue
        day = (
            files.day(row.text("signed_on")) if row in signed else files.today - timedelta(days=20)
        )
        label = f"Thêm quy chế {row.text('number', '(dự thảo)')}"
        yield Step(day + timedelta(days=1), label, _entering_regulation(files, blobs, row))


def giving(files: SampleFiles, acts: list[Act]) -> Iterator[Step]:
    """The obligations of each regulation; *acts* is filled with what was done with them."""
    signed = [r for r in files.rows("regulations.toml", "regulation") if "signed_on" in r]
    days = {row.text("key"): files.day(row.text("signed_on")) for row in signed}
    numbers = {row.text("key"): row.text("number") for row in signed}
    late = {
        row.text("key")
        for row in files.rows("agencies.toml", "agency")
        if files.day(row.text("valid_from", "01/01/1990")) > BEGINNING
    }
    for row in files.rows("obligations.toml", "obligation"):
        key = row.text("regulation")
        begun = max(days[key], BEGINNING, _beginning_of(files, row))
        if late & {row.text("lead"), *row.texts("coordinating")}:
            begun = max(begun, _REFORM)
        label = f"Thêm nghĩa vụ của {numbers[key]}: {shortened(row.text('title'), 60)}"
        yield Step(begun + timedelta(days=14), label, _entering_obligation(files, row, acts))
        if "reassigned" in row:
            on = files.day(row.row("reassigned").text("on")) + timedelta(days=20)
            label = f"Chuyển nghĩa vụ: {shortened(row.text('title'), 60)}"
            yield Step(on, label, _reassigning(files, row))


def _beginning_of(files: SampleFiles, row: Row) -> date:
    """An obligation that began after the register was opened was entered when it began."""
    begun = files.day(row.text("starts_on"))
    return begun if begun <= files.today else files.today - timedelta(days=30)


def _enter_all(files: SampleFiles, session: Session, entity: str, rows: Sequence[Row]) -> None:
    for row in rows:
        record = records.enter(session, entity, files.values(entity, row))
        if "key" in row:
            files.know(entity, row.text("key"), record.id)


def _entering(files: SampleFiles, entity: str, row: Row) -> Work:
    return lambda session: _enter_all(files, session, entity, [row])


def _replacing(files: SampleFiles, row: Row) -> Work:
    values = ("standing", "expires_on", "replaced_by_id")

    def work(session: Session) -> None:
        read = files.values("legal_document", row)
        id_ = files.id("legal_document", row.text("document"))
        records.revise(session, LegalDocument, id_, {name: read[name] for name in values})

    return work


def _entering_regulation(files: SampleFiles, blobs: Blobs, row: Row) -> Work:
    return lambda session: _enter_regulation(files, blobs, session, row)


def _enter_regulation(files: SampleFiles, blobs: Blobs, session: Session, row: Row) -> None:
    """A regulation with its parties, basis, what it replaces, its text and its file."""
    own = row.without(*_BINDING)
    more = {"note": _MARK} if "sample" in row else {}
    bound = Parties(
        lead_id=files.id("agency", row.text("lead")),
        coordinating=files.ids_of("agency", row.texts("coordinating")),
        basis=files.ids_of("legal_document", row.texts("basis")),
        replaces=files.ids_of("regulation", row.texts("replaces")),
    )
    regulation = regulating.enter(session, files.values("regulation", own, **more), bound)
    files.know("regulation", row.text("key"), regulation.id)
    if "text" in row:
        partner = records.get(session, Agency, files.id("agency", row.texts("coordinating")[0]))
        text = files.provisions(row.text("text"), partner.name, row.text("field_of_work"))
        provisions.enter_tree(session, regulation.id, text)
    if "attach" in row:
        attachments.attach(
            session, blobs, regulation, files.folder / row.text("attach"), note=_MARK
        )


def _entering_obligation(files: SampleFiles, row: Row, acts: list[Act]) -> Work:
    def work(session: Session) -> None:
        values = files.values("obligation", row.without("provision"))
        if "provision" in row:
            regulation = records.get(
                session, Regulation, files.id("regulation", row.text("regulation"))
            )
            cited = lookup.find_provision(session, regulation.id, row.text("provision"))
            values["provision_id"] = cited.id
        obligation: Obligation = obligations.enter(session, values)
        acts.extend(acts_of(obligation, row, files.today))

    return work


def _reassigning(files: SampleFiles, row: Row) -> Work:
    handed = row.row("reassigned")

    def work(session: Session) -> None:
        titled = [d for d in records.live(session, Obligation) if d.title == row.text("title")]
        obligations.reassign(
            session,
            [obligation.id for obligation in titled],
            from_agency=files.id("agency", handed.text("from", row.text("lead"))),
            to_agency=files.id("agency", handed.text("to")),
            on=files.day(handed.text("on")),
            ground="Sắp xếp tổ chức bộ máy năm 2025",
        )

    return work
