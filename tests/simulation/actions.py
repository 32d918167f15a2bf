"""What people, platforms and operators do in a world, each act drawn by the seed."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from string import ascii_uppercase
from typing import Any

from bot.domain.answers import AnswerOutcome, AnswerStatus, SubmitAnswer
from bot.domain.commands import Caller
from bot.domain.errors import QuizbotError
from bot.domain.identity import Member, QuestionId, RoundId, SeriesId
from bot.services.banks.correcting import correct_key, withdraw
from bot.services.rounds.answering import receipts, submit_answer
from bot.services.rounds.asking import ask_now
from bot.services.series.series import ask_in_series_now, pause_series, resume_series
from bot.services.standings.scores import verify
from tests.simulation.model import Round
from tests.simulation.process import LOST, Process
from tests.simulation.world import CHANNELS, World

NAMES = ("Ada", "Bob", "Cem", "Dee", "Eve")
ACCEPTED = frozenset({"saved", "changed", "taken_back", "unchanged", "already_answered", "superseded"})


_SOON = timedelta(minutes=1)


class Unstorable:
    """An event id that no database takes: its answer alone must fail."""


@dataclass
class Said:
    """What came of one delivery of a click: an outcome, an error, or LOST."""

    click: SubmitAnswer
    result: Any


@dataclass
class Step:
    """What happened between two looks at the disk."""

    said: list[Said] = field(default_factory=list)
    asked: list[tuple[Any, int, str, str | None, int]] = field(default_factory=list)
    asked_in_series: list[int] = field(default_factory=list)
    ticked: list[tuple[Process, datetime]] = field(default_factory=list)
    changed: list[tuple[Any, int, set[int] | None]] = field(default_factory=list)
    switched: list[tuple[Any, int, bool]] = field(default_factory=list)


class Actions:
    """See the module."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.random = world.random
        self.in_flight: list[SubmitAnswer] = []
        self.delivered: list[SubmitAnswer] = []
        self.step = Step()
        self.rush = False
        self._events = 0

    def some(self) -> list[Coroutine[Any, Any, None]]:
        """What happens at once in the next step."""
        if self.rush:
            return [self.clicks(), self.ticks(), self.clicks(), self.clicks(), self.delivers()]
        names, weights = zip(*_WEIGHTS.items(), strict=True)
        chosen = self.random.choices(names, weights, k=self.random.randint(1, 4))
        if "corrects" in chosen and "withdraws" in chosen:
            chosen.remove("withdraws")
        for once in ("corrects", "withdraws", "switches"):
            while chosen.count(once) > 1:
                chosen.remove(once)
        return [getattr(self, name)() for name in chosen]

    def process(self) -> Process:
        return self.random.choice(self.world.alive)

    async def clicks(self) -> None:
        """People click; what they send may come twice, late or never."""
        for _ in range(self.random.randint(1, 6)):
            click = self._click()
            if click is not None:
                self.in_flight += [click] * self.random.choice((0, 1, 1, 1, 1, 1, 2, 3))
        await self.delivers()

    async def delivers(self) -> None:
        """Some of what is on its way arrives, in any order, through any process; old clicks arrive again."""
        self.random.shuffle(self.in_flight)
        arriving = [self.in_flight.pop() for _ in range(min(len(self.in_flight), self.random.randint(1, 8)))]
        if self.delivered and self.random.random() < 0.3:
            arriving += self.random.choices(self.delivered, k=2)
        self.delivered += arriving
        process = self.process()
        both = self.random.random() < 0.3
        await asyncio.gather(*(self._submits(self.process() if both else process, click) for click in arriving))

    async def _submits(self, process: Process, click: SubmitAnswer) -> None:
        world = self.world
        if self.rush:
            await asyncio.sleep(self.random.choice((0, 1e-4, 1e-3, 1e-2, 0.03)))
        mine = replace(click)  # an object of its own, as each delivery is
        gives_up = self.random.random() < 0.03
        if gives_up:
            await process.does(self._submits_and_leaves(process, mine))
            result = LOST
        else:
            try:
                result = await process.does(submit_answer(process.core, mine))
            except Exception as error:  # noqa: BLE001 - what it met is the question
                if not isinstance(click.event_id, Unstorable):
                    world.violates(f"an answer met {error!r}")
                result = error
        outcome = process.heard.told(mine)
        self.step.said.append(Said(click, outcome or result))
        heard = outcome.status.value if outcome else "lost" if result is LOST else type(result).__name__
        world.note(f"{process.machine.name}: {_named(click)} {heard}")
        if outcome is not None:
            self._is_true(click, outcome, result)

    async def _submits_and_leaves(self, process: Process, click: SubmitAnswer) -> None:
        waiting = asyncio.create_task(submit_answer(process.core, click))
        await asyncio.wait([waiting], timeout=self.random.choice((0, 1e-5, 1e-3)))
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        # It is stored all the same, or not: that is decided once one that came behind it is answered.
        await process.core.answers.submit(replace(click, round_id=RoundId(12)))

    def _is_true(self, click: SubmitAnswer, outcome: AnswerOutcome, reply: Any) -> None:
        """What somebody was just told is on disk, and tells the key to nobody who may not know it."""
        world, player = self.world, (click.member.space_id, click.member.external_id)
        round_ = world.evidence.round(click.round_id)
        accepted = outcome.status.value in ACCEPTED
        if accepted and not isinstance(click.event_id, Unstorable):
            stored = world.evidence.answer(click.round_id, player)
            this, that = (click.at, click.event_id), stored and (stored.at, stored.event_id)
            if stored is None or (this > that if round_.at_close else this < that):
                world.violates(f"{_named(click)} was acknowledged, and {that} is stored")
        if round_ is None or reply is None or isinstance(reply, Exception) or reply is LOST:
            return
        came_late = outcome.status is AnswerStatus.CLOSED and round_.closed_at is not None
        if not came_late and not (accepted and not round_.at_close):
            own = outcome.answer.response if accepted and outcome.answer else ()
            question = world.model.questions[round_.question]
            world.problems(_named(click), world.secrecy.of_receipt(reply, round_, question, own))

    def _click(self) -> SubmitAnswer | None:
        rounds = list(self.world.evidence.rounds().values())
        if not rounds:
            return None
        lively = [round_ for round_ in rounds if round_.closed_at is None] or rounds
        if self.rush:
            now = self.world.clock.now()
            lively = [r for r in lively if r.closes_at and abs(r.closes_at - now) < _SOON] or lively
        round_ = self.random.choice(lively if self.random.random() < 0.9 else rounds)
        self._events += 1
        name = self._somebody()
        if round_.private_to and self.random.random() < 0.6:
            name = next(n for n in NAMES if n.casefold() == round_.private_to)
        now = self.world.clock.now() - timedelta(seconds=self.random.choice((0, 0, 0, 1, 60)))
        click = SubmitAnswer(
            round_id=RoundId(round_.id),
            channel=round_.channel,
            member=Member(space_id=round_.space, external_id=name.casefold(), name=name),
            given=self._picks(round_),
            at=now if self.random.random() < 0.7 else now.replace(microsecond=0),
            event_id=f"e{self._events:05}",
        )
        return self._forged(click) if self.random.random() < 0.08 else click

    def _somebody(self) -> str:
        return self.random.choice(NAMES[:2] if self.world.cramming else NAMES)

    def _picks(self, round_: Round) -> frozenset[int]:
        choices = range(len(round_.order))
        if round_.reactions:
            most = len(round_.order) if round_.select == "all" else round_.select
            return frozenset(self.random.sample(choices, self.random.randint(0, most)))
        if self.world.cramming and self.random.random() < 0.8:
            return frozenset(round_.order.index(c) for c in self.world.model.questions[round_.question].key)
        number = self.random.randint(1, len(choices)) if round_.select == "all" else round_.select
        return frozenset(self.random.sample(choices, number))

    def _forged(self, click: SubmitAnswer) -> SubmitAnswer:
        elsewhere = self.random.choice(self.world.spaces).id
        return replace(
            click,
            **self.random.choice(
                (
                    {"round_id": RoundId(12)},
                    {"channel": "elsewhere"},
                    {"member": replace(click.member, space_id=elsewhere)},
                    {"given": frozenset({self.random.choice((-1, 7, 25))})},
                    {"given": frozenset(range(self.random.randint(0, 5)))},
                    {"event_id": Unstorable()},
                )
            ),
        )

    def _caller(self) -> Caller:
        space, name = self.random.choice(self.world.spaces), self._somebody()
        member = Member(space_id=space.id, external_id=name.casefold(), name=name)
        return Caller(space=space, channel=self.random.choice(CHANNELS), member=member, is_host=False)

    async def quizzes(self) -> None:
        caller, private, number = (
            self._caller(),
            self.random.random() < 0.3,
            self.random.choice((1, 1, 1, 3)) + self.world.cramming,
        )
        process = self.process()
        result = await process.does(ask_now(process.core, caller, private=private, count=number))
        owner = caller.member.external_id if private else None
        self.step.asked.append((result, caller.space.id, caller.channel, owner, number))
        self.world.note(f"{process.machine.name}: /quiz by {caller.member.name} {_came_of(result)}")

    async def ticks(self) -> None:
        process = self.process()
        put_off = self.world.put_off[process.machine.name]
        start = self.world.clock.now()
        result = await process.does(process.runner.tick())
        well = result is None and self.world.put_off[process.machine.name] == put_off  # other ticks may overlap it
        if well:
            self.step.ticked.append((process, start))
        self.world.note(f"{process.machine.name}: tick {'done' if well else 'put off'}")

    async def asks_in_series(self) -> None:
        series, process = self.random.choice(list(self.world.model.series)), self.process()
        result = await process.does(ask_in_series_now(process.core, SeriesId(series)))
        self.step.asked_in_series.append(series)
        self.world.note(f"{process.machine.name}: series {series} now {_came_of(result)}")

    async def switches(self) -> None:
        series, process = self.random.choice(list(self.world.model.series.values())), self.process()
        pause = not series.paused
        start = self.world.clock.now()
        service = pause_series if pause else resume_series
        result = await process.does(service(process.core, SeriesId(series.id)))
        self.step.switched.append((start, series.id, pause))
        self.world.note(
            f"{process.machine.name}: series {series.id} {'paused' if pause else 'resumed'} {_came_of(result)}"
        )

    async def corrects(self) -> None:
        question_id = self.random.choice(list(self.world.model.questions))
        question, process = self.world.model.questions[question_id], self.process()
        number = self.random.randint(1, min(3, len(question.texts)))
        key = set(self.random.sample(range(len(question.texts)), number))
        letters = ",".join(ascii_uppercase[choice] for choice in sorted(key))
        work = correct_key(process.core, QuestionId(question_id), letters, reason="looked it up", actor="host")
        result = await process.does(work)
        self.step.changed.append((result, question_id, key))
        self.world.note(f"{process.machine.name}: {question.stem} corrected to {letters} {_came_of(result)}")

    async def withdraws(self) -> None:
        ready = [i for i, question in self.world.model.questions.items() if not question.withdrawn]
        if len(ready) < 4:
            return
        question_id, process = self.random.choice(ready), self.process()
        result = await process.does(withdraw(process.core, QuestionId(question_id), reason="bad", actor="host"))
        self.step.changed.append((result, question_id, None))
        self.world.note(f"{process.machine.name}: question {question_id} withdrawn {_came_of(result)}")

    async def looks_back(self) -> None:
        """Somebody opens the page again: what they were told stands there, and nothing more."""
        caller, process, world = self._caller(), self.process(), self.world
        ids = [RoundId(round_id) for round_id in world.model.rounds]
        before = world.evidence.answers()
        shown = await process.does(receipts(process.core, caller.member, ids))
        if not isinstance(shown, dict):
            return
        for round_id, view in shown.items():
            round_ = world.evidence.round(round_id)
            player = caller.member.space_id, caller.member.external_id
            answer = world.evidence.answer(round_id, player)
            if answer is None or answer != before.get((round_id, player)):
                continue  # it changed meanwhile
            if round_.at_close and round_.closed_at is None:
                question = world.model.questions[round_.question]
                found = world.secrecy.of_receipt(view, round_, question, answer.choices)
                world.problems(f"looking back at {round_id}", found)

    async def verifies(self) -> None:
        process = self.process()
        result = await process.does(verify(process.core))
        if isinstance(result, list) and result:
            self.world.violates(f"scores verify: {result}")


def _named(click: SubmitAnswer) -> str:
    event = "poison" if isinstance(click.event_id, Unstorable) else click.event_id
    return f"{click.member.name} in {click.member.space_id} picks {sorted(click.given)} in {click.round_id} ({event})"


def _came_of(result: Any) -> str:
    if result is LOST:
        return "(lost)"
    return f"({result})" if isinstance(result, QuizbotError) else "(done)"


_WEIGHTS = {
    "clicks": 10,
    "delivers": 6,
    "quizzes": 2,
    "ticks": 7,
    "asks_in_series": 1,
    "switches": 0.5,
    "corrects": 1.2,
    "withdraws": 0.3,
    "looks_back": 0.5,
    "verifies": 0.7,
}
