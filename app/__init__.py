"""Phối Hợp: keeps coordination regulations, their obligations and their reviews."""

from datetime import date

__version__ = "0.1.0"
RELEASED = date(2026, 11, 28)
"""No machine that runs this version has an earlier day, if its clock is right."""
