"""A secret paper keeps its reference alone, whatever was written before and whoever asks."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from app.errors import InvalidFields, Refused
from app.journal import history
from app.kinds import CARDS, Card
from app.models import Obligation, Record, Regulation
from app.models.handling import STAND_IN
from app.models.trait import Input
from app.services import attachments
from app.services.any_kind import records, secrecy
from app.store import Store
from app.store.checking import check, repair
from tests.offices import body, obligation, open_store, police, regulation

WORD = "hoanghon"
FAMILY = [card for card in CARDS.values() if card.is_paper or card.speaks_of]
FIELDS = [(card.entity, name) for card in FAMILY for name in card.content]


@dataclass
class Desk:
    """An office with one regulation, and the register and ids that tests ask of."""

    store: Store
    rule: UUID
    ours: UUID
    health: UUID
    obligation: UUID

    def put(self, entity: str, **values: Any) -> Record:
        whole = self.given(entity) | values
        with self.store.changing(f"Thêm {WORD}") as session:
            return records.enter(session, entity, whole)

    def given(self, entity: str) -> dict[str, Any]:
        """What a record of *entity* about the regulation needs, and nothing that says content."""
        known: dict[str, dict[str, Any]] = {
            "legal_document": {"number": "9/NĐ"},
            "regulation": {"number": "7/QC", "signed_on": date(2026, 1, 2), "abstract": STAND_IN},
            "party": {"agency_id": self.health, "role": "focal"},
            "provision": {"kind": "article", "number": "1"},
            "obligation": {
                "title": STAND_IN,
                "lead_id": self.health,
                "recurrence": "hằng năm",
                "starts_on": date(2026, 1, 2),
            },
            "occurrence": {"obligation_id": self.obligation, "period": "2026"},
            "finding": {"kind": "result", "text": STAND_IN},
            "review_input": {"agency_id": self.health},
            "exchange": self.sent(),
        }
        found = dict(known.get(entity, {}))
        card = CARDS[entity]
        if "regulation_id" in card.speaks_of:
            found["regulation_id"] = self.rule
        for name, trait in card.traits.items():
            if trait.input is Input.RECORD and trait.required and name not in found:
                is_body = trait.refers == "agency"
                found[name] = self.health if is_body else self.another(trait.refers)
        return found

    def sent(self) -> dict[str, Any]:
        """A paper that went from the police to the department."""
        return {
            "number": "3/CAT",
            "dated_on": date(2026, 3, 2),
            "sender_id": self.ours,
            "recipients": (self.health,),
            "abstract": STAND_IN,
        }

    def another(self, kind: str) -> UUID:
        values: dict[str, dict[str, Any]] = {
            "exchange": self.sent(),
            "legal_document": {"number": "1/TT"},
            "regulation": {"number": "2/QC", "signed_on": date(2020, 1, 2), "abstract": "cũ"},
            "review": {
                "title": "Sơ kết",
                "kind": "interim",
                "period_from": date(2026, 1, 1),
                "period_to": date(2026, 6, 30),
                "host_id": self.health,
            },
        }
        with self.store.changing("Thêm") as session:
            made = records.enter(session, kind, values[kind])
        return made.id


def opened(folder: Path) -> Desk:
    store = open_store(folder)
    ours = police(store)
    health = body(store, "Sở Y tế")
    rule = regulation(store, ours, health, number="12/QC")
    owed = obligation(store, rule, health, title="Báo cáo", recurrence="hằng năm")
    return Desk(store, rule.id, ours.id, health.id, owed.id)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = opened(tmp_path)
    yield found
    found.store.close()


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office whose regulation is secret already."""
    found = opened(tmp_path_factory.mktemp("secret"))
    turn(found)
    yield found
    found.store.close()


@pytest.fixture(scope="module", params=["mat", "tuyet_mat"])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """All that can be read of an office before its papers are marked secret, after, and repaired.

    Before that, each field that says content held a word of its own.
    """
    desk = opened(tmp_path_factory.mktemp("told"))
    papers = {("regulation", desk.rule)}
    for card in FAMILY:
        beside = [partners(card, name) for name in card.content]
        words = {name: word_in(card.entity, name) for name in card.content}
        made = desk.put(card.entity, **dict(ChainMap(words, *beside)))
        papers |= {(card.entity, made.id)} if card.is_paper else set()
    found = {"before": everything(desk)}
    for entity, id_ in sorted(papers, key=str):
        with desk.store.changing("Ghi độ mật") as session:
            secrecy.turn(session, entity, id_, request.param)
    found["after"] = everything(desk)
    repair(desk.store)
    found["repaired"] = everything(desk)
    assert check(desk.store).problems == []
    yield found
    desk.store.close()


def word_in(entity: str, name: str) -> str:
    """A word that stands nowhere else; letters alone, so that a search takes it whole."""
    first, second = divmod(FIELDS.index((entity, name)), 26)
    return f"{WORD}{chr(97 + first)}{chr(97 + second)}"


def test_the_cards_name_what_a_secret_paper_may_keep():
    assert {("regulation", "abstract"), ("obligation", "title"), ("occurrence", "result")} < set(
        FIELDS
    )
    assert not {("regulation", "number"), ("legal_document", "stored_at")} & set(FIELDS)
    for card in FAMILY:
        assert set(card.reference) <= set(card.texts), card.entity


@pytest.mark.parametrize(("entity", "name"), FIELDS)
def test_no_content_is_entered_for_a_secret_paper(secret: Desk, entity: str, name: str) -> None:
    given = {name: word_in(entity, name), **partners(CARDS[entity], name)}
    given |= {"secrecy": "mat"} if CARDS[entity].is_paper else {}
    with pytest.raises((InvalidFields, Refused), match=r"[Mm]ật"):
        secret.put(entity, **given)
    assert word_in(entity, name) not in everything(secret)


@pytest.mark.parametrize(("entity", "name"), FIELDS)
def test_what_stood_in_a_paper_is_found_nowhere_once_it_is_secret(
    told: dict[str, str], entity: str, name: str
) -> None:
    word = word_in(entity, name)
    assert word in told["before"]
    assert word not in told["after"]
    assert word not in told["repaired"]


def test_a_paper_cannot_be_marked_secret_while_content_of_it_stays(desk: Desk) -> None:
    desk.put("provision", text=WORD)
    with (
        pytest.raises(InvalidFields, match=r"1 điều khoản.*nội dung của .* nghĩa vụ"),
        desk.store.changing("Sửa") as session,
    ):
        records.revise(session, Regulation, desk.rule, {"secrecy": "mat"})
    assert get(desk, Regulation, desk.rule).secrecy == "none"


def test_turning_secret_is_one_act_that_one_undo_takes_back(desk: Desk) -> None:
    desk.put("provision", text=WORD)
    with desk.store.changing("Ghi độ mật") as session:
        gone = secrecy.turn(session, "regulation", desk.rule, "toi_mat")
    assert [record.ENTITY for record in gone.withdrawn] == ["provision"]
    assert get(desk, Obligation, desk.obligation).title == STAND_IN
    assert get(desk, Regulation, desk.rule).abstract == STAND_IN
    desk.store.undo()
    assert get(desk, Obligation, desk.obligation).title == "Báo cáo"
    assert get(desk, Regulation, desk.rule).secrecy == "none"
    assert WORD in everything(desk)


def test_files_of_a_paper_go_and_their_names_with_them(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / f"{WORD}.pdf").write_bytes(b"x")
    for owner in (get(desk, Regulation, desk.rule), get(desk, Obligation, desk.obligation)):
        with desk.store.changing("Đính kèm") as session:
            attachments.attach(session, desk.store.blobs, owner, tmp_path / f"{WORD}.pdf")
    with desk.store.reading() as session:
        found = secrecy.going(session, records.get(session, Regulation, desk.rule))
    assert found.words().startswith("2 tệp đính kèm")
    turn(desk)
    assert WORD not in everything(desk)


def test_no_file_is_copied_in_for_a_secret_paper_or_its_obligations(
    desk: Desk, tmp_path: Path
) -> None:
    turn(desk)
    (tmp_path / "a.pdf").write_bytes(b"x")
    for owner in (get(desk, Regulation, desk.rule), get(desk, Obligation, desk.obligation)):
        with (
            pytest.raises(Refused, match="không lưu tệp"),
            desk.store.changing("Đính kèm") as session,
        ):
            attachments.attach(session, desk.store.blobs, owner, tmp_path / "a.pdf")
    assert not [path for path in desk.store.folder.blobs.rglob("*") if path.is_file()]


def test_a_rule_of_a_secret_paper_says_when_and_quotes_nothing(desk: Desk) -> None:
    turn(desk)
    with pytest.raises(InvalidFields, match="văn bản mật"):
        desk.put("obligation", recurrence=f"khi có {WORD}")
    desk.put("obligation", recurrence="hằng quý, chậm nhất ngày 20 tháng cuối quý")


def test_a_secret_paper_needs_no_abstract(desk: Desk) -> None:
    with desk.store.changing("Thêm") as session:
        made = records.enter(
            session,
            Regulation,
            {"number": "8/QC", "signed_on": date(2026, 1, 2), "secrecy": "tuyet_mat"},
        )
    assert made.abstract == STAND_IN


def turn(desk: Desk) -> None:
    with desk.store.changing("Ghi độ mật") as session:
        secrecy.turn(session, "regulation", desk.rule, "mat")


def partners(_card: Card, name: str) -> dict[str, Any]:
    """What must stand beside a field for it to be taken at all."""
    known: dict[str, dict[str, Any]] = {
        "extension_ground": {"extended_to": date(2027, 2, 1), "due_on": date(2026, 12, 31)},
        "cancel_ground": {"cancelled_on": date(2026, 12, 1)},
        "closed_ground": {"closed_on": date(2026, 4, 1)},
        "standing_ground": {"standing": "paused", "standing_from": date(2026, 3, 1)},
        "end_ground": {"standing": "ended", "ended_on": date(2026, 3, 1)},
    }
    return known.get(name, {})


def get(desk: Desk, model: Any, id_: UUID) -> Any:
    with desk.store.reading() as session:
        return records.get(session, model, id_)


def everything(desk: Desk) -> str:
    """What can be read: search, every live record, the history, and what undo is called."""
    with desk.store.reading() as session:
        told = [repr(list(_rows(session)))]
        told += [repr(event) for event in history.latest(session.connection(), 500)]
    found = [repr(hit) for hit in desk.store.search(WORD, limit=2000)]
    return "\n".join([*told, *found, desk.store.undo_label or ""])


def _rows(session: Session) -> Iterator[dict[str, Any]]:
    for card in CARDS.values():
        for record in records.live(session, card.model):
            yield {name: getattr(record, name) for name in card.traits}
