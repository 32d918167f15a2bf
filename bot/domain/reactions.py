"""What reactions mean: where one choice is wanted the newest counts, where several are, all do."""

import re

_READ_BACK = re.compile(r"[0-9]{20,}r")


def read_back_event(number: int) -> str:
    """The event id of an answer that was read off a message's reactions: nobody knows when they were put on."""
    return f"{number:020}r"


def was_read_back(event_id: str) -> bool:
    """Whether `read_back_event` made this event id."""
    return _READ_BACK.fullmatch(event_id) is not None


def after_reaction(current: frozenset[int], position: int, *, on: bool, most: int) -> frozenset[int]:
    """The positions chosen after one reaction was put on or taken off.

    Where one is wanted, taking an older reaction off changes nothing, and taking off the one that counts takes the
    answer back, whatever else is still there.
    """
    if not on:
        return current - {position}
    return frozenset({position}) if most == 1 else current | {position}


def read_from(present: frozenset[int], current: frozenset[int], *, most: int) -> frozenset[int]:
    """The positions chosen, told from the reactions that are there and no times: for after an absence.

    Where there are more than may be chosen, an answer that stands and is among them stays; else the first count.
    """
    if len(present) <= most:
        return present
    if current and current <= present:
        return current
    return frozenset(sorted(present)[:most])
