"""How one provision stands in a tree, and how it reads with what stands under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, Self, TypeVar
from uuid import UUID

from app.models.regulation import PROVISION_KINDS
from app.services.regulation.provisions import ProvisionNode
from app.ui.regulation.text_tree import Branch
from app.words import told

_COUNTED = ("chapter", "article", "clause", "point")


class Worded(Protocol):
    """A provision of the register, or one that an import proposes."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def heading(self) -> str | None: ...
    @property
    def text(self) -> str | None: ...


def label_of(item: Worded) -> str:
    """One line: "Điều 9. Chế độ báo cáo", "2. Hai bên thực hiện", "b) Định kỳ hằng quý"."""
    return f"{mark_of(item)} {' '.join((item.heading or item.text or '').split())}".strip()


def mark_of(item: Worded) -> str:
    """What is printed before the words: "Điều 9.", "2.", "b)"; nothing without a number."""
    if item.kind == "clause":
        return f"{item.number}." if item.number else ""
    if item.kind == "point":
        return f"{item.number})" if item.number else ""
    word = told(PROVISION_KINDS.get(item.kind, ""))
    return f"{word} {item.number}." if item.number else ""


def paragraphs(item: Worded) -> Iterator[tuple[str, str]]:
    """The words of one provision as (role, words): its heading strong, its text plain."""
    mark = mark_of(item)
    if item.heading:
        yield "strong", f"{mark} {item.heading}".strip()
        mark = ""
    if item.text:
        yield "body", f"{mark} {item.text}".strip()
    elif mark:
        yield "strong", mark


def branches_of(nodes: Sequence[ProvisionNode]) -> tuple[Branch[UUID], ...]:
    """The register's text as a tree; each key is the provision's id."""
    return tuple(
        Branch(
            node.provision.id,
            label_of(node.provision),
            f"{label_of(node.provision)} {node.provision.text or ''}",
            branches_of(node.children),
        )
        for node in nodes
    )


class OfKind(Protocol):
    """A provision, in the register or read from a file."""

    @property
    def kind(self) -> str:
        """What it is: a chapter, an article, a clause."""


class Branching(Protocol):
    """A node of a tree."""

    @property
    def children(self) -> Iterable[Self]:
        """The nodes right under it."""


Node = TypeVar("Node", bound=Branching)


def counted(items: Iterable[OfKind]) -> str:
    """How much text there is: "3 chương, 18 điều, 52 khoản"."""
    found = Counter(item.kind for item in items)
    said = [
        told("{count} {kind}", count=found[k], kind=told(PROVISION_KINDS[k]).lower())
        for k in _COUNTED
        if found[k]
    ]
    return ", ".join(said)


def all_of(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node of a tree in reading order."""
    for node in nodes:
        yield node
        yield from all_of(node.children)
