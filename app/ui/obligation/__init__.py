"""Nghĩa vụ: every due instance of every duty, and what the clerk does about it.

One row is one period of one obligation; the obligation itself is entered and edited in a form.
"""

from app.ui.obligation.page import ObligationPage
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP

ROOM = Room("obligation", QT_TRANSLATE_NOOP("Room", "Nghĩa vụ"), "obligation", ObligationPage)
