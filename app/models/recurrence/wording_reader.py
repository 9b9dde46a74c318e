"""The strict reader of what `wording` writes. Anything else is left to `phrase`."""

import re
from datetime import date
from functools import lru_cache

from app.models.recurrence import data_window as windows
from app.models.recurrence.day_rule import LAST_DAY, DayRule
from app.models.recurrence.rule import MONTHS, Recurrence
from app.models.recurrence.wording import (
    ALSO,
    EVENT_UNIT_WORDS,
    LEADS,
    SINCE_WORDS,
    UNIT_WORDS,
    WEEKDAYS,
    place_words,
)

UNITS = {words: unit for unit, words in UNIT_WORDS.items()}
EVENT_UNITS = {words: unit for unit, words in EVENT_UNIT_WORDS.items()}
_SINCES = {words: since for since, words in SINCE_WORDS.items()}
_NAMES = "|".join(UNITS)
_FLAGS = re.IGNORECASE
_DATE = r"([0-9][0-9])/([0-9][0-9])/([0-9]{4})"

_FROM = "|".join(_SINCES)
_OFTEN = re.compile(
    rf"hằng (?P<each>{_NAMES})"
    rf"|(?:mỗi )?(?P<count>[0-9]{{1,4}}) (?P<unit>{_NAMES}) một lần(?: (?P<since>{_FROM}))?"
    rf"|mỗi (?:(?P<n>[0-9]{{1,4}}) )?(?P<of>{_NAMES}) (?P<times>[0-9]{{1,2}}) lần"
    rf"(?: (?P<from>{_FROM}))?",
    _FLAGS,
)
_ONCE = re.compile(
    rf"một lần, (?:(?P<by>trước|chậm nhất) ngày|từ ngày {_DATE} đến (?P<till>trước )?ngày) {_DATE}",
    _FLAGS,
)
_EVENT = re.compile(
    r"(?:trong (?P<after>[0-9]{1,4}) (?P<unit>[^\W_ ]+(?: làm việc)?) kể từ (?P<event>[^;]+)"
    r"|ít nhất (?P<before>[0-9]{1,4}) (?P<unit2>[^\W_ ]+(?: làm việc)?) trước (?P<event2>[^;]+))",
    _FLAGS,
)
_AFTER_END = re.compile(r"trong ([0-9]{1,3}) ngày( làm việc)? sau khi kết thúc kỳ", _FLAGS)
_MONTH_DAY = re.compile(
    r"(?:(?P<by>trước|chậm nhất) ngày|từ ngày (?P<opens>[0-9][0-9]) đến (?P<till>trước )?ngày)"
    r" (?P<day>[0-9][0-9]|cuối cùng)(?: (?P<place>.+))?",
    _FLAGS,
)
_WEEK_DAY = re.compile(
    rf"(?P<by>trước|chậm nhất) (?P<day>{'|'.join(WEEKDAYS[1:])})(?: (?P<place>.+))?", _FLAGS
)


def read_words(text: str) -> Recurrence | None:
    """The rule that `words` wrote as *text*, or None; raises ValueError for an impossible one."""
    main, _, also = text.partition(ALSO)
    found = _once(main, also) or _event(main, also)
    if found is not None:
        return found
    rules = _rhythms(main)
    if not rules or any(each is None for each in rules):
        return None
    parts = [each for each in rules if each is not None]
    if len(parts) > 1:
        return Recurrence.several(parts, also=also)
    return with_also(parts[0], also)


def with_also(rule: Recurrence, also: str) -> Recurrence:
    """*rule* with what the sentence adds."""
    given = rule.to_json() | ({"also": also} if also else {})
    return Recurrence.from_json(given)


def _once(text: str, also: str) -> Recurrence | None:
    found = _ONCE.fullmatch(text)
    if found is None:
        return None
    *opens, day, month, year = found.groups()[1:]
    due = date(int(year), int(month), int(day))
    first = date(int(opens[2]), int(opens[1]), int(opens[0])) if opens[0] else None
    before = bool(found["till"]) or (found["by"] or "").casefold() == "trước"
    return Recurrence.once(due, opens=first, before=before, also=also)


def _event(text: str, also: str) -> Recurrence | None:
    found = _EVENT.fullmatch(text)
    if found is None:
        return None
    unit = EVENT_UNITS.get((found["unit"] or found["unit2"]).casefold())
    if unit is None:
        return None
    if found["after"]:
        return Recurrence.after_event(int(found["after"]), unit, found["event"], also=also)
    return Recurrence.before_event(int(found["before"]), unit, found["event2"], also=also)


def _rhythms(text: str) -> list[Recurrence | None]:
    """Each clause a rhythm; a clause on figures belongs to the rhythm before it."""
    found: list[Recurrence | None] = []
    for clause in text.split("; "):
        code = windows.from_words(clause)
        if code is None:
            found.append(_rhythm(clause))
        elif found and found[-1] is not None:
            found[-1] = Recurrence.from_json(found[-1].to_json() | {"data_window": code})
        else:
            return []
    return found


def _rhythm(clause: str) -> Recurrence | None:
    head, _, days = clause.partition(", ")
    often = _OFTEN.fullmatch(head)
    if often is None:
        return None
    unit = UNITS[(often["each"] or often["unit"] or often["of"]).casefold()]
    count = int(often["count"] or often["n"] or 1)
    since = _SINCES.get((often["since"] or often["from"] or "").casefold(), "")
    bare = Recurrence.every(count, unit, times=int(often["times"] or 1), since=since)
    if not days:
        return bare
    read = [_day(bare, each) for each in _led(re.split(", | và ", days))]
    chosen = [day for day in read if day is not None]
    return Recurrence.every(count, unit, *chosen) if len(chosen) == len(read) else None


def _led(items: list[str]) -> list[str]:
    """Each day with the "trước" or "chậm nhất" that it takes from the one before it."""
    lead, said = "", []
    for item in items:
        low = item.casefold()
        own = next((each for each in LEADS if low.startswith(each)), "")
        bare = not own and not low.startswith(("từ ", "trong "))
        said.append(f"{lead}{item}" if bare else item)
        lead = own or lead
    return said


def _day(rule: Recurrence, text: str) -> DayRule | None:
    after = _AFTER_END.fullmatch(text)
    if after:
        return DayRule(after=int(after[1]), working=bool(after[2]))
    found = (_WEEK_DAY if rule.unit == "week" else _MONTH_DAY).fullmatch(text)
    if found is None:
        return None
    part = _places(rule.unit, rule.count).get((found["place"] or "").casefold())
    if part is None:
        return None
    before = (found["by"] or "").casefold() == "trước"
    if rule.unit == "week":
        return DayRule(part, _WEEKDAY[found["day"].casefold()], before)
    if "00" in (found["day"], found["opens"]):
        return None  # 0 would pass for LAST_DAY
    day = int(found["day"]) if found["day"].isdecimal() else LAST_DAY
    return DayRule(part, day, before or bool(found["till"]), int(found["opens"] or 0))


_WEEKDAY = {name.casefold(): number for number, name in enumerate(WEEKDAYS) if name}


@lru_cache(maxsize=256)
def _places(unit: str, count: int) -> dict[str, int]:
    """Every place of a period by its words, so that writer and reader cannot disagree."""
    longest = count + 1 if unit == "week" else count * MONTHS.get(unit, 1) + 12
    found = {place_words(unit, count, part): part for part in range(longest, 0, -1)}
    if "" in found:
        found["của tháng"] = found[""]
    return found
