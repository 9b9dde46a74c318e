"""What forms let a clerk pick, read from the open office."""

from __future__ import annotations

from app.services.any_kind import choices
from app.ui.common.form.form import Choices
from app.ui.common.parts.office import Office


def choices_of(office: Office) -> Choices:
    """The live records of a kind, for the pickers of a form."""

    def load(entity: str) -> list[choices.Choice]:
        with office.store.reading() as session:
            return choices.of_kind(session, entity)

    return load
