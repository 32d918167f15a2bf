"""A space with very many questions keeps nobody else waiting longer than other spaces do."""

import asyncio
from typing import Any

import pytest

from bot.application import Application
from bot.domain.commands import Caller, ValueSource
from bot.domain.errors import BadInput
from bot.domain.identity import Member, Space, SpaceId
from bot.domain.writing import Written
from bot.services.banks import room, writing
from bot.services.banks.storing import import_document
from bot.services.chat import completion
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.completion import suggest
from bot.services.leagues.spaces import ensure_space
from bot.testing import Conversation, document, draft
from tests.security.test_limits import core, home

__all__ = ["core", "home"]

BANK = next(option for option in COMMANDS["bank review"].options if option.completed_from is ValueSource.BANKS)


async def test_the_banks_of_a_space_hold_no_more_than_they_may(
    core: Application, home: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_BANKS", 2)
    monkeypatch.setattr(room, "MOST_QUESTIONS", 5)

    async def bring(bank: str, *numbers: int, space_id: SpaceId | None = home.id, dry_run: bool = False) -> None:
        some = document(*(draft(f"{bank} {n}?", line=n) for n in numbers))
        await import_document(core, some, bank=bank, space_id=space_id, dry_run=dry_run)

    await bring("one", 1, 2, 3)
    for dry_run in (True, False):
        with pytest.raises(BadInput, match="may hold 5 questions"):
            await bring("one", 1, 2, 3, 4, 5, 6, dry_run=dry_run)
    await bring("two", 1, 2)
    await bring("two", 1, 2)
    with pytest.raises(BadInput, match="up to 2 banks"):
        await bring("three", 1)
    host = Caller(
        space=home, channel="study", member=Member(space_id=home.id, external_id="ada", name="Ada"), is_host=True
    )
    with pytest.raises(BadInput, match="may hold 5 questions"):
        await writing.add(core, host, Written(kind="short", question="Which?", answers="that"), bank="two")
    await bring("everybody", *range(1, 9), space_id=None)
    other = await ensure_space(core, "web", "other", "Another group", "Europe/Berlin")
    await bring("one", 1, 2, 3, 4, 5, space_id=other.id)


async def test_asking_for_a_topic_that_no_question_is_on_keeps_no_writer_waiting(
    core: Application, home: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unwanted(_work: Any) -> None:
        pytest.fail("it waited for the writing connection, and for a large bank")

    monkeypatch.setattr(core.storage, "write", unwanted)
    await Conversation(core, home).follows([("/quiz no such topic", "No question is ready on")])
    await Conversation(core, home).follows([("/quiz difficulty=hard private=yes", "No question of difficulty")])


async def test_however_many_people_type_one_connection_looks_up_suggestions(
    core: Application, home: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await ensure_space(core, "web", "other", "Another group", "Europe/Berlin")
    read, running, most = core.storage.read, 0, 0

    async def counted(work: Any) -> Any:
        nonlocal running, most
        running += 1
        most = max(most, running)
        try:
            return await read(work)
        finally:
            running -= 1

    monkeypatch.setattr(core.storage, "read", counted)
    assert await asyncio.gather(*(suggest(core, space, BANK, "b") for space in (home, other) * 5)) == [["bank"]] * 10
    assert most == 1


async def test_whose_turn_does_not_come_in_time_gets_no_suggestions(
    core: Application, home: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "_PATIENCE_S", 0)
    async with core.turns.of("suggestions"):
        assert await suggest(core, home, BANK, "b") == []


async def test_a_look_up_that_takes_long_keeps_its_turn_because_it_goes_on_anyway(
    core: Application, home: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, begun, go_on = core.storage.read, asyncio.Event(), asyncio.Event()

    async def slow(work: Any) -> Any:
        begun.set()
        await go_on.wait()
        return await read(work)

    monkeypatch.setattr(completion, "_PATIENCE_S", 0)
    monkeypatch.setattr(core.storage, "read", slow)
    first = asyncio.create_task(suggest(core, home, BANK, "b"))
    await begun.wait()
    assert await suggest(core, home, BANK, "b") == []
    go_on.set()
    assert await first == ["bank"]
