"""The room Hội nghị: from the plan of a review to its packet, and the tasks it gives.

The register lists conferences; Enter opens one as a workspace with outline, text and figures.
"""

from app.ui.review.page import ReviewPage
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP

ROOM = Room("review", QT_TRANSLATE_NOOP("Room", "Hội nghị"), "review", ReviewPage)
