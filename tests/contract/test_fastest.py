"""Who would rather not be named among the fastest."""

import json

from bot.domain.commands import ChatCommand
from bot.services.chat import dispatch
from bot.services.people.privacy import export_data
from bot.testing import Conversation, plain


async def test_it_can_be_chosen_and_looked_up(game):
    await Conversation(game.app, game.space).follows(
        [
            ("/quiz privacy race", "You may be named among the fastest."),
            ("/quiz privacy race off", "from the next result on, I won't name you among the fastest"),
            ("/privacy race", "You aren't named among the fastest."),
            ("/quiz privacy race show=ON", "Good luck!"),
            ("/quiz privacy race", "You may be named among the fastest."),
            ("/quiz privacy race maybe", "Type on or off: /quiz privacy race off"),
        ]
    )


async def test_ones_own_data_tell_it(game):
    await Conversation(game.app, game.space).says("/quiz privacy race off")
    data = json.loads(await export_data(game.app, [game.member("Ada")]))
    assert data["may be named among the fastest"] is False


async def test_in_a_direct_message_it_is_chosen_for_every_space(game):
    async def says(**options):
        return plain(
            await dispatch.run_in_private(game.app, "web", "ada", ChatCommand(name="privacy race", options=options))
        )

    assert await says(show="off") == "Nothing is stored about you."
    await Conversation(game.app, game.space).says("/quiz privacy race on")
    assert "I won't name you" in await says(show="off")
    assert "You aren't named" in await says()
