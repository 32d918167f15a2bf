"""Discord: clicks a second through the adapter, and a morning with ten thousand channels."""

import asyncio
import tempfile
import time
from bisect import bisect_right
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
from aiohttp import web
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter

from adapters.common.fetching import Reach
from adapters.discord.gate import Gate
from adapters.discord.interactions import Interactions
from adapters.discord.library import Client, hear_interactions
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.outbound import message
from adapters.discord.presence import Presence
from adapters.discord.reactions import ReactionBoard
from adapters.discord.replies import Replies
from adapters.discord.rest import Rest
from adapters.discord.roles import Roles
from adapters.discord.servers import Servers
from adapters.discord.spaces import Spaces
from adapters.discord.tokens import Tokens
from bot.application import Application
from bot.domain.answers import SubmitAnswer
from bot.domain.identity import Member, RoundId, Space
from bot.services.platforms.arriving import arrive
from bot.services.platforms.delivery import SIDE_BY_SIDE
from bot.services.rounds.answering import submit_answer
from tests.bench.figures import Figure, against
from tests.bench.league import league, open_round
from tests.bench.sizes import Size

_AT_ONCE = 1_000
_GUILD = "123456789012345678"
_DISCORDS_LIMIT = 50

Payload = dict[str, Any]


def discord_clicks(size: Size) -> Iterator[Figure]:
    """Clicks from what the gateway hands over to the reply that follows the commit: with and without HTTP."""
    views = _measured(_through_views, size)
    ours = _measured(_through_the_adapter, size)
    yield against("discord_clicks_per_s", ours, "1/s", baseline=views, of="discord.py's views, no HTTP", goal=2.0)
    yield Figure(name="discord_clicks_per_s_of_8000", value=ours, unit="1/s", goal=8_000)
    yield Figure(name="discord_clicks_per_s_over_http", value=_measured(_over_loopback, size), unit="1/s", goal=500)


def _measured(path: Callable[[Application, Space, Size], Awaitable[float]], size: Size) -> float:
    async def run(folder: Path) -> float:
        async with league(folder) as (app, _space, _round_id):
            space = await arrive(app, "discord", _GUILD, "Study group", zone="UTC")
            return await path(app, space, size)

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(run(Path(folder)))


class _Unsent(Replies):
    """Replies that are ready to be sent, and counted."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = 0

    async def _send(self, _method: str, _path: str, _text: str, _files: Any = ()) -> None:
        self.sent += 1


async def _through_the_adapter(app: Application, space: Space, size: Size) -> float:
    return await _fed(app, space, size, _Unsent())


async def _over_loopback(app: Application, space: Space, size: Size) -> float:
    async def nothing(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(status=204)

    site = web.Application()
    site.router.add_route("*", "/{path:.*}", nothing)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    before, Route.BASE = Route.BASE, f"http://127.0.0.1:{runner.addresses[0][1]}"
    replies = Replies()
    replies.open(1)
    try:
        return await _fed(app, space, size, replies)
    finally:
        Route.BASE = before
        await replies.close()
        await runner.cleanup()


async def _fed(app: Application, space: Space, size: Size, replies: Replies) -> float:
    async with Client(Gate(), identify_pause=0, guilds_within=0) as client:
        servers = Servers(client, Rest(client.http), hide_reactions=False)
        spaces = Spaces(app)
        presence = Presence(app, spaces, servers)
        interactions = Interactions(app, spaces, presence, Roles(app), replies, Tokens(), servers, {}, Reach(()))
        hear_interactions(client, interactions.take)
        take = client._connection.parsers["INTERACTION_CREATE"]

        async def through(payloads: list[Payload]) -> None:
            for payload in payloads:
                take(payload)
            await asyncio.gather(*interactions._work._tasks)

        return await _rate(app, space, size, through)


async def _through_views(app: Application, space: Space, size: Size) -> float:
    """The same answers, taken by a persistent view, as discord.py's documentation has it."""

    async def request(*_args: Any, **_more: Any) -> dict[str, Any]:
        return {"interaction": {"id": "1", "type": 3}}

    kept, AsyncWebhookAdapter.request = AsyncWebhookAdapter.request, request
    try:
        async with discord.Client(intents=discord.Intents.none()) as client:
            client.http._HTTPClient__session = None
            about = {"id": "1", "username": "Quizbot", "discriminator": "0", "avatar": None, "flags": 0}
            client._connection.user = discord.ClientUser(state=client._connection, data=about)
            take = client._connection.parsers["INTERACTION_CREATE"]
            pending: set[asyncio.Task[Any]] = set()

            async def through(payloads: list[Payload]) -> None:
                for payload in payloads:
                    take(payload)
                pending.update(task for task in asyncio.all_tasks() if task.get_name().startswith("discord-ui-view"))
                await asyncio.gather(*pending)
                pending.clear()

            return await _rate(app, space, size, through, lambda round_id: client.add_view(_view(app, space, round_id)))
    finally:
        AsyncWebhookAdapter.request = kept


def _view(app: Application, space: Space, round_id: RoundId) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for position in range(4):
        button: discord.ui.Button[Any] = discord.ui.Button(
            label="ABCD"[position], custom_id=f"answer:{round_id}:{position}"
        )

        async def clicked(interaction: discord.Interaction, position: int = position) -> None:
            member = Member(space_id=space.id, external_id=str(interaction.user.id), name=interaction.user.display_name)
            submitted = SubmitAnswer(
                round_id=round_id,
                channel="study",
                member=member,
                given=frozenset({position}),
                at=interaction.created_at,
                event_id=str(interaction.id),
            )
            told = message(await submit_answer(app, submitted))
            embeds = [discord.Embed.from_dict(embed) for embed in told.embeds]
            await interaction.response.send_message(content=told.content or None, embeds=embeds, ephemeral=True)

        button.callback = clicked  # type: ignore[method-assign]  # as the documentation does it
        view.add_item(button)
    return view


async def _rate(
    app: Application,
    space: Space,
    size: Size,
    through: Callable[[list[Payload]], Awaitable[None]],
    prepare: Callable[[RoundId], None] = lambda _round_id: None,
) -> float:
    """Clicks a second, over rounds that everybody answers once; the first one makes everybody known."""
    spent, players = 0.0, size.players // 2
    for number in range(size.discord_rounds + 1):
        round_id = await open_round(app, space)
        prepare(round_id)
        payloads = [_click(app, round_id, player) for player in range(players)]
        began = time.perf_counter()
        for start in range(0, players, _AT_ONCE):
            await through(payloads[start : start + _AT_ONCE])
        if number:
            spent += time.perf_counter() - began
        counts = await app.storage.read(lambda unit, one=round_id: unit.rounds.answered([one]))
        if counts != {round_id: players}:
            raise AssertionError(f"of {players} clicks {counts} are stored")
    return size.discord_rounds * players / spent


def _click(app: Application, round_id: RoundId, player: int) -> Payload:
    """A click as Discord sends it."""
    now = int(app.clock.now().timestamp() * 1000) - 1_420_070_400_000
    name = f"Member {player}"
    user = {"id": str(10**17 + player), "username": name, "global_name": name, "avatar": None, "discriminator": "0"}
    return {
        "id": str((now << 22) + player), "application_id": "1", "type": 3, "token": "x" * 180, "version": 1,
        "guild_id": _GUILD, "channel_id": "study", "locale": "en-US", "guild_locale": "en-US", "entitlements": [],
        "channel": {"id": "77", "type": 0, "name": "study", "guild_id": _GUILD, "permissions": "2048", "position": 0},
        "guild": {"id": _GUILD, "locale": "en-US", "features": []}, "app_permissions": "2048", "context": 0,
        "authorizing_integration_owners": {"0": _GUILD}, "attachment_size_limit": 10_485_760,
        "member": {"user": user, "roles": [], "nick": None, "permissions": "2048", "deaf": False, "mute": False,
                   "joined_at": "2024-01-01T00:00:00+00:00", "flags": 0, "premium_since": None},
        "message": {"id": "99", "channel_id": "77", "type": 0, "content": "", "flags": 0, "pinned": False, "tts": False,
                    "timestamp": "2026-03-02T09:00:00+00:00", "edited_timestamp": None, "mention_everyone": False,
                    "mentions": [], "mention_roles": [], "attachments": [], "author": user | {"bot": True},
                    "embeds": [{"type": "rich", "title": "Question of the day", "description": "What? " * 50}],
                    "components": [{"type": 1, "components": [
                        {"type": 2, "style": 2, "label": letter, "custom_id": f"answer:{round_id}:{at}"}
                        for at, letter in enumerate("ABCD")]}]},
        "data": {"custom_id": f"answer:{round_id}:{player % 4}", "component_type": 2, "id": 1},
    }  # fmt: skip


def discord_morning(size: Size) -> Iterator[Figure]:
    """Thousands of channels get their question at nine, on a simulated clock and Discord's limit of 50 a second."""
    name = f"discord_{size.discord_channels // 1000}k_channels"
    with tempfile.TemporaryDirectory() as folder:
        seconds, refused = asyncio.run(_morning(Path(folder), size.discord_channels))
    yield Figure(name=f"{name}_s", value=seconds, unit="s (simulated)", goal=215, at_most=True)
    yield Figure(name=f"{name}_429", value=refused, unit="times 429", goal=0, at_most=True)


class _Simulated(Rest):
    """Discord behind the gate, on a clock that passes only while somebody waits; it counts what is too much."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sent: list[float] = []
        self.refused = 0
        self._gate = Gate(now=lambda: self.now, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)

    async def call(self, *_request: Any, **_more: Any) -> dict[str, str]:
        await self._gate.turn()
        self.sent.append(self.now)
        in_a_second = len(self.sent) - bisect_right(self.sent, self.now - 1)
        self.refused += in_a_second > _DISCORDS_LIMIT
        return {"id": str(len(self.sent))}


async def _morning(folder: Path, channels: int) -> tuple[float, int]:
    async with league(folder) as (app, space, round_id):
        simulated, client = _Simulated(), Client(Gate(), identify_pause=0, guilds_within=0)
        spaces, roles = Spaces(app), Roles(app)
        servers = Servers(client, simulated, hide_reactions=False)
        board = ReactionBoard(app, simulated, spaces, servers, roles)
        messenger = DiscordMessenger(app, simulated, _Unsent(), spaces, servers, Tokens(), board, ids={})
        posts = await app.storage.read(lambda unit: unit.outbox.recent(space.id, "study", 1))
        room = asyncio.Semaphore(SIDE_BY_SIDE)

        async def post(number: int) -> None:
            async with room:
                await messenger.post(replace(posts[0], key=f"q{number}", channel=str(number), round_id=round_id))

        await asyncio.gather(*map(post, range(channels)))
        return simulated.now, simulated.refused
