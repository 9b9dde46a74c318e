"""The form of a record that is known: one way in which every form revises.

Only what the clerk changed is written, what somebody else changed meanwhile stays, and a field
that both changed is refused, or the clerk would overwrite what nobody on this machine has seen.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session, SQLModel

from app.models.trait import traits_of
from app.models.values import Values
from app.services.any_kind import records
from app.ui.common.form.choices import choices_of
from app.ui.common.form.form import FormSpec
from app.ui.common.form.form_page import FormPage
from app.ui.common.pane.conflict_marks import warn_of_conflict
from app.ui.common.parts.office import Office

Read = Callable[[Session], Values]
Write = Callable[[Session, Values, Values], object]


def edit_form(
    office: Office,
    spec: FormSpec,
    draft_class: type[SQLModel],
    record_id: UUID | None,
    *,
    read: Read,
    write: Write,
    label: Callable[[Values], str],
    ask: Callable[[Values], object] = lambda _changed: None,
    done: Callable[[], object] = lambda: None,
    of: UUID | None = None,
    room: str = "",
) -> FormPage:
    """The form of *record_id*, None where there may be parts of a record that nobody has begun.

    Raises NotFound if it has been withdrawn.
    *read* gives what the form shows; it is asked when the form opens and again when it is saved.
    *write* gets the fields that were changed here, and the whole as it is to be. *label* names
    the undo step from what is entered. *ask* is given the changed fields before anything is
    written and may raise an AppError.
    """
    with office.store.reading() as session:
        given = dict(read(session))
    traits = {**traits_of(draft_class), **spec.extra}

    def save(entered: Values) -> None:
        changed = form.changes()
        ask(changed)
        with office.store.changing(label(entered)) as session:
            now = read(session)
            records.refuse_unseen(traits, now, changed, given)
            write(session, changed, {**now, **changed})
        done()

    form = FormPage(
        office,
        spec,
        draft_class,
        given,
        save,
        choices=choices_of(office),
        record_id=record_id,
        of=of,
        room=room,
    )
    warn_of_conflict(office, form, record_id)
    return form
