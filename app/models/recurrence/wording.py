"""A rule in Vietnamese, in a form that `wording_reader` reads back to the same rule."""

from app.models.recurrence import data_window as windows
from app.models.recurrence.day_rule import LAST_DAY, DayRule
from app.models.recurrence.rule import MONTHS, Kind, Recurrence
from app.text import capitalized, date_words, listed
from app.words import marked

UNSCHEDULED = "Chưa xác định hạn"
ALSO = "; ngoài ra "
UNIT_WORDS = {"day": "ngày", "week": "tuần", "month": "tháng", "quarter": "quý", "year": "năm"}
EVENT_UNIT_WORDS = {
    "day": "ngày",
    "working_day": "ngày làm việc",
    "hour": "giờ",
    "working_hour": "giờ làm việc",
    "week": "tuần",
    "month": "tháng",
    "year": "năm",
}
SINCE_WORDS = {"signing": "kể từ ngày ký", "effect": "kể từ ngày có hiệu lực"}
WEEKDAYS = marked(("", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"))
LEADS = ("trước ", "chậm nhất ")
_QUARTER_PLACES = ("tháng đầu quý", "tháng giữa quý", "tháng cuối quý")


def words(rule: Recurrence) -> str:
    """*rule* as a clerk reads it."""
    said = _WRITERS[rule.kind](rule)
    also = f"{ALSO}{rule.also}" if rule.also else ""
    return capitalized(said) + also


def _once(rule: Recurrence) -> str:
    due = date_words(rule.due)
    if rule.opens is not None:
        until = "đến trước ngày" if rule.before else "đến ngày"
        return f"một lần, từ ngày {date_words(rule.opens)} {until} {due}"
    return f"một lần, {'trước ngày' if rule.before else 'chậm nhất ngày'} {due}"


def _every(rule: Recurrence) -> str:
    window = f"; {windows.words(rule.data_window)}" if rule.data_window else ""
    days = day_words(rule)
    return head_words(rule) + (f", {days}" if days else "") + window


def _after(rule: Recurrence) -> str:
    return f"trong {rule.count} {EVENT_UNIT_WORDS[rule.unit]} kể từ {rule.event}"


def _before(rule: Recurrence) -> str:
    return f"ít nhất {rule.count} {EVENT_UNIT_WORDS[rule.unit]} trước {rule.event}"


def _several(rule: Recurrence) -> str:
    return "; ".join(_every(each) for each in rule.parts)


def _unscheduled(rule: Recurrence) -> str:
    return f"{UNSCHEDULED}: {rule.text}" if rule.text else UNSCHEDULED


_WRITERS = {
    Kind.ONCE: _once,
    Kind.EVERY: _every,
    Kind.AFTER: _after,
    Kind.BEFORE: _before,
    Kind.SEVERAL: _several,
    Kind.UNSCHEDULED: _unscheduled,
}


def head_words(rule: Recurrence) -> str:
    """How often: "hằng quý", "mỗi 2 tuần một lần", "mỗi 5 năm một lần kể từ ngày ký"."""
    count, unit = rule.count, rule.unit
    if unit == "half" or (unit == "quarter" and count > 1):
        count, unit = count * MONTHS[unit], "month"
    name = UNIT_WORDS[unit]
    if rule.times > 1:
        often = f"mỗi {name if count == 1 else f'{count} {name}'} {rule.times} lần"
    elif count == 1 and not rule.since:
        return f"hằng {name}"
    else:
        often = f"{'' if rule.unit == 'half' and rule.count == 1 else 'mỗi '}{count} {name} một lần"
    return f"{often} {SINCE_WORDS[rule.since]}" if rule.since else often


def day_words(rule: Recurrence) -> str:
    """The days of the period; a day takes "trước" or "chậm nhất" from the one before it."""
    said: list[str] = []
    lead = ""
    for words_of_day in (_day(rule, day) for day in rule.days):
        own = next((each for each in LEADS if words_of_day.startswith(each)), "")
        said.append(words_of_day.removeprefix(own) if own == lead else words_of_day)
        lead = own or lead
    return listed(said)


def _day(rule: Recurrence, day: DayRule) -> str:
    if day.after:
        unit = "ngày làm việc" if day.working else "ngày"
        return f"trong {day.after} {unit} sau khi kết thúc kỳ"
    place = place_words(rule.unit, rule.count, day.part)
    if rule.unit == "week":
        said = f"{'trước' if day.before else 'chậm nhất'} {WEEKDAYS[day.day]}"
        return f"{said} {place}".rstrip()
    until = "cuối cùng" if day.day == LAST_DAY else f"{day.day:02}"
    if day.opens:
        till = "đến trước ngày" if day.before else "đến ngày"
        said = f"từ ngày {day.opens:02} {till} {until}"
    else:
        said = f"{'trước' if day.before else 'chậm nhất'} ngày {until}"
    if day.day == LAST_DAY and not place:
        place = "của tháng"
    return f"{said} {place}".rstrip()


def place_words(unit: str, count: int, part: int) -> str:
    """Which month (or week) of the period: "tháng cuối quý", "tháng 1 năm sau", "tháng sau"."""
    if unit == "week":
        return _week_place(count, part)
    length = count * MONTHS[unit]
    if (unit, count) == ("year", 1) and part <= 24:
        return f"tháng {part}" if part <= 12 else f"tháng {part - 12} năm sau"
    if (unit, count) == ("quarter", 1) and part <= 6:
        return _QUARTER_PLACES[(part - 1) % 3] + (" sau" if part > 3 else "")
    if length == 1 and part <= 2:
        return "tháng sau" if part == 2 else ""
    named = {1: "tháng đầu kỳ", length: "tháng cuối kỳ", length + 1: "tháng đầu kỳ sau"}
    return named.get(part, f"tháng thứ {part} tính từ đầu kỳ")


def _week_place(count: int, part: int) -> str:
    if count == 1:
        return "tuần sau" if part == 2 else ""
    named = {1: "tuần đầu kỳ", count: "tuần cuối kỳ", count + 1: "tuần đầu kỳ sau"}
    return named.get(part, f"tuần thứ {part} của kỳ")
