"""Parties that are no longer what they were when the regulation was signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from app.models import Agency, AgencySuccession, Regulation
from app.services.staleness.facts import Facts
from app.services.staleness.reason import Reason
from app.text import date_words
from app.words import marked, told

_BECAME = marked({"merge": "hợp nhất, sáp nhập vào", "split": "được chia, tách thành"})


def ended_parties(facts: Facts) -> Iterator[Reason]:
    """A party dissolved, or merged into another body."""
    for regulation, agency in _bound(facts):
        links = _links(facts, agency.id, regulation, tuple(_BECAME))
        ended = agency.valid_to
        if not links and (ended is None or ended >= facts.today):
            continue
        heirs = [link.successor_id for link in links]
        named = ", ".join(facts.name(heir) for heir in heirs)
        yield Reason(
            regulation.id,
            "party_ended",
            _ended(agency, links, named, facts.today),
            told("Ký lại với {named} và chuyển nghĩa vụ sang cơ quan này.", named=named)
            if named
            else told("Xác định cơ quan kế thừa, rồi ký lại quy chế và chuyển nghĩa vụ."),
            (("agency", agency.id), *(("agency", heir) for heir in heirs)),
        )


def renamed_parties(facts: Facts) -> Iterator[Reason]:
    """A party that has been renamed and still works."""
    for regulation, agency in _bound(facts):
        if _has_ended(facts, agency, regulation):
            continue
        new, since = _new_name(facts, agency, regulation)
        if not new:
            continue
        old = _name_when_signed(facts, agency, regulation)
        day = date_words(since, told(" từ "))
        yield Reason(
            regulation.id,
            "party_renamed",
            told("{old} đã đổi tên thành {new}{day}.", old=old, new=new, day=day),
            told("Ghi tên mới khi sửa đổi quy chế; văn bản đã ký giữ tên cũ."),
            (("agency", agency.id),),
        )


def moved_functions(facts: Facts) -> Iterator[Reason]:
    """One function of a party moved to a body that is not bound."""
    for regulation, agency in _bound(facts):
        bound = {party.agency_id for party in facts.parties.get(regulation.id, ())}
        for link in _links(facts, agency.id, regulation, ("transfer",)):
            if link.successor_id in bound:
                continue
            heir = facts.name(link.successor_id)
            since = date_words(link.effective_on, told(" từ "))
            what = f" “{link.function}”" if link.function else ""
            yield Reason(
                regulation.id,
                "function_moved",
                told(
                    "Chức năng{what} của {name} đã chuyển sang {heir}{since}.",
                    what=what,
                    name=agency.name,
                    heir=heir,
                    since=since,
                ),
                told("Xem nghĩa vụ nào thuộc chức năng này để chuyển sang {heir}.", heir=heir),
                (("agency", agency.id), ("agency", link.successor_id)),
            )


def _bound(facts: Facts) -> Iterator[tuple[Regulation, Agency]]:
    """Each regulation in force with each of its bodies, once."""
    for regulation in facts.in_force.values():
        seen: set[UUID] = set()
        for party in facts.parties.get(regulation.id, ()):
            agency = facts.agencies.get(party.agency_id)
            if agency is not None and agency.is_live and agency.id not in seen:
                seen.add(agency.id)
                yield regulation, agency


def _links(
    facts: Facts, agency_id: UUID, regulation: Regulation, kinds: tuple[str, ...]
) -> list[AgencySuccession]:
    """What became of the body after the signing, up to today."""
    return [
        link
        for link in facts.successions.get(agency_id, ())
        if link.kind in kinds
        and (link.effective_on is None or link.effective_on <= facts.today)
        and _is_after(link.effective_on, regulation)
    ]


def _is_after(day: date | None, regulation: Regulation) -> bool:
    return day is None or regulation.signed_on is None or day > regulation.signed_on


def _has_ended(facts: Facts, agency: Agency, regulation: Regulation) -> bool:
    if agency.valid_to is not None and agency.valid_to < facts.today:
        return True
    return bool(_links(facts, agency.id, regulation, tuple(_BECAME)))


def _ended(agency: Agency, links: list[AgencySuccession], named: str, today: date) -> str:
    if agency.valid_to is not None and agency.valid_to < today:
        heirs = told("; kế thừa: {named}", named=named) if named else ""
        return told(
            "{name} đã kết thúc hoạt động ngày {valid_to}{heirs}.",
            name=agency.name,
            valid_to=date_words(agency.valid_to),
            heirs=heirs,
        )
    first = links[0]
    since = date_words(first.effective_on, told(" từ "))
    return told(
        "{name} đã {became} {named}{since}.",
        name=agency.name,
        became=told(_BECAME[first.kind]),
        named=named,
        since=since,
    )


def _new_name(facts: Facts, agency: Agency, regulation: Regulation) -> tuple[str, date | None]:
    """What the body is called since the signing, by a succession or by its list of names."""
    for link in _links(facts, agency.id, regulation, ("rename",)):
        return facts.name(link.successor_id), link.effective_on
    ends = [
        name.valid_to
        for name in facts.former_names.get(agency.id, ())
        if name.valid_to is not None
        and name.valid_to < facts.today
        and _is_after(name.valid_to, regulation)
    ]
    return (agency.name, date.fromordinal(max(ends).toordinal() + 1)) if ends else ("", None)


def _name_when_signed(facts: Facts, agency: Agency, regulation: Regulation) -> str:
    for party in facts.parties.get(regulation.id, ()):
        if party.agency_id == agency.id and party.name_as_signed:
            return party.name_as_signed
    signed = regulation.signed_on or date.min
    former = [
        name
        for name in facts.former_names.get(agency.id, ())
        if name.valid_to is not None and name.valid_to >= signed
    ]
    oldest = min(former, key=lambda name: name.valid_to or date.max, default=None)
    return oldest.name if oldest else agency.name
