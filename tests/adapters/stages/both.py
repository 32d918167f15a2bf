"""A Discord and a Slack in front of one process, as where a study group sits half on each."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from random import Random
from unittest.mock import patch

from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.slack.adapter import SlackAdapter
from adapters.slack.web_api.pace import Gate
from bot.application import Application
from bot.bootstrap import application
from bot.process import running
from bot.scheduling import runner
from bot.settings import Settings
from tests.adapters.stages.discord import DiscordStage, unhurried
from tests.adapters.stages.running import TICK_S, Bot, GoingClock
from tests.adapters.stages.slack import GRANTED, SlackStage
from tests.platforms.discord import DiscordServer
from tests.platforms.slack import SlackServer


@asynccontextmanager
async def stages(settings: Callable[..., Settings]) -> AsyncIterator[tuple[DiscordStage, SlackStage]]:
    """Both stages, with nobody on them."""
    clock, base, gateway = GoingClock(), Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    try:
        async with (
            DiscordServer(lambda: clock.now().timestamp()) as discord,
            SlackServer(clock=clock, **GRANTED) as slack,
        ):
            chosen = settings(
                discord_token=discord.token,
                discord_api_base=discord.api_base,
                discord_gateway_url=discord.gateway_url,
                slack_bot_token=slack.add_team("Slack group").bot_token,
                slack_app_token=slack.app.app_token,
                slack_api_base=slack.api_base,
            )
            bots = (
                Bot(chosen, clock, unhurried),
                Bot(chosen, clock, lambda app: SlackAdapter(app, gate=Gate(paces={}))),
            )
            both = DiscordStage(bots[0], discord), SlackStage(bots[1], slack)
            async with application(chosen, clock=clock, random=Random(1)) as app, _process(app, bots):
                for bot in bots:
                    await bot.settled()
                yield both
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@asynccontextmanager
async def _process(app: Application, bots: tuple[Bot, Bot]) -> AsyncIterator[None]:
    for bot in bots:
        bot.take_part_in(app)
    with patch.object(runner, "TICK_S", TICK_S):
        async with running(app, [bot.adapter for bot in bots]):
            yield
