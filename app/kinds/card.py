"""What a kind of record is, said once: its card.

The journal, the search, the exchange, the command line and the window know no kind by name; they
read its card. A field left out has a meaning that holds for most kinds; what a kind must say is
asked by `tests/kinds/test_every_card.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from app.models import DRAFTS, MODELS, Draft, Record
from app.models.record import derived_id
from app.models.trait import Input, Trait, traits_of
from app.models.values import Values
from app.text import shortened
from app.words import marked

_LONGEST_CITATION = 80

Cite = Callable[[Any], str]


@dataclass(frozen=True)
class Belonging:
    """Records that are shown with another: the kind, the field that names it, the name in JSON."""

    kind: str
    field: str
    key: str


@dataclass(frozen=True)
class Above:
    """The field that leads to the record above, and what is said of a ring."""

    field: str
    ring: str


@dataclass(frozen=True)
class Searched:
    """How a kind is found: what names it, what else it says, and how much a hit weighs.

    A heavier rank stands earlier: what a clerk names comes before the texts that mention it.
    """

    title: tuple[str, ...]
    text: tuple[str, ...] = ()
    opens: str = ""  # the field that holds the record to open, when it is another
    opens_kind: str = ""
    weight: float = 2.5


class Whose(StrEnum):
    """Whose affair a family of records is."""

    EVERYBODY = "everybody"  # every office of the circle sees it and may write
    NOBODY = "nobody"  # never leaves the office
    NAMED = "named"  # the bodies that its records name: see Concern


@dataclass(frozen=True)
class Concern:
    """One way in which a record makes a family some body's affair.

    `family` is the kind of the family and `by` the field that holds its id ("id": the record
    itself); `body` names the body, or bodies. Where `through` names a field, `body` is read of
    the record that it holds, of the kind `of`. Only where the fields of `unless` are empty.
    """

    family: str
    by: str
    body: str
    unless: tuple[str, ...] = ()
    through: str = ""
    of: str = ""
    is_withdrawn_too: bool = False  # who took part must learn that it was withdrawn


@dataclass(frozen=True)
class Scope:
    """Who sees a family, said at its head. `why` is told where a package lists what will go."""

    whose: Whose
    why: str = ""
    is_hubs_too: bool = False  # the hub sees it whoever takes part


@dataclass(frozen=True)
class Card:
    """One kind of record."""

    entity: str
    word: str
    """What a clerk calls it, with a capital."""
    cited: Cite
    """How one of them stands in a line of text."""
    columns: tuple[str, ...]
    """What a plain list shows."""
    aliases: tuple[str, ...] = ()
    """Other words by which the command line knows it."""
    parts: tuple[Belonging, ...] = ()
    key: tuple[str, ...] = ()
    """The fields that a derived id is made of; empty where ids are random."""
    owners: tuple[str, ...] = ()
    """The fields that name what it belongs to, without which its citation says nothing."""
    beside_owner: Callable[[str, str], str] | None = None
    """How its one owner's citation and its own read together, where not side by side."""
    is_named_by_owners: bool = False
    """Whether it has no name of its own, such as a party."""
    under: str = ""
    """The field of the record that it goes under when that one is merged with another."""
    above: Above | None = None
    searched: Searched | None = None
    scope: Scope | None = None
    """Said by those that stand at the head of a family."""
    concerns: tuple[Concern, ...] = ()
    is_merged_by_people: bool = False
    """Whether two of them may be found to be one; links between those follow by themselves."""
    opens_itself: bool = False
    """Whether it is shown in a list of its own although it belongs to another's family."""
    picked: Cite | None = None
    """How one of them stands in a list to pick from, where its citation says too little."""
    known_by: tuple[str, ...] = ()
    """Further fields by whose words the command line finds one."""
    is_numbered: bool = False
    """Whether it is a paper that is known by its number, however that is typed."""
    reference: tuple[str, ...] = ()
    """Its texts that only refer to a paper: all that a secret one keeps."""
    speaks_of: tuple[str, ...] = ()
    """The fields that name papers whose content it repeats; a paper speaks of itself as well."""
    quoted_in: tuple[str, str] | None = None
    """The field that leads to a record of another family, and that record's field where it is
    cited: a secret one is cited there no more."""
    is_named_at_home: bool = False
    """Whether an action on one is called by its name in its own family alone: what it does to
    other families besides goes to those who may know nothing of it."""
    is_content: bool = False
    """Whether all of it is what stands in a paper: it is not kept of a secret one."""
    is_listed: bool = True
    """Whether the command line lists it; a verdict on two records is no record of the office."""

    @property
    def model(self) -> type[Record]:
        """Its table."""
        return MODELS[self.entity]

    @property
    def draft(self) -> type[Draft]:
        """What a clerk types."""
        return DRAFTS[self.entity]

    @property
    def table(self) -> str:
        """The name of its table in the register."""
        return str(self.model.__tablename__)

    @cached_property
    def traits(self) -> Mapping[str, Trait]:
        """What each of its fields is."""
        return traits_of(self.model)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The fields that a clerk fills with words of his own."""
        return tuple(
            name
            for name, trait in self.traits.items()
            if trait.input in (Input.LINE, Input.LONG) and trait.words is None
        )

    @cached_property
    def naming(self) -> tuple[str, ...]:
        """The texts by which one of them is named in a sentence, the surest first."""
        titles = self.searched.title if self.searched else ()
        own = dict.fromkeys((*self.key, *titles, *self.columns))
        return tuple(name for name in own if name in self.texts)

    @property
    def is_paper(self) -> bool:
        """Whether it is a document that may be secret."""
        return "secrecy" in self.traits

    @cached_property
    def content(self) -> tuple[str, ...]:
        """Its texts that a secret paper leaves blank."""
        return tuple(name for name in self.texts if name not in self.reference)

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """The fields that say when something is due, in a rule that may quote the paper."""
        return tuple(n for n, trait in self.traits.items() if trait.input is Input.RECURRENCE)

    def called(self, record: Record) -> str:
        """*record* as a line of text has room for it."""
        return shortened(self.cited(record), _LONGEST_CITATION)

    def picked_as(self, record: Record) -> str:
        """*record* in a list to pick from."""
        return (self.picked or self.cited)(record)

    def would_call(self, values: Values) -> str:
        """What a record with these *values* would be called, before there is one."""
        record = self.model()
        for name in self.model.model_fields.keys() & values.keys():
            setattr(record, name, values[name])
        return shortened(self.cited(record), _LONGEST_CITATION)

    def id_of(self, values: Values) -> UUID | None:
        """The id that every office computes alike for such a record; None where ids are random."""
        if not self.key:
            return None
        defaults = self.draft.model_fields
        known = [values.get(name) or _default(defaults[name].default) for name in self.key]
        return derived_id(self.entity, *known)


def first_of(*names: str) -> Cite:
    """Cite a record by the first of these fields that says something, else by its id."""

    def cite(record: Record) -> str:
        found = (getattr(record, name) for name in names)
        return next((str(value) for value in found if value not in (None, "")), str(record.id))

    return cite


def _default(value: object) -> object:
    return value if isinstance(value, str) else ""


COMMON = marked("Danh mục dùng chung của mọi văn phòng")
"""Why the records that every office shares go to every office."""
