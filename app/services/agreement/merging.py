"""Two records that are one: what differs, who will see more, merging, keeping apart, parting.

Merging writes a verdict and whatever values the person chose; neither record is touched
otherwise, so that parting them gives both back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, col

from app.errors import Refused
from app.journal import aliases, log
from app.journal import undo as undoing
from app.journal.beneath import home
from app.kinds import CARDS
from app.models import DRAFTS, MODELS, Alias, Obligation, Provision, Record
from app.models.alias import DISTINCT, MERGED
from app.models.handling import is_secret
from app.models.states import NOT_HERE
from app.models.trait import Input, traits_of
from app.models.values import Value, Values
from app.services.agreement import histories, naming
from app.services.agreement.merging_rights import Rights, refuse_without_right
from app.services.any_kind import climbing, records
from app.words import told

MERGEABLE = tuple(entity for entity, card in CARDS.items() if card.is_merged_by_people)
"""Kinds of record that a person may merge; links between them follow by themselves."""
_FIXED = frozenset({"regulation_id", "review_id", "conclusion_id"})  # decide the family


@dataclass(frozen=True)
class Line:
    """One field of two records side by side; `proposed` is what merging takes unless told."""

    name: str
    label: str
    one: str
    other: str
    values: tuple[Value, Value]
    proposed: Value

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.values[0] != self.values[1])


@dataclass(frozen=True)
class Chosen:
    """What the person chose: values by field, and whose text of provisions stays.

    A field that is not named gets what `side_by_side` proposes.
    """

    values: Values = field(default_factory=dict)
    text_of: UUID | None = None


def resolve(session: Session, record_id: UUID) -> UUID:
    """The record that is shown for *record_id*; itself unless it is merged."""
    return UUID(bytes=aliases.resolve(session.connection(), record_id.bytes))


def _refuse_secret_with_open(first: Record, second: Record) -> None:
    """A secret record keeps its reference alone: it may not take the content of an open one."""
    if is_secret(getattr(first, "secrecy", "none")) != is_secret(
        getattr(second, "secrecy", "none")
    ):
        raise Refused(
            why="Một văn bản có độ mật, văn bản kia thì không: không gộp được. "
            "Sửa độ mật cho đúng rồi gộp lại."
        )


@dataclass(frozen=True)
class Merged:
    """A record that is no longer shown, and the one that stands for it."""

    kind: str
    record: UUID
    shown: UUID
    name: str


def all_merged(session: Session) -> list[Merged]:
    """Every record that a person has merged into another, by kind and name."""
    classes = aliases.load(session.connection())
    found = []
    for record, shown in classes.canonical.items():
        kind = classes.entity[record]
        stands = session.get(MODELS[kind], UUID(bytes=shown)) if kind in MERGEABLE else None
        if stands is not None:
            name = naming.called(stands)
            found.append(Merged(kind, UUID(bytes=record), stands.id, name))
    return sorted(found, key=lambda m: (m.kind, m.name, m.record))


def side_by_side(session: Session, kind: str, one: UUID, other: UUID) -> list[Line]:
    """Every field that a clerk enters, for both records. Raises NotFound or Refused."""
    first, second = _both(session, kind, one, other)
    named = _Names(session)
    found = []
    for name, trait in traits_of(DRAFTS[kind]).items():
        if trait.input is Input.NONE or name in _FIXED:
            continue
        values = getattr(first, name), getattr(second, name)
        one_words, other_words = (
            histories.value_words(kind, name, value, named.of(name, kind)) for value in values
        )
        proposed = _proposed(*values)
        found.append(Line(name, told(trait.label), one_words, other_words, values, proposed))
    return found


def merge(
    session: Session,
    kind: str,
    one: UUID,
    other: UUID,
    *,
    chosen: Chosen | None = None,
    reason: str = "",
    rights: Rights | None = None,
) -> UUID:
    """Make the two one record; returns the id under which it is shown from now on.

    What is not chosen stays as *one* says it, blanks filled from *other*. *rights* are this
    office's in its circle, None outside of any. Raises NotFound, Refused or InvalidFields.
    """
    choice = chosen or Chosen()
    first, second = _both(session, kind, one, other)
    refuse_without_right(session, kind, (first.id, second.id), rights)
    _refuse_secret_with_open(first, second)
    lines = side_by_side(session, kind, first.id, second.id)
    wanted = {line.name: line.proposed for line in lines} | dict(choice.values)
    shown = min(first, second, key=lambda record: record.id)
    present = {name: getattr(shown, name) for name in wanted if name in type(shown).model_fields}
    changed = {name: value for name, value in wanted.items() if present.get(name) != value}
    seen = _everything_said(session, (first.id, second.id))
    if changed:
        records.revise(session, kind, shown.id, changed)
    if kind == "regulation":
        _keep_one_text(session, first.id, second.id, choice.text_of)
    said = {"verdict": MERGED, "reason": reason or None}
    _judge(session, kind, (first.id, second.id), said, seen)
    return shown.id


def keep_apart(session: Session, kind: str, one: UUID, other: UUID, *, reason: str = "") -> None:
    """Say that the two are not one, so that nobody asks again. Raises NotFound or Refused."""
    first, second = _both(session, kind, one, other)
    said = {"verdict": DISTINCT, "reason": reason or None}
    _judge(session, kind, (first.id, second.id), said)


def unmerge(
    session: Session,
    record_id: UUID,
    *,
    other: UUID | None = None,
    reason: str = "",
    rights: Rights | None = None,
) -> list[UUID]:
    """Part *record_id* from *other*, or from all that it is merged with; returns who is parted.

    Values that were chosen while merging, and still stand, go back to what they were. Raises
    Refused where there is nothing to part.
    """
    wanted = {record_id} if other is None else {record_id, other}
    verdicts = [
        alias
        for alias in records.live(session, Alias, col(Alias.verdict) == MERGED)
        if wanted <= {alias.one_id, alias.other_id} and alias.kind in MERGEABLE
    ]
    if not verdicts:
        raise Refused(why="Bản ghi này không gộp với bản ghi nào.")
    ends = sorted({end for alias in verdicts for end in (alias.one_id, alias.other_id)})
    refuse_without_right(session, verdicts[0].kind, ends, rights)
    _put_back(session, verdicts)
    for alias in verdicts:
        alias.verdict, alias.reason = DISTINCT, reason or None
        session.add(alias)
    session.flush()
    return [end for end in ends if end != record_id]


def _both(session: Session, kind: str, one: UUID, other: UUID) -> tuple[Record, Record]:
    if kind not in MERGEABLE:
        raise Refused(why="Loại bản ghi này không gộp được.")
    first = records.get(session, MODELS[kind], one)
    second = records.get(session, MODELS[kind], other)
    if first.id == second.id:
        raise Refused(why="Hai mã này đã là một bản ghi.")
    if isinstance(first, Obligation) and isinstance(second, Obligation):
        there, here = first.aggregate(), second.aggregate()
        if there != here or there[1] in (first.id, second.id):
            raise Refused(why="Chỉ gộp được hai nghĩa vụ của cùng một quy chế hoặc hội nghị.")
    return first, second


def _proposed(one: Value, other: Value) -> Value:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(sorted({*one, *other}, key=str))
    return other if one in (None, "") else one


@dataclass
class _Names:
    """What the records named by a field are called."""

    session: Session

    def of(self, name: str, kind: str) -> Callable[[UUID], str]:
        """A function from an id to its words."""
        refers = traits_of(MODELS[kind])[name].refers

        def called(record_id: UUID) -> str:
            found = self.session.get(MODELS[refers], record_id) if refers else None
            return naming.called(found) if found is not None else told(NOT_HERE)

        return called


def _everything_said(session: Session, ends: Iterable[UUID]) -> tuple[UUID, ...]:
    """Every head of both records and of whatever is merged into them: all was on screen."""
    connection = session.connection()
    members = aliases.load(connection).members()
    looked_at = set().union(*(members.get(end.bytes, {end.bytes}) for end in ends))
    heads = log.load_heads(connection, looked_at)
    return tuple(sorted({UUID(bytes=op) for ops in heads.of.values() for op in ops}))


def _judge(
    session: Session,
    kind: str,
    pair: tuple[UUID, UUID],
    said: Values,
    seen: tuple[UUID, ...] = (),
) -> None:
    """Enter the verdict in the family of each of the two records."""
    low, high = sorted(pair)
    families = {home(session.connection(), end.bytes) or (kind, end) for end in pair}
    for family, family_id in sorted(families):
        id_ = Alias.id_for(low, high, family_id)
        known = session.get(Alias, id_)
        if known is not None and known.is_live:
            together = tuple(sorted({*known.seen, *seen}))
            records.revise(session, Alias, id_, {**said, "seen": together})
        else:
            ends: dict[str, Value] = {"kind": kind, "one_id": low, "other_id": high}
            at: dict[str, Value] = {"family": family, "family_id": family_id, "seen": seen}
            records.enter(session, Alias, {**ends, **at, **said}, id=id_)


def _keep_one_text(session: Session, one: UUID, other: UUID, text_of: UUID | None) -> None:
    """Withdraw the other regulation's provisions; obligations follow to the same place."""
    texts = {
        id_: records.live(session, Provision, col(Provision.regulation_id) == id_)
        for id_ in (one, other)
    }
    if not texts[one] or not texts[other]:
        return
    kept = text_of if text_of in texts else one
    left = other if kept == one else one
    places = {path: id_ for id_, path in _paths(texts[kept]).items()}
    moves = {id_: places.get(path) for id_, path in _paths(texts[left]).items()}
    for obligation in records.live(session, Obligation, col(Obligation.provision_id).in_(moves)):
        if obligation.provision_id is not None:
            records.revise(
                session,
                Obligation,
                obligation.id,
                {"provision_id": moves[obligation.provision_id]},
            )
    records.withdraw(session, "provision", [provision.id for provision in texts[left]])


def _paths(text: Iterable[Provision]) -> dict[UUID, tuple[tuple[str, str], ...]]:
    """Each provision's place: (kind, number) of itself and of all above it."""
    found = {provision.id: provision for provision in text}

    def above(id_: UUID) -> UUID | None:
        parent = found[id_].parent_id
        return parent if parent in found else None

    return {
        id_: tuple((found[up].kind, found[up].number) for up in climbing.upward(id_, above))
        for id_ in found
    }


def _put_back(session: Session, verdicts: Iterable[Alias]) -> None:
    """Revert what the merging wrote besides the verdict, wherever nobody has changed it since."""
    connection = session.connection()
    heads = log.load_heads(connection, [alias.id.bytes for alias in verdicts])
    said = {op for (_, name), ops in heads.of.items() if name == "verdict" for op in ops}
    batches = {item.batch for item in log.ops_by_id(connection, said).values()}
    for batch in sorted(batches):
        sets = log.sets_of_batch(connection, batch)
        undoing.revert_sets(session, sets, strict=False, but=frozenset({"alias"}))
    session.flush()
