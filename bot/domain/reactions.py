"""What reactions mean: where one choice is wanted the newest counts, where several are, all do."""


def after_reaction(standing: frozenset[int], position: int, *, on: bool, most: int) -> frozenset[int]:
    """The positions chosen after one reaction was put on or taken off.

    Where one is wanted, taking an older reaction off changes nothing, and taking off the one that counts takes the
    answer back, whatever else is still there.
    """
    if not on:
        return standing - {position}
    return frozenset({position}) if most == 1 else standing | {position}


def read_from(present: frozenset[int], standing: frozenset[int], *, most: int) -> frozenset[int]:
    """The positions chosen, told from the reactions that are there and no times: for after an absence.

    Where there are more than may be chosen, an answer that stands and is among them stays; else the first count.
    """
    if len(present) <= most:
        return present
    if standing and standing <= present:
        return standing
    return frozenset(sorted(present)[:most])
