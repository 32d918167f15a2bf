"""The rules of the game once more, in plain dicts: what must be stored, whatever happened on the way.

Written from what the program promises, not from its code, and much simpler: no batches, no processes, no
failures. Points are fractions, days are counted one by one, every sum is made anew each time.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

Player = tuple[int, str]
"""A space and the platform's id of an account there."""

GRACE = timedelta(minutes=120)
QUIZ_LASTS = timedelta(hours=1)
QUIZ_CAP = 50


@dataclass
class Question:
    """What the model knows of a question; ``secrets`` are words that nobody may read before the verdict."""

    stem: str
    texts: list[str]
    key: set[int]
    select: int | str
    secrets: list[str]
    withdrawn: bool = False

    @property
    def counts(self) -> set[int]:
        """The choices that are right now; none once it is withdrawn."""
        return set() if self.withdrawn else self.key


@dataclass
class Series:
    """What the model knows of a series; only moments after ``asks_after`` are due."""

    id: int
    space: int
    channel: str
    hour: int
    minute: int
    zone: str
    at_close: bool
    reactions: bool
    close_after: timedelta | None
    asks_after: datetime
    paused: bool = False

    def latest_due(self, now: datetime) -> datetime | None:
        """The last moment up to now at which it had to ask."""
        if self.paused:
            return None
        day = now.astimezone(ZoneInfo(self.zone)).date()
        for back in range(2):
            moment = self.moment(day - timedelta(days=back))
            if moment <= now:
                return moment if moment > self.asks_after else None
        return None

    def moment(self, day: date) -> datetime:
        """When it asks on a local date."""
        zone = ZoneInfo(self.zone)
        return datetime(day.year, day.month, day.day, self.hour, self.minute, tzinfo=zone).astimezone(ZoneInfo("UTC"))


@dataclass
class Round:
    """What the model knows of a round; all but ``closed_at`` never changes, and ``closes_at`` only to come earlier."""

    id: int
    space: int
    league: int
    channel: str
    question: int
    select: int | str
    order: list[int]
    at_close: bool
    reactions: bool
    opened_at: datetime
    closes_at: datetime | None
    series: int | None
    due_on: date | None
    private_to: str | None
    closed_at: datetime | None = None

    def is_open_at(self, moment: datetime) -> bool:
        """Whether it takes answers then."""
        return self.closed_at is None and (self.closes_at is None or moment < self.closes_at)

    def ends(self, moment: datetime) -> None:
        """Somebody closes it: if it is answered with reactions, its time ends, and it waits until they are read."""
        if self.closed_at is not None:
            return
        if not self.reactions:
            self.closed_at = moment
        elif self.closes_at is None or moment < self.closes_at:
            self.closes_at = moment

    def refusal(self, player: Player, channel: str, picks: frozenset[int], at: datetime, *, closed: bool) -> str | None:
        """Why an answer can't be taken, were the round closed or not; None: it can."""
        is_mine = self.private_to is None or self.private_to == player[1]
        if player[0] != self.space or channel != self.channel or not is_mine:
            return "no_such_round"
        if closed or (self.closes_at is not None and at >= self.closes_at):
            return "closed"
        if any(not 0 <= pick < len(self.order) for pick in picks):
            return "no_such_choice"
        most = len(self.order) if self.select == "all" else self.select
        least = 0 if self.reactions else 1 if self.select == "all" else self.select
        return None if least <= len(picks) <= most else "wrong_number"


@dataclass(frozen=True)
class Stands:
    """An answer that stands; no choices: taken back."""

    choices: frozenset[int]
    at: datetime
    event_id: str


@dataclass
class Model:
    """What must be true."""

    zones: dict[int, str] = field(default_factory=dict)
    questions: dict[int, Question] = field(default_factory=dict)
    series: dict[int, Series] = field(default_factory=dict)
    rounds: dict[int, Round] = field(default_factory=dict)
    answers: dict[tuple[int, Player], Stands] = field(default_factory=dict)
    forgotten: dict[Player, datetime] = field(default_factory=dict)
    corrections: int = 0

    def beats(self, round_: Round, new: Stands, old: Stands | None) -> bool:
        """Whether a click takes another's place: the last one at the close, else the first one."""
        if old is None:
            return True
        this, that = (new.at, new.event_id), (old.at, old.event_id)
        return this > that if round_.at_close else this < that

    def takes(self, round_: Round, player: Player, click: Stands) -> None:
        """An answer was given in time."""
        if self.beats(round_, click, self.answers.get((round_.id, player))):
            self.answers[round_.id, player] = click

    def open_questions(self, space: int, now: datetime, *, besides: int | None, quick: bool = True) -> set[int]:
        """Questions that take answers in a space, but for those of one series and, if not ``quick``, quick ones."""
        others = [r for r in self.rounds.values() if besides is None or r.series != besides]
        others = [r for r in others if quick or r.series is not None]
        return {r.question for r in others if r.space == space and r.is_open_at(now)}

    def kept_back(self, space: int) -> set[int]:
        """Questions whose key an open round of a space keeps until it closes."""
        rounds = self.rounds.values()
        return {r.question for r in rounds if r.space == space and r.at_close and r.closed_at is None}

    def forgets(self, player: Player, at: datetime) -> None:
        """Somebody is forgotten: what they did before, and arrives later, isn't taken."""
        self.forgotten[player] = at
        for key in [key for key in self.answers if key[1] == player]:
            del self.answers[key]

    def worth(self, round_: Round, stands: Stands) -> tuple[Fraction, bool] | None:
        """Points and verdict of an answer; None: it doesn't count (yet)."""
        key = self.questions[round_.question].counts
        if not key or not stands.choices or (round_.at_close and round_.closed_at is None):
            return None
        right = len(stands.choices & key)
        points = Fraction(10 * (right - (len(stands.choices) - right)), len(key))
        return max(Fraction(0), points), stands.choices == key

    def days(self) -> dict[tuple[int, Player, date], tuple[Fraction, int, int]]:
        """Points, right answers and answers of everybody in every league on every day."""
        days: dict[tuple[int, Player, date], list] = defaultdict(lambda: [Fraction(0), Fraction(0), 0, 0])
        for (round_id, player), stands in self.answers.items():
            round_ = self.rounds[round_id]
            worth = self.worth(round_, stands)
            if worth is None:
                continue
            sums = days[round_.league, player, self.day(round_.league, stands.at)]
            sums[0 if round_.series is not None else 1] += worth[0]
            sums[2] += worth[1]
            sums[3] += 1
        return {
            key: (daily + min(Fraction(QUIZ_CAP), extra), right, answered)
            for key, (daily, extra, right, answered) in days.items()
        }

    def day(self, league: int, moment: datetime) -> date:
        """The date in a league's zone."""
        return moment.astimezone(ZoneInfo(self.zones[league])).date()

    def sums(self) -> dict[tuple[int, str, Player], tuple[Fraction, int, int]]:
        """Points, right answers and answers of everybody in every league and window."""
        totals: dict[tuple[int, str, Player], tuple[Fraction, int, int]] = {}
        for (league, player, day), (points, right, answered) in self.days().items():
            for window in _windows(day):
                before = totals.get((league, window, player), (Fraction(0), 0, 0))
                totals[league, window, player] = before[0] + points, before[1] + right, before[2] + answered
        return totals

    def race(
        self, league: int, members: dict[Player, tuple[str, date]], first: date, today: date
    ) -> dict[str, tuple[Fraction, int]]:
        """The mean points of each team's members who answered in a stretch of days, and how many did.

        ``members``: each one's team, and the Monday from which on they count for it; they stand for the part of a
        member that their weeks are of all.
        """
        opened = [self.day(league, round_.opened_at) for round_ in self.rounds.values() if round_.league == league]
        first = max(first, min(opened, default=today))
        start = max(first, min(since for _team, since in members.values()))
        scored: dict[str, list[tuple[Fraction, int]]] = defaultdict(list)
        for player, (team, since) in members.items():
            days = [
                sums
                for (at, who, day), sums in self.days().items()
                if (at, who) == (league, player) and day >= max(first, since)
            ]
            if days:
                scored[team].append(
                    (sum((points for points, *_ in days), Fraction(0)), _weeks(max(start, since), today))
                )
        return {
            team: (
                sum(points for points, _ in some) * _weeks(start, today) / sum(weeks for _, weeks in some),
                len(some),
            )
            for team, some in scored.items()
        }


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def _weeks(first: date, last: date) -> int:
    return (monday(last) - monday(first)).days // 7 + 1


def _windows(day: date) -> list[str]:
    monday_based = day.strftime("%G-W%V")
    return [day.strftime("%Y-%m-%d"), monday_based, day.strftime("%Y-%m"), "season-1", "all"]
