"""Clerks of this office, and which of them is writing."""

from __future__ import annotations

from sqlmodel import Session

from app.models import Clerk
from app.models.states import ClerkState
from app.registers.clerk import ClerkRow
from app.services.any_kind import records


def rows(session: Session, *, writing: str) -> list[ClerkRow]:
    """Every live clerk; *writing* is what the change log calls the one who writes."""
    return [
        ClerkRow(clerk.id, clerk.position, clerk.unit or "", _state(clerk, writing))
        for clerk in records.live(session, Clerk)
    ]


def signature(position: str, unit: str | None) -> str:
    """What the change log calls a clerk: the position, and the unit where it does not say so."""
    if not unit or unit in position:
        return position
    return f"{position}, {unit}"


def signatures(session: Session) -> list[str]:
    """What the clerks at work are called, for choosing the one who writes."""
    found = [c for c in records.live(session, Clerk) if c.is_active]
    return list(dict.fromkeys(signature(c.position, c.unit) for c in found))


def _state(clerk: Clerk, writing: str) -> ClerkState:
    if writing and writing in (clerk.position, signature(clerk.position, clerk.unit)):
        return ClerkState.WRITING
    return ClerkState.WORKING if clerk.is_active else ClerkState.LEFT
