"""Figures that a body reports."""

from __future__ import annotations

from app.kinds.card import Card, first_of

CARD = Card(
    "review_figure",
    "Số liệu báo cáo",
    first_of("indicator"),
    ("review_id", "agency_id", "indicator", "value", "qualifier"),
    aliases=("số liệu", "figure"),
)
