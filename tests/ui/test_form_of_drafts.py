"""Every kind of record can be entered in a form made from its draft alone."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from app.models import DRAFTS, checked
from app.models.obligation import ObligationDraft
from app.models.trait import Input, traits_of
from app.ui.common.form.form import Form, FormSpec

AGENCY, OTHER = uuid4(), uuid4()


def form_of(kind: str, qtbot: QtBot) -> Form:
    names = [n for n, trait in traits_of(DRAFTS[kind]).items() if trait.input is not Input.NONE]
    form = Form(
        FormSpec(kind, "Thêm", (("Nội dung", names),)),
        DRAFTS[kind],
        choices=lambda _refers: [(AGENCY, "Sở Y tế"), (OTHER, "Sở Nội vụ")],
        today=lambda: date(2026, 11, 23),
    )
    qtbot.addWidget(form)
    return form


@pytest.mark.parametrize("kind", DRAFTS)
def test_a_draft_is_enough_for_a_form(kind: str, qtbot: QtBot) -> None:
    form = form_of(kind, qtbot)
    form.show_values({})

    assert list(form.fields)
    assert all(held.entry().accessibleName() for held in form.fields.values())
    required = {n for n, t in traits_of(DRAFTS[kind]).items() if t.required and n in form.fields}
    assert set(form.problems()) >= {n for n in required if form.fields[n].value() in (None, (), "")}


def test_what_a_form_holds_is_what_a_draft_takes(qtbot: QtBot) -> None:
    form = form_of("obligation", qtbot)
    form.show_values(
        {
            "title": "Báo cáo quý",
            "area": "reporting",
            "lead_id": AGENCY,
            "coordinating": (OTHER,),
            "recurrence": "hằng quý, chậm nhất ngày 20 tháng cuối quý",
            "starts_on": date(2026, 1, 1),
            "standing": "active",
        }
    )
    draft = checked(ObligationDraft, form.values())

    assert draft.coordinating == (OTHER,)
    assert draft.recurrence.words() == "Hằng quý, chậm nhất ngày 20 tháng cuối quý"
    form.show_values(draft.model_dump() | {"recurrence": draft.recurrence})
    assert checked(ObligationDraft, form.values()) == draft, "a record shown and saved is itself"
