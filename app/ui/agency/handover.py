"""Handing the obligations of a body over to the one that succeeded it: many at once, one undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from sqlmodel import Session, SQLModel

from app.models.trait import Input, Trait
from app.models.values import Value, Values, needed, several
from app.registers.agency import AgencyRow
from app.services import agencies
from app.services.obligation import obligations
from app.text import shortened
from app.ui.common.form.choices import choices_of
from app.ui.common.form.form import FormSpec, Line
from app.ui.common.form.form_page import FormPage
from app.ui.common.parts.office import Office
from app.words import kept, told

_LONGEST = 60


@dataclass
class Handover:
    """What the form did: `said` is the sentence for the page, empty until it is saved."""

    form: FormPage
    said: str = ""


def handover(office: Office, row: AgencyRow) -> Handover:
    """The form, filled in with every obligation of the body and with what its succession says."""
    with office.store.reading() as session:
        owed = [
            (obligation.id, shortened(obligation.title, _LONGEST))
            for obligation in obligations.of_body(session, row.id)
        ]
        given = {
            **_proposed(office, session, row.id),
            "obligations": tuple(each[0] for each in owed),
        }

    def save(values: Values) -> None:
        ids = several(values, "obligations", UUID)
        to_agency = needed(values, "to_agency", UUID)
        with office.store.reading() as session:
            heir = agencies.called(session)[to_agency]
        pattern = kept("Chuyển {count} nghĩa vụ từ {old} sang {new}")
        facts = {"count": len(ids), "old": row.short_name or row.name, "new": heir}
        with office.store.changing(kept(pattern, **facts)) as session:
            obligations.reassign(
                session,
                ids,
                from_agency=row.id,
                to_agency=to_agency,
                on=needed(values, "on", date),
                ground=needed(values, "ground", str),
            )
        made.said = told("Đã chuyển {count} nghĩa vụ từ {old} sang {new}.", **facts)

    form = FormPage(
        office,
        _spec(row, owed),
        SQLModel,
        given,
        save,
        choices=choices_of(office),
        record_id=row.id,
        room="agency",
    )
    made = Handover(form)
    return made


def _proposed(office: Office, session: Session, agency_id: UUID) -> dict[str, Value]:
    today = office.today()
    heirs = [i for i in agencies.responsible_on(session, agency_id, today) if i != agency_id]
    links = [line for line in agencies.successions(session, agency_id) if line.is_onward]
    to = heirs[0] if heirs else links[0].other_id if links else None
    link = next((line for line in links if line.other_id == to), None)
    return {
        "to_agency": to,
        "on": link.effective_on if link and link.effective_on else today,
        "ground": link.ground if link and link.ground else None,
    }


def _spec(row: AgencyRow, owed: list[tuple[UUID, str]]) -> FormSpec:
    return FormSpec(
        key="agency_handover",
        title=_tr("Chuyển nghĩa vụ của {}").format(row.short_name or row.name),
        sections=(
            (_tr("Chuyển cho"), ("to_agency", "on", "ground")),
            (_tr("Những nghĩa vụ được chuyển"), (Line("obligations", more=_tr("Thêm nghĩa vụ")),)),
        ),
        extra={
            "to_agency": Trait(_tr("Cơ quan nhận"), Input.RECORD, refers="agency", required=True),
            "on": Trait(_tr("Kể từ ngày"), Input.DATE, required=True),
            "ground": Trait(
                _tr("Căn cứ"), required=True, hint=_tr("Số, ngày nghị quyết hoặc quyết định")
            ),
            "obligations": Trait(
                _tr("Nghĩa vụ"), Input.RECORDS, refers="obligation", required=True
            ),
        },
        narrowed={"obligations": lambda _values: owed},
        may_add_another=False,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("AgencyHandover", words)
