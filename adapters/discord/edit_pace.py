"""How often a message may be edited within Discord's limits."""

from datetime import datetime, timedelta

FRESH_S = 1.5
"""Seconds between two count edits: Discord allows 5 edits in 5 s, and the question needs some for itself."""

OLD = timedelta(hours=1)
OLD_S = 300.0
"""Seconds between two edits of a message older than an hour: Discord allows few of them."""

COUNTS_AT_ONCE = 8
"""How many counts may be edited at once, so that a question never waits behind many of them."""


def pause(posted_at: datetime, now: datetime) -> float:
    """Return the minimum seconds between two edits of a message."""
    return OLD_S if now - posted_at >= OLD else FRESH_S
