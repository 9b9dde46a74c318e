"""What every record has: an id that travels, a life, and the family it belongs to."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha1
from typing import ClassVar, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid4

from pydantic import ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails
from sqlmodel import Field, SQLModel

from app.errors import InvalidFields
from app.models.trait import Input, Trait, traits_of
from app.models.values import Value, Values, said
from app.text import clean, clean_lines
from app.words import told

LIVE = "live"
DELETED = "deleted"
DISPUTED = "disputed"
"""Withdrawn by one office while another, unaware, was still writing: shown, never hidden."""

Aggregate = tuple[str, UUID]
"""The record family a change belongs to: its kind and the id of the record at its head."""


class Draft(SQLModel):
    """What a clerk types, before it becomes a record.

    SQLModel checks plain models but not tables, so a record enters a register only by way of a
    draft. Text is cleaned on the way in; an empty field is None.
    """

    # Checks are put together when a form first needs them: most are not needed to start.
    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]

    @model_validator(mode="before")
    @classmethod
    def _tidy(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        traits = traits_of(cls)
        return {name: _tidied(value, traits.get(name)) for name, value in given.items()}

    @model_validator(mode="after")
    def _known_words(self) -> "Draft":
        for name, trait in traits_of(type(self)).items():
            value = getattr(self, name)
            if trait.words is not None and value is not None and value not in trait.words:
                known = ", ".join(trait.words)
                raise FieldFault(
                    name,
                    told(
                        "“{value}” không dùng được ở ô {label}. Chọn một trong: {known}.",
                        value=value,
                        label=told(trait.label),
                        known=known,
                    ),
                )
        return self


class Record(SQLModel):
    """A row of a register. `life` is the journal's: see the constants above."""

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]

    ENTITY: ClassVar[str]
    FAMILY: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Whose family a record travels with: fields that may name its head, and the head's kind.

    The first that is not empty counts; a record that names none is a family of its own.
    """
    IS_CARRIED: ClassVar[bool] = False
    """Whether any kind of family may carry it; its own `family` and `family_id` say which."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    life: str = Field(default=LIVE)

    @classmethod
    def derive(cls, number: str) -> dict[str, str]:  # noqa: ARG003 - most kinds compute nothing
        """The fields that follow from its number and are never journaled."""
        return {}

    def aggregate(self) -> Aggregate:
        """The family this record's changes travel with: see FAMILY."""
        model = type(self)
        told = {name: getattr(self, name) for name in ("id", *deciding(model))}
        family, head = family_of(model, told)
        if head is None:
            message = f"{self.ENTITY} {self.id} names no {family} that it belongs to"
            raise ValueError(message)
        return family, head

    @property
    def is_live(self) -> bool:
        """Whether lists show the record."""
        return self.life != DELETED


def family_of(model: type[Record], told: Values) -> tuple[str, UUID | None]:
    """The family of a record: *told* are its id and the fields of *model* that decide it.

    None for the head where a record that must belong to one names none.
    """
    if model.IS_CARRIED:
        return said(told, "family", str) or "", said(told, "family_id", UUID)
    for name, head in model.FAMILY:
        found = told.get(name)
        if found is not None or ((name, head) == model.FAMILY[-1] and not may_head(model)):
            return head, said(told, name, UUID)
    return str(model.__tablename__), said(told, "id", UUID)


@lru_cache(maxsize=64)
def may_head(model: type[Record]) -> bool:
    """Whether a record of *model* can be a family of its own: no field that says else is a must."""
    fields = model.model_fields
    return not model.IS_CARRIED and not any(fields[name].is_required() for name, _ in model.FAMILY)


def deciding(model: type[Record]) -> tuple[str, ...]:
    """The fields of *model* that decide the family of its records."""
    return ("family", "family_id") if model.IS_CARRIED else tuple(name for name, _ in model.FAMILY)


class FieldFault(ValueError):
    """A draft's own rule failed: the field to blame, and a sentence for the clerk."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def derived_id(*parts: object) -> UUID:
    """An id that every office computes alike from *parts* (version 5, RFC 9562)."""
    name = "phoihop:" + "\x1f".join(map(str, parts))
    # As uuid5 does it, which imports its hash anew for each of a register's ten thousand dues.
    digest = sha1(NAMESPACE_URL.bytes + name.encode(), usedforsecurity=False).digest()
    return UUID(bytes=digest[:16], version=5)


T = TypeVar("T")
DraftType = type[Draft]
D = TypeVar("D", bound=Draft)


def checked(draft: type[D], values: Values) -> D:
    """Return *values* as a validated *draft*.

    Raises InvalidFields with one Vietnamese sentence for each field at fault.
    """
    traits = traits_of(draft)
    problems = {
        name: _blank(trait)
        for name, trait in traits.items()
        if trait.required and _is_missing(draft, name, values)
    }
    problems |= {
        name: told("Không có ô “{name}” ở loại bản ghi này.", name=name)
        for name in values
        if name not in traits
    }
    if problems:
        raise InvalidFields(problems)
    try:
        return draft.model_validate(values)
    except ValidationError as error:
        raise InvalidFields(_problems(error, traits)) from error


def _problems(error: ValidationError, traits: Mapping[str, Trait]) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in error.errors():
        cause = item.get("ctx", {}).get("error")
        if isinstance(cause, FieldFault):
            found.setdefault(cause.field, str(cause))
            continue
        name = str(item["loc"][0]) if item["loc"] else ""
        trait = traits.get(name, Trait(label=name))
        found.setdefault(name, _sentence(item, trait))
    return found


def _sentence(item: ErrorDetails, trait: Trait) -> str:
    """Pydantic's complaint as a clerk would put it."""
    kind, context = str(item["type"]), item.get("ctx", {})
    shown = str(item.get("input"))[:60]
    if kind == "string_too_long":
        return told(
            "{label} dài quá {most} ký tự; hãy rút ngắn.",
            label=told(trait.label),
            most=context["max_length"],
        )
    if kind in ("missing", "string_too_short"):
        return _blank(trait)
    if trait.input is Input.DATE:
        return told(
            "{label}: “{shown}” không phải ngày có trong lịch. Nhập ngày/tháng/năm, ví "
            "dụ 05/03/2026.",
            label=told(trait.label),
            shown=shown,
        )
    if trait.input is Input.NUMBER:
        return told(
            "{label}: “{shown}” không phải số dùng được. Nhập một số nguyên, ví dụ 12.",
            label=told(trait.label),
            shown=shown,
        )
    if trait.input in (Input.RECORD, Input.RECORDS):
        return told(
            "{label}: không tìm thấy “{shown}”. Chọn một mục trong danh sách.",
            label=told(trait.label),
            shown=shown,
        )
    if kind == "value_error":
        return str(context.get("error", ""))
    return told(
        "{label}: “{shown}” không dùng được. Nhập lại.",
        label=told(trait.label) or item["loc"],
        shown=shown,
    )


def _blank(trait: Trait) -> str:
    if trait.input in (Input.CHOICE, Input.RECORD, Input.RECORDS):
        return told("Chưa chọn {label}.", label=_within(trait.label))
    return told("Chưa nhập {label}.", label=_within(trait.label))


def _within(label: str) -> str:
    """*label* as it stands within a sentence."""
    said = told(label)
    return f"{said[:1].lower()}{said[1:]}"


def _is_missing(draft: DraftType, name: str, values: Values) -> bool:
    if name in values:
        return _is_blank(values[name])
    return bool(draft.model_fields[name].is_required())


def _is_blank(value: Value) -> bool:
    return value is None or value in ([], ()) or (isinstance(value, str) and not clean(value))


def _tidied(value: T, trait: Trait | None) -> T | str | None:
    if not isinstance(value, str) or trait is None or trait.input is Input.NONE:
        return value  # what the program sets is not tidied: an order key may be empty
    tidy = clean_lines(value) if trait.input is Input.LONG else clean(value)
    return tidy if tidy or trait.required else None
