from datetime import date
from uuid import uuid4

from app.models.values import Values, said, several


def test_a_field_is_read_as_what_it_should_hold() -> None:
    values: Values = {"signed_on": date(2026, 3, 5), "note": None}

    assert said(values, "signed_on", date) == date(2026, 3, 5)
    assert said(values, "note", str) is None
    assert said(values, "missing", str) is None


def test_words_that_could_not_be_read_are_no_date() -> None:
    assert said({"signed_on": "5/13"}, "signed_on", date) is None


def test_several_records_keep_their_order_and_leave_out_what_is_none() -> None:
    one, other = uuid4(), uuid4()

    assert several({"coordinating": (other, "Sở", one)}, "coordinating", type(one)) == (other, one)
    assert several({"coordinating": None}, "coordinating", type(one)) == ()
