"""The register of records that may be one, or have been made one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.models.states import PairState
from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class PairRow:
    """Two records; `id` joins theirs. For a merged pair *one* is the record that is shown."""

    id: str
    kind: str
    kind_words: str
    one: UUID
    other: UUID
    one_name: str
    other_name: str
    why: str
    state: PairState

    @property
    def is_merged(self) -> bool:
        """Whether somebody has made them one."""
        return self.state == PairState.MERGED


REGISTER: Register[PairRow] = Register(
    key="duplicate",
    title=QT_TRANSLATE_NOOP("Room", "Bản ghi nghi trùng"),
    noun=QT_TRANSLATE_NOOP("Register", "cặp"),
    columns=(
        Column("state", QT_TRANSLATE_NOOP("Column", "Tình trạng"), lambda r: r.state, "state",
               width=13),
        Column("kind", QT_TRANSLATE_NOOP("Column", "Loại bản ghi"), lambda r: r.kind_words,
               "muted", width=16, is_word=True),
        Column("one", QT_TRANSLATE_NOOP("Column", "Bản ghi"), lambda r: r.one_name, width=0),
        Column("other", QT_TRANSLATE_NOOP("Column", "Bản ghi kia"), lambda r: r.other_name,
               width=28),
        Column("why", QT_TRANSLATE_NOOP("Column", "Vì sao"), lambda r: r.why, "muted", width=30),
    ),
    facets=(
        Facet("kind", QT_TRANSLATE_NOOP("Facet", "Loại bản ghi"),
              lambda r: (r.kind_words,), is_word=True),
        Facet("state", QT_TRANSLATE_NOOP("Facet", "Tình trạng"),
              lambda r: (r.state,), is_word=True),
    ),
    views=(
        View("waiting", QT_TRANSLATE_NOOP("View", "Chờ xem xét"), lambda r: not r.is_merged,
             counted=True),
        View("merged", QT_TRANSLATE_NOOP("View", "Đã gộp"), lambda r: r.is_merged),
        View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),
    ),
)  # fmt: skip
