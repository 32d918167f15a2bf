"""Security events: each is a line of the log and counted in the metrics.

They name people by the number of their player alone, and never hold a token or a name.
"""

from enum import StrEnum

import structlog
from prometheus_client import Counter

_log = structlog.get_logger(__name__)

_EVENTS = Counter("quizbot_security_events", "What people did, or tried, at the door", ["event"])


class Event(StrEnum):
    """What can happen."""

    ROLE_REFUSED = "role_refused"
    CSRF_REFUSED = "csrf_refused"
    COOKIE_FORGED = "cookie_forged"
    HOST_TOKEN_USED = "host_token_used"  # noqa: S105 - the event's name
    HOST_TOKEN_REFUSED = "host_token_refused"  # noqa: S105 - as above
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    WAY_BACK_GIVEN = "way_back_given"
    WAY_BACK_REFUSED = "way_back_refused"
    MEMBER_REMOVED = "member_removed"
    HOST_GIVEN = "host_given"
    HOST_TAKEN = "host_taken"


_REFUSALS = frozenset(
    {Event.ROLE_REFUSED, Event.CSRF_REFUSED, Event.COOKIE_FORGED, Event.HOST_TOKEN_REFUSED, Event.WAY_BACK_REFUSED}
)

for _event in Event:
    _EVENTS.labels(_event.value)  # so that each stands in the metrics from the start, as 0


def note(event: Event, *, player: int | None = None, by: int | None = None) -> None:
    """Tell of an event.

    Args:
        event: what happened.
        player: the number of the player whom it happened to; None where nobody knows.
        by: the number of the player who did it, where that is another.
    """
    _EVENTS.labels(event.value).inc()
    who = {name: number for name, number in (("player", player), ("by", by)) if number is not None}
    if event in _REFUSALS:
        _log.warning(event.value, **who)
    else:
        _log.info(event.value, **who)
