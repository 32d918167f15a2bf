"""How often a message may be edited before Discord loses patience."""

from datetime import datetime, timedelta

FRESH_S = 1.5
"""Between two edits of a message: Discord takes 5 in 5 s, and the question's own edits want room among them."""

OLD = timedelta(hours=1)
OLD_S = 300.0
"""The same for a message older than an hour, of which Discord takes few edits."""

COUNTS_AT_ONCE = 8
"""Counts never stand in line in such numbers that a question would wait behind them."""


def pause(posted_at: datetime, now: datetime) -> float:
    """How many seconds must lie between two edits of a message."""
    return OLD_S if now - posted_at >= OLD else FRESH_S
