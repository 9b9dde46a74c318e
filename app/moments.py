"""Moments as the log counts them: milliseconds since 1970, and the office's own time of day.

The system's functions refuse what lies before 1970 (Windows) or far off (everywhere); a day typed
by a clerk and a time written by another office's clock may be either.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(milliseconds=1)
_FAR = timedelta(days=2)  # no zone is further from UTC, and midnight may be asked for
_FIRST = datetime.min.replace(tzinfo=UTC) + _FAR
_LAST = datetime.max.replace(tzinfo=UTC) - _FAR


def milliseconds(moment: datetime) -> int:
    """An aware *moment* in milliseconds since 1970, rounded down; negative before."""
    return (moment - _BEGAN) // _STEP


def local(at: int) -> datetime:
    """The moment *at*, in milliseconds since 1970, in the office's own time.

    What no calendar holds becomes the first or the last day that one does.
    """
    most = min(max(at, milliseconds(_FIRST)), milliseconds(_LAST))
    return _in_own_time(_BEGAN + most * _STEP)


def end_of(day: date) -> int:
    """When *day* ends in the office's own time, in milliseconds since 1970."""
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    if not _FIRST < midnight < _LAST:
        return milliseconds(_FIRST if midnight < _BEGAN else _LAST)
    naive = datetime.combine(day, time()) + timedelta(days=1)
    return milliseconds(of_own_clock(naive))


def of_own_clock(naive: datetime) -> datetime:
    """What the office's clock showed as *naive*, with its zone."""
    try:
        return naive.astimezone()
    except (OSError, OverflowError, ValueError):
        return naive.replace(tzinfo=_zone_now())


def _in_own_time(moment: datetime) -> datetime:
    try:
        return moment.astimezone()
    except (OSError, OverflowError, ValueError):
        return moment.astimezone(_zone_now())


def _zone_now() -> tzinfo | None:
    """The zone as it is today: what it was in 1960 the system does not say."""
    return datetime.now().astimezone().tzinfo
