"""The look as values: every colour and size on screen comes from here. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Theme:
    """Colours by what they are for; `#RRGGBB`."""

    # surfaces
    canvas: str
    sidebar: str
    field: str
    hover: str
    select: str
    chip: str
    # hairlines; edge is the outline of a field
    line: str
    line_soft: str
    edge: str
    # text
    ink: str
    muted: str
    faint: str
    # the one accent: as text, and as ground of the primary button
    accent: str
    fill: str
    fill_hover: str
    on_fill: str
    # status: as text and shape, and as soft ground
    danger: str
    danger_soft: str
    warn: str
    warn_soft: str
    ok: str
    ok_soft: str


LIGHT = Theme(
    canvas="#FFFFFF",
    sidebar="#F6F5F2",
    field="#FFFFFF",
    hover="#F4F3F0",
    select="#E6EEF7",
    chip="#EEECE8",
    line="#E2DFD9",
    line_soft="#EFEDE9",
    edge="#918D86",
    ink="#1D2126",
    muted="#565B64",
    faint="#646971",
    accent="#1C5D9E",
    fill="#1C5D9E",
    fill_hover="#164D85",
    on_fill="#FFFFFF",
    danger="#B3261E",
    danger_soft="#FBE9E7",
    warn="#825400",
    warn_soft="#FBF0DA",
    ok="#1B6B40",
    ok_soft="#E3F2E8",
)
DARK = Theme(
    canvas="#1F2023",
    sidebar="#18191B",
    field="#26282B",
    hover="#2A2C30",
    select="#24374D",
    chip="#303236",
    line="#36383D",
    line_soft="#2A2C30",
    edge="#777A81",
    ink="#ECEAE6",
    muted="#B0B2B8",
    faint="#A0A3AA",
    accent="#8ABAF2",
    fill="#2F6FB5",
    fill_hover="#2862A3",
    on_fill="#FFFFFF",
    danger="#F59A92",
    danger_soft="#44292A",
    warn="#E6B865",
    warn_soft="#3C3222",
    ok="#86CFA2",
    ok_soft="#213A2C",
)


@dataclass(frozen=True)
class Metrics:
    """Sizes in pixels at 100 % text; `theme.px` gives them at the clerk's own scale."""

    # spacing: no other distance is used
    s1: int = 4
    s2: int = 8
    s3: int = 12
    s4: int = 16
    s5: int = 24
    # radii: control, surface
    r1: int = 4
    # font sizes
    small: int = 12
    body: int = 13
    lead: int = 15
    title: int = 20
    figure: int = 26
    # fixed heights and widths
    row: int = 32
    head: int = 29
    control: int = 30
    side: int = 196
    side_folded: int = 60
    pane: int = 408
    pane_least: int = 360
    status: int = 28
    wide_page: int = 1100  # a narrower page puts the detail pane under the table
    tall_page: int = 600  # a lower one then has no room for it there either


ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"
M = Metrics()
FONTS = ("Segoe UI", "Open Sans", "Noto Sans")


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two `#RRGGBB` colours, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(value: str) -> float:
    red, green, blue = (_linear(int(value[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
