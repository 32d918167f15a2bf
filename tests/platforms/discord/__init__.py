"""A Discord on loopback, for tests of a bot that speaks to it with the real discord.py.

It keeps guilds, channels, people, messages, reactions, commands and interactions in memory, speaks REST and gateway
on one port, enforces Discord's limits and permissions with Discord's own errors, and remembers every byte it was sent.

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

*People* (`people`): `click`, `select`, `command`, `autocomplete`, `upload`, `react`, `unreact`, `delete_message`,
`delete_channel`, `kick_bot`, `invite_bot`, and `direct` for the channel of direct messages. What a client would refuse
is an AssertionError, unless it is done ``unchecked``. Things happen at once; what the bot hears of them when it is
connected. A session whose client is away hears it when it resumes.

*Interactions* record the callback's type, how long it took (`acknowledged_after`), `reply`, `followups`, `choices`.
Unanswered for 3 seconds they are unknown (10062), a second callback gets 40060, followups are taken for 15 minutes.

*Time* is `server.clock`: the wall clock or the one given as ``wall``; `advance` lets it pass without waiting. Moments
of requests and interactions are seconds of `clock.elapsed()`.

*Trouble*: `fail_next(500, times=2, match=r"POST .*/messages$", after_work=True)`, `fail_next(errors.UNKNOWN_MESSAGE)`,
`fail_next(CONNECTION_LOST)`, `slow`, `storm` of 429; `rate_limits.on` with `rate_limits.refused`, which counts every
429; `drop_connections`, `ask_to_reconnect`, `invalidate_sessions`, `deliver_twice`, `hold_gateway`; `token` and
`gateway.allowed_intents` for 4004 and 4014; `gateway.shards` for what it recommends; `channel.let_bot` for permissions;
`user.takes_messages` for 50007; `world.old_edits` for 30046.

*Afterwards*: `requests`, `payloads`, `calls(pattern)`, `sent(text, before=moment)` for what must never have been sent,
`message.edits`, `message.pings` (whom it notified), `render(message)` (how it looks).

Left out: voice, webhooks of one's own, components version 2; forms and threads under messages are noted, not filled in.
"""

from tests.platforms.discord.faults import CONNECTION_LOST
from tests.platforms.discord.interactions import Callback, Interaction
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
]
