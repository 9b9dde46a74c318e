"""The lines of an obligation that every form of one has: what is to be done, by whom, when."""

from __future__ import annotations

from app.ui.common.form.form import Line
from app.words import told


def what_lines() -> tuple[str | Line, ...]:
    """What is to be done."""
    return ("title", Line("area", 400), "product", "receiver")


def doing_lines() -> tuple[str | Line, ...]:
    """Who does it, how often, and from when to when."""
    return (
        "lead_id",
        Line("coordinating", more=told("Thêm cơ quan")),
        "recurrence",
        Line("starts_on", note=told("đến ngày"), then=Line("ends_on")),
    )
