"""One person with several accounts, who links them."""

import re

from bot.testing import Conversation


def person(game, name="Ada"):
    return Conversation(game.app, game.space, speaker=name)


async def code_of(game, name="Ada"):
    return re.search(r"/quiz link (\S+?)`", await person(game, name).says("/quiz link"))[1]


async def link(game, there, name="Ada", other="Ada"):
    """Both sides say yes; what the other one, who does so last, is told."""
    await person(there, other).says(f"/quiz link {await code_of(game, name)}")
    await person(game, name).says("/quiz link confirm")
    return await person(there, other).says("/quiz link confirm")
