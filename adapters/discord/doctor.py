"""Checks for ``quizbot doctor``: the token, the gateway, and the channels where questions are asked."""

import discord

from adapters.discord.connection import explained
from adapters.discord.gate import Gate
from adapters.discord.library import Client, redirect
from adapters.discord.permissions import missing
from adapters.discord.rest import TROUBLE
from adapters.discord.settings import DiscordSettings
from adapters.discord.spaces import ADAPTER
from bot.application import Application, Check
from bot.domain.errors import BadInput
from bot.domain.identity import Space
from bot.services.platforms.arriving import spaces_of


async def look(app: Application) -> list[Check]:
    """Run all checks; if the token doesn't work, the others are skipped."""
    settings = app.settings.of(DiscordSettings)
    if settings.discord_token is None:
        return [Check(name="discord", ok=True, found="DISCORD_TOKEN isn't set: Discord isn't served")]
    redirect(settings.discord_api_base, settings.discord_gateway_url)
    client = Client(Gate(), identify_pause=0, guilds_within=0)
    try:
        with explained():
            await client.login(settings.discord_token.get_secret_value())
            shards, address, limits = await client.http.get_bot_gateway()
        found = f"{address}, {shards} connection(s), {limits['remaining']} new sessions left today"
        checks = [
            Check(name="discord token", ok=True, found=f"the token of {client.user}"),
            Check(name="discord gateway", ok=limits["remaining"] > 0, found=found, mend="Wait until tomorrow."),
        ]
        for space in await spaces_of(app, ADAPTER):
            checks += await _server(app, client, space)
    except BadInput as error:
        return [Check(name="discord", ok=False, found="Discord doesn't let the bot in", mend=str(error))]
    finally:
        await client.close()
    return checks


async def _server(app: Application, client: discord.Client, space: Space) -> list[Check]:
    series = await app.storage.read(lambda unit: unit.schedules.all(space.id))
    channels = sorted({one.channel for one in series})
    if not channels:
        return []
    try:
        server = await client.fetch_guild(int(space.external_id), with_counts=False)
        own = await server.fetch_member(client.user.id if client.user else 0)
    except TROUBLE as error:
        return [
            Check(
                name=f"discord: {space.name}",
                ok=False,
                found=f"can't be looked at: {error}",
                mend="Invite the bot again.",
            )
        ]
    hides = app.settings.of(DiscordSettings).discord_hide_reactions
    return [await _channel(server, own, space, channel, hides=hides) for channel in channels]


async def _channel(server: discord.Guild, own: discord.Member, space: Space, channel: str, *, hides: bool) -> Check:
    name = f"discord: {space.name}, channel {channel}"
    try:
        found = await server.fetch_channel(int(channel))
        holder = await server.fetch_channel(found.parent_id) if isinstance(found, discord.Thread) else found
    except TROUBLE as error:
        return Check(
            name=name,
            ok=False,
            found=f"can't be looked at: {error}",
            mend="Let the bot see the channel (“View Channel”), or stop the series there: quizbot series list",
        )
    thread = isinstance(found, discord.Thread)
    lacking = missing(holder.permissions_for(own), hides=hides, thread=thread)
    return Check(
        name=f"discord: {space.name}, #{found.name}",
        ok=not lacking,
        found=f"lacks {', '.join(lacking)}" if lacking else "everything is allowed that is needed",
        mend="Allow the bot these in the channel's settings, Permissions." if lacking else "",
    )
