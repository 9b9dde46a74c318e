"""Conditions on a list: `standing=in_force`, `signed_on>=2012-01-01`, `abstract~y tế`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.cli.usage import WrongUsage
from app.cli.values import Reader
from app.errors import InvalidFields, Refused
from app.models import DRAFTS, MODELS, Party, Record
from app.models.recurrence import Recurrence
from app.models.regulation import ROLES
from app.models.trait import Input, traits_of
from app.models.values import Value
from app.services.agreement import naming
from app.services.any_kind import lookup, records
from app.services.any_kind.kinds import LISTED
from app.text import clean, folded, search_words
from app.words import told

_CONDITION = re.compile(r"\s*([^\W\d][\w-]*)\s*(!=|<=|>=|=|~)(.*)", re.DOTALL)
Test = Callable[[Record], bool]


@dataclass(frozen=True)
class Where:
    """One condition as typed."""

    name: str
    sign: str
    value: str


def read_conditions(typed: Iterable[str]) -> list[Where]:
    """The conditions of a command; raises WrongUsage for one that makes no sense."""
    found = []
    for text in typed:
        match = _CONDITION.fullmatch(text)
        if match is None:
            raise WrongUsage(
                told("“{text}” không có dạng Ô=GIÁ_TRỊ (còn dùng được !=, <=, >=, ~).", text=text)
            )
        found.append(Where(match[1].replace("-", "_"), match[2], match[3]))
    return found


def test_of(where: Where, reader: Reader, states: Mapping[UUID, str]) -> Test:
    """A test of one record. Raises InvalidFields for a field or value that is not there."""
    if where.name == "state" and states:
        if where.sign in ("<=", ">="):
            raise InvalidFields({"state": "Tình trạng không so được trước sau; dùng =, != hoặc ~."})
        return _words_test(where, lambda record: states.get(record.id, ""))
    # "standing" is a party's role too, but the regulation's own field comes first.
    is_role = where.name in ROLES and where.name not in traits_of(DRAFTS[reader.kind.entity])
    if is_role or where.name == "agency":
        bound = _bound(where, reader)
        if bound is not None:
            return bound
    try:
        return _field_test(where, reader)
    except (ValueError, Refused) as error:
        raise InvalidFields({where.name: str(error)}) from error


def _field_test(where: Where, reader: Reader) -> Test:
    name = reader.field_called(where.name)
    if where.sign == "~":
        if name not in traits_of(DRAFTS[reader.kind.entity]):
            reader.value(name, where.value)
        refers = traits_of(DRAFTS[reader.kind.entity])[name].refers
        if refers:
            called = _names(reader, refers)
            return _words_test(where, lambda record: _named(getattr(record, name), called))
        return _words_test(where, lambda record: _said(getattr(record, name)))
    trait = traits_of(DRAFTS[reader.kind.entity]).get(name)
    is_ordered = trait is not None and trait.input in (Input.DATE, Input.NUMBER)
    if where.sign in ("<=", ">=") and trait is not None and not is_ordered:
        raise ValueError(
            told("{label}: không so được trước sau; dùng =, != hoặc ~.", label=told(trait.label))
        )
    if trait is not None and trait.input is Input.NUMBER and where.value.strip():
        _whole(trait.label, where.value)
    wanted = reader.value(name, where.value)
    return lambda record: _compares(getattr(record, name), where.sign, wanted)


def _bound(where: Where, reader: Reader) -> Test | None:
    """`lead=SYT` on regulations asks their parties; on other kinds it is a field or nothing."""
    if reader.kind.entity != "regulation":
        return None
    if where.sign not in ("=", "!="):
        raise InvalidFields({where.name: "Cơ quan chỉ so được bằng = hoặc !=."})
    agency = lookup.find(reader.session, LISTED["agency"], where.value, today=reader.today)
    bound = {
        party.regulation_id
        for party in records.live(reader.session, Party)
        if party.agency_id == agency.id and where.name in ("agency", party.role)
    }
    return lambda record: (record.id in bound) == (where.sign != "!=")


def _words_test(where: Where, said: Callable[[Record], str]) -> Test:
    wanted = folded(clean(where.value))
    words = set(search_words(where.value))
    if where.sign == "~":
        return lambda record: words <= set(search_words(said(record)))
    return lambda record: (folded(said(record)) == wanted) == (where.sign == "=")


def _said(value: Value) -> str:
    return value.words() if isinstance(value, Recurrence) else str(value or "")


def _names(reader: Reader, refers: str) -> dict[UUID, str]:
    """What the records that a field may name are called."""
    listed = records.live(reader.session, MODELS[refers])
    return dict(naming.full_names(reader.session, listed))


def _named(value: Value, called: Mapping[UUID, str]) -> str:
    ids = value if isinstance(value, tuple) else (value,)
    return "; ".join(called.get(id_, "") for id_ in ids if isinstance(id_, UUID))


def _whole(label: str, text: str) -> None:
    if not text.strip().lstrip("-").isdecimal():
        raise ValueError(told("{label}: “{text}” không phải số.", label=label, text=clean(text)))


def _compares(value: Value, sign: str, wanted: Value) -> bool:
    if sign in ("=", "!="):
        return _equals(value, wanted) == (sign == "=")
    if value is None or wanted is None or isinstance(value, tuple):
        return False
    return stands(value, sign, wanted)


def stands(value: Value, sign: str, wanted: Value) -> bool:
    """Whether *value* stands to *wanted* as *sign* says; a number may be typed as text."""
    place = _place(value, wanted)
    signs = {"=": place == 0, "!=": place != 0, "<=": place <= 0, ">=": place >= 0}
    return signs.get(sign, False)


def _place(value: Value, wanted: Value) -> int:
    """Negative where *value* stands before *wanted*, 0 where they stand alike."""
    if isinstance(value, date) and isinstance(wanted, date):
        return (value - wanted).days
    if isinstance(value, int) and str(wanted).strip().lstrip("-").isdecimal():
        return value - int(str(wanted))
    one, other = str(value), str(wanted)
    return (one > other) - (one < other)


def _equals(value: Value, wanted: Value) -> bool:
    if isinstance(value, tuple):
        return set(wanted) <= set(value) if isinstance(wanted, tuple) and wanted else not value
    if isinstance(value, str) and isinstance(wanted, str):
        return folded(value) == folded(clean(wanted))
    if isinstance(value, int) and not isinstance(value, bool) and isinstance(wanted, str):
        return str(value) == wanted.strip()
    return value == wanted
