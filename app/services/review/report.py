"""The parts of a review's report: its outline filled from the records, and what is missing.

Nothing is invented: sentences of our own only say what was counted. An empty part says so and is
listed as a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.export.packet_content import (
    NOTHING_YET,
    STATE_WORDS,
    Cited,
    Figure,
    Paragraph,
    Piece,
    Section,
)
from app.export.wording import period_words
from app.models import Finding
from app.models.obligation import CONTENT_AREAS
from app.services.review.figures import ReviewFacts, area_keys
from app.services.review.reviews import ConclusionRow
from app.words import marked, told

_BASIS = "Căn cứ "


class ReportWriter:
    """Composes the report of one review; its warnings fill as its parts are asked for."""

    def __init__(
        self,
        facts: ReviewFacts,
        figures: Mapping[str, Figure],
        conclusions: Sequence[ConclusionRow],
    ) -> None:
        self._facts = facts
        self._figures = figures
        self._conclusions = conclusions
        self._lacks: list[tuple[str, str]] = []

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the parts that were asked for lack, for the clerk; the report itself is silent."""
        return tuple(told(lack, part=part) for lack, part in self._lacks)

    def basis(self) -> tuple[str, ...]:
        """The lines of the opening that name what the report rests upon."""
        found = tuple(
            line for line in _lines(self._facts.review.opening) if line.startswith(_BASIS)
        )
        if not self._facts.review.opening:
            self._lacks.append((marked("Báo cáo chưa có mở đầu, căn cứ."), ""))
        return found

    def opening(self) -> tuple[Paragraph, ...]:
        """The rest of the opening, then what the report covers, in figures."""
        review = self._facts.review
        said = [line for line in _lines(review.opening) if not line.startswith(_BASIS)]
        period = period_words(review.period_from, review.period_to)
        covered = _sentence(
            f"Trong kỳ {period}, ", Cited("regulations"), " được đánh giá, có ", Cited("bodies"),
            " tham gia; ", *self._sent(), ".",
        )  # fmt: skip
        return (*(Paragraph((line,)) for line in said), covered)

    def _sent(self) -> tuple[Piece, ...]:
        """How many bodies have sent their reports, said without a nought."""
        if not self._figures["inputs"].value:
            return "chưa có cơ quan nào gửi báo cáo, còn thiếu của ", Cited("missing")
        if not self._figures["missing"].value:
            return "cả ", Cited("inputs"), " đã gửi báo cáo"
        return Cited("inputs"), " đã gửi báo cáo, ", Cited("missing"), " chưa gửi"

    def sections(self) -> tuple[Section, ...]:
        """The five parts of the outline (domain design, section 5)."""
        return (
            Section("Đặc điểm tình hình, công tác chỉ đạo, triển khai", self._situation()),
            Section("Kết quả theo từng nội dung phối hợp", tuple(self._results())),
            Section("Nhận xét, đánh giá", self._remarks()),
            Section("Phương hướng, nhiệm vụ", self._direction()),
            self._part("proposal", "Kiến nghị, đề xuất"),
        )

    def _situation(self) -> tuple[Paragraph, ...]:
        said = tuple(Paragraph((line,)) for line in _lines(self._facts.review.situation))
        return said or self._nothing("Đặc điểm tình hình, công tác chỉ đạo, triển khai")

    def _results(self) -> Iterator[Section]:
        yield Section("Tình hình thực hiện nhiệm vụ", tuple(self._obligations()))
        results = [finding for finding in self._facts.findings if finding.kind == "result"]
        if not results:
            self._lacks.append((marked("Chưa có kết quả nào theo nội dung phối hợp."), ""))
        for area, words in CONTENT_AREAS.items():
            due, done = area_keys(words)
            blocks: list[Paragraph] = []
            if due in self._figures:
                finished = self._figures[done].value
                said = (", đã hoàn thành ", Cited(done)) if finished else (", chưa hoàn thành",)
                blocks.append(_sentence("Có ", Cited(due), " trong kỳ", *said, "."))
            blocks += [self._bullet(f) for f in results if f.area == area]
            if blocks:
                yield Section(words, tuple(blocks))
        reported = tuple(self._reported())
        if reported:
            yield Section("Số liệu do các cơ quan báo cáo", reported)

    def _obligations(self) -> Iterator[Paragraph]:
        if not self._facts.tasks:
            yield Paragraph(("Không có nhiệm vụ nào đến hạn trong kỳ.",))
            return
        parts: list[Piece] = ["Có ", Cited("tasks"), " trong kỳ"]
        for key, words in {**STATE_WORDS, "extended": "Được gia hạn"}.items():
            if self._has(key):
                parts += ["; ", f"{words[:1].lower()}{words[1:]} ", Cited(key)]
        if not self._has("done_late") and not self._has("open_late"):
            parts.append("; không có nhiệm vụ quá hạn")
        yield _sentence(*parts, ".")
        yield _sentence("Tỷ lệ hoàn thành đúng hạn đạt ", Cited("share_on_time"), ".")

    def _has(self, key: str) -> bool:
        return key in self._figures and self._figures[key].value > 0

    def _reported(self) -> Iterator[Paragraph]:
        """One line for each indicator."""
        for key, figure in self._figures.items():
            if key.startswith("indicator:"):
                yield Paragraph((f"{figure.label}: ", Cited(key), "."), bullet=True)

    def _remarks(self) -> tuple[Section, ...]:
        return (
            self._part("strength", "Ưu điểm"),
            self._part("shortcoming", "Tồn tại, hạn chế"),
            Section(
                "Nguyên nhân",
                (
                    self._part("objective_cause", "Nguyên nhân khách quan"),
                    self._part("subjective_cause", "Nguyên nhân chủ quan"),
                ),
            ),
            self._part("lesson", "Bài học kinh nghiệm"),
        )

    def _part(self, kind: str, heading: str) -> Section:
        return Section(heading, self._found(kind, heading))

    def _direction(self) -> tuple[Paragraph, ...]:
        planned = [self._bullet(f) for f in self._facts.findings if f.kind == "direction"]
        concluded = [Paragraph((f"{c.words}: {c.text.rstrip(' .;')}.",)) for c in self._conclusions]
        return (*planned, *concluded) or self._nothing("Phương hướng, nhiệm vụ")

    def _found(self, kind: str, part: str) -> tuple[Paragraph, ...]:
        listed = tuple(self._bullet(f) for f in self._facts.findings if f.kind == kind)
        return listed or self._nothing(part)

    def _bullet(self, finding: Finding) -> Paragraph:
        """A finding as worded, with the body that said it."""
        said = " ".join(_lines(finding.text)).rstrip(" .;")
        agency = self._facts.called.get(finding.agency_id) if finding.agency_id else None
        return Paragraph((f"{said} ({agency})." if agency else f"{said}.",), bullet=True)

    def _nothing(self, part: str) -> tuple[Paragraph, ...]:
        self._lacks.append((marked("Phần “{part}” chưa có nội dung."), part))
        return (Paragraph((NOTHING_YET,)),)


def _sentence(*parts: Piece) -> Paragraph:
    return Paragraph(parts)


def _lines(text: str | None) -> Iterable[str]:
    return [line for line in (text or "").split("\n") if line]
