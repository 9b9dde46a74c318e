"""Words cut to a width so that what tells one line from the next stays in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

_LEAST_HEAD = 0.4  # of the width; a longer tail would leave nothing of what it belongs to


def elided(words: str, metrics: QFontMetrics, width: int, tail: str = "") -> str:
    """*words* in at most *width* pixels, cut with "…" where they are longer.

    *tail* are their last words where these must stay: an obligation's period. A reference in one
    word, 21/QCPH-CAT-BCHQS-BĐBP, is cut in its middle: its end names the body.
    """
    if metrics.horizontalAdvance(words) <= width:
        return words
    head = width - metrics.horizontalAdvance(tail)
    if tail and words.endswith(tail) and head >= width * _LEAST_HEAD:
        kept = words.removesuffix(tail)
        return metrics.elidedText(kept, Qt.TextElideMode.ElideRight, head) + tail
    middle = " " not in words
    side = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    return metrics.elidedText(words, side, width)
