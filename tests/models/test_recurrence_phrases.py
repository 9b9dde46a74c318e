"""Deadline phrases as regulations, trackers and clerks write them."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.recurrence import Kind, Reason, Recurrence, read_phrase

READ = {
    # found by trying
    "hằng quí": "Hằng quý",
    "qúy 1 lần": "Hằng quý",
    "mồng 5 hằng tháng": "Hằng tháng, chậm nhất ngày 05",
    "không quá ngày 15 hằng tháng": "Hằng tháng, chậm nhất ngày 15",
    "2026-06-15": "Một lần, chậm nhất ngày 15/06/2026",
    "3 ngày trước khi họp": "Ít nhất 3 ngày trước khi họp",
    "trước hội nghị ít nhất 5 ngày làm việc": "Ít nhất 5 ngày làm việc trước hội nghị",
    "hằng năm, vào cuối năm": "Hằng năm, chậm nhất ngày cuối cùng tháng 12",
    "hằng quý, vào cuối quý": "Hằng quý, chậm nhất ngày cuối cùng tháng cuối quý",
    "vào tháng 3, tháng 9": (
        "Hằng năm, chậm nhất ngày cuối cùng tháng 3 và ngày cuối cùng tháng 9"
    ),
    # A · one period
    "hằng tháng": "Hằng tháng",
    "Hàng quý": "Hằng quý",
    "mỗi quý 01 lần": "Hằng quý",
    "06 tháng/lần": "6 tháng một lần",
    "định kỳ sáu (06) tháng một lần": "6 tháng một lần",
    "nửa năm một lần": "6 tháng một lần",
    "02 tuần một lần": "Mỗi 2 tuần một lần",
    "năm năm một lần": "Mỗi 5 năm một lần",
    "05 (năm) năm một lần": "Mỗi 5 năm một lần",
    "Mỗi năm một lần, hai bên tổ chức giao ban": "Hằng năm",
    "ít nhất 01 lần/năm": "Hằng năm",
    "24 tháng một lần": "Mỗi 2 năm một lần",
    # B · several times in a period
    "mỗi năm 02 lần": "Mỗi năm 2 lần",
    "5 năm hai lần": "Mỗi 5 năm 2 lần",
    "2 lần/năm": "Mỗi năm 2 lần",
    "ngày 01 và ngày 15 hằng tháng": "Hằng tháng, chậm nhất ngày 01 và ngày 15",
    "mỗi tháng hai lần, vào ngày 10 và ngày 25": ("Hằng tháng, chậm nhất ngày 10 và ngày 25"),
    "vào tháng 3, tháng 9 hằng năm": (
        "Hằng năm, chậm nhất ngày cuối cùng tháng 3 và ngày cuối cùng tháng 9"
    ),
    "vào các ngày 5, 15, 25 hằng tháng": "Hằng tháng, chậm nhất ngày 05, ngày 15 và ngày 25",
    "hằng tháng, ngày 15 và 30": "Hằng tháng, chậm nhất ngày 15 và ngày 30",
    "mỗi quý họp một lần": "Hằng quý",
    "mỗi năm tổ chức ít nhất 02 lần": "Mỗi năm 2 lần",
    "mỗi 2 tháng": "Mỗi 2 tháng một lần",
    "mỗi năm một lần vào tháng 12": "Hằng năm, chậm nhất ngày cuối cùng tháng 12",
    # C · several rhythms
    "hằng tháng, 06 tháng, 01 năm": "Hằng tháng; 6 tháng một lần; hằng năm",
    "Định kỳ hằng tháng, quý, 6 tháng, năm": "Hằng tháng; hằng quý; 6 tháng một lần; hằng năm",
    "hằng năm và 05 năm/01 lần": "Hằng năm; mỗi 5 năm một lần",
    "Hằng quý (trước ngày 10 của tháng đầu quý sau), hằng năm (trước ngày 20 tháng 01 năm sau)": (
        "Hằng quý, trước ngày 10 tháng đầu quý sau; hằng năm, trước ngày 20 tháng 1 năm sau"
    ),
    # D · a fixed day
    "trước ngày 15/12 hằng năm": "Hằng năm, trước ngày 15 tháng 12",
    "chậm nhất trước ngày 15 tháng 12 hàng năm": "Hằng năm, trước ngày 15 tháng 12",
    "chậm nhất là ngày 15 tháng 12 hằng năm": "Hằng năm, chậm nhất ngày 15 tháng 12",
    "chậm nhất ngày 30/7 và 30/01 năm sau": (
        "Hằng năm, chậm nhất ngày 30 tháng 7 và ngày 30 tháng 1 năm sau"
    ),
    "Định kỳ 6 tháng (trước ngày 10 tháng 6) và hằng năm (trước ngày 10 tháng 12)": (
        "Hằng năm, trước ngày 10 tháng 6 và ngày 10 tháng 12"
    ),
    "Báo cáo 6 tháng trước ngày 15/6, báo cáo năm trước ngày 15/12": (
        "Hằng năm, trước ngày 15 tháng 6 và ngày 15 tháng 12"
    ),
    "hằng năm, ngày 15 tháng 3": "Hằng năm, chậm nhất ngày 15 tháng 3",
    "trước tháng 12 hằng năm": "Hằng năm, trước ngày 01 tháng 12",
    # E · a day of the period
    "trước ngày 20 tháng cuối quý": "Hằng quý, trước ngày 20 tháng cuối quý",
    "ngày 08 của tháng kế tiếp": "Hằng tháng, chậm nhất ngày 08 tháng sau",
    "Hằng quý, trước ngày 05 của tháng tiếp theo": "Hằng quý, trước ngày 05 tháng đầu quý sau",
    "hằng quý, muộn nhất ngày 17 của tháng cuối kỳ báo cáo": (
        "Hằng quý, chậm nhất ngày 17 tháng cuối quý"
    ),
    "tuần đầu của quý tiếp theo": "Hằng quý, từ ngày 01 đến ngày 07 tháng đầu quý sau",
    "hằng quý, trong 10 ngày sau khi kết thúc kỳ": "Hằng quý, trong 10 ngày sau khi kết thúc kỳ",
    "Hằng tháng, trong 03 ngày làm việc kể từ ngày kết thúc tháng": (
        "Hằng tháng, trong 3 ngày làm việc sau khi kết thúc kỳ"
    ),
    "từ ngày 25 đến ngày 30 hằng tháng": "Hằng tháng, từ ngày 25 đến ngày 30",
    "ngày cuối cùng của quý": "Hằng quý, chậm nhất ngày cuối cùng tháng cuối quý",
    "hằng tháng, trước ngày 25": "Hằng tháng, trước ngày 25",
    "thứ Sáu hằng tuần": "Hằng tuần, chậm nhất thứ Sáu",
    # F · within a quarter
    "Quý I hằng năm": "Hằng năm, chậm nhất ngày cuối cùng tháng 3",
    # G, H, I · from an event
    "trong thời hạn 10 ngày kể từ ngày kết thúc hội nghị, cơ quan thường trực gửi thông báo": (
        "Trong 10 ngày kể từ ngày kết thúc hội nghị"
    ),
    "05 (năm) ngày làm việc kể từ ngày nhận được văn bản": (
        "Trong 5 ngày làm việc kể từ ngày nhận được văn bản"
    ),
    "trong 5 ngày kể từ ngày nhận đủ hồ sơ, cơ quan thường trực gửi thông báo": (
        "Trong 5 ngày kể từ ngày nhận đủ hồ sơ"
    ),
    "trong 5 ngày kể từ khi sửa đổi, bổ sung quy chế": (
        "Trong 5 ngày kể từ khi sửa đổi, bổ sung quy chế"
    ),
    "trong 5 ngày kể từ ngày kết thúc quý, hằng quý": (
        "Hằng quý, trong 5 ngày sau khi kết thúc kỳ"
    ),
    "trong thời hạn năm ngày làm việc, kể từ ngày nhận được văn bản": (
        "Trong 5 ngày làm việc kể từ ngày nhận được văn bản"
    ),
    "sau 02 ngày làm việc kể từ khi kết thúc hội nghị": (
        "Trong 2 ngày làm việc kể từ khi kết thúc hội nghị"
    ),
    "ít nhất 03 ngày làm việc trước phiên họp": "Ít nhất 3 ngày làm việc trước phiên họp",
    "trước khi tổ chức diễn tập ít nhất 15 ngày": "Ít nhất 15 ngày trước khi tổ chức diễn tập",
    # J · hours
    "trong vòng 24 giờ kể từ khi tiếp nhận tin": "Trong 24 giờ kể từ khi tiếp nhận tin",
    "14 giờ của ngày làm việc tiếp theo": "Trong 1 ngày làm việc kể từ ngày phát sinh việc",
    # L · mixed
    "3 tháng hoặc đột xuất": "Hằng quý; ngoài ra đột xuất",
    "trước ngày 20 hằng tháng hoặc khi có yêu cầu": (
        "Hằng tháng, trước ngày 20; ngoài ra khi có yêu cầu"
    ),
    # N · the window of the figures
    "Hằng năm, số liệu từ ngày 01/11 đến ngày 31/10, gửi trước ngày 15/11": (
        "Hằng năm, trước ngày 15 tháng 11; số liệu từ ngày 01/11 đến ngày 31/10"
    ),
    # P · from the signing
    "5 năm một lần kể từ ngày ký": "Mỗi 5 năm một lần kể từ ngày ký",
    "sơ kết 5 năm, tổng kết 10 năm kể từ ngày ký": (
        "Mỗi 5 năm một lần kể từ ngày ký; mỗi 10 năm một lần kể từ ngày ký"
    ),
    "06 tháng một lần kể từ ngày Quy chế có hiệu lực": "Mỗi 6 tháng một lần kể từ ngày có hiệu lực",
    # Q · a rotating host
    "6 tháng một lần, luân phiên chủ trì": "6 tháng một lần; ngoài ra luân phiên chủ trì",
    # R · trackers
    "15/6/2026": "Một lần, chậm nhất ngày 15/06/2026",
    "Trước 15/6/2026": "Một lần, trước ngày 15/06/2026",
    "Hạn: ngày 15 tháng 6 năm 2026": "Một lần, chậm nhất ngày 15/06/2026",
    "Tháng 5/2026": "Một lần, từ ngày 01/05/2026 đến ngày 31/05/2026",
    "Quý II/2026": "Một lần, từ ngày 01/04/2026 đến ngày 30/06/2026",
    "trước quý II năm 2026": "Một lần, trước ngày 01/04/2026",
    "Từ 30/12/2016 đến 31/3/2017": "Một lần, từ ngày 30/12/2016 đến ngày 31/03/2017",
}


@pytest.mark.parametrize(("phrase", "words"), READ.items(), ids=list(READ))
def test_a_phrase_is_read_as_the_office_means_it(phrase, words):
    assert read_phrase(phrase).words() == words


UNREAD = {
    # a day that is none, or a weekday: never another day in its place
    "ngày 0 hằng tháng": Reason.VAGUE,
    "hằng tháng, chậm nhất ngày 00": Reason.VAGUE,
    "trước ngày 31/02 hằng năm": Reason.VAGUE,
    "chậm nhất ngày 31 tháng 4 hằng năm": Reason.VAGUE,
    "hằng tháng vào ngày thứ 6 đầu tiên": Reason.VAGUE,
    "hằng năm, theo thời hạn báo cáo quy định tại khoản 2 Điều 130": Reason.BY_REFERENCE,
    # K · on an event, M · continuous, O · by reference
    "ngay khi phát hiện vụ việc": Reason.ON_EVENT,
    "đột xuất khi có yêu cầu": Reason.ON_REQUEST,
    "thường xuyên trao đổi thông tin": Reason.CONTINUOUS,
    "theo chế độ báo cáo của Chính phủ": Reason.BY_REFERENCE,
    # F · vague
    "cuối năm": Reason.VAGUE,
    "giữa nhiệm kỳ": Reason.VAGUE,
    "đầu tháng 6 hằng năm": Reason.VAGUE,
    "6 tháng một lần vào giữa năm và cuối năm": Reason.VAGUE,
    # says more than one thing, or not enough
    "ngày 20 hằng tháng, riêng tháng 12 trước ngày 15": Reason.VAGUE,
    "hằng tháng, trừ tháng cuối quý": Reason.VAGUE,
    "hằng tháng hoặc hằng quý": Reason.VAGUE,
    "hằng tháng đến hết năm 2026": Reason.VAGUE,
    "01 lần trong năm 2026": Reason.VAGUE,
    "hằng quý, trước ngày 15 của tháng cuối quý, riêng quý IV trước ngày 10/12": Reason.VAGUE,
    "trước 17 giờ ngày 20 hằng tháng": Reason.VAGUE,
    "10 ngày trước ngày 19/8 hằng năm": Reason.VAGUE,
    "Quý I và trước ngày 30/4": Reason.VAGUE,
    "hằng quý, chậm nhất ngày 20": Reason.VAGUE,
    "trước ngày 15/12": Reason.VAGUE,
    "6 tháng một lần, trước ngày 15/6": Reason.VAGUE,
    "trước ngày 31 tháng 3 của năm sau khi kết thúc dự án": Reason.ON_EVENT,
    "trước ngày 31/02/2026": Reason.VAGUE,
    "trong 03 ngày kể từ ngày ký và chậm nhất 05 ngày trước ngày họp": Reason.VAGUE,
    "ít nhất 20 ngày kể từ ngày gửi dự thảo": Reason.VAGUE,
    "mỗi tháng 01 lần, mỗi lần không quá 10 phút": Reason.VAGUE,
    "vài tháng một lần": Reason.VAGUE,
    "lập kế hoạch hằng năm": Reason.VAGUE,
    "thứ Hai tuần đầu tiên hằng tháng": Reason.VAGUE,
    "ngày làm việc cuối cùng của tháng": Reason.VAGUE,
    "Số liệu hằng năm tính từ ngày 15 tháng 12 năm trước đến ngày 14 tháng 12": Reason.VAGUE,
    "trước ngày 10 hằng tháng để tổng hợp, trình trước ngày 15 hằng tháng": Reason.VAGUE,
    "": Reason.VAGUE,
}


@pytest.mark.parametrize(("phrase", "reason"), UNREAD.items(), ids=list(UNREAD))
def test_what_gives_no_sure_date_is_kept_word_for_word(phrase, reason):
    rule = read_phrase(phrase)
    assert rule.kind is Kind.UNSCHEDULED
    assert (rule.text, rule.reason) == (phrase, reason)


@pytest.mark.parametrize(
    "phrase",
    [
        "1500 ngày một lần",
        "hằng tuần, thứ 8",
        "99999999999 ngày một lần",
        "trong 5000 ngày sau khi kết thúc kỳ, hằng quý",
    ],
)
def test_a_number_that_fits_nothing_is_not_passed_over(phrase):
    assert read_phrase(phrase).kind is Kind.UNSCHEDULED
    assert read_phrase(phrase).text == phrase


def test_five_is_not_year():
    assert read_phrase("năm ngày làm việc kể từ ngày nhận hồ sơ") == Recurrence.after_event(
        5, "working_day", "ngày nhận hồ sơ"
    )
    assert read_phrase("Hằng năm, ngày 5 tháng 12") != read_phrase("năm năm một lần")


def test_a_cited_decree_lends_no_date():
    cited = "hằng quý theo Nghị định số 9/2019/NĐ-CP ngày 24/01/2019"
    assert read_phrase(cited) == Recurrence.every(1, "quarter")


def test_a_date_of_a_tracker_in_a_sentence_is_not_taken_for_a_condition():
    assert read_phrase("trước ngày 01/9/2026, các bên gửi báo cáo").due == date(2026, 9, 1)
    assert not read_phrase("trước ngày 01/9/2026 mà chưa ký thì ký lại").is_scheduled


_FRAGMENTS = st.sampled_from(
    """hằng|hàng|mỗi|năm|tháng|quý|tuần|ngày|6|06|15|31|12|1|trước|chậm nhất|vào|và|,|(|)|/|lần|một
    |định kỳ|tháng sau|quý sau|năm sau|tháng cuối|tháng đầu|cuối cùng|kể từ ngày ký|trong|5|làm việc
    |15/6|31/2|2026|hoặc|đột xuất|khi có yêu cầu|từ ngày|đến ngày|số liệu|thứ Hai|Quý I|sau khi|;
    |kết thúc kỳ|ngày nhận|giờ|báo cáo|trước ngày|;ngoài ra|một lần""".replace("\n", "").split("|")
)


@given(st.lists(_FRAGMENTS, max_size=14).map(" ".join))
@settings(max_examples=800)
def test_any_jumble_of_deadline_words_is_read_or_kept_and_never_a_crash(phrase):
    rule = read_phrase(phrase)
    assert read_phrase(rule.words()) == rule
    if not rule.is_scheduled:
        assert rule.text == " ".join(phrase.split())


_DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))  # a year that has a 29/2


@given(_DAYS, st.booleans(), st.sampled_from(["hằng", "hàng"]))
def test_every_yearly_date_is_read_however_it_is_spelled(said, before, each):
    day, month = said.day, said.month
    lead = "trước" if before else "chậm nhất"
    spellings = {
        read_phrase(f"{lead} ngày {day}/{month} {each} năm"),
        read_phrase(f"{lead} ngày {day:02}/{month:02} {each} năm"),
        read_phrase(f"{lead.capitalize()} ngày {day} tháng {month} {each} năm"),
        read_phrase(f"{each} năm, {lead} ngày {day:02} tháng {month:02}"),
    }
    assert len(spellings) == 1
    (rule,) = spellings
    assert [(d.part, d.day, d.before) for d in rule.days] == [(month, day, before)]


def test_a_long_text_is_kept_without_delay():
    text = "trước ngày 15 và " * 4_000
    assert read_phrase(text).text == re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize(
    "piece", ["trong ", "ngày 1 và ", "từ ngày 1 đến ", "hằng tháng, ", "1/1 "]
)
def test_repetition_cannot_stall_the_reader(piece):
    assert read_phrase(piece * (1_990 // len(piece))) is not None
