"""The room Hội nghị: from the plan of a review to its packet, and the tasks it gives.

The register lists reviews; Enter opens one as a workspace with outline, text and figures.
"""

from __future__ import annotations

from app.ui.common.parts.page import Page
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP


def _page() -> type[Page]:
    from app.ui.review.page import ReviewPage

    return ReviewPage


ROOM = Room(
    key="review",
    title=QT_TRANSLATE_NOOP("Room", "Hội nghị"),
    icon="review",
    page=_page,
    opens=("review_input", "review_figure", "finding", "conclusion"),
)
