"""A Discord on loopback, to test a bot that talks to it through the real discord.py.

It keeps guilds, channels, people, messages, reactions, commands and interactions in memory, and serves REST and gateway
on one port. It enforces Discord's limits and permissions with Discord's own errors, and records every byte sent to it.

    async with DiscordServer() as server:
        Route.BASE = server.api_base
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
        ...                                                 # start the bot with server.token
        await server.connected()

        guild = server.add_guild("Study group")
        channel = guild.add_channel("general")              # or add_channel("general", bot_may=May.VIEW_CHANNEL)
        ada = server.add_user("Ada", guild)
        boss = server.add_user("Grace", guild, may=May.MANAGE_GUILD)

        asked = await server.command(boss, channel, "daily set", {"time": "09:00"})
        await asked.replied()
        assert asked.ephemeral
        question = await server.until(lambda: channel.messages and channel.last)
        answer = await server.click(ada, question, question.button("A"))
        await answer.replied()
        assert "Right" in answer.content
        assert answer.acknowledged_after < 1
        print(render(question), render(answer.reply))

*People* (`people`): `click`, `select`, `submit` (the modal that a click opened), `command`, `autocomplete`, `upload`,
`react`, `unreact`, `delete_message`, `delete_channel`, `kick_bot`, `invite_bot`, and `direct` for the channel of direct
messages. What a client would refuse is an AssertionError, unless ``unchecked`` is given. Things happen at once, and a
connected bot is told at once; a session whose client is away is told when it resumes.

*Interactions* record the callback's type, how long it took (`acknowledged_after`), `reply`, `followups`, `choices`.
After 3 seconds without an answer they are unknown (10062); a second callback gets 40060; followups are accepted for 15
minutes.

*Time* is `server.clock`: the wall clock or the one given as ``wall``; `advance` moves it without waiting. Requests and
interactions are timed in seconds of `clock.elapsed()`.

*Trouble*: `fail_next(500, times=2, match=r"POST .*/messages$", after_work=True)`, `fail_next(errors.UNKNOWN_MESSAGE)`,
`fail_next(CONNECTION_LOST)`, `slow`, `storm` of 429; `rate_limits.on` with `rate_limits.refused`, which counts every
429; `drop_connections`, `ask_to_reconnect`, `invalidate_sessions`, `deliver_twice`, `hold_gateway`; `token` and
`gateway.allowed_intents` for 4004 and 4014; `gateway.shards` for the recommended number of shards;
`channel.let_bot` for permissions; `user.takes_messages` for 50007; `world.old_edits` for 30046.

*Afterwards*: `requests`, `payloads`, `calls(pattern)`, `sent(text, before=moment)` to check that something was never
sent, `message.edits`, `message.pings` (whom it notified), `render(message)` (how it looks).

*Kinds of channels*: `guild.add_voice_channel`, `add_announcement_channel`, `add_post` for a post in a forum;
`channel.add_thread`, and `thread.change(archived=True, locked=True)`.

Left out: voice itself, webhooks other than those of interactions, components version 2 in messages. Threads under
messages are recorded.
"""

from tests.platforms.discord.faults import CONNECTION_LOST
from tests.platforms.discord.interactions import Callback, Interaction
from tests.platforms.discord.modals import render_modal
from tests.platforms.discord.model import Channel, Guild, Message, User
from tests.platforms.discord.permissions import EVERYBODY, EVERYTHING, INVITED, May
from tests.platforms.discord.rendering import render
from tests.platforms.discord.server import DiscordServer

__all__ = [
    "CONNECTION_LOST",
    "EVERYBODY",
    "EVERYTHING",
    "INVITED",
    "Callback",
    "Channel",
    "DiscordServer",
    "Guild",
    "Interaction",
    "May",
    "Message",
    "User",
    "render",
    "render_modal",
]
