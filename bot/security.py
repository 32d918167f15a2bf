"""Security events: each is logged and counted in the metrics.

They identify people only by their player's number, and never contain a token or a name.
"""

from enum import StrEnum

import structlog
from prometheus_client import Counter

_log = structlog.get_logger(__name__)

_EVENTS = Counter("quizbot_security_events", "Sign-ins, refusals and changes of hosts and members", ["event"])


class Event(StrEnum):
    """What can happen: sign-ins, refusals, changes of hosts and members."""

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
    SIGN_IN_LINK_MADE = "sign_in_link_made"
    SIGN_IN_LINK_ENDED = "sign_in_link_ended"
    SIGN_IN_LINK_REFUSED = "sign_in_link_refused"
    CLASS_CODE_MADE = "class_code_made"
    CLASS_CODE_DROPPED = "class_code_dropped"
    CLASS_CODE_REFUSED = "class_code_refused"
    MEMBER_REMOVED = "member_removed"
    HOST_GIVEN = "host_given"
    HOST_TAKEN = "host_taken"


_REFUSALS = frozenset(
    {
        Event.ROLE_REFUSED,
        Event.CSRF_REFUSED,
        Event.COOKIE_FORGED,
        Event.HOST_TOKEN_REFUSED,
        Event.WAY_BACK_REFUSED,
        Event.SIGN_IN_LINK_REFUSED,
        Event.CLASS_CODE_REFUSED,
    }
)

for _event in Event:
    _EVENTS.labels(_event.value)  # so that the metrics show each event from the start, as 0


def note(event: Event, *, player: int | None = None, by: int | None = None) -> None:
    """Log and count an event.

    Args:
        event: what happened.
        player: the number of the player whom it is about; None if unknown.
        by: the number of the player who did it, if that is somebody else.
    """
    _EVENTS.labels(event.value).inc()
    who = {name: number for name, number in (("player", player), ("by", by)) if number is not None}
    if event in _REFUSALS:
        _log.warning(event.value, **who)
    else:
        _log.info(event.value, **who)
