"""What a person said of two records that may be one: merged, or kept apart."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from pydantic import model_validator

from app.models.column_types import IdSet
from app.models.record import Draft, FieldFault, Record, derived_id
from app.models.trait import Input, Strategy, field
from app.words import marked

MERGED, DISTINCT = "merge", "distinct"
VERDICTS: Mapping[str, str] = marked({MERGED: "Là một", DISTINCT: "Khác nhau"})


class AliasDraft(Draft):
    """A verdict on a pair. `one_id` is the smaller id, so that every office names it alike."""

    kind: str = field("Loại bản ghi", required=True, input=Input.NONE, max_length=40)
    one_id: UUID = field("Bản ghi thứ nhất", required=True, input=Input.NONE)
    other_id: UUID = field("Bản ghi thứ hai", required=True, input=Input.NONE)
    family: str = field("Họ bản ghi", required=True, input=Input.NONE, max_length=40)
    family_id: UUID = field("Mã họ", required=True, input=Input.NONE)
    verdict: str = field("Quyết định", input=Input.CHOICE, words=VERDICTS, required=True)
    # Two offices that reach one verdict for two reasons do not disagree: no conflict is shown,
    # the history keeps both.
    reason: str | None = field("Lý do", default=None, max_length=400, strategy=Strategy.ORDER)
    # The heads of both records that somebody has looked at while deciding; an op's id is as
    # long as a record's. What stands beyond them came later and asks for a decision.
    seen: tuple[UUID, ...] = field(
        strategy=Strategy.SET, input=Input.NONE, default=(), sa_type=IdSet
    )

    @model_validator(mode="after")
    def _names_two_records_in_order(self) -> "AliasDraft":
        if self.one_id >= self.other_id:
            raise FieldFault("other_id", "Chọn hai bản ghi khác nhau.")
        return self


class Alias(AliasDraft, Record, table=True):
    """A verdict, as one of the two records' families carries it.

    Records of two families (two regulations) have two, one in each, so that whoever sees
    either record learns of it.
    """

    ENTITY: ClassVar[str] = "alias"
    IS_CARRIED = True

    @staticmethod
    def id_for(one: UUID, other: UUID, family_id: UUID) -> UUID:
        """The id that every office gives the verdict on this pair in this family."""
        low, high = sorted((one, other))
        return derived_id("alias", low, high, family_id)
