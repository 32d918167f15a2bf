"""When people are reminded of an open question that could cost them their streak."""

from datetime import datetime, timedelta

BEFORE = timedelta(hours=2)
"""How long before the last moment for an answer people are reminded."""

SHORTEST = timedelta(hours=4)
"""Nobody is reminded of a question that could be answered for less time than this."""


def remind_at(opened_at: datetime, answer_by: datetime) -> datetime | None:
    """Return when to remind people of a question that can be answered between these moments; None: never."""
    return answer_by - BEFORE if answer_by - opened_at >= SHORTEST else None
