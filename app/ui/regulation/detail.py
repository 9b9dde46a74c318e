"""A regulation in the detail pane: what it is, what replaced what, why to look at it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from sqlmodel import Session

from app.models import MODELS, Agency, Provision, Record, Regulation, Review
from app.models.handling import SECRECY, is_secret
from app.models.occurrence_row import OccurrenceRow
from app.models.occurrence_state import OccurrenceState
from app.models.states import RegulationState
from app.registers.column import Column, Columns, text_of
from app.registers.obligation import period_words
from app.registers.regulation import RegulationRow
from app.services.any_kind import records
from app.services.obligation import obligations
from app.services.regulation import provisions, regulations, replacement
from app.services.regulation.regulations import PartyLine
from app.services.regulation.replacement import ChainLink
from app.services.staleness import Reason
from app.text import capitalized, shortened
from app.ui.common.pane.content import (
    Banner,
    Chain,
    DetailContent,
    Facts,
    Link,
    Links,
    Node,
    Part,
    Rows,
    Section,
    Tab,
    Words,
)
from app.ui.common.pane.history import history_tab
from app.ui.common.parts.widgets import gap
from app.ui.regulation.form import every_words
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP, marked, told

if TYPE_CHECKING:
    from app.ui.regulation.page import RegulationPage

PROVISIONS = QT_TRANSLATE_NOOP("Tab", "Điều khoản")
OBLIGATIONS = QT_TRANSLATE_NOOP("Tab", "Nghĩa vụ")
RELATED = marked("Liên quan")
_MOST_UPCOMING = 5
_MOST_REFS = 3
_SOON: Columns[OccurrenceRow] = (
    Column("subject", "Nghĩa vụ", lambda r: r.subject, width=0, tail=period_words),
    Column("due", "Hạn", lambda r: r.due, "date", width=10),
)
_LATE: Columns[OccurrenceRow] = (
    *_SOON,
    Column("state", "Tình trạng", lambda r: r.state, "state", width=8),
)
_REMEDIES: Mapping[str, tuple[str, str]] = {
    "unmarked": (marked("Ghi quan hệ …"), "relate"),
    "siblings": (marked("Ghi quan hệ …"), "relate"),
    "term": (marked("Sửa thời hạn"), "open"),
}
"""What the room itself can do about a kind of reason: words and the page's command."""


class Detail:
    """Builds the content of the pane for one row; the tabs read when they are looked at."""

    def __init__(self, page: RegulationPage, row: RegulationRow, reasons: Sequence[Reason]) -> None:
        self._page, self._row, self._reasons = page, row, reasons
        self._office = page.office

    def content(self, session: Session) -> DetailContent:
        """Everything of the row. A secret regulation shows its reference and nothing of content."""
        regulation = records.get(session, Regulation, self._row.id)
        related = Tab(RELATED, partial(self._page.related.parts, self._row.id))
        tabs = [Tab(told("Thông tin"), lambda: self._about(regulation))]
        if not is_secret(regulation.secrecy):
            tabs.append(Tab(PROVISIONS, partial(self._page.wording.tab, self._row.id)))
        tabs += [Tab(OBLIGATIONS, self._obligations), related]
        if not is_secret(regulation.secrecy):
            tabs.append(Tab(told("Tệp"), partial(self._page.files.parts, self._row.id)))
        tabs.append(history_tab(self._office, "regulation", self._row.id))
        return DetailContent(self._row.form, regulation.abstract, tabs, self._tags())

    def _tags(self) -> list[tuple[str, str]]:
        if self._row.state != RegulationState.STALE:
            return [(self._row.state, self._row.state)]
        why = _tr("Cần rà soát: {n} lý do").format(n=self._row.reasons)
        return [
            (RegulationState.IN_FORCE, RegulationState.IN_FORCE),
            (RegulationState.STALE, why),
        ]

    # Thông tin ---------------------------------------------------------------------

    def _about(self, regulation: Regulation) -> list[Part]:
        today = self._office.today()
        with self._office.store.reading() as session:
            parties = regulations.parties_of(session, regulation.id)
            chain = replacement.chain_of(session, regulation.id, today=today)
            relations = replacement.relations_of(session, regulation.id)
            last = regulations.last_review(session, regulation.id, today)
            rows = obligations.rows_of(session, today=today, regulation_id=regulation.id)
            why = self._why(session)
        ended = next((r for r in relations if not r.is_newer and r.is_ending), None)
        parts = _banner(regulation)
        parts.append(Facts(_facts(regulation, parties, last)))
        if ended is not None:
            parts += self._replaced(ended.other_id, ended.other, text_of(ended.effective_on))
        if len(chain) > 1:
            opens = partial(self._page.pane.want_tab, RELATED)
            parts += [Section(_tr("Chuỗi thay thế"), (_tr("Mở"), opens))]
            parts.append(Chain([self._node(link) for link in chain]))
        parts += why
        parts += self._upcoming(rows)
        return parts + _others(regulation)

    def _replaced(self, other_id: UUID, number: str, since: str) -> list[Part]:
        day = _tr(" từ {}").format(since) if since else ""
        said = _tr("Được thay bằng {}{}").format(number, day)
        return [Links([(said, partial(self._office.go, "regulation", other_id))])]

    def _node(self, link: ChainLink) -> Node:
        this = link.id == self._row.id
        number = link.number if "/" in link.number else _tr("Số {}").format(link.number)
        return Node(
            year=str(link.signed_on.year) if link.signed_on else "…",
            name=_tr("Quy chế này") if this else number,
            day=text_of(link.signed_on),
            is_this=this,
            opens=partial(self._office.go, "regulation", link.id),
        )

    def _why(self, session: Session) -> list[Part]:
        if not self._reasons:
            return []
        parts: list[Part] = [Section(_tr("Vì sao cần rà soát"))]
        for number, reason in enumerate(self._reasons):
            if number:
                parts.append(gap(M.s2))
            parts.append(Words(reason.evidence))
            parts.append(Words(reason.step, "muted"))
            links = [link for ref in reason.refs[:_MOST_REFS] if (link := self._ref(session, *ref))]
            if reason.kind in _REMEDIES:
                words, name = _REMEDIES[reason.kind]
                links.insert(0, (told(words), self._page.commands[name].trigger))
            if links:
                parts.append(Links(links))
        return parts

    def _ref(self, session: Session, kind: str, record_id: UUID) -> Link | None:
        """A link to the record that shows the reason, in its own short words."""
        record = session.get(MODELS[kind], record_id)
        if record is None or kind == "finding":
            return None
        if isinstance(record, Provision):
            words = provisions.place_of(session, record_id) or record.called()
        else:
            words = _short(record)
            ended = record.valid_to if isinstance(record, Agency) else None
            if ended is not None and ended < self._office.today():
                words = _tr("{} (đã kết thúc)").format(words)  # its heir may bear the same name
        return words, partial(self._office.go, kind, record_id)

    def _upcoming(self, rows: Sequence[OccurrenceRow]) -> list[Part]:
        if not rows:
            return []
        late = [row for row in rows if row.state == OccurrenceState.OVERDUE]
        coming = [row for row in rows if row.is_open and row.state != OccurrenceState.OVERDUE]
        count = len({row.obligation_id for row in rows})
        link = (_tr("Tất cả {}").format(count), partial(self._page.pane.want_tab, OBLIGATIONS))
        parts: list[Part] = []
        if late:
            parts.append(Section(_tr("Nghĩa vụ quá hạn"), None if coming else link))
            parts.append(Rows(_LATE, late[:_MOST_UPCOMING], opens=self._open_obligation))
        if coming:
            parts.append(Section(_tr("Nghĩa vụ sắp tới"), link))
            parts.append(Rows(_SOON, coming[:_MOST_UPCOMING], opens=self._open_obligation))
        if not parts:
            parts = [Section(_tr("Nghĩa vụ sắp tới"), link)]
            parts.append(Words(_tr("Không có kỳ nào đang chờ."), "muted"))
        return parts

    # Nghĩa vụ ----------------------------------------------------------------------

    def _obligations(self) -> list[Part]:
        return self._page.obligations.parts(self._row, self._open_obligation)

    def _open_obligation(self, row: OccurrenceRow) -> None:
        self._office.go("obligation", row.obligation_id)


def _banner(regulation: Regulation) -> list[Part]:
    if not is_secret(regulation.secrecy):
        return []
    level = told(SECRECY[regulation.secrecy]).lower()
    return [Banner(_tr("Văn bản {}: chỉ ghi số hiệu và nơi lưu.").format(level))]


def _facts(
    regulation: Regulation, parties: Sequence[PartyLine], last: Review | None
) -> Sequence[tuple[str, str]]:
    def named(role: str) -> str:
        return "\n".join(_party(line) for line in parties if line.role == role)

    return (
        (_tr("Số, ký hiệu"), regulation.called()),
        (_tr("Ngày ký"), _signed(regulation)),
        (_tr("Thời hạn"), _term(regulation)),
        (_tr("Chủ trì"), named("lead")),
        (_tr("Phối hợp"), named("coordinating")),
        (_tr("Thường trực"), regulation.standing_unit or named("standing")),
        (_tr("Đầu mối"), regulation.focal_unit or named("focal")),
        (_tr("Sơ kết"), _reviewed(regulation, last)),
    )


def _party(line: PartyLine) -> str:
    if line.signed_as and line.signed_as != line.name:
        return _tr("{} (khi ký: {})").format(line.name, line.signed_as)
    return line.name


def _signed(regulation: Regulation) -> str:
    if regulation.signed_on is None:
        return _tr("Chưa ký")
    effective = regulation.effective_on
    if effective is None or effective == regulation.signed_on:
        since = _tr("hiệu lực từ ngày ký")
    else:
        since = _tr("hiệu lực từ {}").format(text_of(effective))
    return f"{text_of(regulation.signed_on)}, {since}"


def _term(regulation: Regulation) -> str:
    if regulation.ended_on is not None:
        ground = f", {regulation.end_ground}" if regulation.end_ground else ""
        return _tr("Chấm dứt từ {}").format(text_of(regulation.ended_on)) + ground
    if regulation.expires_on is None:
        return _tr("Không ấn định")
    return _tr("Đến {}").format(text_of(regulation.expires_on))


def _reviewed(regulation: Regulation, last: Review | None) -> str:
    said = []
    if regulation.review_every:
        said.append(every_words(regulation.review_every))
    if regulation.review_month:
        said.append(_tr("vào tháng {}").format(f"{regulation.review_month:02d}"))
    if last is not None:
        said.append(_tr("gần nhất {}").format(text_of(last.held_on)))
    words = ", ".join(said)
    return capitalized(words)


def _others(regulation: Regulation) -> list[Part]:
    pairs = (
        (_tr("Lĩnh vực"), regulation.field_of_work or ""),
        (_tr("Địa danh"), regulation.place or ""),
        (_tr("Người ký"), "\n".join((regulation.signers or "").splitlines())),
        (_tr("Nơi lưu"), regulation.stored_at or ""),
        (_tr("Ghi chú"), regulation.note or ""),
    )
    return [Section(_tr("Khác")), Facts(pairs)] if any(value for _, value in pairs) else []


def _short(record: Record) -> str:
    for name in ("short_name", "number", "name", "title"):
        if words := getattr(record, name, None):
            return shortened(str(words), 60)
    return _tr("Mở")


def _tr(words: str) -> str:
    return QCoreApplication.translate("RegulationDetail", words)


Opens = Callable[[OccurrenceRow], object]
