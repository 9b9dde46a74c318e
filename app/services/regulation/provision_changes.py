"""Changing a text provision by provision: reword one, put one after another, take one out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session, col

from app.models import Provision, Regulation
from app.models.values import Values
from app.services.any_kind import climbing, records

RANKS: Mapping[str, int] = {
    "part": 0,
    "appendix": 0,
    "chapter": 1,
    "section": 2,
    "article": 3,
    "clause": 4,
    "point": 5,
}
"""How deep each kind stands; a provision may hold those that stand deeper."""

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters of points, in the order of legal texts: đ follows d; f, j, w and z are not used."""

_WIDTH = 4
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))


def enter_after(
    session: Session, regulation_id: UUID, anchor_id: UUID | None, values: Values
) -> Provision:
    """Enter a provision behind *anchor_id*: beside one of its own depth, else last under it.

    A chapter entered behind a clause goes behind the chapter that holds the clause. Without an
    anchor it comes last in the text. Raises InvalidFields, and Refused for a secret regulation.
    """
    records.get(session, Regulation, regulation_id)
    parent_id, behind = _place(session, anchor_id, str(values.get("kind") or ""))
    siblings = _siblings(session, regulation_id, parent_id)
    at = next((n for n, each in enumerate(siblings) if behind and each.id == behind), None)
    before = siblings[-1] if at is None and siblings else siblings[at] if at is not None else None
    after = siblings[at + 1] if at is not None and at + 1 < len(siblings) else None
    place = order_key(before.position if before else "", after.position if after else None)
    family = {"regulation_id": regulation_id, "parent_id": parent_id, "position": place}
    return records.enter(session, Provision, {**values, **family})


def reword(session: Session, provision_id: UUID, values: Values) -> Provision:
    """Change the number, heading or text of a provision; its place stays. Raises InvalidFields."""
    kept = {name: values[name] for name in ("number", "heading", "text") if name in values}
    return records.revise(session, Provision, provision_id, kept)


def withdraw(session: Session, provision_id: UUID) -> int:
    """Take out a provision with all that stands under it; returns how many that was."""
    provision = records.get(session, Provision, provision_id)
    under: dict[UUID | None, list[UUID]] = defaultdict(list)
    of_text = col(Provision.regulation_id) == provision.regulation_id
    for each in records.live(session, Provision, of_text):
        under[each.parent_id].append(each.id)
    taken = dict.fromkeys([provision_id])
    waiting = [provision_id]
    while waiting:
        below = [each_id for each_id in under[waiting.pop()] if each_id not in taken]
        taken |= dict.fromkeys(below)
        waiting += below
    return records.withdraw(session, "provision", list(taken))


def next_number(kind: str, number: str) -> str:
    """The number that follows in legal texts: 9 → 10, 15a → 15b, II → III, d → đ; "" unknown."""
    if kind == "point" and number in LETTERS[:-1] and number:
        return LETTERS[LETTERS.index(number) + 1]
    if number.isdecimal():
        return str(int(number) + 1)
    digits, letter = number[:-1], number[-1:]
    if digits.isdecimal() and letter and letter in LETTERS[:-1]:
        return digits + LETTERS[LETTERS.index(letter) + 1]
    value = _from_roman(number)
    return _to_roman(value + 1) if value else ""


def order_key(before: str, after: str | None) -> str:
    """A key between two keys of one list; *after* is None at its end, *before* "" at its start.

    Keys are the decimals of a fraction, so that there is always room between two.
    """
    if after is None:
        first = int(before[:_WIDTH]) + 1 if before[:_WIDTH].isdecimal() else 1
        return f"{first:0{_WIDTH}d}"
    width = max(len(before), len(after), _WIDTH) + 1
    low, high = int(before.ljust(width, "0") or "0"), int(after.ljust(width, "0"))
    if high <= low:  # two offices gave the same key; the id decides between them
        return before + "5"
    return f"{(low + high) // 2:0{width}d}".rstrip("0")


def _place(session: Session, anchor_id: UUID | None, kind: str) -> tuple[UUID | None, UUID | None]:
    """The parent that a provision of *kind* gets behind the anchor, and the sibling before it."""
    rank = RANKS.get(kind, len(RANKS))
    behind: UUID | None = None

    def above(id_: UUID) -> UUID | None:
        """What holds it, if that still stands in the text: else it is shown at the top."""
        parent_id = records.get(session, Provision, id_).parent_id
        parent = session.get(Provision, parent_id) if parent_id is not None else None
        return parent_id if parent is not None and parent.is_live else None

    for id_ in climbing.upward(anchor_id, above):
        if RANKS[records.get(session, Provision, id_).kind] < rank:
            return id_, behind
        behind = id_
    return None, behind


def _siblings(session: Session, regulation_id: UUID, parent_id: UUID | None) -> list[Provision]:
    found = records.live(session, Provision, col(Provision.regulation_id) == regulation_id)
    known = {provision.id for provision in found}
    beside = [p for p in found if (p.parent_id if p.parent_id in known else None) == parent_id]
    return sorted(beside, key=lambda provision: (provision.position, provision.id))


def _from_roman(number: str) -> int:
    return next((n for n in range(1, 200) if _to_roman(n) == number), 0)


def _to_roman(value: int) -> str:
    said = ""
    for worth, letters in (*_ROMAN, (1, "I")):
        said += letters * (value // worth)
        value %= worth
    return said
