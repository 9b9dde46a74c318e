"""A form left behind: it comes back where it belongs, and takes back nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.models import LegalDocument, Regulation
from app.services.any_kind import records
from tests.offices import regulation
from tests.ui.regulation_steps import Clerk, at_work


@pytest.fixture
def clerk(tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    with at_work(tmp_path, qtbot) as clerk:
        yield clerk


def left_behind(clerk: Clerk) -> None:
    """The program ends with the form open: what was typed is kept, and nobody is asked."""
    form: Any = clerk.window.page
    assert form.keep_draft()
    (kept,) = clerk.office.drafts.all()
    form._clean = form.form.values()
    form.cancel()
    clerk.office.drafts.keep(kept)
    clerk.settle()


def rule(clerk: Clerk, **values: Any) -> Regulation:
    return regulation(clerk.store, clerk.police, clerk.health, **values)


def held(clerk: Clerk, known: Regulation) -> Regulation:
    with clerk.store.reading() as session:
        return records.get(session, Regulation, known.id)


def come_back_to(clerk: Clerk, known: Regulation, note: str, elsewhere: dict[str, Any]) -> None:
    """A note is begun and left; somebody else writes *elsewhere*; the form is opened again."""
    clerk.stand_on(known.id)
    clerk.page.commands["open"].trigger()
    clerk.fill("note", note)
    left_behind(clerk)
    with clerk.store.changing("Sửa nơi khác") as session:
        records.revise(session, Regulation, known.id, elsewhere)
    clerk.settle()
    clerk.page.commands["open"].trigger()


def test_a_draft_brings_back_what_was_typed_and_nothing_that_others_have_changed(
    clerk: Clerk,
) -> None:
    known = rule(clerk, place="Thanh Hóa")
    come_back_to(clerk, known, "ghi chu cua toi", {"place": "Sầm Sơn"})
    clerk.form.save()
    clerk.settle()

    now = held(clerk, known)
    assert (now.note, now.place) == ("ghi chu cua toi", "Sầm Sơn")


def test_a_field_that_others_have_changed_since_keeps_their_value_and_says_so(
    clerk: Clerk,
) -> None:
    known = rule(clerk)
    come_back_to(clerk, known, "cua toi", {"note": "của người khác"})

    assert clerk.form.form.values()["note"] == "của người khác"
    assert "Đã có người đổi “Ghi chú” từ đó: giữ giá trị mới." in clerk.form._messages.sentence()


def test_what_came_while_a_form_was_open_is_not_overwritten_unseen(clerk: Clerk) -> None:
    known = rule(clerk)
    clerk.stand_on(known.id)
    clerk.page.commands["open"].trigger()
    clerk.fill("note", "cua toi")
    with clerk.store.changing("Nhận gói") as session:
        records.revise(session, Regulation, known.id, {"note": "của Sở"})

    assert not clerk.form.try_save()
    assert "vừa được người khác đổi" in clerk.form.form._errors["note"].words
    assert held(clerk, known).note == "của Sở"


def test_a_basis_begun_for_one_regulation_is_not_offered_for_another(clerk: Clerk) -> None:
    one, other = rule(clerk, number="1/QC"), rule(clerk, number="2/QC", abstract="Việc khác")
    with clerk.store.changing("Thêm văn bản") as session:
        paper = records.enter(session, LegalDocument, {"number": "03/2019/NĐ-CP", "kind": "decree"})
    clerk.page.related.cite(one.id)
    clerk.form.form.fields["document_id"].show_value(paper.id)
    left_behind(clerk)

    clerk.page.related.cite(other.id)
    assert clerk.form.form.values()["document_id"] is None
    clerk.form.cancel()
    clerk.window._resume("regulation", clerk.office.drafts.all()[0].key)
    clerk.settle()
    assert clerk.form.form.values()["document_id"] == paper.id
    assert "1/QC" in clerk.form.spec.title
