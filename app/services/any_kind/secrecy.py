"""Secret papers: the register keeps their reference alone, never what stands in them.

Luật Bảo vệ bí mật nhà nước (117/2025/QH15) and NĐ 63/2026/NĐ-CP: content of a document marked Mật
or above is not kept on a computer that is not set apart for it. Which fields say content is on the
cards (`app/kinds`); here it is asked, for every road into the register, and here a paper is turned
secret: what must go is listed first and goes in one act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session, and_, col, func, or_

from app.errors import InvalidFields, Refused
from app.journal.change_set import LIFE, Plain
from app.journal.plain import layout_of
from app.kinds import CARDS, Card
from app.models import Record
from app.models.handling import SECRECY, STAND_IN, is_secret
from app.models.recurrence import Recurrence
from app.models.values import Value, Values
from app.models.values import said as say
from app.words import told


@dataclass(frozen=True)
class Going:
    """What a paper that is turned secret has in the register and may not keep.

    `blanked` are the content fields of records that stay; `withdrawn` are content as a whole.
    """

    blanked: tuple[tuple[Record, Values], ...]
    withdrawn: tuple[Record, ...]

    def __bool__(self) -> bool:
        return bool(self.blanked or self.withdrawn)

    def words(self) -> str:
        """How many of each kind, as a clerk reads it: "2 điều khoản, nội dung của 1 nghĩa vụ"."""
        gone = Counter(record.ENTITY for record in self.withdrawn)
        kept = Counter(record.ENTITY for record, _ in self.blanked)
        said = [f"{n} {told(CARDS[kind].word).lower()}" for kind, n in gone.items()]
        said += [
            told("nội dung của {count} {word}", count=n, word=told(CARDS[kind].word).lower())
            for kind, n in kept.items()
        ]
        return ", ".join(said)


def filled(entity: str, values: Values) -> Values:
    """*values* with the stand-in where a secret paper must say something and may say nothing."""
    card = CARDS[entity]
    if not card.is_paper or not is_secret(say(values, "secrecy", str) or "none"):
        return values
    must = [n for n in card.content if card.traits[n].required and not values.get(n)]
    return {**values, **dict.fromkeys(must, STAND_IN)}


def refuse(session: Session, entity: str, whole: Values, changed: Collection[str]) -> None:
    """Raise InvalidFields or Refused where *changed* says what stands in a secret paper."""
    card = CARDS[entity]
    comes = {"secrecy", "family_id", *card.speaks_of}.intersection(changed)
    said = [n for n in _said(card, whole) if comes or n in changed]
    if not said:
        return
    paper = _secret_paper(session, card, whole)
    if paper is None:
        return
    if card.is_content:
        what = told(card.word).lower()
        raise Refused(
            why=told(
                "{paper}: không ghi {what} trong phần mềm; chỉ ghi số hiệu và nơi lưu.",
                paper=paper,
                what=what,
            )
        )
    why = told("{paper}: để trống ô này, không ghi nội dung.", paper=paper)
    raise InvalidFields(dict.fromkeys(said, why))


def refuse_settling(session: Session, record: Record, name: str, plain: Plain) -> None:
    """As `refuse`, for a conflict settled with *plain*, a value as the log has it."""
    layout = layout_of(record.ENTITY)
    if layout is None or name == LIFE:
        return
    members = layout.groups.get(name)
    given = plain if members is not None and isinstance(plain, dict) else {name: plain}
    values = {n: layout.codecs[n].from_plain(v) for n, v in given.items() if n in layout.codecs}
    whole = {n: getattr(record, n) for n in CARDS[record.ENTITY].traits} | values
    refuse(session, record.ENTITY, whole, values)
    if "secrecy" in values:
        refuse_while_content(session, record, whole)


def refuse_file(session: Session, owner: Record) -> None:
    """Raise Refused where a file would hang on a secret paper, or on what speaks of one."""
    card = CARDS[owner.ENTITY]
    family, family_id = owner.aggregate()
    whole = {name: getattr(owner, name) for name in card.traits}
    paper = _secret_paper(session, card, whole) or _secret_paper(
        session, CARDS["attachment"], {"family": family, "family_id": family_id}
    )
    if paper is not None:
        raise Refused(
            why=told(
                "{paper}: không lưu tệp trong phần mềm; chỉ ghi số hiệu và nơi lưu bản giấy.",
                paper=paper,
            )
        )


def turn(session: Session, kind: str, id_: UUID, level: str) -> Going:
    """Mark a paper secret and take out, in the same change, all that may not stay; returns what.

    Raises NotFound, InvalidFields for a level that is none.
    """
    from app.services.any_kind import records

    paper = records.get(session, CARDS[kind].model, id_)
    found = going(session, paper)
    for record in found.withdrawn:
        records.withdraw(session, record.ENTITY, [record.id])
    blanks: dict[str, Value] = {}
    for record, values in found.blanked:
        if record.id == paper.id:
            blanks = dict(values)
        else:
            records.revise(session, record.ENTITY, record.id, dict(values))
    records.revise(session, kind, id_, {**blanks, "secrecy": level})
    return found


def going(session: Session, paper: Record) -> Going:
    """What *paper* would have to lose to be secret."""
    blanked = [(paper, blank)] if (blank := _blanks(CARDS[paper.ENTITY], paper)) else []
    withdrawn: list[Record] = []
    for record in _speaking_of(session, paper):
        card = CARDS[record.ENTITY]
        if card.is_content:
            withdrawn.append(record)
        elif blank := _blanks(card, record):
            blanked.append((record, blank))
    blanked += _quoting(session, paper)
    return Going(tuple(blanked), tuple(withdrawn))


def refuse_while_content(session: Session, paper: Record, whole: Values) -> None:
    """Raise InvalidFields where *paper* is to be marked secret and content of it would stay."""
    level = str(whole.get("secrecy") or "none")
    if not is_secret(level) or is_secret(getattr(paper, "secrecy", "none")):
        return
    found = going(session, paper)
    stays = _said(CARDS[paper.ENTITY], whole)
    others = tuple((record, blank) for record, blank in found.blanked if record.id != paper.id)
    found = Going(others + (((paper, {}),) if stays else ()), found.withdrawn)
    if found:
        why = told(
            "Sổ còn ghi {words} của văn bản này. Văn bản mật chỉ ghi số hiệu và nơi "
            "lưu: dùng lệnh Ghi độ mật để rút hết trong một lần.",
            words=found.words(),
        )
        raise InvalidFields({"secrecy": why})


def _said(card: Card, whole: Values) -> list[str]:
    """The fields that say something of what stands in the paper."""
    said = [n for n in card.content if whole.get(n) not in (None, "", STAND_IN)]
    return said + [n for n in card.rules if _has_words(whole.get(n))]


def _has_words(rule: object) -> bool:
    """Whether a rule quotes the paper besides saying when."""
    if not isinstance(rule, Recurrence):
        return False
    quoted = {rule.text, rule.event, rule.also} - {"", STAND_IN}
    return bool(quoted) or any(map(_has_words, rule.parts))


def _without_words(rule: Recurrence) -> Recurrence:
    return replace(
        rule,
        text=rule.text and STAND_IN,
        event=rule.event and STAND_IN,
        also="",
        parts=tuple(map(_without_words, rule.parts)),
    )


def _blanks(card: Card, record: Record) -> dict[str, Value]:
    whole = {name: getattr(record, name) for name in card.traits}
    return {name: _blank(card, name, whole[name]) for name in _said(card, whole)}


def _blank(card: Card, name: str, value: Value) -> Value:
    """What stands in place of content: nothing, or the stand-in where something must be said."""
    if isinstance(value, Recurrence):
        return _without_words(value)
    trait = card.traits[name]
    return STAND_IN if trait.required or trait.group else None


def _secret_paper(session: Session, card: Card, whole: Values) -> str | None:
    """The secret paper that a record with these values speaks of, in words."""
    own = str(whole.get("secrecy") or "none")
    if card.is_paper and is_secret(own):
        return told("Văn bản {level}", level=told(SECRECY.get(own, own)).lower())
    for kind, id_ in _papers(card, whole):
        paper = session.get(CARDS[kind].model, id_)
        if paper is not None and is_secret(own := str(getattr(paper, "secrecy", "none"))):
            level = told(SECRECY.get(own, own)).lower()
            return told(
                "{called} là văn bản {level}", called=CARDS[kind].called(paper), level=level
            )
    return None


def _papers(card: Card, whole: Values) -> Iterator[tuple[str, UUID]]:
    named = [(card.traits[name].refers, whole.get(name)) for name in card.speaks_of]
    if card.model.IS_CARRIED:
        named.append((str(whole.get("family")), whole.get("family_id")))
    for kind, id_ in named:
        if isinstance(id_, UUID) and kind in CARDS and CARDS[kind].is_paper:
            yield kind, id_


def _speaking_of(session: Session, paper: Record) -> Iterator[Record]:
    from app.services.any_kind import records

    for card in CARDS.values():
        model = card.model
        named = [n for n in card.speaks_of if card.traits[n].refers == paper.ENTITY]
        named += ["family_id"] if model.IS_CARRIED else []
        if named:
            about = or_(*(col(getattr(model, name)) == paper.id for name in named))
            yield from records.live(session, card.model, about)


def _quoting(session: Session, paper: Record) -> Iterator[tuple[Record, dict[str, Value]]]:
    """What cites *paper* in other families, which travel to others and are printed."""
    from app.services.any_kind import records

    card = CARDS[paper.ENTITY]
    if card.quoted_in is None:
        return
    leads, name = card.quoted_in
    model = CARDS[card.traits[leads].refers].model
    text, linked = col(getattr(model, name)), getattr(paper, leads)
    said = {getattr(paper, each) for each in card.naming} - {None, "", STAND_IN}
    # Elsewhere only its whole citation is surely its own: "Tin" or "12" may be said of others.
    quoting = [and_(col(model.id) == linked, func.instr(text, each) > 0) for each in said]
    whole = func.instr(text, card.called(paper)) > 0
    for record in records.live(session, model, or_(whole, *quoting)):
        yield record, {name: STAND_IN}
