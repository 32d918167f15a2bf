"""Whoever deletes everything about them while something of theirs is under way leaves nothing behind."""

import asyncio

import pytest

from bot.domain.commands import Caller, ChatCommand
from bot.domain.drafts import ParsedDocument
from bot.domain.errors import NotFound
from bot.domain.identity import Member
from bot.services.banks.importing import bring
from bot.services.banks.storing import import_document
from bot.services.chat import dispatch
from bot.services.chat.grammar import parse_command
from bot.services.forgetting import forget_accounts
from bot.testing import draft, plain, pressed

pytestmark = pytest.mark.sqlite_first

FILE = b"1. Which planet is red?\nA. Mars\nB. Venus\nAnswer: A\n"


@pytest.fixture
def ada(space):
    member = Member(space_id=space.id, external_id="ada", name="Ada")
    return Caller(space=space, channel="study", member=member, is_host=True)


@pytest.mark.both_databases
async def test_a_file_that_is_being_read_goes_with_whoever_brought_it(app, ada, monkeypatch):
    await app.storage.write(lambda unit: unit.people.ensure_player(ada.member))
    read = app.files.read

    async def read_slowly(*given, **named):
        await forget_accounts(app, [ada.member])
        return await read(*given, **named)

    monkeypatch.setattr(app.files, "read", read_slowly)
    with pytest.raises(NotFound):
        await bring(app, ada, "exam-of-ada.txt", FILE)
    assert await app.storage.read(lambda unit: unit.waiting_imports.of(ada.member)) == []


async def test_hosts_who_never_played_can_bring_files(app, ada):
    brought = await bring(app, ada, "exam.txt", FILE)
    assert await app.storage.read(lambda unit: unit.waiting_imports.of(ada.member)) == [brought.waiting]


@pytest.mark.parametrize("in_private", [False, True])
async def test_a_command_that_is_still_running_goes_with_whoever_typed_it(app, ada, in_private):
    await app.storage.write(lambda unit: unit.people.ensure_player(ada.member))
    deleting = []
    await import_document(app, ParsedDocument(format="numbered", questions=(draft(),)), bank="bank")

    async def says(text):
        command = parse_command(text)
        there = dispatch.run_in_private(app, "web", "ada", command) if in_private else dispatch.run(app, ada, command)
        return await there

    yes = pressed(await says("/privacy delete"))

    async def enter_slowly(_channel, *, public):
        deleting.append(asyncio.create_task(says(yes)))
        while not deleting[0].done() and not any(waiting > 1 for _lock, waiting in app.turns._locks.values()):  # noqa: ASYNC110
            await asyncio.sleep(0)  # nothing tells when somebody waits for a turn

    await dispatch.run(app, ada, ChatCommand(name="quiz", options={"private": "true"}), enter=enter_slowly)
    assert "Done" in plain(await deleting[0])
    assert await app.storage.read(lambda unit: unit.people.names_in(ada.space.id)) == []


async def test_forms_that_were_sent_at_the_same_time_make_nobody_again(room):
    await room.person("Keeper")
    ada = await room.person("Ada")
    await ada.get()

    def send(path, **fields):
        form = {"csrf": ada.csrf, **fields}
        return ada.client.post(ada.base + path, data=form, allow_redirects=False)

    await asyncio.gather(
        send("/me/delete"),
        send("/say", text="/quiz private=yes"),
        send("/me", name="Adele"),
        send("/questions/suggest", do="send", kind="short", question="Which?", answers="this"),
    )
    space_id = await room.space_id()
    assert await room.app.storage.read(lambda unit: unit.people.names_in(space_id)) == ["Keeper"]
    gone = Member(space_id=space_id, external_id="ada", name="")
    assert await room.app.storage.read(lambda unit: unit.suggestions.of(gone)) == []
