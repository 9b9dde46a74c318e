"""The form of an obligation: what is to be done, by whom, from which provision, how often."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.models import Obligation, ObligationDraft, Provision
from app.models.values import Values
from app.services.any_kind import records
from app.services.obligation import obligations
from app.services.regulation import provisions
from app.text import quoted
from app.ui.common.form.choices import choices_of
from app.ui.common.form.edit_form import edit_form
from app.ui.common.form.form import FormSpec, Line
from app.ui.common.form.form_page import FormPage
from app.ui.common.form.obligation_lines import doing_lines, what_lines
from app.ui.common.parts.office import Office
from app.ui.common.parts.widgets import Item, column, panel, text
from app.ui.tokens import M
from app.words import kept, told

Done = Callable[[UUID], object]
_MOST_LISTED = 8


def add_form(office: Office, values: Values, done: Done, *, of: UUID | None = None) -> FormPage:
    """A blank form; *values* are what is known already. *done* is called with the new id.

    *of* is the record that the obligation is given from: each has a draft of its own.
    """

    def save(entered: Values) -> None:
        label = kept("Thêm nghĩa vụ {title}", title=quoted(entered.get("title")))
        with office.store.changing(label) as session:
            obligation = obligations.enter(session, entered)
        done(obligation.id)

    given = {"starts_on": office.today(), "area": "other", "standing": "active", **values}
    spec = _spec(office, told("Thêm nghĩa vụ"))
    return FormPage(
        office,
        spec,
        ObligationDraft,
        given,
        save,
        choices=choices_of(office),
        of=of,
        room="obligation",
    )


def revise_form(office: Office, obligation_id: UUID, done: Done) -> FormPage:
    """The form of a known obligation. Raises NotFound if it has been withdrawn."""
    return edit_form(
        office,
        _spec(office, told("Sửa nghĩa vụ")),
        ObligationDraft,
        obligation_id,
        read=lambda session: records.said(session, Obligation, obligation_id),
        write=lambda session, changed, _: obligations.revise(session, obligation_id, changed),
        label=lambda entered: kept("Sửa nghĩa vụ {title}", title=quoted(entered.get("title"))),
        done=lambda: done(obligation_id),
        room="obligation",
    )


def _spec(office: Office, title: str) -> FormSpec:
    return FormSpec(
        "obligation",
        title,
        (
            (told("Việc phải làm"), what_lines()),
            (told("Căn cứ"), ("regulation_id", Line("provision_id", 264), "quote")),
            (told("Thực hiện"), doing_lines()),
            (told("Khác"), ("note",)),
        ),
        narrowed={"provision_id": partial(_provisions, office)},
        side=partial(_known, office),
    )


def _provisions(office: Office, values: Values) -> Sequence[tuple[UUID, str]]:
    regulation_id = values.get("regulation_id")
    if not isinstance(regulation_id, UUID):
        return ()
    with office.store.reading() as session:
        return provisions.citations(session, regulation_id)


def _known(office: Office, values: Values) -> QWidget | None:
    """The provision's own words, and what the regulation already asks for."""
    parts: list[Item] = []
    provision_id, regulation_id = values.get("provision_id"), values.get("regulation_id")
    with office.store.reading() as session:
        if isinstance(provision_id, UUID):
            provision = session.get(Provision, provision_id)
            if provision is not None and provision.is_live:
                place = provisions.place_of(session, provision_id)
                said = provision.text or provision.heading or ""
                parts += [text(place, "strong"), M.s1, text(said, wrap=True), M.s4]
        if isinstance(regulation_id, UUID):
            titles = obligations.titles_of(session, regulation_id)
            parts += _obligations(titles)
    return panel(column(*parts)) if parts else None


def _obligations(titles: Sequence[str]) -> list[Item]:
    if not titles:
        return [text(told("Quy chế này chưa có nghĩa vụ nào trong sổ."), "muted", wrap=True)]
    listed = [text(title, wrap=True) for title in titles[:_MOST_LISTED]]
    more = len(titles) - len(listed)
    left = [text(told("và {more} nghĩa vụ khác", more=more), "muted")] if more > 0 else []
    spaced = [item for each in (*listed, *left) for item in (each, M.s1)]
    return [
        text(told("Nghĩa vụ đã có của quy chế này ({count})", count=len(titles)), "strong"),
        M.s1,
        *spaced,
    ]
