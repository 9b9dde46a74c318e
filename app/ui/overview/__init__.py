"""Tổng quan: what waits today and this week, who is late, which regulations need attention.

Nothing is entered here; every number and every line opens the list or the record it counts.
"""

from app.ui.overview.page import OverviewPage
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP

ROOM = Room("overview", QT_TRANSLATE_NOOP("Room", "Tổng quan"), "home", OverviewPage)
