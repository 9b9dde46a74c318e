"""What forms let a clerk pick, read from the open office."""

from __future__ import annotations

from app.services import choices
from app.ui.common.form import Choices
from app.ui.common.office import Office


def choices_of(office: Office) -> Choices:
    """The live records of a kind, for the pickers of a form."""

    def load(entity: str) -> list[choices.Choice]:
        with office.store.reading() as session:
            return choices.of_kind(session, entity)

    return load
