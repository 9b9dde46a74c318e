"""A regulation's text as a tree: chapters, sections, articles, clauses, points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol
from uuid import UUID

from sqlmodel import Session, col

from app.models import Provision
from app.services.any_kind import climbing, records
from app.text import capitalized

DEEPEST = 16
"""More levels than a legal text has: part, chapter, section, article, clause, point."""
_CITED = ("point", "clause", "article")


class ProvisionLike(Protocol):
    """What an importer proposes: see `app.importers.proposal`."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def children(self) -> Sequence[ProvisionLike]: ...


@dataclass(frozen=True)
class ProvisionNode:
    """A provision with what stands under it."""

    provision: Provision
    children: tuple[ProvisionNode, ...]


def enter_tree(session: Session, regulation_id: UUID, proposed: Sequence[ProvisionLike]) -> int:
    """Enter a whole text; returns how many provisions that was."""
    count = 0
    waiting: list[tuple[UUID | None, ProvisionLike, str]] = [
        (None, item, place) for item, place in _placed(proposed)
    ]
    for parent, item, place in waiting:
        provision = Provision(
            regulation_id=regulation_id,
            parent_id=parent,
            kind=item.kind,
            number=item.number,
            heading=item.heading or None,
            text=item.text or None,
            position=place,
        )
        session.add(provision)
        waiting += [(provision.id, child, spot) for child, spot in _placed(item.children)]
        count += 1
    session.flush()
    return count


def tree_of(session: Session, regulation_id: UUID) -> tuple[ProvisionNode, ...]:
    """The regulation's text in order: every provision once, at most DEEPEST under one another.

    What stands still deeper than any legal text goes is shown beside its parent, so that whoever
    walks the tree may do so by recursion.
    """
    found = {provision.id: provision for provision in _of(session, regulation_id)}
    under: dict[UUID | None, list[Provision]] = defaultdict(list)
    for provision in sorted(found.values(), key=lambda p: (p.position, p.id)):
        under[provision.parent_id if provision.parent_id in found else None].append(provision)
    held: dict[UUID | None, list[UUID]] = defaultdict(list)
    waiting: list[tuple[Provision, UUID | None, int]] = []
    waiting += [(provision, None, 1) for provision in reversed(under[None])]
    order: list[UUID] = []
    while waiting:
        provision, holder, depth = waiting.pop()
        held[holder].append(provision.id)
        order.append(provision.id)
        place = (provision.id, depth + 1) if depth < DEEPEST else (holder, depth)
        waiting += [(child, *place) for child in reversed(under[provision.id])]
    nodes: dict[UUID, ProvisionNode] = {}
    for id_ in reversed(order):
        nodes[id_] = ProvisionNode(found[id_], tuple(nodes[child] for child in held[id_]))
    return tuple(nodes[id_] for id_ in held[None])


def place_of(session: Session, provision_id: UUID) -> str:
    """How the provision is cited: `Điểm b khoản 2 Điều 9`."""

    def above(id_: UUID) -> UUID | None:
        provision = session.get(Provision, id_)
        return provision.parent_id if provision is not None else None

    words: list[str] = []
    for id_ in islice(climbing.upward(provision_id, above), DEEPEST):
        provision = session.get(Provision, id_)
        if provision is None or provision.kind not in _CITED:
            break
        words.append(provision.called())
    return capitalized(" ".join(words))


def citations(session: Session, regulation_id: UUID) -> list[tuple[UUID, str]]:
    """Every article, clause and point with how it is cited, in order: for pickers."""
    found: list[tuple[UUID, str]] = []

    def walk(nodes: Iterable[ProvisionNode], above: str) -> None:
        for node in nodes:
            provision = node.provision
            cited = above
            if provision.kind in _CITED:
                cited = f"{provision.called()} {above}".strip()
                found.append((provision.id, capitalized(cited)))
            walk(node.children, cited)

    walk(tree_of(session, regulation_id), "")
    return found


def _of(session: Session, regulation_id: UUID) -> list[Provision]:
    return records.live(session, Provision, col(Provision.regulation_id) == regulation_id)


def _placed(items: Sequence[ProvisionLike]) -> list[tuple[ProvisionLike, str]]:
    """Each item with its order key; keys leave room, so that one may be put between two later."""
    return [(item, f"{place:04d}") for place, item in enumerate(items, start=1)]
