"""What is put away comes back as it was, or not at all."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.ui.common.form.drafts import Drafts, KeptForm
from app.ui.common.parts.window_state import WindowState

NOON = datetime(2026, 11, 23, 12, 0)
_PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dates(),
    st.uuids(),
    st.tuples(st.uuids(), st.uuids()),
)


def kept(key: str = "paper.new", at: datetime = NOON, **values: Any) -> KeptForm:
    return KeptForm(key, "Thêm văn bản", "paper", values, at)


@given(values=st.dictionaries(st.text(min_size=1, max_size=20).map(repr), _PLAIN, max_size=6))
def test_every_value_of_a_form_comes_back_as_it_was(
    values: dict[str, Any], tmp_path_factory: Any
) -> None:
    drafts = Drafts(tmp_path_factory.mktemp("drafts"))
    form = KeptForm("k", "Thêm", "paper", values, NOON)
    drafts.keep(form)

    assert drafts.find("k") == form


def test_drafts_are_listed_newest_first(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(kept("a", datetime(2026, 11, 22)))
    drafts.keep(kept("b", datetime(2026, 11, 23)))

    assert [form.key for form in drafts.all()] == ["b", "a"]


def test_a_draft_that_is_dropped_is_gone(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(kept())
    drafts.drop("paper.new")
    drafts.drop("paper.new")

    assert drafts.find("paper.new") is None
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_draft_is_passed_over(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(kept("good", day=date(2026, 3, 5), who=UUID(int=7)))
    for number, content in enumerate(("", "{", "[]", '{"key": 1}', '{"values": 3, "key": "x"}')):
        (tmp_path / f"{number}.ban-nhap.json").write_text(content)

    assert [form.key for form in drafts.all()] == ["good"]


def test_a_draft_with_a_value_from_elsewhere_is_passed_over(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(kept())
    [path] = tmp_path.iterdir()
    path.write_text(path.read_text().replace('"values": {}', '"values": {"a": {"what": "x"}}'))

    assert drafts.all() == []


def test_the_window_remembers_across_starts(tmp_path: Path, qapp: object) -> None:
    state = WindowState(tmp_path / "window.json")
    state.put("room", "agency")
    state.put("widths", [1, 2])
    state.put("room", None)
    state.keep()

    again = WindowState(tmp_path / "window.json")
    assert again.get("widths") == [1, 2]
    assert again.get("room", "none") == "none"


def test_a_window_that_cannot_be_remembered_still_closes(tmp_path: Path, qapp: object) -> None:
    (tmp_path / "file").write_text("")
    state = WindowState(tmp_path / "file" / "window.json")
    state.put("room", "agency")
    state.keep()

    assert state.get("room") == "agency"
