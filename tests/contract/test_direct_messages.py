"""In a direct message, which belongs to no space, people see and delete what is stored about them everywhere."""

import re

import pytest

from bot.domain.commands import ChatCommand
from bot.domain.errors import NotFound
from bot.domain.identity import Member
from bot.services.banks.importing import bring
from bot.services.chat import dispatch
from bot.services.chat.grammar import parse_command
from bot.services.platforms.arriving import arrive
from bot.testing import plain, pressed

pytestmark = pytest.mark.sqlite_first


async def test_in_a_direct_message_ones_data_of_all_spaces_is_shown_and_deleted(game):
    await game.imports()
    await game.answers(await game.asks(), "Ada", 0)
    elsewhere = await arrive(game.app, "web", "second", "Second room", zone="UTC")
    there = Member(space_id=elsewhere.id, external_id="ada", name="Ada Lovelace")
    await game.app.storage.write(lambda unit: unit.people.ensure_player(there))

    async def told(text):
        return await dispatch.run_in_private(game.app, "web", "ada", parse_command(text))

    async def says(text):
        return plain(await told(text))

    shown = await says("privacy export")
    assert "Study group" in shown
    assert "Second room" in shown
    assert "deleted" in await says(pressed(await told("privacy delete")))
    assert await game.points() == {}
    assert "Nothing" in await says("privacy delete")
    assert "/quiz" in await says("help")
    with pytest.raises(NotFound, match="channel"):
        await says("daily show")


async def test_in_a_direct_message_a_host_who_never_played_sees_and_deletes_what_is_stored(game):
    await game.app.storage.write(lambda unit: unit.spaces.put_in_charge(game.space.id, "hana"))
    await bring(
        game.app, game.caller("Ada", is_host=True), "exam-of-ada.txt", b"1. Red?\nA. Mars\nB. Venus\nAnswer: A\n"
    )

    async def says(who, name, **options):
        return await dispatch.run_in_private(game.app, "web", who, ChatCommand(name=name, options=options))

    async def deletes(who):
        asked = await says(who, "privacy delete")
        (code,) = re.findall(r"confirm=(\S+)", pressed(asked))
        return plain(await says(who, "privacy delete", confirm=code))

    shown = await says("hana", "privacy export")
    assert "Study group" in plain(shown)
    assert '"set the bot up here last": true' in plain(shown)
    assert "exam-of-ada" in plain(await says("ada", "privacy export"))
    assert "Nothing" in plain(await says("bob", "privacy delete"))
    for who in ("hana", "ada"):
        assert "Done" in await deletes(who)
        assert "Nothing" in plain(await says(who, "privacy delete"))
    assert await game.app.storage.read(lambda unit: unit.spaces.in_charge(game.space.id)) is None
    assert await game.app.storage.read(lambda unit: unit.waiting_imports.of(game.member("Ada"))) == []
