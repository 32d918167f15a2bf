"""Store and standings against the model, over every store: whatever Hypothesis thinks up, both say the same."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.domain.answers import SubmitAnswer
from bot.domain.commands import Caller
from bot.domain.errors import NotFound
from bot.domain.grading import in_points
from bot.domain.identity import Member, QuestionId, RoundId, SeriesId
from bot.domain.kinds import kind_of
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.rounds import Round as AskedRound
from bot.domain.series import Timetable
from bot.domain.standings import Ranked, Window
from bot.services.banks.correcting import correct_key, withdraw
from bot.services.banks.storing import import_document
from bot.services.forgetting import forget_accounts
from bot.services.leagues.spaces import ensure_space
from bot.services.leagues.teams import create_team, join_team, leave_team
from bot.services.rounds.asking import ask_now
from bot.services.rounds.closing import close_round
from bot.services.series.series import add_series, ask_in_series_now
from bot.services.standings.scores import standings, verify
from bot.testing import FakeClock, application_on, document, draft
from tests.simulation.model import Model, Player, Question, Round, Stands, monday

NAMES = ("Ada", "Bob", "Cem")
ZONE = "Europe/Berlin"


class Quiz(RuleBasedStateMachine):
    """What people and hosts do, and what must stand on the boards after each act."""

    fresh: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock = FakeClock()
        self.model = Model()
        self.asked: list[AskedRound] = []
        self.series: list[int] = []
        self.teams: dict[str, tuple[str, date]] = {}
        self._events = 0
        self._open = AsyncExitStack()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.run(self._open.aclose())
        self.loop.close()

    @initialize()
    def opens(self) -> None:
        self.run(self._opens())

    async def _opens(self) -> None:
        self.app = await self._open.enter_async_context(application_on(self.fresh(), clock=self.clock))
        self.space = await ensure_space(self.app, "web", "local", "Room", ZONE)
        self.model.zones[self.space.league_id] = ZONE
        keys = ((0,), (1, 2), (0, 1, 3))
        drafts = [draft(f"Question {n}?", "a", "b", "c", "d", key=k, select=len(k)) for n, k in enumerate(keys)]
        await import_document(self.app, document(*drafts), bank="bank")
        bank = await self.app.storage.read(lambda unit: unit.banks.named("bank", None))
        for question in await self.app.storage.read(lambda unit: unit.banks.questions(bank.id)):
            self.model.questions[question.id] = Question(question.stem, list("abcd"), set(question.key), 1, [])
        for options in ({}, {"reveal": Reveal.AT_CLOSE}, {"answer_with": AnswerWith.REACTIONS}):
            timetable = Timetable(at=time(9), zone=ZONE)
            self.series.append((await add_series(self.app, self.space, "study", timetable, **options)).id)
        for name in ("Red", "Blue"):
            await create_team(self.app, self._caller("Zed"), name)
            self.teams["Zed"] = name, monday(self._today())

    def _caller(self, name: str) -> Caller:
        member = Member(space_id=self.space.id, external_id=name.casefold(), name=name)
        return Caller(space=self.space, channel="study", member=member, is_host=False)

    def _player(self, name: str) -> Player:
        return self.space.id, name.casefold()

    @rule(series=st.none() | st.integers(0, 2))
    def asks(self, series: int | None) -> None:
        own = None if series is None else self.series[series]
        every = {i for i, question in self.model.questions.items() if not question.withdrawn}
        if series in {None, 0}:  # these tell the verdict at once
            every -= self.model.kept_back(self.space.id)
        ready = every - self.model.open_questions(self.space.id, self.clock.now(), besides=own)
        if series is not None and not ready:  # then quick questions give way
            ready = every - self.model.open_questions(self.space.id, self.clock.now(), besides=own, quick=False)
        if not ready:
            with pytest.raises(NotFound):
                self.run(self._ask(own))
            return
        asked = self.run(self._ask(own))
        assert asked.question_id in ready
        for before in self.model.rounds.values():
            is_before = asked.series_id is not None and before.series == asked.series_id
            gives_way = before.question == asked.question_id and before.is_open_at(self.clock.now())
            if is_before or gives_way:
                before.ends(self.clock.now())
        self.asked.append(asked)
        self.model.rounds[asked.id] = _as_modelled(asked)

    async def _ask(self, series: int | None) -> AskedRound:
        if series is not None:
            return await ask_in_series_now(self.app, SeriesId(series))
        (asked,) = await ask_now(self.app, self._caller("Ada"))
        return asked

    @precondition(lambda self: self.asked)
    @rule(
        clicks=st.lists(
            st.tuples(st.sampled_from(NAMES), st.integers(0, 5), st.sets(st.integers(0, 4)), st.integers(-90, 0)),
            min_size=1,
            max_size=8,
        ),
        twice=st.booleans(),
    )
    def click(self, clicks: list[tuple[str, int, set[int], int]], twice: bool) -> None:
        """Several at once, some of the past, perhaps each of them twice."""
        sent = [self._click(*click) for click in clicks]
        self.run(self._submit(sent + sent[::-1] if twice else sent))

    async def _submit(self, sent: list[SubmitAnswer]) -> None:
        outcomes = await asyncio.gather(*(self.app.answers.submit(one) for one in sent))
        for one, outcome in zip(sent, outcomes, strict=True):
            round_, player = self.model.rounds[one.round_id], (one.member.space_id, one.member.external_id)
            closed = round_.closed_at is not None
            refusal = round_.refusal(player, one.channel, one.given, one.at, closed=closed)
            if player in self.model.forgotten and one.at < self.model.forgotten[player]:
                refusal = "deleted"
            refusals = {"deleted", "no_such_round", "closed", "no_such_choice", "wrong_number"}
            assert refusal == (outcome.status if outcome.status in refusals else None)
            if refusal is None:
                choices = frozenset(round_.order[pick] for pick in one.given)
                self.model.takes(round_, player, Stands(choices, one.at, one.event_id))

    def _click(self, name: str, which: int, picks: set[int], ago: int) -> SubmitAnswer:
        asked = self.asked[-1 - which % len(self.asked)]
        self._events += 1
        return SubmitAnswer(
            round_id=asked.id,
            channel="study",
            member=self._caller(name).member,
            given=frozenset(sorted(picks)[: kind_of(asked).controls(asked).most] if ago % 5 else picks),
            at=self.clock.now() + timedelta(seconds=ago),
            event_id=f"e{self._events:04}",
        )

    @precondition(lambda self: self.asked)
    @rule(which=st.integers(0, 5))
    def closes(self, which: int) -> None:
        asked = self.asked[-1 - which % len(self.asked)]
        self.run(close_round(self.app, RoundId(asked.id)))
        self.model.rounds[asked.id].ends(self.clock.now())

    @rule(which=st.integers(0, 2), key=st.sets(st.integers(0, 3), min_size=1))
    def corrects(self, which: int, key: set[int]) -> None:
        question_id, question = list(self.model.questions.items())[which]
        if not question.withdrawn:
            letters = ",".join(ascii_uppercase[choice] for choice in sorted(key))
            self.run(correct_key(self.app, QuestionId(question_id), letters, reason="", actor="host"))
            question.key = key

    @rule(which=st.integers(0, 2))
    def withdraws(self, which: int) -> None:
        if sum(question.withdrawn for question in self.model.questions.values()) < 2:
            question_id, question = list(self.model.questions.items())[which]
            self.run(withdraw(self.app, QuestionId(question_id), reason="", actor="host"))
            question.withdrawn = True

    @rule(name=st.sampled_from(NAMES))
    def is_forgotten(self, name: str) -> None:
        self.run(forget_accounts(self.app, [self._caller(name).member]))
        self.model.forgets(self._player(name), self.clock.now())
        self.teams.pop(name, None)

    @rule(name=st.sampled_from(NAMES), team=st.sampled_from(("Red", "Blue", None)))
    def changes_team(self, name: str, team: str | None) -> None:
        if team is None:
            self.run(leave_team(self.app, self._caller(name)))
            self.teams.pop(name, None)
        else:
            self.run(join_team(self.app, self._caller(name), team))
            if name not in self.teams or self.teams[name][0] != team:
                self.teams[name] = team, monday(self._today())

    @rule(hours=st.sampled_from((0.1, 1, 7, 24, 24 * 9)))
    def time_goes_by(self, hours: float) -> None:
        self.clock.advance(hours=hours)

    @invariant()
    def store_and_boards_are_right(self) -> None:
        self.run(self._looks())

    async def _looks(self) -> None:
        assert await verify(self.app) == []
        assert await self.app.storage.read(self._stored) == self.model.answers
        sums, day = self.model.sums(), self._today()
        names = {Window.DAY: f"{day:%Y-%m-%d}", Window.WEEK: f"{day:%G-W%V}", Window.MONTH: f"{day:%Y-%m}"}
        for window in Window:
            name = names.get(window, {Window.SEASON: "season-1", Window.ALL: "all"}.get(window))
            mine = {n: sums.get((self.space.league_id, name, self._player(n))) for n in NAMES}
            begins = {Window.DAY: day, Window.WEEK: monday(day), Window.MONTH: day.replace(day=1)}
            await self._board({n: one for n, one in mine.items() if one}, window, begins.get(window, date.min))

    def _today(self) -> date:
        return self.model.day(self.space.league_id, self.clock.now())

    async def _board(self, mine: dict[str, tuple[Fraction, int, int]], window: Window, first: date) -> None:
        shown = await standings(self.app, league="Room", window=window, by=Ranked.PLAYER)
        assert {s.name: (in_points(s.points), s.right, s.answered, s.place) for s in shown} == {
            name: (pytest.approx(float(p)), right, answered, 1 + sum(o[0] > p for o in mine.values()))
            for name, (p, right, answered) in mine.items()
        }
        shown = await standings(self.app, league="Room", window=window, by=Ranked.TEAM)
        members = {self._player(name): team for name, team in self.teams.items()}
        assert {s.name: (in_points(float(s.points)), s.members, s.place is not None) for s in shown} == {
            team: (pytest.approx(float(points)), answered, answered > 1)
            for team, (points, answered) in self.model.race(self.space.league_id, members, first, self._today()).items()
        }

    async def _stored(self, unit: Any) -> dict[tuple[int, Player], Stands]:
        found = {}
        for name in NAMES:
            answers = await unit.answers.of_member(self._caller(name).member, [asked.id for asked in self.asked])
            for round_id, answer in answers.items():
                found[round_id, self._player(name)] = Stands(answer.response, answer.at, answer.event_id)
        return found


def _as_modelled(asked: AskedRound) -> Round:
    return Round(
        id=asked.id,
        space=asked.space_id,
        league=asked.league_id,
        channel=asked.channel,
        question=asked.question_id,
        select=asked.select,
        order=list(asked.order),
        at_close=asked.reveal is Reveal.AT_CLOSE,
        reactions=asked.answer_with is AnswerWith.REACTIONS,
        opened_at=asked.opened_at,
        closes_at=asked.closes_at,
        series=asked.series_id,
        due_on=asked.due_on,
        private_to=asked.private_to,
    )


@pytest.fixture
def quiz(store: str, request: pytest.FixtureRequest, tmp_path: Path) -> type[Quiz]:
    """The machine over one of the stores."""
    return type("OnStore", (Quiz,), {"fresh": staticmethod(_fresh(store, request, tmp_path))})


@pytest.mark.timeout(3_600)
def test_store_and_standings_are_as_the_rules_say(quiz: type[Quiz], store: str, soak: bool):
    run_state_machine_as_test(
        quiz,
        settings=settings(
            max_examples=300 if soak else 4 if store == "sqlite" else 2,
            stateful_step_count=40 if soak else 20,
            derandomize=not soak,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink) if soak else (Phase.generate,),  # a shorter way takes minutes to find
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def played(quiz: type[Quiz]) -> Iterator[Quiz]:
    """The machine, opened; afterwards its store and boards are looked at once more."""
    machine = quiz()
    machine.opens()
    yield machine
    machine.store_and_boards_are_right()
    machine.teardown()


def test_a_round_whose_reactions_nobody_reads_only_ends(played: Quiz):
    played.asks(2)
    played.click([("Ada", 0, {0}, 0)], twice=False)
    played.time_goes_by(0.1)
    played.closes(0)
    played.click([("Ada", 0, {1}, -60), ("Bob", 0, {0}, -60), ("Cem", 0, {0}, 0)], twice=False)
    played.asks(2)


def test_what_somebody_did_before_they_were_forgotten_is_not_taken(played: Quiz):
    played.asks(0)
    played.click([("Ada", 0, {0}, 0)], twice=False)
    played.is_forgotten("Ada")
    played.click([("Ada", 0, {0}, -1), ("Bob", 0, {0}, -1)], twice=True)
    played.store_and_boards_are_right()
    played.click([("Ada", 0, {0}, 0)], twice=False)


def test_what_somebody_earned_before_the_week_in_which_they_joined_is_not_their_teams(played: Quiz):
    played.asks(0)
    played.click([("Ada", 0, {at}, 0) for at in range(4)] + [("Bob", 0, {0}, 0)], twice=False)
    played.changes_team("Bob", "Blue")
    played.time_goes_by(24 * 9)
    played.changes_team("Ada", "Blue")
    played.store_and_boards_are_right()
    played.asks(0)
    played.click([("Ada", 0, {at}, 0) for at in range(4)], twice=False)


def _fresh(store: str, request: pytest.FixtureRequest, folder: Path) -> Callable[[], str]:
    """Makes empty databases."""
    if store == "postgresql":
        address, server = str(request.getfixturevalue("migrated_postgres")), request.getfixturevalue("postgres")

        def empty() -> str:
            server.empty(address)
            return address

        return empty
    migrated, file = request.getfixturevalue("migrated_file"), folder / "quizbot.db"

    def copy() -> str:
        for left in folder.glob("quizbot.db*"):
            left.unlink()
        shutil.copy(migrated, file)
        return f"sqlite+aiosqlite:///{file}"

    return copy
