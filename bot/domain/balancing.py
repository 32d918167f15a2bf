"""Draw equally strong teams: pure functions that give the same teams for the same seed.

Strength is what somebody earned lately. A team's score is a mean, so the draw equalises how far each team is from the
overall mean; for teams of the same size, that is the sum of their strengths.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

_Rated = tuple[int, float, int]
"""How far a player is above the mean (times the number of rated players), a random number, and the id."""


@dataclass(slots=True)
class _Team:
    """A team's members, weakest first, and how far their sum is above the mean."""

    rated: list[_Rated] = field(default_factory=list)
    newcomers: list[int] = field(default_factory=list)
    above: int = 0


def balanced(
    strengths: Mapping[int, int | None], number: int, seed: str, dice: Callable[[str], Random]
) -> list[list[int]]:
    """Deal people into ``number`` teams whose sizes differ by at most one; each lists the best first, newcomers last.

    A snake draft (the team that chooses last in one lap chooses first in the next) gives nearly even teams. Then two
    members of different teams swap places for as long as that makes the teams more alike. This can get stuck if only a
    three-way swap would help, so a small group is dealt in several orders, and the best draw counts. Newcomers, whose
    strength is None, are spread evenly and never swapped, because nothing is known about them.

    Args:
        strengths: each player's strength, by id.
        number: how many teams to make.
        seed: decides between players of the same strength.
        dice: a random source that gives the same numbers for the same seed.

    Raises:
        ValueError: there are fewer people than teams.
    """
    if not 1 <= number <= len(strengths):
        raise ValueError(f"{number} teams of {len(strengths)} people")
    luck = {person: dice(f"{seed}:{person}").random() for person in strengths}
    rated = {person: strength for person, strength in strengths.items() if strength is not None}
    total = sum(rated.values())
    people = sorted((strength * len(rated) - total, luck[person], person) for person, strength in rated.items())
    teams = min((_dealt(order, number) for order in _orders(people, dice(seed))), key=_unevenness)
    for person in sorted(strengths.keys() - rated.keys(), key=luck.__getitem__):
        _smallest(teams).newcomers.append(person)
    return [[person for *_rest, person in reversed(team.rated)] + team.newcomers for team in teams]


def _orders(people: Sequence[_Rated], random: Random) -> Iterator[list[_Rated]]:
    """The orders to deal in: strongest first, and some others if there are few players."""
    yield list(reversed(people))
    for _ in range(400 // (len(people) + 1)):
        yield random.sample(people, len(people))


def _dealt(order: Sequence[_Rated], number: int) -> list[_Team]:
    teams = [_Team() for _ in range(number)]
    for turn, one in enumerate(order):
        lap, seat = divmod(turn, number)
        team = teams[seat if lap % 2 == 0 else number - 1 - seat]
        team.rated.append(one)
        team.above += one[0]
    for team in teams:
        team.rated.sort()
    while sum(_swap(one, other) for one, other in combinations(teams, 2)):
        pass  # until no pair of teams improves any more
    return teams


def _swap(one: _Team, other: _Team) -> bool:
    """Swap the two members whose swap helps most, if any helps; the sum of squares falls every time."""
    strong, weak = (one, other) if one.above > other.above else (other, one)
    gap = strong.above - weak.above
    best: tuple[int, int, int] | None = None
    for at, (above, _luck, _person) in enumerate(strong.rated):
        wanted = bisect_left(weak.rated, (above - gap / 2,))
        for position in (wanted - 1, wanted):
            if 0 <= position < len(weak.rated) and 0 < above - weak.rated[position][0] < gap:
                left = abs(gap - 2 * (above - weak.rated[position][0]))
                best = min(best or (left, at, position), (left, at, position))
    if best is None:
        return False
    _, at, position = best
    moved, returned = strong.rated[at], weak.rated[position]
    strong.rated[at], weak.rated[position] = returned, moved
    strong.rated.sort()
    weak.rated.sort()
    strong.above += returned[0] - moved[0]
    weak.above += moved[0] - returned[0]
    return True


def _smallest(teams: Sequence[_Team]) -> _Team:
    return min(teams, key=lambda team: (len(team.rated) + len(team.newcomers), len(team.newcomers), team.above))


def _unevenness(teams: Sequence[_Team]) -> int:
    return sum(team.above**2 for team in teams)
