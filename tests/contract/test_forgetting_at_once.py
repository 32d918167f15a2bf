"""Answers that are under way while their player is forgotten."""

import asyncio

from bot.services.forgetting import forget_accounts


async def test_an_answer_that_waits_to_be_stored_goes_with_whoever_gave_it(game, monkeypatch):
    await game.imports()
    round_ = await game.daily()
    await game.answers(round_, "Ada", 0)
    writer, goes_on = game.app.answers, asyncio.Event()
    store, settle = writer._store, writer.settle

    async def store_later(batch):
        await goes_on.wait()
        return await store(batch)

    async def settle_then():
        goes_on.set()
        await settle()

    monkeypatch.setattr(writer, "_store", store_later)
    monkeypatch.setattr(writer, "settle", settle_then)
    answers = []
    for name in ("Bob", "Ada"):  # one is being stored, the other waits behind it
        answers.append(asyncio.create_task(game.answers(round_, name, 1)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    forgetting = asyncio.create_task(forget_accounts(game.app, [game.member("Ada")]))
    forgetting.add_done_callback(lambda _done: goes_on.set())
    await asyncio.gather(forgetting, *answers)
    assert await game.app.storage.read(lambda unit: unit.people.names_in(game.space.id)) == ["Bob"]
