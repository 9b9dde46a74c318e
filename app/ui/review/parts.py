"""Which part stands behind each line of the outline, and the figures that concern it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.export.packet_content import Figure
from app.export.wording import number
from app.models.obligation import CONTENT_AREAS
from app.services.review.figures import area_keys
from app.services.review.outline import area_of
from app.ui.review.conclusions_part import ConclusionsPart
from app.ui.review.desk import ReviewDesk
from app.ui.review.figures_pane import OpenReport
from app.ui.review.figures_part import FiguresPart
from app.ui.review.findings_part import FindingsPart
from app.ui.review.inputs_part import InputsPart
from app.ui.review.packet_part import PacketPart
from app.ui.review.part import ReviewPart
from app.ui.review.text_part import ABOUT, TextPart
from app.words import marked, told

INPUTS, PACKET = "inputs", "packet"
TITLES = marked({PACKET: "Bộ tài liệu hội nghị"})
"""What a step opens and the outline does not have."""


def part_for(desk: ReviewDesk, key: str, open_report: OpenReport) -> ReviewPart:
    """The part that *key* names."""
    if key in ABOUT:
        return TextPart(desk, key)
    if key == "conclusions":
        return ConclusionsPart(desk, key)
    if key == "figures":
        return FiguresPart(desk, key, open_report)
    if key == INPUTS:
        return InputsPart(desk, key, open_report)
    if key == PACKET:
        return PacketPart(desk, key)
    return FindingsPart(desk, key)


def figures_about(part: str, figures: Sequence[Figure]) -> list[tuple[str, str]]:
    """Words and key of the figures that the report states in *part*."""
    known = {figure.key: figure for figure in figures}
    return [
        (told(words).format(number(known[key].value)), key)
        for key, words in _stated_in(part)
        if key in known and known[key].value
    ]


def _stated_in(part: str) -> Sequence[tuple[str, str]]:
    """The figures' keys, and how each is said."""
    area = area_of(part)
    if area is None:
        return _STATED.get(part, ())
    due, done = area_keys(CONTENT_AREAS[area])
    return (due, marked("{} nhiệm vụ trong kỳ")), (done, marked("{} đã hoàn thành"))


_STATED: Mapping[str, Sequence[tuple[str, str]]] = {
    "results": (
        ("tasks", marked("{} nhiệm vụ trong kỳ")),
        ("done_on_time", marked("{} hoàn thành đúng hạn")),
        ("open_late", marked("{} đang quá hạn")),
    ),
    "conclusions": (("given", marked("{} nghĩa vụ đã giao theo kết luận")),),
}
