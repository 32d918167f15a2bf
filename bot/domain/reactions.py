"""What reactions mean: for one choice the newest counts, for several all of them count."""

import re

_READ_BACK = re.compile(r"[0-9]{20,}r")


def read_back_event(number: int) -> str:
    """Make the event id of an answer read from a message's reactions, whose time nobody knows."""
    return f"{number:020}r"


def was_read_back(event_id: str) -> bool:
    """Whether `read_back_event` made this event id."""
    return _READ_BACK.fullmatch(event_id) is not None


def after_reaction(current: frozenset[int], position: int, *, on: bool, most: int) -> frozenset[int]:
    """Return the positions chosen after one reaction was added or removed.

    If one choice is wanted, removing an older reaction changes nothing, and removing the one that counts takes the
    answer back, even if others are still there.
    """
    if not on:
        return current - {position}
    return frozenset({position}) if most == 1 else current | {position}


def read_from(present: frozenset[int], current: frozenset[int], *, most: int) -> frozenset[int]:
    """Work out the chosen positions from reactions without times, after the bot was away.

    If there are too many, a stored answer that is among them stays; otherwise the first ones count.
    """
    if len(present) <= most:
        return present
    if current and current <= present:
        return current
    return frozenset(sorted(present)[:most])
