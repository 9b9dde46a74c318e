"""The register of what bodies exchanged, on screen."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget
from sqlmodel import Session

from app.kinds import CARDS
from app.models import Exchange, ExchangeDraft
from app.models.exchange import Direction
from app.models.values import Value, Values, said
from app.registers.exchange import REGISTER, ExchangeRow
from app.services import exchanges
from app.services.any_kind import records
from app.ui.actions import command
from app.ui.common.form.edit_form import edit_form
from app.ui.common.form.form import FormSpec
from app.ui.common.list.kept_page import KeptPage
from app.ui.common.pane.content import DetailContent
from app.ui.common.pane.kept_files import KeptFiles
from app.ui.common.parts.office import Office
from app.ui.exchange import form
from app.ui.exchange.detail import Detail
from app.words import QT_TRANSLATE_NOOP, kept

_WORDS = "ExchangePage"


class ExchangePage(KeptPage[ExchangeRow]):
    """Lists what was sent and received; the clerk enters, answers and stops waiting."""

    register = REGISTER
    entity = "exchange"
    watches = frozenset(
        {"exchange", "exchange_receipt", "agency", "regulation", "occurrence", "attachment", "fact"}
    )
    icon = "exchange"
    is_long = True

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        self._direction = Direction.SENT
        self._answering: UUID | None = None
        self._last: dict[Direction, dict[str, Value]] = {}
        files = KeptFiles(office, self, Exchange)
        self._detail = Detail(office, files, lambda name: self.commands[name].trigger())
        super().__init__(office, parent)

    # what the page shows --------------------------------------------------------------

    def records(self, session: Session) -> Sequence[ExchangeRow]:
        mine = self.office.store.facts.agencies
        return exchanges.rows(session, today=self.office.today(), mine=mine)

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Chưa ghi tin, văn bản nào"),
            self.tr("Ghi văn bản đi, phím Ctrl+N; văn bản đến, phím Ctrl+Shift+N."),
        )

    def detail(self, session: Session, row: ExchangeRow) -> DetailContent:
        del session
        return self._detail.content(row)

    def called(self, row: ExchangeRow) -> str:
        return CARDS["exchange"].called(row.record)

    # the form ---------------------------------------------------------------------------

    def spec(self, record_id: UUID | None) -> FormSpec:
        direction = self._direction if record_id is None else self._direction_of(record_id)
        answers = self._answering if record_id is None else None
        return form.exchange_form(
            direction, record_id, self._instances, self._answerable, answers=answers
        )

    def first_values(self) -> dict[str, Value]:
        mine = self.office.store.facts.agencies
        given = super().first_values() | {"dated_on": self.office.today(), form.IS_DONE: True}
        if mine and self._direction is Direction.SENT:
            given["sender_id"] = mine[0]
        elif mine:
            given["recipients"] = (mine[0],)
        return given | self._last.get(self._direction, {})

    def values_of(self, session: Session, record_id: UUID) -> dict[str, Value]:
        exchange = records.get(session, Exchange, record_id)
        receipt = exchanges.receipt_of(session, exchange, self.office.store.facts.agencies)
        whole = super().values_of(session, record_id) | receipt
        return whole | {form.FULFILS: exchange.fulfils_id}

    def write(self, session: Session, record_id: UUID | None, values: Values) -> UUID:
        mine = self.office.store.facts.agencies
        own = {n: v for n, v in values.items() if n not in (form.FULFILS, form.IS_DONE)}
        if record_id is None:
            made = exchanges.enter(session, own, mine)
            if values.get("answers_id") is None:
                self._last[self._direction] = {name: values[name] for name in form.KEPT}
        else:
            made = exchanges.revise(session, record_id, own, mine)
        instance, today = said(values, form.FULFILS, UUID), self.office.today()
        if form.FULFILS in values and instance != made.fulfils_id:
            is_done = bool(values.get(form.IS_DONE))
            exchanges.fulfil(session, made, instance, today=today, is_done=is_done)
        return made.id

    # commands ------------------------------------------------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Ghi văn bản đi"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi văn bản, tin mà cơ quan tôi gửi"),
        shortcut="Ctrl+N",
        icon="plus",
        primary=True,
    )
    def add_sent(self) -> None:
        """Open the form of something that this office sent."""
        self._begin(Direction.SENT)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Ghi văn bản đến"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi văn bản, tin mà cơ quan tôi nhận"),
        shortcut="Ctrl+Shift+N",
        icon="import",
    )
    def add_received(self) -> None:
        """Open the form of something that this office received."""
        self._begin(Direction.RECEIVED)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Ghi trả lời …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi văn bản trả lời cho văn bản đang chọn"),
        shortcut="Ctrl+Return",
        icon="done",
        per_record=True,
    )
    def answer(self) -> None:
        """Open the form of an answer to the exchange under the cursor."""
        row = self.current()
        if row is not None:
            self._answer(row.record)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Thôi chờ trả lời …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Không chờ văn bản trả lời nữa; ghi ngày và lý do"),
        icon="close",
        per_record=True,
        enabled_when=lambda page: all(row.is_outstanding for row in page.chosen()),
    )
    def close_waiting(self) -> None:
        """Note that no answer to the exchange under the cursor is waited for any more."""
        row = self.current()
        if row is None:
            return

        label = kept("Thôi chờ trả lời {what}", what=self.called(row))

        def read(session: Session) -> Values:
            held = records.get(session, Exchange, row.id)
            on = held.closed_on or self.office.today()
            return {"closed_on": on, "closed_ground": held.closed_ground}

        page = edit_form(
            self.office,
            form.closing_form(self.called(row)),
            ExchangeDraft,
            row.id,
            read=read,
            write=lambda session, _changed, whole: exchanges.revise(session, row.id, whole),
            label=lambda _entered: label,
            room="exchange",
        )
        self.office.open_page(page)

    def resume_draft(self, key: str) -> None:
        """Open again the form that was left with a draft."""
        kind, *which = key.split(".")
        if kind == "exchange_closing":
            self.visit(UUID(which[0]))
            self.close_waiting()
        elif kind == form.ANSWER:
            with self.office.store.reading() as session:
                asked = records.get(session, Exchange, UUID(which[0]))
            self._answer(asked)
        elif which == ["new"]:
            self._begin(Direction.RECEIVED if kind == form.RECEIVED else Direction.SENT)
        else:
            super().resume_draft(key)

    # inside -----------------------------------------------------------------------------------

    def _answer(self, asked: Exchange) -> None:
        mine = self.office.store.facts.agencies
        given = exchanges.answer_to(asked, mine, self.office.today())
        is_ours = given["sender_id"] in mine
        self._begin(Direction.SENT if is_ours else Direction.RECEIVED, asked.id, given)

    def _begin(
        self,
        direction: Direction,
        answering: UUID | None = None,
        given: Values | None = None,
    ) -> None:
        self._direction, self._answering = direction, answering
        self.open_form(None, given)

    def _direction_of(self, record_id: UUID) -> Direction:
        row = next((r for r in self.table.all_records() if r.id == record_id), None)
        return row.direction if row is not None else Direction.OTHERS

    def _instances(self, held: object) -> Sequence[tuple[UUID, str]]:
        mine, today = self.office.store.facts.agencies, self.office.today()
        with self.office.store.reading() as session:
            found = exchanges.fulfillable(session, today=today, mine=mine, held=held)
            return [(row.id, f"{row.subject} ({row.bodies.lead})") for row in found]

    def _answerable(self, values: Values) -> Sequence[tuple[UUID, str]]:
        with self.office.store.reading() as session:
            found = exchanges.answerable(session, values)
            return [(each.id, CARDS["exchange"].picked_as(each)) for each in found]
