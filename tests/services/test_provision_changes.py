"""A text changed provision by provision keeps its order, and its numbers follow legal custom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidFields, Refused
from app.services.any_kind import secrecy
from app.services.regulation import provision_changes, provisions, regulations
from app.services.regulation.provision_changes import LETTERS, next_number, order_key
from app.store import Store
from tests.offices import body, open_store, police, regulation


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def paper(store: Store) -> UUID:
    return regulation(store, police(store), body(store, "Sở Y tế")).id


def put(store: Store, paper: UUID, anchor: UUID | None, kind: str, number: str, **more: str):
    with store.changing("Thêm điều khoản") as session:
        values = {"kind": kind, "number": number, **more}
        return provision_changes.enter_after(session, paper, anchor, values).id


def outline(store: Store, paper: UUID) -> list[str]:
    found: list[str] = []

    def walk(nodes, depth):
        for node in nodes:
            found.append("  " * depth + node.provision.called())
            walk(node.children, depth + 1)

    with store.reading() as session:
        walk(provisions.tree_of(session, paper), 0)
    return found


def test_a_provision_goes_right_behind_its_neighbour(store: Store, paper: UUID) -> None:
    first = put(store, paper, None, "article", "1")
    put(store, paper, None, "article", "2")
    put(store, paper, first, "article", "1a")

    assert outline(store, paper) == ["Điều 1", "Điều 1a", "Điều 2"]


def test_a_deeper_provision_goes_last_under_its_anchor(store: Store, paper: UUID) -> None:
    article = put(store, paper, None, "article", "1")
    put(store, paper, article, "clause", "1")
    put(store, paper, article, "clause", "2")

    assert outline(store, paper) == ["Điều 1", "  khoản 1", "  khoản 2"]


def test_a_higher_provision_goes_behind_what_holds_the_anchor(store: Store, paper: UUID) -> None:
    chapter = put(store, paper, None, "chapter", "I")
    article = put(store, paper, chapter, "article", "1")
    clause = put(store, paper, article, "clause", "1")
    put(store, paper, None, "chapter", "III")
    put(store, paper, clause, "article", "2")
    put(store, paper, clause, "chapter", "II")

    said = outline(store, paper)
    assert said == ["Chương I", "  Điều 1", "    khoản 1", "  Điều 2", "Chương II", "Chương III"]


def test_taking_one_out_takes_what_stands_under_it_and_undo_brings_it_back(
    store: Store, paper: UUID
) -> None:
    article = put(store, paper, None, "article", "1")
    clause = put(store, paper, article, "clause", "1")
    put(store, paper, clause, "point", "a")
    put(store, paper, None, "article", "2")
    with store.changing("Rút Điều 1") as session:
        assert provision_changes.withdraw(session, article) == 3
    assert outline(store, paper) == ["Điều 2"]

    store.undo()

    assert outline(store, paper) == ["Điều 1", "  khoản 1", "    điểm a", "Điều 2"]


def test_rewording_leaves_the_place(store: Store, paper: UUID) -> None:
    article = put(store, paper, None, "article", "1", heading="Phạm vi")
    with store.changing("Sửa Điều 1") as session:
        changed = provision_changes.reword(session, article, {"heading": "Phạm vi áp dụng"})

    assert (changed.heading, changed.number) == ("Phạm vi áp dụng", "1")


def test_a_provision_without_a_kind_is_refused_in_words(store: Store, paper: UUID) -> None:
    with pytest.raises(InvalidFields) as refused:
        put(store, paper, None, "", "1")

    assert refused.value.problems == {"kind": "Chưa chọn cấp."}


def test_a_secret_regulation_takes_no_text(store: Store, paper: UUID) -> None:
    with store.changing("Ghi độ mật") as session:
        secrecy.turn(session, "regulation", paper, "mat")

    with pytest.raises(Refused, match="là văn bản mật: không ghi điều khoản"):
        put(store, paper, None, "article", "1")


def test_a_regulation_with_a_text_cannot_become_secret_over_it(store: Store, paper: UUID) -> None:
    put(store, paper, None, "article", "1")

    with pytest.raises(InvalidFields) as refused, store.changing("Ghi độ mật") as session:
        regulations.revise(session, paper, {"secrecy": "mat"}, None)
    assert "còn ghi 1 điều khoản, nội dung của 1 quy chế" in refused.value.problems["secrecy"]


@pytest.mark.parametrize(
    ("kind", "number", "following"),
    [
        ("article", "9", "10"),
        ("article", "15a", "15b"),
        ("article", "15d", "15đ"),
        ("chapter", "III", "IV"),
        ("chapter", "XIX", "XX"),
        ("point", "d", "đ"),
        ("point", "i", "k"),
        ("clause", "", ""),
        ("point", "y", ""),
    ],
)
def test_numbers_follow_legal_custom(kind: str, number: str, following: str) -> None:
    assert next_number(kind, number) == following


def test_points_run_through_the_letters_of_legal_texts() -> None:
    said = ["a"]
    while following := next_number("point", said[-1]):
        said.append(following)

    assert "".join(said) == LETTERS


@given(st.lists(st.integers(min_value=0, max_value=60), max_size=40))
def test_there_is_always_room_between_two_keys(places: list[int]) -> None:
    keys = [order_key("", None)]
    for place in places:
        at = place % (len(keys) + 1)
        before = keys[at - 1] if at else ""
        after = keys[at] if at < len(keys) else None
        keys.insert(at, order_key(before, after))

    assert keys == sorted(set(keys))
