"""What a field is besides its type, said once where the field is declared.

The journal reads how a field merges, the form and the history read what it is
called, the command line reads what it refers to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlmodel import Field, SQLModel

from app.words import told

_KEY = "trait"


class Strategy(StrEnum):
    """How concurrent values of one field are judged (sync design, section 4)."""

    REGISTER = "register"  # every live value is kept; two that differ are a conflict
    GROUP = "group"  # judged together with the other fields of its group
    SET = "set"  # observed-remove set: an addition nobody saw removed survives
    ORDER = "order"  # fractional index; the tie is broken in silence
    LOCAL = "local"  # never journaled, never leaves this office
    DERIVED = "derived"  # computed from the other fields of the record; never journaled


class Input(StrEnum):
    """How a clerk enters a field."""

    LINE = "line"
    LONG = "long"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"  # one of the words of an enumeration
    RECORD = "record"  # one record of `refers`
    RECORDS = "records"  # several records of `refers`
    RECURRENCE = "recurrence"
    NONE = "none"  # set by the program, never typed


@dataclass(frozen=True)
class Trait:
    """What one field is. `label` is Vietnamese source text; `words` names each stored value."""

    label: str = ""
    input: Input = Input.LINE
    strategy: Strategy = Strategy.REGISTER
    group: str = ""
    refers: str = ""
    words: Mapping[str, str] | None = None
    required: bool = False
    hint: str = ""


def field(
    label: str = "",
    *,
    input: Input = Input.LINE,  # noqa: A002 - reads as the clerk's word
    strategy: Strategy = Strategy.REGISTER,
    group: str = "",
    refers: str = "",
    words: Mapping[str, str] | None = None,
    required: bool = False,
    hint: str = "",
    **given: Any,
) -> Any:
    """Return a SQLModel field that carries a Trait; *given* goes to SQLModel as it is."""
    strategy = Strategy.GROUP if group else strategy
    about = Trait(label, input, strategy, group, refers, words, required, hint)
    return Field(schema_extra={"json_schema_extra": {_KEY: about}}, **given)


def told_trait(trait: Trait) -> Trait:
    """*trait* with what it says in the language that was chosen."""
    words = trait.words and {code: told(word) for code, word in trait.words.items()}
    return replace(trait, label=told(trait.label), hint=told(trait.hint), words=words)


@lru_cache(maxsize=128)
def traits_of(model: type[SQLModel]) -> Mapping[str, Trait]:
    """The Trait of every field of *model*, in the order they are declared."""
    found: dict[str, Trait] = {}
    for name, info in model.model_fields.items():
        extra: Any = info.json_schema_extra
        about = extra.get(_KEY) if isinstance(extra, dict) else None
        found[name] = about if isinstance(about, Trait) else Trait(input=Input.NONE)
    return found
