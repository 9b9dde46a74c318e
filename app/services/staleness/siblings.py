"""Regulations that stand beside or above this one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from app.models import Regulation
from app.models.document_number import may_be_same, number_parts
from app.services.staleness.facts import Facts, Wording
from app.services.staleness.reason import Reason
from app.text import date_words, folded
from app.words import told

_NUMBER = re.compile(
    r"số\s+(\d{1,6}[a-zđ]?(?:\s*[/–-]\s*[0-9A-Za-zĐđƯưƠơÔôÊêÂâĂăÁ-Ỹá-ỹ&.]+)*)"
    r"(?:\s+ngày\s+(\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4}))?",
    re.IGNORECASE,
)
_REPLACES = re.compile(r"thay thế", re.IGNORECASE)


def unmarked_replacement(facts: Facts) -> Iterator[Reason]:
    """A later regulation's text says that it replaces this one, and no relation says so."""
    linked = {(r.regulation_id, r.older_id) for r in facts.relations}
    seen: set[tuple[UUID, UUID]] = set()
    for wording in facts.wordings:
        newer = facts.in_force.get(wording.regulation_id)
        if newer is None or newer.signed_on is None or not _REPLACES.search(wording.text):
            continue
        for older in _named(facts, wording, newer):
            pair = (newer.id, older.id)
            if pair in linked or pair in seen:
                continue
            seen.add(pair)
            yield Reason(
                older.id,
                "unmarked",
                told(
                    "{called} của {newer} ngày {signed_on} nêu thay thế văn bản này.",
                    called=wording.called,
                    newer=newer.called(),
                    signed_on=date_words(newer.signed_on),
                ),
                told("Ghi quan hệ thay thế tại {called}.", called=newer.called()),
                (("regulation", newer.id), ("provision", wording.id)),
            )


def same_parties_and_field(facts: Facts) -> Iterator[Reason]:
    """Several regulations in force bind the same bodies in the same field."""
    alike: dict[tuple[frozenset[UUID], str], list[Regulation]] = defaultdict(list)
    for regulation in facts.in_force.values():
        bound = frozenset(p.agency_id for p in facts.parties.get(regulation.id, ()))
        if len(bound) > 1 and regulation.field_of_work:
            alike[bound, folded(regulation.field_of_work)].append(regulation)
    linked = {frozenset((r.regulation_id, r.older_id)) for r in facts.relations}
    for some in alike.values():
        for regulation in some:
            others = [
                other
                for other in some
                if other is not regulation and frozenset((other.id, regulation.id)) not in linked
            ]
            if others:
                yield _alike(regulation, others)


def _alike(regulation: Regulation, others: list[Regulation]) -> Reason:
    named = ", ".join(sorted(other.called() for other in others))
    return Reason(
        regulation.id,
        "siblings",
        told(
            "Cùng các bên và lĩnh vực “{field_of_work}” còn có {named}.",
            field_of_work=regulation.field_of_work,
            named=named,
        ),
        told("Hợp nhất, hoặc ghi quan hệ sửa đổi, thay thế giữa các văn bản."),
        tuple(("regulation", other.id) for other in others),
    )


def _named(facts: Facts, wording: Wording, newer: Regulation) -> Iterator[Regulation]:
    """The older regulations in force whose number, and date if given, the text names."""
    for found in _NUMBER.finditer(wording.text):
        number, day = found[1], _day(found)
        is_bare = not number_parts(number).symbols
        for older in facts.in_force.values():
            if older.signed_on is None or newer.signed_on is None:
                continue
            if older.signed_on >= newer.signed_on or not may_be_same(number, older.number or ""):
                continue
            # A bare "số 88" could be anybody's; only its date makes it this one.
            if day == older.signed_on or (day is None and not is_bare):
                yield older


def _day(found: re.Match[str]) -> date | None:
    if not found[4]:
        return None
    try:
        return date(int(found[4]), int(found[3]), int(found[2]))
    except ValueError:
        return None
