"""Several processes on one database, and the mornings that the seed gives them."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from bot.domain.identity import LeagueId, Space, SpaceId
from bot.domain.leagues import League
from bot.domain.series import Series, Timetable
from bot.services.banks.storing import import_document
from bot.services.series.series import add_series
from bot.storage.outbox import CLAIM_LASTS
from bot.testing import FakeClock, document, draft
from tests.simulation.loop import Machine, Trouble
from tests.simulation.mornings.loop import MorningLoop, nobody
from tests.simulation.mornings.platform import Line, Platform
from tests.simulation.mornings.process import Heartbeat, MorningProcess, OwnClock
from tests.simulation.mornings.weather import Doom, Weather
from tests.simulation.world import Ids
from tests.unit.domain.wall_clocks import wall_clock

_BEFORE = timedelta(seconds=2)
_PACES = ((4, 1.0), (16, 4.0), (76, 30.0), (300, 200.0), (4_000, 1_900.0))
"""Until so many seconds after something was due, a beat comes every so many seconds; then none until the next."""
_CALM_PACE_S = 2_000.0
_CALM = timedelta(hours=2)
_LAST_BEATS_S = 30.0


@dataclass
class Daily:
    """A series, and the moments at which it must ask by the walls of its zone."""

    series: Series
    due: dict[date, datetime]


@dataclass
class Seat:
    """A world where one process runs after the other, on a machine with a clock."""

    name: str
    clock: OwnClock
    lives: int = 0
    process: MorningProcess | None = None
    returning: asyncio.Task[None] | None = None


@dataclass(frozen=True)
class Beat:
    """A beat in which nothing was put off, by the process's own clock."""

    began: datetime
    ended: datetime


@dataclass
class Morning:
    """The world; `wrong` collects what must not be."""

    seed: int
    url: str
    clock: FakeClock
    make_machine: Callable[[str, Trouble], Machine] = Machine
    wrong: list[str] = field(default_factory=list)
    trace: list[str] = field(default_factory=list)
    beats: list[Beat] = field(default_factory=list)
    put_off: Counter[str] = field(default_factory=Counter)
    dailies: list[Daily] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.weather = Weather(self.seed)
        self.clock.set(self.weather.starts)
        self.ends = self.weather.starts + self.weather.lasts
        self.platforms = {name: Platform(name, knows_keys=name == "keyed") for name in ("keyed", "plain")}
        self.processes: list[MorningProcess] = []
        self._ids = Ids()
        self._chances = Random(f"{self.seed}: chances of the program")
        self._delays = Random(f"{self.seed}: delays and failures")
        self._dooms: dict[str, list[Doom]] = {}
        self._windows: list[datetime] = []
        self._away_until: datetime | None = None
        self._calm = False
        self._calm_ends = self.ends
        self.overtaken: set[str] = set()
        """Messages that were under way when the clocks jumped past the end of their claims: they may come twice."""
        self.seats = [Seat(f"p{n}", OwnClock(self.clock)) for n in range(1, self.weather.processes + 1)]

    def note(self, text: str) -> None:
        self.trace.append(f"{self.clock.now():%d %H:%M:%S.%f} {text}")

    def violates(self, text: str) -> None:
        self.wrong.append(text)
        self.note(f"WRONG: {text}")

    def at_work(self) -> bool:
        return any(process.at_work for process in self.processes)

    # -- processes

    def boot(self, seat: Seat) -> MorningProcess:
        """Put a new process in a seat."""
        seat.lives += 1
        machine = self.make_machine(f"{seat.name}.{seat.lives}", Trouble(self._delays))
        point = partial(self._comes_to, seat)
        faults = 0.0 if self._calm else self.weather.faults
        lines = {
            name: Line(platform, machine, point, self.note, self._delays, faults)
            for name, platform in self.platforms.items()
        }
        seat.process = MorningProcess(machine, self.url, seat.clock, self._ids, self._chances, lines, point)
        self.processes.append(seat.process)
        return seat.process

    async def starts(self, seat: Seat) -> None:
        process = self.boot(seat)
        self.note(f"{process.machine.name} starts")
        await process.starts(Heartbeat(self._delays.random(), self._pace, partial(self._beats, process)))

    async def _beats(self, process: MorningProcess, job: Callable) -> None:
        name, began = process.machine.name, process.clock.now()
        put_off = self.put_off[name]
        await job()
        if job == process.runner._beat and self.put_off[name] == put_off:
            self.beats.append(Beat(began, process.clock.now()))

    def _pace(self) -> float:
        """Seconds to the next beat: few go by where nothing can happen."""
        now = self.clock.now()
        if self._calm:  # at the end, every second again: a slow platform leaves some messages to the next beats
            return min(_CALM_PACE_S, max((self._calm_ends - now).total_seconds() - _LAST_BEATS_S, 1.0))
        edges = [window - _BEFORE for window in self._windows] + [self.ends]
        since = min((now - edge - _BEFORE for edge in edges if edge <= now), default=timedelta.max)
        to_come = min(edge - now for edge in edges if edge > now).total_seconds() + self._delays.random()
        return min([pace for until, pace in _PACES if since.total_seconds() < until] + [to_come])

    def _comes_to(self, seat: Seat, point: str) -> None:
        """A process is at a point where fate may strike."""
        for doom in self._dooms.get(seat.name, ()):
            if doom.point == point:
                doom.nth -= 1
                if doom.nth == 0:
                    self._befalls(seat, doom.stalls, f"as it {point}")

    def _befalls(self, seat: Seat, stalls: float | None, when: str) -> None:
        process = seat.process
        if process is None or process.machine.dead or self._calm:
            return
        loop = asyncio.get_running_loop()
        assert isinstance(loop, MorningLoop)
        if stalls is not None:
            self.note(f"{process.machine.name} stalls for {stalls} s {when}")
            loop.stall(process.machine, stalls)
            return
        self.note(f"{process.machine.name} is killed {when}")
        process.machine.kill()
        away = self.weather.restart()
        if self._away_until is not None:
            away = max(away, (self._away_until - self.clock.now()).total_seconds())
        with nobody():
            loop.call_later(away, self._returns, seat)

    def _returns(self, seat: Seat) -> None:
        if seat.process is None or seat.process.machine.dead:
            seat.returning = asyncio.get_running_loop().create_task(self.starts(seat))

    # -- what happens

    async def build(self) -> None:
        """Make spaces, questions and series, before anything can go wrong."""
        with nobody():
            builder = self.make_machine("builder", Trouble(self._delays))
        clock = OwnClock(self.clock)
        process = MorningProcess(builder, self.url, clock, self._ids, self._chances, {}, lambda _point: None)
        self.processes.append(process)
        await process.does(self._spaces(process))
        self._windows = sorted({moment for daily in self.dailies for moment in daily.due.values()})
        await process.stop()

    async def _spaces(self, process: MorningProcess) -> None:
        spaces = []

        async def work(unit) -> None:
            league = League(id=LeagueId(self._ids.next()), name="League", zone="Europe/Berlin")
            await unit.leagues.add(league)
            for name in self.platforms:
                number = SpaceId(self._ids.next())
                space = Space(id=number, adapter=name, external_id=name, name=name, league_id=league.id)
                await unit.spaces.add(space)
                spaces.append(space)

        await process.core.storage.write(work)
        drafts = (draft(f"Question {n}?", "yes", "no", line=n) for n in range(1, 21))
        await import_document(process.core, document(*drafts), bank="bank")
        for at, zone in self.weather.tables:
            space, channel = self.weather.random.choice(spaces), self.weather.random.choice(("study", "side"))
            lasts = self.weather.random.choice((None, timedelta(minutes=30)))
            series = await add_series(process.core, space, channel, Timetable(at=at, zone=zone), close_after=lasts)
            self.dailies.append(self._daily(series))

    def _daily(self, series: Series) -> Daily:
        begins = self.weather.starts
        wall = wall_clock(series.timetable.zone, begins - timedelta(days=4), self.ends + timedelta(days=4))
        days = [begins.date() + timedelta(days=n) for n in range(-1, self.weather.lasts.days + 2)]
        due = {day: moment for day in days if (moment := wall.reaches(day, series.timetable.at)) is not None}
        return Daily(series, {day: moment for day, moment in due.items() if begins < moment <= self.ends})

    async def lives(self) -> None:
        """Let one morning after the other go by, then let nothing fail any more until all that is owed has come."""
        for seat in self.seats:
            seat.clock.ahead = self.weather.skew()
            await self.starts(seat)
        for window in self._windows:
            await self._until(window - _BEFORE)
            self._plans()
        await self._until(self.ends)
        await self._calms()

    async def _until(self, moment: datetime) -> None:
        if moment > self.clock.now():
            await asyncio.sleep((moment - self.clock.now()).total_seconds())

    def _plans(self) -> None:
        """Draw what goes wrong around the moment that comes now."""
        weather, loop = self.weather, asyncio.get_running_loop()
        down = weather.downtime()
        self._away_until = None if down is None else self.clock.now() + timedelta(seconds=down)
        jump = weather.jump()
        when = weather.random.uniform(-2, 15) + _BEFORE.total_seconds()
        if jump is not None:
            loop.call_later(when, self._jumps, jump)
        for seat in self.seats:
            self._dooms[seat.name] = weather.dooms()
            if down is not None:
                loop.call_later(weather.random.uniform(0, 4), self._befalls, seat, None, "with all others")
            elif (late := weather.out_of_nothing()) is not None:
                later = late + _BEFORE.total_seconds()
                loop.call_later(later, self._befalls, seat, weather.stalls(), "out of nothing")

    def _jumps(self, by: timedelta) -> None:
        if not self._calm:
            for seat in self.seats:
                seat.clock.ahead += by
            self.note(f"the clocks jump by {by.total_seconds()} s")
            if by > CLAIM_LASTS:
                self.overtaken.update(key for one in self.platforms.values() for key in +one.posting)

    async def _calms(self) -> None:
        self._calm, self._calm_ends = True, self.clock.now() + _CALM
        self.note("all is calm")
        for seat in self.seats:
            seat.clock.ahead = timedelta()
            if seat.process is None or seat.process.machine.dead:
                await self.starts(seat)
            for line in seat.process.lines.values():
                line.faults = 0.0
        await asyncio.sleep(_CALM.total_seconds())
