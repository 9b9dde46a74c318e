"""Fields as they are typed, `lead=SYT`, read into the values of a draft."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from app.cli.usage import WrongUsage
from app.errors import InvalidFields, Refused
from app.kinds import Card
from app.models import DRAFTS, Record
from app.models.recurrence import Recurrence
from app.models.trait import Input, Trait, traits_of
from app.models.typed_date import read_date
from app.models.values import Value, Values, said
from app.services.any_kind import lookup
from app.services.any_kind.kinds import LISTED
from app.text import clean, folded
from app.words import told

_PAIR = re.compile(r"\s*([^\W\d][\w-]*?)\s*([+-]?=)(.*)", re.DOTALL)
YES = {"co", "yes", "true", "1", "x", "dung"}
NO = {"khong", "no", "false", "0", "sai"}


@dataclass(frozen=True)
class Pair:
    """`name=value`; `sign` is "+" or "-" where a list is added to or taken from."""

    name: str
    value: str
    sign: str = ""


def read_pairs(words: Iterable[str]) -> list[Pair]:
    """The pairs of a command; raises WrongUsage for a word that is not one."""
    pairs: list[Pair] = []
    for word in words:
        found = _PAIR.fullmatch(word)
        if found is None:
            raise WrongUsage(told("“{word}” không có dạng Ô=GIÁ_TRỊ, ví dụ lead=SYT.", word=word))
        name = found[1].replace("-", "_")
        if any(pair.name == name for pair in pairs):
            raise WrongUsage(told("Ô “{name}” ghi hai lần.", name=name))
        pairs.append(Pair(name, found[3], found[2].removesuffix("=")))
    return pairs


def take(pairs: Sequence[Pair], *names: str) -> tuple[dict[str, Pair], list[Pair]]:
    """Split off the pairs called *names*, which are no fields of the record."""
    taken = {pair.name: pair for pair in pairs if pair.name in names}
    return taken, [pair for pair in pairs if pair.name not in names]


@dataclass(frozen=True)
class Reader:
    """Reads the values of one kind of record.

    `present` is the record as it stands, for lists that are added to and provisions that are
    cited within their regulation.
    """

    session: Session
    kind: Card
    today: date
    present: Record | None = None

    def read(self, pairs: Iterable[Pair]) -> dict[str, Value]:
        """The values of *pairs*. Raises InvalidFields with one sentence for each field at fault."""
        values: dict[str, Value] = {}
        problems: dict[str, str] = {}
        ordered = sorted(pairs, key=lambda pair: self.field_called(pair.name) == "provision_id")
        for pair in ordered:
            name = self.field_called(pair.name)
            try:
                values[name] = self._value(name, pair, values)
            except (ValueError, Refused) as error:
                problems[name] = str(error)
        if problems:
            raise InvalidFields(problems)
        return values

    def value(self, name: str, text: str) -> Value:
        """One value, as a condition of a list gives it."""
        field = self.field_called(name)
        return self._value(field, Pair(field, text), {})

    def field_called(self, name: str) -> str:
        """The field that *name* means: its own name, without "_id", or its Vietnamese label."""
        traits = traits_of(DRAFTS[self.kind.entity])
        if name in traits:
            return name
        if f"{name}_id" in traits:
            return f"{name}_id"
        wanted = folded(name.replace("_", " "))
        labelled = [field for field, trait in traits.items() if folded(trait.label) == wanted]
        return labelled[0] if len(labelled) == 1 else name

    def _value(self, name: str, pair: Pair, known: Values) -> Value:
        trait = traits_of(DRAFTS[self.kind.entity]).get(name)
        if trait is None:
            fields = ", ".join(_typed_fields(self.kind))
            raise ValueError(
                told(
                    "{word} không có ô “{name}”. Các ô: {fields}.",
                    word=told(self.kind.word),
                    name=name,
                    fields=fields,
                )
            )
        if pair.sign and trait.input is not Input.RECORDS:
            raise ValueError(
                told(
                    "Ô {label} không phải danh sách nên không dùng {sign}=.",
                    label=told(trait.label),
                    sign=pair.sign,
                )
            )
        if not clean(pair.value) and not pair.sign:
            return () if trait.input is Input.RECORDS else None
        if trait.input is Input.RECORD:
            return self._record(trait, pair.value, known)
        if trait.input is Input.RECORDS:
            return self._records(name, trait, pair)
        return _plain_value(trait, pair.value, self.today)

    def _record(self, trait: Trait, text: str, known: Values) -> UUID:
        present: UUID | None = getattr(self.present, "regulation_id", None)
        regulation = said(known, "regulation_id", UUID) or present
        if trait.refers == "provision" and regulation is not None and " " in clean(text):
            return lookup.find_provision(self.session, regulation, text).id
        return lookup.find(self.session, LISTED[trait.refers], text, today=self.today).id

    def _records(self, name: str, trait: Trait, pair: Pair) -> tuple[UUID, ...]:
        kind = LISTED[trait.refers]
        given = lookup.find_several(self.session, kind, pair.value, today=self.today)
        before: tuple[UUID, ...] = getattr(self.present, name, None) or ()
        if pair.sign == "+":
            return tuple(dict.fromkeys((*before, *given)))
        if pair.sign == "-":
            return tuple(id_ for id_ in before if id_ not in given)
        return given


def read_day(text: str, today: date) -> date:
    """A date that stands outside a record; raises Refused with the reader's own sentence."""
    try:
        return read_date(text, today)
    except ValueError as error:
        raise Refused(why=str(error)) from error


def _plain_value(trait: Trait, text: str, today: date) -> Value:
    if trait.input is Input.NONE:
        raise ValueError(
            told(
                "Ô {label} do chương trình ghi, không nhập được.",
                label=told(trait.label) or told("này"),
            )
        )
    if trait.input is Input.DATE:
        return read_date(text, today)
    if trait.input is Input.CHOICE:
        return _choice(trait, text)
    if trait.input is Input.YES_NO:
        return _yes_or_no(trait, text)
    if trait.input is Input.RECURRENCE and text.lstrip().startswith("{"):
        return _rule(text)
    return text


def _rule(text: str) -> Recurrence:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:  # its own words are English
        raise ValueError("Thời hạn dạng JSON không đọc được: kiểm tra ngoặc, dấu phẩy.") from error
    try:
        return Recurrence.from_json(given)
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError(
            told("Thời hạn dạng JSON không dùng được: {error}", error=error)
        ) from error


def _choice(trait: Trait, text: str) -> str:
    wanted = folded(clean(text))
    for code, word in (trait.words or {}).items():
        if wanted in (folded(code), folded(word)):
            return code
    known = ", ".join(f"{code} ({told(word)})" for code, word in (trait.words or {}).items())
    raise ValueError(
        told(
            "{label}: không có “{text}”. Chọn một trong: {known}.",
            label=told(trait.label),
            text=clean(text),
            known=known,
        )
    )


def _yes_or_no(trait: Trait, text: str) -> bool:
    wanted = folded(clean(text))
    if wanted not in YES | NO:
        raise ValueError(told("{label}: ghi “có” hoặc “không”.", label=told(trait.label)))
    return wanted in YES


def _typed_fields(kind: Card) -> list[str]:
    traits = traits_of(DRAFTS[kind.entity])
    return [name for name, trait in traits.items() if trait.input is not Input.NONE]
