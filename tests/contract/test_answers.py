"""Answers: one for each player and round, whoever clicks what, when, how often and through whom."""

import asyncio
from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa

from bot.domain.answers import AnswerStatus
from bot.domain.errors import Busy
from bot.domain.identity import Member
from bot.domain.kinds.choice import ChoiceRefusal
from bot.domain.rounds import AnswerWith, Reveal
from bot.services.leagues.spaces import ensure_space
from bot.services.rounds.closing import close_round
from bot.storage import answer_writer, tables
from bot.storage.boards import SqlBoards
from bot.testing import application_on, draft
from tests.contract.locking import waits
from tests.contract.stored_schema import current_revision
from tests.patience import PATIENCE_S, until


async def test_an_answer_is_stored_graded_and_counted_at_once(game):
    await game.imports()
    round_ = await game.asks()
    outcome = await game.answers(round_, "Ada", 0)
    assert outcome.status is AnswerStatus.SAVED
    assert outcome.answer.grade.right
    assert (await game.stored(round_))["Ada"] == outcome.answer
    assert await game.points() == {"Ada": 10}
    await game.agrees()


async def test_an_answer_that_waits_counts_at_the_close_and_not_before(game):
    await game.imports()
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    await game.answers(round_, "Ada", 0)
    await game.answers(round_, "Bob", 1)
    assert await game.points() == {}
    await game.agrees()
    await game.closes(round_)
    assert await game.points() == {"Ada": 10, "Bob": 0}
    await game.agrees()


async def test_the_same_click_three_times_leaves_one_answer(game):
    await game.imports()
    round_ = await game.asks()
    click = game.click(round_, "Ada", 0)
    outcomes = [await game.app.answers.submit(click) for _ in range(3)]
    assert [o.status for o in outcomes] == [AnswerStatus.SAVED, AnswerStatus.UNCHANGED, AnswerStatus.UNCHANGED]
    assert {o.answer for o in outcomes} == {outcomes[0].answer}
    assert await game.points() == {"Ada": 10}


@pytest.mark.parametrize("reveal", list(Reveal))
async def test_clicks_that_come_out_of_order_and_twice_leave_what_the_players_meant(game, reveal):
    await game.imports()
    round_ = await game.daily(reveal=reveal)
    start = game.clock.now()
    clicks = [
        game.click(round_, f"P{player}", (player + second) % 4, at=start + timedelta(seconds=second))
        for player in range(20)
        for second in range(5)
    ]
    shuffled = clicks * 2
    Random(7).shuffle(shuffled)
    for part in range(0, len(shuffled), 60):  # some in one batch, some in the next
        await game.at_once(*shuffled[part : part + 60])
    counts = 0 if reveal is Reveal.ON_ANSWER else 4
    stored = await game.stored(round_)
    assert {name: set(answer.response) for name, answer in stored.items()} == {
        f"P{player}": {(player + counts) % 4} for player in range(20)
    }
    await game.closes(round_)
    await game.agrees()


async def test_two_hundred_players_click_at_once(game):
    await game.imports(draft("One?"), draft("Two?"))
    rounds = [await game.daily(), await game.daily(reveal=Reveal.AT_CLOSE)]
    await game.at_once(*(game.click(r, f"P{n}", n % 4) for n in range(200) for r in rounds))
    for round_ in rounds:
        assert len(await game.stored(round_)) == 200
        await game.closes(round_)
    points = await game.points()
    assert len(points) == 200
    assert points["P0"] == 20
    assert points["P1"] == 0
    await game.agrees()


async def test_two_processes_at_once_lose_nothing_and_count_nothing_twice(game, url, clock):
    """Players meet both for the first time, in another order each, and click in several rounds at once."""
    await game.imports(draft("One?"), draft("Two?"), draft("Three?"))
    rounds = [await game.asks(), await game.daily(), await game.daily(reveal=Reveal.AT_CLOSE)]
    async with application_on(url, clock=clock, seed=2) as other:
        clicks = [game.click(r, f"P{n}", n % 3) for n in range(60) for r in rounds]

        async def deliver(app, order):
            sent = list(clicks)
            Random(order).shuffle(sent)
            for part in range(0, len(sent), 30):
                await asyncio.gather(*(app.answers.submit(click) for click in sent[part : part + 30]))

        await asyncio.gather(deliver(game.app, 1), deliver(other, 2), deliver(game.app, 3))
    for round_ in rounds:
        assert len(await game.stored(round_)) == 60
        await game.closes(round_)
    assert (await game.points())["P0"] == 30
    await game.agrees()


async def test_two_processes_respect_the_daily_cap_together(game, url, clock, monkeypatch):
    """A player answers many on-demand questions in the same moment, every other one through another process."""
    read, at_it = SqlBoards._some_on_demand, set()

    async def read_and_dawdle(boards, days):
        found = await read(boards, days)
        at_it.add(boards)
        await until(the_other_has_read_or_cannot, "the other process")
        return found

    async def the_other_has_read_or_cannot():
        return len(at_it) > 1 or await waits(other)

    monkeypatch.setattr(SqlBoards, "_some_on_demand", read_and_dawdle)
    await game.imports(*(draft(f"Question number {n}?") for n in range(13)))
    await game.answers(await game.daily(), "Ada", 1)
    rounds = [await game.asks() for _ in range(12)]
    async with application_on(url, clock=clock, seed=2) as other:
        await asyncio.gather(*(current_revision(app.storage) for app in (game.app, other)))  # both are connected
        await asyncio.gather(
            *((game.app, other)[n % 2].answers.submit(game.click(r, "Ada", 0)) for n, r in enumerate(rounds))
        )
    assert await game.points() == {"Ada": 50}
    await game.agrees()


async def test_on_demand_points_count_up_to_fifty_a_day_and_a_series_beside_them(game):
    await game.imports(*(draft(f"Question number {n}?") for n in range(9)))
    for _ in range(7):
        await game.answers(await game.asks(), "Ada", 0)
    assert await game.points() == {"Ada": 50}
    await game.answers(await game.daily(), "Ada", 0)
    assert await game.points() == {"Ada": 60}
    game.clock.advance(days=1)
    await game.answers(await game.asks(), "Ada", 0)
    assert await game.points() == {"Ada": 70}
    await game.agrees()


async def test_what_cannot_be_answered_is_refused_and_leaves_nothing(game):
    await game.imports()
    round_ = await game.asks()
    elsewhere = await ensure_space(game.app, "web", "elsewhere", "Elsewhere", "UTC")
    stranger = Member(space_id=elsewhere.id, external_id="ada", name="Ada")
    forged = [
        (game.click(round_, "Ada", 0), {"round_id": 12345}, AnswerStatus.NO_SUCH_ROUND),
        (game.click(round_, "Ada", 0), {"member": stranger}, AnswerStatus.NO_SUCH_ROUND),
        (game.click(round_, "Ada", 0), {"channel": "elsewhere"}, AnswerStatus.NO_SUCH_ROUND),
        (game.click(round_, "Ada", 0), {"given": frozenset({7})}, ChoiceRefusal.NO_SUCH_CHOICE),
        (game.click(round_, "Ada", 0), {"given": frozenset({0, 1})}, ChoiceRefusal.WRONG_NUMBER),
    ]
    for click, change, status in forged:
        changed = {name: getattr(click, name) for name in click.__dataclass_fields__} | change
        assert (await game.app.answers.submit(type(click)(**changed))).status is status
    await game.closes(round_)
    assert (await game.answers(round_, "Ada", 0)).status is AnswerStatus.CLOSED
    assert await game.stored(round_) == {}
    assert await game.points() == {}


async def test_a_private_round_is_its_owners_alone(game):
    await game.imports()
    round_ = await game.asks(private=True)
    assert (await game.answers(round_, "Bob", 0)).status is AnswerStatus.NO_SUCH_ROUND
    assert (await game.answers(round_, "Ada", 0)).status is AnswerStatus.SAVED


async def test_a_reaction_that_is_taken_back_counts_nothing(game):
    await game.imports()
    round_ = await game.daily(answer_with=AnswerWith.REACTIONS)
    assert round_.reveal is Reveal.AT_CLOSE
    await game.answers(round_, "Ada", 0)
    game.clock.advance(seconds=1)
    assert (await game.answers(round_, "Ada")).status is AnswerStatus.TAKEN_BACK
    assert await game.app.storage.read(lambda unit: unit.rounds.answered([round_.id])) == {round_.id: 0}
    await game.closes(round_)
    assert await game.points() == {}
    await game.agrees()


async def test_a_cancelled_caller_loses_nothing_and_half_stores_nothing(game):
    """Whatever is cancelled when: each answer is stored with its totals, or not at all."""
    await game.imports()
    round_ = await game.daily()
    random = Random(3)
    tasks = []
    for n in range(150):
        tasks.append(asyncio.create_task(game.answers(round_, f"P{n}", n % 2)))
        if n % 10 == 0:
            await asyncio.sleep(random.random() / 200)
        if random.random() < 0.5:
            random.choice(tasks).cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    acknowledged = {f"P{n}" for n, outcome in enumerate(done) if not isinstance(outcome, BaseException)}
    assert acknowledged
    assert acknowledged < {f"P{n}" for n in range(150)}
    assert acknowledged <= set(await game.stored(round_))
    await game.agrees()


@pytest.mark.parametrize("written", [False, True], ids=["before it writes", "before it commits"])
async def test_a_cancelled_use_case_is_stored_whole(game, monkeypatch, written):
    """Cancelling the caller in the middle of a transaction leaves no open one for another writer to commit half of."""
    storage, reached, goes_on = game.app.storage, asyncio.Event(), asyncio.Event()
    write = storage.write

    async def write_and_stop_midway(work):
        async def stopped_midway(unit):
            result = await work(unit) if written else None
            reached.set()
            await goes_on.wait()
            return result if written else await work(unit)

        return await write(stopped_midway)

    await game.imports(draft("One?"), draft("Two?"))
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    await game.at_once(*(game.click(round_, f"P{n}", 0) for n in range(50)))
    monkeypatch.setattr(storage, "write", write_and_stop_midway)
    closing = asyncio.create_task(game.closes(round_))
    await reached.wait()
    monkeypatch.undo()
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    goes_on.set()
    await asyncio.gather(*storage._running)
    await game.answers(await game.daily(), "Late", 0)
    await game.agrees()
    assert (await storage.read(lambda unit: unit.rounds.find(round_.id))).closed_at is not None
    assert len(await game.points()) == 51


async def test_a_full_queue_refuses_instead_of_growing(game, monkeypatch):
    monkeypatch.setattr(answer_writer, "QUEUE", 20)
    monkeypatch.setattr(answer_writer, "BATCH", 5)
    monkeypatch.setattr(answer_writer, "PATIENCE_S", 0.05)
    await game.imports()
    round_ = await game.daily()
    locked, goes_on = asyncio.Event(), asyncio.Event()

    async def lock_and_wait(connection):
        await connection.execute(sa.select(tables.rounds).where(tables.rounds.c.id == round_.id).with_for_update())
        locked.set()
        await goes_on.wait()

    holding = asyncio.create_task(game.app.storage.write_raw(lock_and_wait))
    await locked.wait()
    asked = [asyncio.create_task(game.answers(round_, f"P{n}", 0)) for n in range(60)]
    await asyncio.wait(asked, return_when=asyncio.FIRST_EXCEPTION)
    goes_on.set()
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    await holding
    refused = [o for o in outcomes if isinstance(o, Busy)]
    assert 0 < len(refused) <= 60 - 20
    assert all(o.status is AnswerStatus.SAVED for o in outcomes if not isinstance(o, Exception))
    assert len(await game.stored(round_)) == 60 - len(refused), "what was refused isn't stored"
    await game.agrees()


async def test_whoever_waits_for_room_while_it_closes_hears_back(game, monkeypatch):
    monkeypatch.setattr(answer_writer, "QUEUE", 5)
    monkeypatch.setattr(answer_writer, "BATCH", 5)
    await game.imports()
    round_ = await game.daily()
    asked = [asyncio.create_task(game.answers(round_, f"P{n}", 0)) for n in range(30)]
    await asyncio.sleep(0)
    closing = asyncio.create_task(game.app.answers.close())
    outcomes = await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), PATIENCE_S)
    await closing
    acknowledged = [o for o in outcomes if not isinstance(o, Busy)]
    assert all(o.status is AnswerStatus.SAVED for o in acknowledged)
    assert len(await game.stored(round_)) == len(acknowledged)


async def test_what_waits_is_stored_before_it_closes_and_then_nothing_more(game):
    await game.imports()
    round_ = await game.daily()
    asked = [asyncio.create_task(game.answers(round_, f"P{n}", 0)) for n in range(100)]
    await asyncio.sleep(0)
    await game.app.answers.close()
    assert all(outcome.status is AnswerStatus.SAVED for outcome in await asyncio.gather(*asked))
    with pytest.raises(Busy):
        await game.answers(round_, "Late", 0)
    assert len(await game.stored(round_)) == 100


async def test_a_failing_answer_costs_the_others_in_its_batch_nothing(game):
    await game.imports()
    round_ = await game.daily()
    clicks = [game.click(round_, f"P{n}", 0) for n in range(20)]
    object.__setattr__(clicks[7], "event_id", object())  # no database takes that
    outcomes = await asyncio.gather(*(game.app.answers.submit(c) for c in clicks), return_exceptions=True)
    assert [n for n, o in enumerate(outcomes) if isinstance(o, Exception)] == [7]
    assert len(await game.stored(round_)) == 19
    await game.agrees()


async def test_a_players_name_is_kept_up_to_date(game):
    await game.imports()
    round_ = await game.daily()
    await game.answers(round_, "ada", 0)
    await game.answers(round_, "ADA", 0)
    assert list(await game.points()) == ["ADA"]


async def test_a_refused_click_makes_nobody_a_player(game):
    await game.imports()
    round_ = await game.daily()
    await close_round(game.app, round_.id)
    outcome = await game.app.answers.submit(game.click(round_, "Late", 0))
    assert outcome.status is AnswerStatus.CLOSED
    player = await game.app.storage.read(lambda unit: unit.people.player(game.member("Late")))
    assert player is None


async def test_a_log_that_cannot_be_written_does_not_end_the_writing(game, monkeypatch):
    await game.imports()
    round_ = await game.daily()

    def broken(*_arguments, **_fields):
        raise OSError("standard error is closed")

    monkeypatch.setattr(answer_writer._log, "exception", broken, raising=False)
    writer = answer_writer.GroupCommitWriter(_refusing)
    with pytest.raises(ZeroDivisionError):
        await asyncio.wait_for(writer.submit(game.click(round_, "Ada", 0)), PATIENCE_S)
    with pytest.raises(ZeroDivisionError):
        await asyncio.wait_for(writer.submit(game.click(round_, "Bob", 0)), PATIENCE_S)
    await writer.close()


async def _refusing(_batch):
    raise ZeroDivisionError
