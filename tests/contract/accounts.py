"""One person with several accounts, who links them."""

import re

from bot.domain.commands import ChatCommand
from bot.services.chat import dispatch
from bot.services.chat.grammar import parse_command
from bot.testing import Conversation, plain, pressed


def person(game, name="Ada"):
    return Conversation(game.app, game.space, speaker=name)


async def code_of(game, name="Ada"):
    return re.search(r"/quiz link (\S+?)`", await person(game, name).says("/quiz link"))[1]


async def link(game, there, name="Ada", other="Ada"):
    """Both sides say yes; what the other one, who does so last, is told."""
    await person(there, other).says(f"/quiz link {await code_of(game, name)}")
    await person(game, name).says("/quiz link confirm")
    return await person(there, other).says("/quiz link confirm")


async def deleted_in_private(game, account):
    """Delete all of somebody's accounts in a direct message, of which none is to stay; what is said in the end."""
    asked = await dispatch.run_in_private(game.app, "web", account, ChatCommand(name="privacy delete"))
    assert "stay" not in plain(asked)
    return plain(await dispatch.run_in_private(game.app, "web", account, parse_command(pressed(asked))))
