"""What a package brings, record by record: the preview, and the summary that is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.models.states import ArrivalState
from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.text import moment_words
from app.words import QT_TRANSLATE_NOOP

_GRAVE = (ArrivalState.DISPUTED, ArrivalState.ASIDE, ArrivalState.WITHDRAWN)


@dataclass(frozen=True)
class ArrivalLine:
    """One record that a package touches, or one change that is set aside."""

    id: str
    what: ArrivalState
    kind: str
    name: str
    about: str
    office: str
    clerk: str
    at: datetime | None
    opens_kind: str = ""
    opens_id: UUID | None = None

    @property
    def time(self) -> str:
        """When it was written, by the author's clock."""
        return moment_words(self.at)


REGISTER: Register[ArrivalLine] = Register(
    key="arrival",
    title=QT_TRANSLATE_NOOP("Room", "Nội dung gói"),
    noun=QT_TRANSLATE_NOOP("Register", "bản ghi"),
    columns=(
        Column("what", QT_TRANSLATE_NOOP("Column", "Trong gói"), lambda r: r.what, "state",
               width=13),
        Column("kind", QT_TRANSLATE_NOOP("Column", "Loại bản ghi"), lambda r: r.kind, "muted",
               width=17, is_word=True),
        Column("name", QT_TRANSLATE_NOOP("Column", "Bản ghi"), lambda r: r.name, width=0),
        Column("about", QT_TRANSLATE_NOOP("Column", "Ô thay đổi"), lambda r: r.about, "muted",
               width=24),
        Column("clerk", QT_TRANSLATE_NOOP("Column", "Người sửa"), lambda r: r.clerk, "muted",
               width=18),
        Column("office", QT_TRANSLATE_NOOP("Column", "Văn phòng"), lambda r: r.office, "muted",
               width=16),
        Column("time", QT_TRANSLATE_NOOP("Column", "Lúc"), lambda r: r.time, "muted",
               order=lambda r: r.at.isoformat() if r.at else "", width=17),
    ),
    facets=(
        Facet("what", QT_TRANSLATE_NOOP("Facet", "Trong gói"), lambda r: (r.what,), is_word=True),
        Facet("kind", QT_TRANSLATE_NOOP("Facet", "Loại bản ghi"),
              lambda r: (r.kind,), is_word=True),
        Facet("office", QT_TRANSLATE_NOOP("Facet", "Văn phòng"),
              lambda r: (r.office,) if r.office else ()),
    ),
    views=(
        View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),
        View("grave", QT_TRANSLATE_NOOP("View", "Cần xem kỹ"), lambda r: r.what in _GRAVE,
             counted=True),
    ),
)  # fmt: skip
