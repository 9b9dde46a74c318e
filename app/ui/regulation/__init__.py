"""Quy chế: every coordinating instrument, its parties, text, duties and what replaced what.

A regulation is entered in a form, or read out of a Word file and reviewed beside its source.
"""

from app.ui.regulation.page import RegulationPage
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP

ROOM = Room("regulation", QT_TRANSLATE_NOOP("Room", "Quy chế"), "regulation", RegulationPage)
