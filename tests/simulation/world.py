"""One simulated world: spaces, people, questions, processes, and what the seed lets happen to them."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path
from random import Random

from bot.domain.identity import LeagueId, Space, SpaceId
from bot.domain.leagues import League
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.series import Timetable
from bot.ports import MessengerError, Post, PostKind
from bot.services.banks.storing import import_document
from bot.services.series.series import add_series
from bot.testing import FakeClock, FakeMessenger, document, draft
from tests.simulation.evidence import Evidence
from tests.simulation.loop import Machine, Trouble
from tests.simulation.model import Model, Question, Series
from tests.simulation.platform import Line
from tests.simulation.process import Process
from tests.simulation.secrecy import Secrecy

STARTS = datetime(2026, 3, 6, 6, 0, tzinfo=UTC)
PLATFORMS = ("one", "two")
CHANNELS = ("study", "side")
LASTS = (timedelta(minutes=1), timedelta(minutes=30), timedelta(hours=8))


class Ids:
    """`bot.ports.Ids` that repeat."""

    def __init__(self) -> None:
        self._numbers = count(1_000_001)

    def next(self) -> int:
        return next(self._numbers)


class World:
    """See the module; `wrong` collects what must not be; where people are `cramming`, few ask and know a lot."""

    def __init__(self, seed: int, file: Path, clock: FakeClock) -> None:
        self.random = Random(f"{seed}: what happens")
        self.clock = clock
        self.file = file
        self.ids = Ids()
        self.model = Model()
        self.evidence = Evidence(file)
        self.secrecy = Secrecy()
        self.platforms = {name: FakeMessenger() for name in PLATFORMS}
        self.processes: list[Process] = []
        self.spaces: list[Space] = []
        self.wrong: list[str] = []
        self.trace: list[str] = []
        self.put_off: Counter[str] = Counter()
        self._chances = Random(f"{seed}: chances of the program")
        self._weather = Random(f"{seed}: delays and failures")
        self.cramming = self.random.random() < 0.3
        stormy = self.random.random() < 0.75
        self.refusals = self.random.choice((0.0, 0.002, 0.01)) if stormy else 0.0
        self.faults = self.random.choice((0.0, 0.1, 0.3)) if stormy else 0.0
        self._number = count(1)

    def note(self, text: str) -> None:
        self.trace.append(f"{self.clock.now():%d %H:%M:%S.%f} {text}")

    def violates(self, text: str) -> None:
        self.wrong.append(text)
        self.note(f"WRONG: {text}")

    def boot(self, *platforms: str) -> Process:
        """Start a process that serves these platforms."""
        machine = Machine(f"p{next(self._number)}", Trouble(self._weather, self.refusals))
        lines = {name: self._line(name, machine) for name in platforms}
        url = f"sqlite+aiosqlite:///{self.file}"
        process = Process(machine, url, self.clock, self.ids, self._chances, lines)
        self.processes.append(process)
        self.note(f"{machine.name} starts for {', '.join(platforms)}")
        return process

    def _line(self, name: str, machine: Machine) -> Line:
        return Line(
            self.platforms[name], machine, lambda verb, post: self.sees(name, verb, post), self._weather, self.faults
        )

    @property
    def alive(self) -> list[Process]:
        return [process for process in self.processes if not process.machine.dead]

    def lost(self) -> list[tuple[type[MessengerError], Post]]:
        """What platforms said since the last time that it is gone, or closed to the bot."""
        lines = [line for process in self.processes for line in process.lines.values()]
        lost = [one for line in lines for one in line.lost]
        for line in lines:
            line.lost.clear()
        return lost

    def calm(self) -> None:
        """Let nothing fail any more."""
        self.faults = self.refusals = 0.0
        for process in self.alive:
            process.machine.trouble.refusals = 0.0
            for line in process.lines.values():
                line.faults = 0.0

    def sees(self, platform: str, verb: str, post: Post) -> None:
        """A message reaches a platform."""
        self.note(f"{platform}: {verb} {post.key} v{post.version}")
        if verb == "post" and post.key in self.platforms[platform].shown:
            self.violates(f"{post.key} is posted twice")
        if verb == "edit" and post.message_ref != self.platforms[platform].references.get(post.key):
            self.violates(f"{post.key} is edited under the wrong reference")
        if verb in {"find", "count"}:
            return
        round_ = self.evidence.round(post.round_id) if post.round_id else None
        if round_ is None:
            self.problems(post.key, self.secrecy.of_notice(post.view, self.model.questions.values()))
            return
        if (post.space_id, post.channel, post.private_to) != (round_.space, round_.channel, round_.private_to):
            self.violates(f"{post.key} goes to another space than its round")
        if post.kind is PostKind.QUESTION:
            question = self.model.questions[round_.question]
            self.problems(post.key, self.secrecy.of_question(post.view, round_, question))
        if round_.closed_at is None and not (post.kind is PostKind.QUESTION and post.view.controls):
            self.violates(f"{post.key} shows a close before there was one")

    def problems(self, where: str, found: list[str]) -> None:
        for problem in found:
            self.violates(f"{where}: {problem}")

    async def build(self) -> None:
        """Make spaces, questions and series, before anything can fail."""
        refusals, faults, self.refusals, self.faults = self.refusals, self.faults, 0.0, 0.0
        process = self.boot(*PLATFORMS)
        await process.does(self._spaces(process))
        await process.does(self._questions(process))
        for _ in range(self.random.randint(2, 4)):
            await process.does(self._series(process))
        self.refusals, self.faults = refusals, faults
        process.machine.trouble.refusals = refusals
        for line in process.lines.values():
            line.faults = faults

    async def _spaces(self, process: Process) -> None:
        async def work(unit) -> None:
            for name, zone in (("Both", "Europe/Berlin"), ("Far", "America/New_York")):
                league = League(id=LeagueId(self.ids.next()), name=name, zone=zone)
                self.model.zones[league.id] = zone
                await unit.leagues.add(league)
                for adapter in PLATFORMS if name == "Both" else PLATFORMS[:1]:
                    space = Space(
                        id=SpaceId(self.ids.next()), adapter=adapter, external_id=name, name=name, league_id=league.id
                    )
                    await unit.spaces.add(space)
                    self.spaces.append(space)

        await process.core.storage.write(work)

    async def _questions(self, process: Process) -> None:
        drafts = []
        for n in range(self.random.randint(5, 7)):
            choices = self.random.randint(2, 5)
            right = tuple(sorted(self.random.sample(range(choices), self.random.randint(1, min(3, choices)))))
            select = self.random.choice((len(right), "all"))
            texts = [f"choice {n}.{c}" for c in range(choices)]
            notes = tuple(f"note {n}.{c} here" for c in range(choices))
            one = draft(f"Question {n}?", *texts, key=right, select=select)
            drafts.append(replace(one, explanation=f"because {n}!", choice_explanations=notes))
        await import_document(process.core, document(*drafts), bank="bank")
        bank = await process.core.storage.read(lambda unit: unit.banks.named("bank", None))
        for question in await process.core.storage.read(lambda unit: unit.banks.questions(bank.id)):
            one = next(d for d in drafts if d.stem == question.stem)
            secrets = [one.explanation, *one.choice_explanations]
            self.model.questions[question.id] = Question(one.stem, list(one.choices), set(one.key), one.select, secrets)

    async def _series(self, process: Process) -> None:
        space, channel = self.random.choice(self.spaces), self.random.choice(CHANNELS)
        at = time(self.random.choice((0, 7, 9, 18, 23)), self.random.choice((0, 30, 59)))
        zone = self.random.choice(("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"))
        series = await add_series(
            process.core,
            space,
            channel,
            Timetable(at=at, zone=zone),
            answer_with=self.random.choice((AnswerWith.BUTTONS, AnswerWith.BUTTONS, AnswerWith.REACTIONS)),
            reveal=self.random.choice(list(Reveal)),
            close_after=self.random.choice((None, None, *LASTS)),
        )
        self.model.zones[space.league_id] = zone  # nothing was asked yet
        self.model.series[series.id] = Series(
            id=series.id,
            space=space.id,
            channel=channel,
            hour=at.hour,
            minute=at.minute,
            zone=zone,
            at_close=series.reveal is Reveal.AT_CLOSE,
            reactions=series.answer_with is AnswerWith.REACTIONS,
            close_after=series.close_after,
            asks_after=self.clock.now(),
        )
