"""The form of a regulation: the paper, who is bound, when it is reviewed, what it rests upon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from sqlmodel import Session, col

from app.models import Regulation, Relation
from app.models.trait import Input, Trait
from app.models.values import Value, Values, said, several
from app.services.any_kind import records
from app.services.regulation import regulations
from app.services.regulation.regulations import Parties
from app.ui.common.form.fields import ChoiceField
from app.ui.common.form.form import FormSpec, Line
from app.words import marked, told

BOUND = ("lead_id", "coordinating", "basis", "replaces")
"""Fields of the form that are records of their own and not the regulation's."""

EVERY: Mapping[int, str] = marked(
    {
        3: "Hằng quý",
        6: "06 tháng một lần",
        12: "Hằng năm",
        24: "02 năm một lần",
        36: "03 năm một lần",
        60: "05 năm một lần",
    }
)
_OTHERWISE = marked("{} tháng một lần")


def regulation_form(title: str, side: Callable[[Values], QWidget | None]) -> FormSpec:
    """The whole form; *side* says what the register already knows."""
    return FormSpec(
        key="regulation",
        title=title,
        sections=(
            (_tr("Văn bản"), _paper()),
            (_tr("Các bên"), _parties()),
            (_tr("Sơ kết"), _review()),
            (_tr("Hiệu lực"), _validity()),
            (_tr("Căn cứ và lưu giữ"), _keeping()),
        ),
        extra=extras(),
        editors={"review_every": _interval, "review_month": _month},
        side=side,
    )


def extras() -> dict[str, Trait]:
    """What the form holds besides the regulation's own fields."""
    return {
        "number": Trait(_tr("Số, ký hiệu"), hint=_tr("Giữ như trên văn bản")),
        "lead_id": Trait(_tr("Chủ trì"), Input.RECORD, refers="agency"),
        "coordinating": Trait(_tr("Phối hợp"), Input.RECORDS, refers="agency"),
        "basis": Trait(_tr("Căn cứ pháp lý"), Input.RECORDS, refers="legal_document"),
        "replaces": Trait(_tr("Thay thế"), Input.RECORDS, refers="regulation"),
    }


def relation_form(number: str) -> FormSpec:
    """What a newer regulation does to an older one."""
    return FormSpec(
        key="relation",
        title=_tr("Ghi quan hệ của quy chế {}").format(number),
        sections=(
            (
                _tr("Quan hệ"),
                ("regulation_id", Line("kind", 264), "older_id", "effective_on", "articles"),
            ),
            (_tr("Khác"), ("note",)),
        ),
        may_add_another=False,
    )


def basis_form(number: str) -> FormSpec:
    """One more document that the regulation rests upon."""
    return FormSpec(
        key="legal_basis",
        title=_tr("Thêm căn cứ của quy chế {}").format(number),
        sections=((_tr("Căn cứ"), ("document_id", "note")),),
        may_add_another=False,
    )


def values_of(session: Session, regulation_id: UUID) -> dict[str, Value]:
    """What the form of an existing regulation shows."""
    own = records.said(session, Regulation, regulation_id)
    parties = regulations.parties_of(session, regulation_id)
    leads = [line.agency_id for line in parties if line.role == "lead"]
    links = records.live(session, Relation, col(Relation.regulation_id) == regulation_id)
    return own | {
        "lead_id": leads[0] if leads else None,
        "coordinating": tuple(p.agency_id for p in parties if p.role == "coordinating"),
        "basis": tuple(document.id for document in regulations.basis_of(session, regulation_id)),
        "replaces": tuple(link.older_id for link in links if link.kind == "replaces"),
    }


def write(session: Session, regulation_id: UUID | None, values: Values) -> UUID:
    """Enter or revise a regulation with what it is bound to; returns its id."""
    own = {name: value for name, value in values.items() if name not in BOUND}
    if regulation_id is None:
        return regulations.enter(session, own, _bound(values)).id
    given = {name: value for name, value in values.items() if name in BOUND}
    parties = _bound({**values_of(session, regulation_id), **given}) if given else None
    return regulations.revise(session, regulation_id, own, parties).id


class FewNumbers(ChoiceField):
    """One of a few numbers, each with its words; a number that is none of them is kept."""

    def __init__(self, trait: Trait, words: Mapping[int, str], other: str, width: int) -> None:
        said = {str(number): shown for number, shown in words.items()}
        super().__init__(Trait(trait.label, Input.CHOICE, words=said), width)
        self._known, self._other = set(words), other

    def value(self) -> int | None:
        held = super().value()
        return int(held) if held else None

    def show_value(self, value: Value) -> None:
        if isinstance(value, int) and value not in self._known:
            self._known.add(value)
            self._list.addItem(self._other.format(f"{value:02d}"), str(value))
        super().show_value(str(value) if value else None)


def every_words(months: int) -> str:
    """How often, in words: "Hằng năm", "18 tháng một lần"."""
    return told(EVERY.get(months, "")) or told(_OTHERWISE).format(f"{months:02d}")


def _interval(trait: Trait) -> FewNumbers:
    return FewNumbers(trait, EVERY, _OTHERWISE, 160)


def _month(trait: Trait) -> FewNumbers:
    return FewNumbers(trait, {n: f"{n:02d}" for n in range(1, 13)}, "{}", 80)


def _bound(values: Values) -> Parties:
    return Parties(
        lead_id=said(values, "lead_id", UUID),
        coordinating=several(values, "coordinating", UUID),
        basis=several(values, "basis", UUID),
        replaces=several(values, "replaces", UUID),
    )


def _paper() -> tuple[str | Line, ...]:
    return (
        Line("form", 264),
        Line("number", 264, label=_tr("Số, ký hiệu *")),
        "abstract",
        "field_of_work",
        Line("signed_on", label=_tr("Ngày ký *")),
        "effective_on",
        Line("replaces", more=_tr("Thêm quy chế bị thay thế")),
    )


def _parties() -> tuple[str | Line, ...]:
    return (
        Line("lead_id", label=_tr("Chủ trì *")),
        Line("coordinating", label=_tr("Phối hợp *"), more=_tr("Thêm cơ quan")),
        "focal_unit",
        "standing_unit",
        "signers",
    )


def _review() -> tuple[str | Line, ...]:
    month = Line("review_month")
    return (Line("review_every", label=_tr("Chu kỳ"), note=_tr("vào tháng"), then=month),)


def _validity() -> tuple[str | Line, ...]:
    return (Line("standing", 264), "expires_on", "ended_on", "end_ground")


def _keeping() -> tuple[str | Line, ...]:
    return (
        Line("basis", more=_tr("Thêm căn cứ")),
        "place",
        Line("secrecy", 132),
        "stored_at",
        "note",
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("RegulationForm", words)
