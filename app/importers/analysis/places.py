"""Where in the source each provision that was read stands, so that both can be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.importers.proposal import DocumentProposal, ProvisionProposal
from app.text import folded

_ENOUGH = 60
"""Letters that tell one line from the others."""
_WORDS: Mapping[str, str] = {
    "part": "phan",
    "chapter": "chuong",
    "section": "muc",
    "article": "dieu",
    "appendix": "phu luc",
}


def places_of(document: DocumentProposal, lines: Sequence[str]) -> dict[int, int]:
    """The line of each provision of *document* in *lines*, by the `id` of the provision.

    Provisions stand in the order of their lines, so each is looked for behind the one before; one
    that is not found (its words were put together from several places) is left out.
    """
    plain = [folded(" ".join(line.split())) for line in lines]
    last = min(document.last_line, len(plain) - 1)
    found: dict[int, int] = {}
    at = document.first_line - 1
    for provision in _in_order(document.provisions):
        wanted = _wanted(provision)
        line = _next(plain, wanted, at + 1, last) if wanted else None
        if line is None and wanted and at >= 0 and wanted in plain[at]:
            line = at
        if line is not None:
            found[id(provision)] = at = line
    return found


def _next(plain: Sequence[str], wanted: str, first: int, last: int) -> int | None:
    return next((at for at in range(max(first, 0), last + 1) if wanted in plain[at]), None)


def _wanted(provision: ProvisionProposal) -> str:
    words = provision.heading or provision.text.split("\n", 1)[0]
    said = folded(" ".join(words.split()))[:_ENOUGH]
    if said:
        return said
    word = _WORDS.get(provision.kind, "")
    return f"{word} {folded(provision.number)}" if word and provision.number else ""


def _in_order(provisions: Sequence[ProvisionProposal]) -> Iterator[ProvisionProposal]:
    for provision in provisions:
        yield provision
        yield from _in_order(provision.children)
