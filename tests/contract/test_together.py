"""One question in several spaces of a league on the same day."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.commands import Caller
from bot.domain.errors import NotFound
from bot.domain.identity import Member
from bot.domain.rounds import Reveal
from bot.domain.series import Timetable
from bot.services.banks.correcting import correct_key, withdraw
from bot.services.forgetting import forget_departed
from bot.services.leagues.spaces import ensure_space
from bot.services.platforms.arriving import depart
from bot.services.rounds.asking import ask_now
from bot.services.series.series import add_series, ask_due, ask_in_series_now
from bot.storage import tables as t
from bot.testing import Conversation, application_on, draft, short
from tests.contract.accounts import link
from tests.contract.test_series import GRACE

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def elsewhere(game):
    """A second space in the same league."""
    other = await ensure_space(game.app, "discord", "1", "Elsewhere", "Europe/Berlin")
    moved = sa.update(t.spaces).where(t.spaces.c.id == other.id).values(league_id=game.space.league_id)
    await game.app.storage.write_raw(lambda connection: connection.execute(moved))
    return replace(other, league_id=game.space.league_id)


@pytest.fixture
async def pair(game, elsewhere):
    """Series of both spaces that ask together."""
    await game.imports(*(draft(f"Question number {n}?", "right", "wrong", "never") for n in range(20)))
    nine = Timetable(at=time(9), zone="Europe/Berlin")
    here = await add_series(game.app, game.space, "study", nine, together="exam")
    there = await add_series(game.app, elsewhere, "study", nine, together="EXAM")
    return here, there


async def asked(game, series):
    rows = await game.app.storage.read_raw(
        lambda connection: connection.execute(
            sa.select(t.rounds).where(t.rounds.c.series_id == series.id).order_by(t.rounds.c.id)
        )
    )
    return [(row.due_on, row.question_id, row.revision, row.shared_id) for row in rows]


async def morning(game, *series, day=3):
    game.clock.set(datetime(2026, 3, day, 8, tzinfo=UTC))
    for one in series:
        await ask_due(game.app, one.id, GRACE)


async def test_both_spaces_ask_the_same_on_the_same_date(game, pair):
    here, there = pair
    for day in range(3, 8):
        await morning(game, *(pair if day % 2 else reversed(pair)), day=day)
    assert await asked(game, here) == await asked(game, there)
    assert len({question for _, question, _, _ in await asked(game, here)}) == 5
    assert all(shared for *_, shared in await asked(game, here))


@pytest.mark.both_databases
async def test_two_processes_that_open_at_once_ask_one_question(game, pair, url, clock):
    here, there = pair
    game.clock.set(datetime(2026, 3, 3, 8, tzinfo=UTC))
    async with application_on(url, clock=clock, seed=2) as other:
        await asyncio.gather(*(ask_due(app, one.id, GRACE) for app in (game.app, other) for one in pair))
    assert await asked(game, here) == await asked(game, there)
    assert len(await asked(game, here)) == 1


async def test_what_the_second_space_was_asked_lately_is_asked_all_the_same(game, pair):
    here, there = pair
    for day in range(3, 23):
        await morning(game, there, day=day)
    await morning(game, there, here, day=23)
    assert (await asked(game, here))[0] == (await asked(game, there))[-1]


async def test_out_of_turn_each_asks_its_own(game, pair):
    here, there = pair
    round_ = await ask_in_series_now(game.app, here.id)
    assert round_.shared_id is None
    await morning(game, *pair)
    assert (await asked(game, here))[-1] == (await asked(game, there))[-1]


async def test_another_league_or_name_asks_its_own(game, pair, elsewhere):
    nine = Timetable(at=time(9), zone="Europe/Berlin")
    other = await add_series(game.app, elsewhere, "other", nine, together="another")
    await morning(game, pair[0], other)
    ((_, _, _, mine),) = await asked(game, pair[0])
    ((_, _, _, theirs),) = await asked(game, other)
    assert mine != theirs


async def test_a_key_that_was_corrected_in_between_holds_in_the_second_space(game, pair):
    here, there = pair
    await morning(game, here)
    ((_, question, *_),) = await asked(game, here)
    await correct_key(game.app, question, "B", reason="", actor="host")
    await morning(game, there)
    ((due_on, same, revision, _),) = await asked(game, there)
    assert (due_on, same, revision) == (date(2026, 3, 3), question, 2)


CHOICE, SHORT = draft("Which?", "Lambda", "EC2"), short("Which?", "Lambda")


@pytest.mark.parametrize("edits", [(CHOICE, SHORT), (SHORT, CHOICE)], ids=["to typed", "to choices"])
@pytest.mark.parametrize("first", ["here", "there"])
async def test_one_player_answers_once_also_where_the_kind_changed_in_between(game, elsewhere, edits, first):
    nine = Timetable(at=time(9), zone="Europe/Berlin")
    sides = {"here": game, "there": replace(game, space=elsewhere)}
    await game.imports(edits[0])
    pair = [
        await add_series(game.app, side.space, "study", nine, together="exam", reveal=Reveal.AT_CLOSE)
        for side in sides.values()
    ]
    rounds = {}
    for (name, side), edit, series in zip(sides.items(), edits, pair, strict=True):
        await game.imports(edit)
        await morning(game, series)
        (rounds[name],) = await game.app.storage.read(lambda unit, side=side: unit.rounds.open_in(side.space.id))
    assert [round_.kind for round_ in rounds.values()] == [edit.kind for edit in edits]
    await link(game, sides["there"])

    async def told(name):
        given = ("Lambda",) if rounds[name].kind == "short" else frozenset({0})
        return await Conversation(game.app, sides[name].space).answers(rounds[name], given)

    assert "Saved" in await told(first)
    second = "there" if first == "here" else "here"
    assert "it counts once" in await told(second)
    await game.agrees()


async def test_a_question_that_was_withdrawn_in_between_is_asked_no_more(game, pair):
    here, there = pair
    await morning(game, here)
    ((_, question, *_),) = await asked(game, here)
    await withdraw(game.app, question, reason="", actor="host")
    await morning(game, there)
    ((_, another, _, shared),) = await asked(game, there)
    assert another != question
    assert shared is None


@pytest.mark.both_databases
async def test_a_space_that_is_forgotten_leaves_the_other_what_it_was_asked(game, elsewhere):
    mine = [draft(f"Question number {n}?", "right", "wrong") for n in range(3)]
    await game.imports(*mine, bank="mine", space_id=game.space.id)
    nine = Timetable(at=time(9), zone="Europe/Berlin")
    here = await add_series(game.app, game.space, "study", nine, together="exam")
    there = await add_series(game.app, elsewhere, "study", nine, together="exam")
    await morning(game, here, there)
    ((_, question, *_),) = await asked(game, there)
    await depart(game.app, "web", "local")
    game.clock.advance(days=31)
    await forget_departed(game.app, timedelta(days=30))
    assert await game.app.storage.read(lambda unit: unit.spaces.known_as("web", "local")) is None
    kept = await game.app.storage.read(lambda unit: unit.banks.question(question))
    assert kept.status == "withdrawn"
    assert await game.app.storage.read(lambda unit: unit.banks.summaries(elsewhere.id)) == []
    (left,) = await game.app.storage.read(lambda unit: unit.banks.summaries())
    assert (left.bank.id, left.ready, left.withdrawn) == (kept.bank_id, 0, 1), "what wasn't asked there is gone"
    assert "mine" not in left.bank.name
    assert len(await asked(game, there)) == 1


async def test_on_demand_no_space_tells_a_key_that_another_one_of_the_league_keeps_back(game, elsewhere):
    await game.imports(draft("Question?"))
    await game.daily(reveal=Reveal.AT_CLOSE)
    guest = Member(space_id=elsewhere.id, external_id="guest", name="Guest")
    with pytest.raises(NotFound, match="open already"):
        await ask_now(game.app, Caller(space=elsewhere, channel="lobby", member=guest, is_host=False))
