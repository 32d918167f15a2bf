"""A deleted bank leaves nothing but the questions that rounds need."""

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.services.banks.deleting import delete_bank
from bot.services.banks.storing import summaries
from bot.testing import draft


async def names(game):
    return [one.bank.name for one in await summaries(game.app, game.space.id)]


async def test_what_was_asked_stays_with_its_points_and_is_never_asked_again(game):
    await game.imports(draft("One?", topic="asked"), draft("Two?"), draft("Three?"), bank="own", space_id=game.space.id)
    round_ = await game.asks(topic="asked")
    await game.answers(round_, "Bob", 0)
    before = await game.stored(round_)
    assert await delete_bank(game.app, game.caller(is_host=True), "OWN") == 1
    assert await names(game) == []
    assert await game.stored(round_) == before
    with pytest.raises(NotFound):
        await game.asks()
    await game.closes(round_)
    question = await game.app.storage.read(lambda unit: unit.banks.question(round_.question_id))
    assert question.withdrawn
    everything = await summaries(game.app)
    assert [one.withdrawn for one in everything] == [1], "whoever runs the bot sees what is left"


async def test_a_bank_of_others_is_not_deleted(game):
    await game.imports(bank="everybodys")
    with pytest.raises(NotAllowed):
        await delete_bank(game.app, game.caller(is_host=True), "everybodys")
    with pytest.raises(NotFound):
        await delete_bank(game.app, game.caller(is_host=True), "none")
    assert await names(game) == ["everybodys"]


async def test_a_new_bank_may_have_the_old_name(game):
    for _time in range(2):
        await game.imports(draft("One?"), bank="own", space_id=game.space.id)
        await game.asks()
        assert await delete_bank(game.app, game.caller(is_host=True), "own") == 1
    assert len(await summaries(game.app)) == 2
