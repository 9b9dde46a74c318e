"""A regulation's text as a tree: chapters, sections, articles, clauses, points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlmodel import Session, col

from app.models import Provision
from app.services.any_kind import records
from app.text import capitalized


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
    """The regulation's text in order."""
    under: dict[UUID | None, list[Provision]] = defaultdict(list)
    found = _of(session, regulation_id)
    known = {provision.id for provision in found}
    for provision in found:
        parent = provision.parent_id if provision.parent_id in known else None
        under[parent].append(provision)
    return tuple(_nodes(under, None))


def place_of(session: Session, provision_id: UUID) -> str:
    """How the provision is cited: `Điểm b khoản 2 Điều 9`."""
    provision: Provision | None = session.get(Provision, provision_id)
    words: list[str] = []
    while provision is not None and provision.kind in ("point", "clause", "article"):
        words.append(provision.called())
        parent = provision.parent_id
        provision = session.get(Provision, parent) if parent is not None else None
    cited = " ".join(words)
    return capitalized(cited)


def citations(session: Session, regulation_id: UUID) -> list[tuple[UUID, str]]:
    """Every article, clause and point with how it is cited, in order: for pickers."""
    found: list[tuple[UUID, str]] = []

    def walk(nodes: Iterable[ProvisionNode], above: str) -> None:
        for node in nodes:
            provision = node.provision
            cited = above
            if provision.kind in ("article", "clause", "point"):
                cited = f"{provision.called()} {above}".strip()
                found.append((provision.id, capitalized(cited)))
            walk(node.children, cited)

    walk(tree_of(session, regulation_id), "")
    return found


def _of(session: Session, regulation_id: UUID) -> list[Provision]:
    return records.live(session, Provision, col(Provision.regulation_id) == regulation_id)


def _nodes(
    under: dict[UUID | None, list[Provision]], parent: UUID | None
) -> Iterable[ProvisionNode]:
    for provision in sorted(under.get(parent, ()), key=lambda p: (p.position, p.id)):
        yield ProvisionNode(provision, tuple(_nodes(under, provision.id)))


def _placed(items: Sequence[ProvisionLike]) -> list[tuple[ProvisionLike, str]]:
    """Each item with its order key; keys leave room, so that one may be put between two later."""
    return [(item, f"{place:04d}") for place, item in enumerate(items, start=1)]
