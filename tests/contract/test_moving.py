"""A channel whose id changes keeps everything that is in it."""

from dataclasses import replace

import pytest

from bot.domain.answers import AnswerStatus
from bot.domain.hosts import Host
from bot.services.leagues.spaces import ensure_space
from bot.services.platforms.moving import channel_moved
from bot.storage.spaces import CHANNELS
from bot.storage.tables import closed_channels, metadata

pytestmark = pytest.mark.sqlite_first


@pytest.mark.both_databases
async def test_everything_in_the_channel_is_in_the_new_one_and_an_open_question_takes_answers_there(game):
    await game.imports()
    round_ = await game.daily()
    await game.answers(round_, "Bob", 1)
    await channel_moved(game.app, game.space, round_.channel, "elsewhere")
    here, there = game.click(round_, "Ada", 0), replace(game.click(round_, "Ada", 0), channel="elsewhere")
    outcomes = [await game.app.answers.submit(one) for one in (here, there)]
    assert [one.status for one in outcomes] == [AnswerStatus.NO_SUCH_ROUND, AnswerStatus.SAVED]

    async def read(unit):
        return (
            [one.channel for one in await unit.schedules.all(game.space.id)],
            (await unit.rounds.find(round_.id)).channel,
            (await unit.outbox.find(f"q{round_.id}")).channel,
        )

    assert await game.app.storage.read(read) == (["elsewhere"], "elsewhere", "elsewhere")


@pytest.mark.both_databases
async def test_whoever_was_made_host_under_both_ids_of_a_channel_is_host_in_it(game, clock):
    def host(channel, account):
        return Host(space_id=game.space.id, account=account, channel=channel, since=clock.now())

    async def make(unit):
        for one in (host("study", "ada"), host("study", "bob"), host("elsewhere", "ada")):
            await unit.hosts.add(one)

    await game.app.storage.write(make)
    await channel_moved(game.app, game.space, "study", "elsewhere")
    found = await game.app.storage.read(lambda unit: unit.hosts.of(game.space.id))
    assert found == [host("elsewhere", "ada"), host("elsewhere", "bob")]


async def test_another_spaces_channel_of_the_same_id_stays(game):
    await game.imports()
    round_ = await game.daily()
    other = await ensure_space(game.app, "test", "other", "Other", "UTC")
    await channel_moved(game.app, other, round_.channel, "elsewhere")
    assert (await game.app.storage.read(lambda unit: unit.rounds.find(round_.id))).channel == round_.channel


def test_every_column_with_a_channel_is_known():
    named = {column for table in metadata.sorted_tables for column in table.c if column.name.endswith("channel")}
    assert named - {closed_channels.c.channel} == set(CHANNELS)
