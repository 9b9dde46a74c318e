"""Hypothesis strategies for rules: every kind, with the days each allows."""

from datetime import date

from hypothesis import strategies as st

from app.models.recurrence import DayRule, Recurrence
from app.models.recurrence.rule import EVENT_UNITS, MONTHS
from app.text import clean

DATES = st.dates(date(2000, 1, 1), date(2080, 12, 31))
WINDOWS = st.tuples(DATES, st.integers(0, 1500)).map(
    lambda given: (given[0], date.fromordinal(given[0].toordinal() + given[1]))
)
_TEXT = st.text(st.characters(exclude_characters=";", exclude_categories=["Cs"]), max_size=40)
TEXTS = _TEXT.map(clean)


def _is_event(text: str) -> bool:
    """Whether the rule takes *text* for an event: one that names another deadline it does not."""
    try:
        Recurrence.after_event(1, "day", text)
    except ValueError:
        return False
    return True


EVENTS = (
    TEXTS | st.sampled_from(["ngày nhận đủ hồ sơ", "khi sửa đổi, bổ sung", "phiên họp", "lễ 30/4"])
).filter(_is_event)


def _days(unit: str, count: int) -> st.SearchStrategy[DayRule]:
    after = st.builds(
        lambda after, working: DayRule(after=after, working=working),
        st.integers(1, 400),
        st.booleans(),
    )
    if unit == "week":
        named = st.builds(DayRule, st.integers(1, count + 1), st.integers(1, 7), st.booleans())
    else:
        longest = count * MONTHS[unit] + 12
        named = st.builds(
            DayRule, st.integers(1, longest), st.integers(0, 31), st.booleans()
        ) | st.builds(
            lambda part, opens, more, before: DayRule(
                part, opens + more if opens + more <= 31 else 0, before, opens
            ),
            st.integers(1, longest),
            st.integers(1, 30),
            st.integers(1, 12),
            st.booleans(),
        )
    return named | after


@st.composite
def periodic(draw: st.DrawFn, also: bool = True) -> Recurrence:
    """Every n units: bare, on days, n times, or counted from the signing."""
    unit = draw(st.sampled_from(["day", "week", *MONTHS]))
    count = draw(st.integers(1, 13))
    bare = Recurrence.every(count, unit)
    said = draw(TEXTS) if also and draw(st.booleans()) else ""
    window = draw(st.sampled_from(["", "calendar"]))
    shape = draw(st.sampled_from(["bare", "days", "times", "since"]))
    if shape == "since":
        since = draw(st.sampled_from(["signing", "effect"]))
        times = draw(st.integers(1, 3))
        return Recurrence.every(
            count, unit, since=since, times=times, data_window=window, also=said
        )
    if unit in MONTHS and draw(st.booleans()):
        window = "nd09"
    if bare.unit == "year" and draw(st.booleans()):
        window = draw(st.sampled_from(["01/11-31/10", "16/11-15/11", "01/01-31/12", "29/02-28/02"]))
    if shape == "times":
        times = draw(st.integers(2, 31))
        return Recurrence.every(count, unit, times=times, data_window=window, also=said)
    days: tuple[DayRule, ...] = ()
    if shape == "days" and unit != "day":
        some = st.lists(
            _days(bare.unit, bare.count), min_size=1, max_size=4, unique_by=DayRule.order
        )
        days = tuple(draw(some))
    return Recurrence.every(count, unit, *days, data_window=window, also=said)


def _length(rule: Recurrence) -> object:
    if rule.unit == "day" or (rule.unit == "week" and rule.count > 1):
        return "dated"
    return rule.unit, rule.count, bool(rule.since)


SEVERAL = st.builds(
    lambda parts, also: Recurrence.several(parts, also=also),
    st.lists(periodic(also=False), min_size=2, max_size=4, unique_by=_length),
    TEXTS,
)
ONCE = st.one_of(
    st.builds(
        lambda due, before, also: Recurrence.once(due, before=before, also=also),
        DATES,
        st.booleans(),
        TEXTS,
    ),
    st.builds(
        lambda opens, more, before: Recurrence.once(
            date.fromordinal(opens.toordinal() + more), opens=opens, before=before
        ),
        DATES,
        st.integers(1, 900),
        st.booleans(),
    ),
)
AFTER = st.builds(
    lambda count, unit, event, also: Recurrence.after_event(count, unit, event, also=also),
    st.integers(0, 3650),
    st.sampled_from(EVENT_UNITS),
    EVENTS,
    TEXTS,
)
BEFORE = st.builds(
    lambda count, unit, event, also: Recurrence.before_event(count, unit, event, also=also),
    st.integers(0, 3650),
    st.sampled_from(EVENT_UNITS),
    EVENTS,
    TEXTS,
)
CALENDAR_RULES = periodic() | SEVERAL | ONCE
SCHEDULED = CALENDAR_RULES | AFTER | BEFORE
