"""Which body of the register a document means, and what a body not yet there is to be called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from app.models import Agency, AgencyName
from app.models.values import Value
from app.services.any_kind import records
from app.text import capitalized, clean, folded

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 3
"""How many words a shortened name needs before the one body that continues it is meant."""

_FIRST_WORDS: tuple[tuple[str, str], ...] = (
    ("police", "cong an"),
    ("committee", "uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd"),
    ("party", "tinh uy|thanh uy|dang uy|ban .* tinh uy|van phong tinh uy"),
    ("judicial", "toa an|vien kiem sat|cuc thi hanh an|thi hanh an"),
    ("military", "bo chi huy|bo doi|quan khu|ban chi huy quan su|bo tu lenh"),
    ("front", "mat tran|uy ban mat tran|ub mttq|ubmttq|hoi|doan|tinh doan|lien doan|lien minh"),
    ("central", "bo|chinh phu|quoc hoi|tong cuc|tong lien doan|trung uong"),
)
_PLACE = re.compile(r"\b(tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)\s+(.+)$")
_ACRONYMS = {"ubnd": "UBND", "hđnd": "HĐND", "mttq": "MTTQ", "ubmttq": "UBMTTQ", "tw": "TW"}


@dataclass(frozen=True)
class BodyMatch:
    """A body as the document names it, and the one of the register it is taken for, if any."""

    text: str
    agency_id: UUID | None
    called: str


class KnownBodies:
    """The bodies of the register under every name they bear or bore."""

    def __init__(self, session: Session) -> None:
        self._agencies = {agency.id: agency for agency in records.live(session, Agency)}
        self._by_key: dict[str, list[UUID]] = {}
        for agency in self._agencies.values():
            self._note(agency.id, agency.name, agency.short_name, agency.code)
        for former in records.live(session, AgencyName):
            if former.agency_id in self._agencies:
                self._note(former.agency_id, former.name, former.short_name)

    def match(self, text: str, on: date | None) -> BodyMatch:
        """The body that *text* means in a paper signed on *on*.

        Exact names first, then the one body whose name goes on from *text* ("Công an tỉnh").
        Among bodies of one name the one that was at work that day is meant.
        """
        key = _key(text)
        ids = self._by_key.get(key) or self._continuing(key)
        found = [self._agencies[id_] for id_ in dict.fromkeys(ids)]
        if len(found) > 1:
            at_work = [agency for agency in found if _was_at_work(agency, on)]
            found = at_work or found
        if len(found) == 1:
            return BodyMatch(clean(text), found[0].id, found[0].name)
        return BodyMatch(clean(text), None, "")

    def match_all(self, texts: Iterable[str], on: date | None) -> list[BodyMatch]:
        """Every body of a document in its order, each once."""
        seen: set[object] = set()
        found = []
        for text in texts:
            match = self.match(text, on)
            identity = match.agency_id or _key(text)
            if identity not in seen and identity:
                seen.add(identity)
                found.append(match)
        return found

    def _note(self, agency_id: UUID, *names: str | None) -> None:
        for name in names:
            if name and _key(name):
                self._by_key.setdefault(_key(name), []).append(agency_id)

    def _continuing(self, key: str) -> Sequence[UUID]:
        if len(key.split()) < _FEWEST_WORDS:
            return ()
        longer = [ids for name, ids in self._by_key.items() if name.startswith(f"{key} ")]
        shorter = [
            ids
            for name, ids in self._by_key.items()
            if key.startswith(f"{name} ") and len(name.split()) >= _FEWEST_WORDS
        ]
        found = {id_ for ids in longer or shorter for id_ in ids}
        return tuple(found) if len(found) == 1 else ()


def is_group(text: str) -> bool:
    """Whether *text* means bodies of a sort ("Các sở, ban, ngành"), not one body."""
    return re.match(r"(?:cac|co quan ngang bo|cac don vi|nhung)(?!\w)", folded(text)) is not None


def draft_of(text: str, source: str) -> dict[str, Value]:
    """The fields of a body met for the first time in the file called *source*."""
    name = proper_name(text)
    return {"name": name[:300], "kind": kind_of_body(name), "note": f"Ghi khi nhập tệp {source}."}


def proper_name(text: str) -> str:
    """*text* in the letters of a sentence; letterheads are set in capitals.

    "SỞ Y TẾ TỈNH THANH HÓA" becomes "Sở Y tế tỉnh Thanh Hóa" as far as that can be told: place
    names after "tỉnh", "huyện" … get their capitals, other words do not.
    """
    name = clean(text)
    if not name.isupper():
        return capitalized(name)
    plain = name.lower()
    plain = _PLACE.sub(lambda m: f"{m[1]} {_titled(m[2])}", plain)
    words = [_ACRONYMS.get(word, word) for word in plain.split()]
    said = " ".join(words)
    said = re.sub(r"^(Sở|sở|bộ|ban|cục)\s+(\w)", lambda m: f"{m[1]} {m[2].upper()}", said)
    return capitalized(said)


def kind_of_body(name: str) -> str:
    """The code of a body's kind, told by how its name begins."""
    plain = folded(name)
    for kind, starts in _FIRST_WORDS:
        if re.match(rf"(?:{starts})(?!\w)", plain):
            return kind
    return "department"


def _titled(text: str) -> str:
    return " ".join(capitalized(word) for word in text.split())


def _key(text: str) -> str:
    plain = folded(text).replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    plain = plain.replace("uy ban mttq", "ubmttq").replace("uy ban mat tran to quoc", "ubmttq")
    return " ".join(_WORD.findall(plain))


def _was_at_work(agency: Agency, on: date | None) -> bool:
    if on is None:
        return agency.valid_to is None
    begun = agency.valid_from is None or agency.valid_from <= on
    return begun and (agency.valid_to is None or agency.valid_to >= on)
