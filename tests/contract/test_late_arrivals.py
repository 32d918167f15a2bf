"""What somebody did before they deleted everything brings none of it back, whichever process receives it."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.answers import AnswerStatus
from bot.domain.deletions import Outdated
from bot.domain.errors import QuizbotError
from bot.domain.rounds import AnswerWith
from bot.domain.subscriptions import Subject
from bot.ports import Reactions
from bot.services.banks.importing import bring
from bot.services.chat import dispatch
from bot.services.chat.grammar import parse_command
from bot.services.forgetting import forget_accounts, forget_deletions
from bot.services.people.subscribing import subscribe
from bot.services.platforms.arriving import greet_host
from bot.services.platforms.delivery import deliver
from bot.services.rounds.answering import submit_answer
from bot.services.rounds.asking import question_key
from bot.services.rounds.reacting import read_back_all
from bot.storage import deletions
from bot.storage import tables as t
from bot.testing import FakeMessenger, application_on, draft, plain
from tests.contract.locking import held_up
from tests.security.test_authorisation import ROWS

pytestmark = pytest.mark.sqlite_first

WHO = "Hedwig"
FILE = b"1. Which planet is red?\nA. Mars\nB. Venus\nAnswer: A\n"


@pytest.fixture
async def second(game, url, clock):
    """Another process on the same database."""
    async with application_on(url, clock=clock, seed=2) as app:
        yield app


@pytest.fixture
async def before(game):
    """When somebody did what arrives late: a second before they delete everything."""
    await game.imports(*(draft(f"Question number {n}?") for n in range(9)))
    at = game.clock.now()
    game.clock.advance(seconds=1)
    return at


def deletes(game):
    return forget_accounts(game.app, [game.member(WHO)])


def late(game, at):
    return replace(game.member(WHO), acted_at=at)


async def holding(app, word):
    """The tables that have a word in some text."""

    async def read(connection):
        found = set()
        for table in t.metadata.sorted_tables:
            for row in await connection.execute(sa.select(table)):
                if any(word in str(value).casefold() for value in row):
                    found.add(table.name)
        return found

    return await app.storage.read_raw(read)


@pytest.mark.both_databases
async def test_an_answer_from_before_the_deletion_creates_nobody_and_a_later_one_does(game, second, before):
    round_ = await game.daily()
    game.clock.advance(seconds=1)
    clicked = game.click(round_, WHO, 0)
    game.clock.advance(seconds=1)
    await game.answers(round_, WHO, 1)
    await deletes(game)
    told = await second.answers.submit(clicked)
    assert told.status is AnswerStatus.DELETED
    assert await holding(game.app, "hedwig") == set()
    game.clock.advance(seconds=1)
    assert (await second.answers.submit(game.click(round_, WHO, 1))).status is AnswerStatus.SAVED
    assert (await game.app.answers.submit(clicked)).status is AnswerStatus.DELETED, "what is deleted stays so"
    assert {name: set(answer.response) for name, answer in (await game.stored(round_)).items()} == {WHO: {1}}


async def test_an_answer_is_as_old_as_the_moment_at_which_a_process_took_it(game, second, before):
    """A browser may send the rest of a form slowly, and the answer counts only when it is complete."""
    round_ = await game.daily()
    game.clock.advance(seconds=1)
    await deletes(game)
    game.clock.advance(seconds=1)
    clicked = replace(game.click(round_, WHO, 0), member=late(game, before))
    assert (await second.answers.submit(clicked)).status is AnswerStatus.DELETED


@pytest.mark.both_databases
async def test_others_answers_in_the_same_batch_are_stored(game, second, before):
    round_ = await game.daily()
    clicks = [game.click(round_, name, 0) for name in (WHO, "Bob")]
    game.clock.advance(seconds=1)
    await deletes(game)
    told = await asyncio.gather(*map(second.answers.submit, clicks))
    assert [one.status for one in told] == [AnswerStatus.DELETED, AnswerStatus.SAVED]
    assert list(await game.stored(round_)) == ["Bob"]


async def test_an_answer_that_arrives_late_is_refused_with_the_reason(game, second, before):
    round_ = await game.daily()
    clicked = game.click(round_, WHO, 0)
    game.clock.advance(seconds=1)
    await deletes(game)
    assert "You deleted your data after doing this" in plain(await submit_answer(second, clicked))


@pytest.mark.both_databases
async def test_a_reaction_left_below_a_question_creates_nobody(game, second, before):
    web = FakeMessenger()
    round_ = await game.daily(answer_with=AnswerWith.REACTIONS, close_after=timedelta(days=3))
    await deliver(game.app, {"web": web}, "one")
    game.clock.advance(seconds=1)
    put_on = {game.member(WHO): frozenset({0}), game.member("Bob"): frozenset({1})}
    web.reacted = {question_key(round_.id): Reactions(put_on=put_on)}
    await read_back_all(second, "web", web)
    assert set(await game.stored(round_)) == {WHO, "Bob"}
    await deletes(game)
    game.clock.advance(days=2)
    await forget_deletions(game.app)
    for app in (game.app, second):
        await read_back_all(app, "web", web)
    assert set(await game.stored(round_)) == {"Bob"}
    assert await holding(game.app, "hedwig") == set()


async def test_no_command_from_before_leaves_anything_of_whoever_typed_it(game, second, before):
    commands = [parse_command(row.text.format(who="Bob", code="7QJ2-0XKD")) for row in ROWS]

    async def types_all(at):
        caller = replace(game.caller(WHO, is_host=True), member=late(game, at))
        for command in commands:
            if command.name != "privacy delete":
                with suppress(QuizbotError):
                    await dispatch.run(second, caller, command, confirmed=True)

    await deletes(game)
    await types_all(before)
    assert await holding(game.app, "hedwig") == set()
    await types_all(game.clock.now())
    stored_in = {"members", "players", "rounds", "series", "subscriptions", "suggestions"}
    assert await holding(game.app, "hedwig") >= stored_in, "else nothing was tried"


@pytest.mark.both_databases
async def test_nothing_is_stored_of_an_account_without_a_player_either(game, second, before):
    host = replace(game.caller(WHO, is_host=True), member=late(game, before))
    await deletes(game)
    for work in (
        subscribe(second, [host.member], Subject.REMINDERS),
        bring(second, host, "exam.txt", FILE),
        greet_host(second, game.space, host.member),
    ):
        with pytest.raises(Outdated):
            await work
    assert await holding(game.app, "hedwig") == set()


@pytest.mark.both_databases
async def test_a_deletion_is_remembered_for_a_day_without_naming_the_account(game, before):
    await game.asks()
    await game.app.storage.write(lambda unit: unit.people.ensure_player(game.member(WHO)))

    async def remembered():
        async def read(connection):
            return (await connection.execute(sa.select(t.deletions))).all()

        return await game.app.storage.read_raw(read)

    await deletes(game)
    ((space_id, digest, _at),) = await remembered()
    assert space_id == game.space.id
    assert len(digest) == 64
    game.clock.advance(hours=24)
    await forget_deletions(game.app)
    assert len(await remembered()) == 1
    game.clock.advance(hours=1)
    await forget_deletions(game.app)
    assert await remembered() == []


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
@pytest.mark.parametrize("what", ["an answer", "a subscription"])
async def test_a_newcomer_who_deletes_everything_while_acting_is_gone(game, second, before, monkeypatch, what):
    """On SQLite only one transaction writes at a time anyway."""
    clicked = game.click(await game.daily(), WHO, 0)
    game.clock.advance(seconds=1)
    hold, deleting = deletions.hold, []

    async def hold_and_dawdle(connection, accounts):
        await hold(connection, accounts)
        if not deleting:
            deleting.append(asyncio.create_task(deletes(game)))
            await held_up(game.app, deleting[0])
            assert not deleting[0].done()

    monkeypatch.setattr("bot.storage.sql_batches.hold", hold_and_dawdle)
    monkeypatch.setattr("bot.storage.deletions.hold", hold_and_dawdle)
    if what == "an answer":
        assert (await second.answers.submit(clicked)).status is AnswerStatus.SAVED
    else:
        await subscribe(second, [late(game, game.clock.now())], Subject.DIGEST)
    await deleting[0]
    assert await holding(game.app, "hedwig") == set()
