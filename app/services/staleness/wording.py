"""What the reform of 2025 left in the text: district bodies, and the deadline to adapt.

The district level ended on 01/7/2025 (Luật 72/2025/QH15); legal acts of a province made before
must be adapted by 01/3/2027.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from app.models import Regulation
from app.services.staleness.facts import Facts, Wording
from app.services.staleness.reason import Reason
from app.text import date_words, folded
from app.words import told

REFORM = date(2025, 7, 1)
ADAPT_BY = date(2027, 3, 1)
_BODIES = (
    r"ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan|cong an|toa an(?: nhan dan)?|"
    r"vien kiem sat(?: nhan dan)?|ban chi huy quan su|phong (?:\w+ ){1,6}?"
)
_DISTRICT = re.compile(
    rf"\b(?:cap huyen|huyen uy|thi uy|(?:{_BODIES})\s*(?:cac |cua )?(?:huyen|thi xa))\b"
)


def district_bodies(facts: Facts) -> Iterator[Reason]:
    """The text names a body of the district level."""
    found: dict[UUID, list[tuple[Wording, str]]] = defaultdict(list)
    for wording in facts.wordings:
        regulation = facts.in_force.get(wording.regulation_id)
        if regulation is None or not _is_old(regulation):
            continue
        named = _DISTRICT.search(folded(wording.text))
        if named:
            found[regulation.id].append((wording, wording.text[named.start() : named.end()]))
    for regulation in facts.in_force.values():
        places = found.get(regulation.id)
        if not places:
            continue
        first, words = places[0]
        more = told(" và {n} chỗ khác", n=len(places) - 1) if len(places) > 1 else ""
        yield Reason(
            regulation.id,
            "district",
            told(
                "{called}{more} nêu “{words}”, cấp đã kết thúc từ {reform}.",
                called=first.called,
                more=more,
                words=words,
                reform=date_words(REFORM),
            ),
            told("Xác định cơ quan tiếp nhận nhiệm vụ và sửa đổi quy chế."),
            tuple(("provision", wording.id) for wording, _ in places),
        )


def provincial_deadline(facts: Facts) -> Iterator[Reason]:
    """A decision of the province from before the reform that nothing has adapted since."""
    adapted = {
        link.older_id
        for link in facts.relations
        if (newer := facts.regulations.get(link.regulation_id)) is not None
        and newer.signed_on is not None
        and newer.signed_on >= REFORM
    }
    left = (ADAPT_BY - facts.today).days
    said = (
        told("còn {left} ngày", left=left) if left >= 0 else told("đã quá {past} ngày", past=-left)
    )
    for regulation in facts.in_force.values():
        if regulation.form == "decision" and _is_old(regulation) and regulation.id not in adapted:
            yield Reason(
                regulation.id,
                "provincial_deadline",
                told(
                    "Văn bản cấp tỉnh ban hành trước {reform}, phải sửa hoặc thay trước "
                    "{adapt_by} ({said}).",
                    reform=date_words(REFORM),
                    adapt_by=date_words(ADAPT_BY),
                    said=said,
                ),
                told("Đưa vào kế hoạch sửa đổi, thay thế hoặc bãi bỏ."),
                by=ADAPT_BY,
            )


def _is_old(regulation: Regulation) -> bool:
    return regulation.signed_on is not None and regulation.signed_on < REFORM
