"""The tree of units: numbers as printed, nothing lost, nothing counted that is only quoted."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.importers.analysis.tree import Tree, tree_of
from app.importers.lines import Line
from app.importers.proposal import ProvisionProposal


def tree(text: str) -> Tree:
    return tree_of([Line(line) for line in text.strip().split("\n")])


def flat(units: tuple[ProvisionProposal, ...]) -> list[str]:
    found: list[str] = []
    for unit in units:
        found += [f"{unit.kind} {unit.number}", *flat(unit.children)]
    return found


def test_points_follow_the_vietnamese_alphabet() -> None:
    letters = "abcdđeghiklmn"
    text = "Điều 1. Việc làm\n1. Gồm có:\n" + "\n".join(f"{c}) Việc {c};" for c in letters)
    (article,) = tree(text).provisions
    assert [p.number for p in article.children[0].children] == list(letters)


def test_an_inserted_article_keeps_its_letter() -> None:
    found = tree("Điều 15. Một\nLời.\nĐiều 15a. Hai\nLời.\nĐiều 16. Ba\nLời.")
    assert flat(found.provisions) == ["article 15", "article 15a", "article 16"]
    assert found.warnings == ()


def test_an_icelandic_eth_is_read_as_the_letter_meant() -> None:
    assert flat(tree("Ðiều 1. Một\nLời.\nÐIỀU 2: HAI\nLời.").provisions) == [
        "article 1",
        "article 2",
    ]


def test_a_clause_may_be_marked_in_several_ways() -> None:
    for mark in ("1.", "1)", "1/", "Khoản 1."):
        (article,) = tree(f"Điều 1. Một\n{mark} Lời nói.").provisions
        assert [(c.kind, c.number, c.text) for c in article.children] == [
            ("clause", "1", "Lời nói.")
        ]


def test_a_chapter_takes_its_heading_from_the_next_lines() -> None:
    found = tree("Chương II\nVIỆC CỦA MỖI BÊN\nVÀ CÁCH LÀM\nMục 1\nViệc chung\nĐiều 5. Một\nLời.")
    (chapter,) = found.provisions
    assert (chapter.number, chapter.heading) == ("II", "VIỆC CỦA MỖI BÊN VÀ CÁCH LÀM")
    assert chapter.children[0].heading == "Việc chung"


def test_an_arabic_chapter_with_its_heading_on_the_line_is_read() -> None:
    (chapter,) = tree("CHƯƠNG 3. CÁCH LÀM\nĐiều 9. Một\nLời.").provisions
    assert (chapter.number, chapter.heading) == ("3", "CÁCH LÀM")


def test_a_reference_at_the_start_of_a_line_is_no_article() -> None:
    found = tree(
        "Điều 1. Một\nLàm như\nĐiều 7 của Luật nọ và\nĐiều 8 Nghị định kia.\nĐiều 2. Hai\nLời."
    )
    assert flat(found.provisions) == ["article 1", "article 2"]


def test_the_articles_of_a_decision_are_sentences_without_headings() -> None:
    found = tree(
        "Điều 1. Ban hành quy chế này.\nĐiều 2. Có hiệu lực từ ngày ký.\nĐiều 3. Ông A làm."
    )
    assert found.provisions[0] == ProvisionProposal("article", "1", "", "Ban hành quy chế này.")


def test_a_heading_alone_on_the_next_line_is_a_heading() -> None:
    (article,) = tree("Điều 4.\nCách làm việc\n1. Làm sớm.\n2. Làm đủ.").provisions
    assert (article.heading, len(article.children)) == ("Cách làm việc", 2)


def test_text_below_a_unit_stays_with_it_in_order() -> None:
    (article,) = tree(
        "Điều 4. Cách làm\nMở đầu.\n- Một;\n- Hai.\n1. Làm.\nThêm một câu."
    ).provisions
    assert article.text == "Mở đầu.\n- Một;\n- Hai."
    assert article.children[0].text == "Làm.\nThêm một câu."


def test_a_sentence_broken_over_lines_is_joined() -> None:
    (article,) = tree("Điều 4. Cách làm\n1. Hai bên cùng\nlàm một việc.").provisions
    assert article.children[0].text == "Hai bên cùng làm một việc."


def test_a_gap_and_a_doubled_article_are_warned_of_and_kept() -> None:
    found = tree("Điều 1. A\nLời.\nĐiều 3. B\nLời.\nĐiều 3. C\nLời.")
    assert flat(found.provisions) == ["article 1", "article 3", "article 3"]
    assert len(found.warnings) == 2


def test_a_quotation_without_marks_after_as_follows_is_text() -> None:
    found = tree("Điều 1. Sửa\nSửa đổi Điều 5 như sau:\nĐiều 5. Trực\nĐiều 2. Hai\nLời.")
    assert flat(found.provisions) == ["article 1", "article 2"]


def test_a_quotation_never_closed_hides_only_its_own_line() -> None:
    found = tree("Điều 1. Sửa\n“Điều 5. Trực\nĐiều 2. Hai\nLời.")
    assert flat(found.provisions) == ["article 1", "article 2"]


def test_a_table_of_contents_is_not_the_document() -> None:
    found = tree("Điều 1. A ........ 3\nĐiều 2. B ........ 4\nĐiều 1. A\nLời.\nĐiều 2. B\nLời.")
    assert flat(found.provisions) == ["article 1", "article 2"]


def test_dotted_numbers_are_points_with_points_below() -> None:
    found = tree("I. MỤC MỘT\n1. Việc\n1.1. Việc con\na) Nhỏ;\nb) Nhỏ nữa.\n1.2. Việc con nữa")
    assert flat(found.provisions) == [
        "section I",
        "clause 1",
        "point 1.1",
        "point a",
        "point b",
        "point 1.2",
    ]


def test_a_number_in_running_text_is_no_clause() -> None:
    found = tree("Điều 1. Một\nTổng cộng có\n36.720 lượt\n2023. Năm ấy\n12/2022 là tháng ấy.")
    assert flat(found.provisions) == ["article 1"]


def test_a_specimen_in_a_plan_does_not_make_it_a_text_of_articles() -> None:
    found = tree("I. MỤC ĐÍCH\n1. Một.\nII. MẪU\nĐiều 1. Ban hành.\nĐiều 2. Thi hành.")
    assert flat(found.provisions) == ["section I", "clause 1", "section II"]
    assert "Điều 2. Thi hành." in found.provisions[1].text


_WORDS = st.sampled_from(
    ["bến", "thuyền", "trực", "sổ", "đêm", "ngày", "báo", "cáo", "gửi", "kèm", "giữ", "sông", "hồ"]
)
_SENTENCE = st.lists(_WORDS, min_size=2, max_size=9).map(lambda w: " ".join(w).capitalize() + ".")
_HEADING = st.lists(_WORDS, min_size=2, max_size=7).map(lambda w: " ".join(w).capitalize())
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@st.composite
def _points(draw: st.DrawFn) -> tuple[ProvisionProposal, ...]:
    count = draw(st.integers(0, 8))
    return tuple(
        ProvisionProposal("point", letter, "", draw(_SENTENCE)) for letter in _LETTERS[:count]
    )


@st.composite
def _clauses(draw: st.DrawFn) -> tuple[ProvisionProposal, ...]:
    count = draw(st.integers(0, 5))
    return tuple(
        ProvisionProposal("clause", str(n), "", draw(_SENTENCE), draw(_points()))
        for n in range(1, count + 1)
    )


@st.composite
def _articles(draw: st.DrawFn, first: int) -> tuple[ProvisionProposal, ...]:
    count = draw(st.integers(1, 4))
    found = []
    for n in range(first, first + count):
        text = "\n".join(draw(st.lists(_SENTENCE, min_size=1, max_size=2)))
        found.append(ProvisionProposal("article", str(n), draw(_HEADING), text, draw(_clauses())))
    return tuple(found)


@st.composite
def _trees(draw: st.DrawFn) -> tuple[ProvisionProposal, ...]:
    if draw(st.booleans()):
        return draw(_articles(1))
    found: list[ProvisionProposal] = []
    first = 1
    for numeral in ("I", "II", "III")[: draw(st.integers(1, 3))]:
        articles = draw(_articles(first))
        first += len(articles)
        heading = draw(_HEADING).upper()
        found.append(ProvisionProposal("chapter", numeral, heading, "", articles))
    return tuple(found)


def _printed(units: tuple[ProvisionProposal, ...]) -> list[str]:
    shapes = {
        "chapter": "Chương {number}\n{heading}",
        "article": "Điều {number}. {heading}\n{text}",
        "clause": "{number}. {text}",
        "point": "{number}) {text}",
    }
    found: list[str] = []
    for unit in units:
        shape = shapes[unit.kind]
        printed = shape.format(number=unit.number, heading=unit.heading, text=unit.text)
        found += [*printed.split("\n"), *_printed(unit.children)]
    return found


@settings(max_examples=150, deadline=None)
@given(_trees())
def test_what_is_printed_is_read_back(units: tuple[ProvisionProposal, ...]) -> None:
    found = tree_of([Line(line) for line in _printed(units)])
    assert found.provisions == units
    assert found.warnings == ()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(alphabet='Điều Chương1234.)abđ“”"-IVX ', min_size=1, max_size=30), max_size=25)
)
def test_no_text_breaks_the_reader(texts: list[str]) -> None:
    lines = [Line(text.strip()) for text in texts if text.strip()]
    tree_of(lines)


def test_a_heading_broken_after_a_comma_is_one() -> None:
    (chapter,) = tree("Chương II\nLẬP, NHẬP,\nCHIA ĐƠN VỊ\nĐiều 8. Một\nLời.").provisions
    assert (chapter.heading, chapter.text) == ("LẬP, NHẬP, CHIA ĐƠN VỊ", "")


def test_an_annex_has_its_title_for_a_heading() -> None:
    *_, annex = tree(
        "Điều 1. Một\nLời.\nPHỤ LỤC II\nBẢNG CHẤM ĐIỂM\nCỦA HỘI\n(Kèm theo)"
    ).provisions
    assert (annex.number, annex.heading, annex.text) == (
        "II", "BẢNG CHẤM ĐIỂM CỦA HỘI", "(Kèm theo)",
    )  # fmt: skip
