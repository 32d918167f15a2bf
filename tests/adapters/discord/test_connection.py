"""Connections break, sessions end, tokens are wrong: nothing is lost, and the operator reads why."""

import contextlib
from dataclasses import replace

import aiohttp
import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from adapters.discord.adapter import DiscordAdapter, Pauses
from adapters.discord.library import INTENTS
from bot.bootstrap import application
from bot.domain.errors import BadInput
from tests.adapters.discord.conftest import QUICK, SINGLE
from tests.patience import until
from tests.platforms.discord import INVITED, May


@contextlib.asynccontextmanager
async def unstarted(make_settings, **settings):
    async with application(make_settings(**settings)) as app:
        adapter = DiscordAdapter(app, QUICK)
        try:
            yield adapter
        finally:
            await adapter.stop()


async def refused(make_settings, **settings):
    """What the operator reads when the adapter can't start."""
    async with unstarted(make_settings, **settings) as adapter:
        with pytest.raises(BadInput) as told:
            await adapter.start(aiohttp.web.Application())
        assert "\n" not in str(told.value)
        return str(told.value)


async def test_connections_begin_their_sessions_as_far_apart_as_discord_wants_them(start_bot, server):
    server.gateway.shards, server.gateway.identify_every_s = 3, 0.2
    await start_bot(SINGLE, pauses=replace(QUICK, identify=0.3))
    assert [payload.op for payload in server.payloads].count(2) == 3, "one was refused"


async def test_a_click_while_the_connection_was_broken_is_heard_after_the_resume(bot):
    question = await bot.ask()
    with bot.server.hold_gateway():
        click = await bot.server.click(bot.ada, question, question.button("A"))
        await bot.server.drop_connections()
    await click.replied()
    assert len(await bot.answers(question)) == 1
    assert [payload.op for payload in bot.server.payloads].count(2) == 1, "it began a new session"


async def test_events_that_a_resume_replays_are_done_once(bot):
    question = await bot.ask()
    bot.server.deliver_twice("INTERACTION_CREATE", "GUILD_CREATE", "MESSAGE_DELETE")
    await bot.server.drop_connections()
    click = await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    await bot.server.command(bot.ada, bot.channel, "quiz")
    await bot.server.until(lambda: len(bot.server.calls("/callback")) >= 4)
    await (await bot.server.command(bot.ada, bot.channel, "help")).replied()
    assert click.ephemeral
    assert len(await bot.answers(question)) == 1
    assert len(bot.channel.messages) <= 2


@pytest.mark.parametrize("end", ["invalidate_sessions", "ask_to_reconnect", "drop_connections"])
async def test_the_bot_comes_back_by_itself(bot, end):
    question = await bot.ask()
    sessions = _begun(bot)
    await getattr(bot.server, end)()
    await bot.server.until(lambda: _begun(bot) > sessions)
    await bot.server.connected()
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()


def _begun(bot):
    """How often it has begun a session or taken one up again."""
    return sum(payload.op in {2, 6} for payload in bot.server.payloads)


async def test_a_resumable_session_is_resumed(bot):
    await bot.server.invalidate_sessions(resumable=True)
    await bot.server.until(lambda: 6 in [payload.op for payload in bot.server.payloads])
    await bot.server.connected()
    await (await bot.server.command(bot.ada, bot.channel, "help")).replied()


async def test_buttons_of_before_a_restart_work(start_bot):
    bot, own = await start_bot(SINGLE)
    question = await bot.ask()
    await bot.round(question)
    await own.aclose()
    bot, _own = await start_bot()
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    assert len(await bot.answers(question)) == 1


async def test_there_are_as_many_connections_as_discord_recommends(start_bot, server):
    server.gateway.shards = 3
    others = [server.add_guild(f"Group {number}") for number in range(5)]
    bot, _own = await start_bot(SINGLE)
    await server.connected(shards=3)
    for guild in others:
        channel = guild.add_channel("study")
        person = server.add_user("Somebody", guild)
        await server.command(person, channel, "quiz")
        await server.until(lambda channel=channel: channel.messages)
    assert await bot.adapter.problem() is None


async def test_what_is_wrong_with_a_connection_is_told_since_when(bot, monkeypatch):
    assert await bot.adapter.problem() is None
    monkeypatch.setattr(bot.server, "token", "another")
    await bot.server.drop_connections()
    await bot.server.until(lambda: not bot.server.gateway.ready(1))
    told = await until(bot.adapter.problem, "a problem")  # nothing tells when discord.py notices
    assert "not been connected since" in told or "not connected: " in told


async def test_a_token_that_was_reset_is_told_in_the_log_with_what_to_do(bot, monkeypatch):
    monkeypatch.setattr(bot.server, "token", "another")
    with capture_logs() as logs:
        await bot.server.invalidate_sessions(resumable=False)

        async def ends() -> list[str]:
            return [line["reason"] for line in logs if line["event"] == "discord_ended"]

        (told,) = await until(ends, "discord.py giving up")
    assert "DISCORD_TOKEN" in told


async def test_a_session_whose_beginning_cannot_be_read_is_no_silence(bot):
    with capture_logs() as logs:
        bot.server.gateway.emit_as_it_is("READY", {"session_id": "x", "resume_gateway_url": "ws://x", "guilds": 7})
        await bot.server.until(lambda: any(line["event"] == "discord_ended" for line in logs))
    assert "not iterable" in await bot.adapter.problem()


async def test_an_event_that_discord_py_cannot_read_is_an_error_without_a_quote(bot):
    def counted():
        return REGISTRY.get_sample_value("quizbot_malformed_total", {"adapter": "discord"}) or 0

    before = counted()
    with capture_logs() as logs:
        bot.server.gateway.emit_as_it_is("GUILD_ROLE_UPDATE", {"guild_id": str(bot.guild.id), "secret": "secret"})
        bot.server.gateway.emit_as_it_is("GUILD_ROLE_UPDATE", {"guild_id": "secret"})
        await bot.server.until(lambda: len([line for line in logs if line["event"].startswith("event_")]) == 2)
    unreadable, misshapen = (line for line in logs if line["event"].startswith("event_"))
    assert (unreadable["event"], unreadable["log_level"], unreadable["error"]) == (
        *("event_unreadable", "error"),
        "KeyError",
    )
    assert unreadable["where"].startswith("state.py:")
    assert misshapen["event"] == "event_malformed"
    assert "secret" not in str(logs)
    assert counted() == before + 2


async def test_before_the_start_it_is_not_connected(make_settings):
    async with unstarted(make_settings) as adapter:
        assert "hasn't been started" in await adapter.problem()


async def test_a_bad_token_is_told_with_what_to_do(make_settings):
    told = await refused(make_settings, discord_token="wrong")  # noqa: S106 - no secret: it is wrong
    assert "Reset Token" in told
    assert "wrong" not in told.split("DISCORD_TOKEN")[1]


async def test_a_missing_token_is_told_with_where_to_get_one(make_settings):
    assert "docs/discord.md" in await refused(make_settings, discord_token=None)


async def test_an_api_that_cannot_be_reached_is_told_with_its_address(make_settings):
    told = await refused(make_settings, discord_api_base="http://127.0.0.1:9/api/v10")
    assert "http://127.0.0.1:9/api/v10" in told


async def test_a_gateway_that_cannot_be_reached_is_told(make_settings, server, monkeypatch):
    monkeypatch.setattr("adapters.discord.connection._EACH_SHARD_S", 0.0)
    async with application(make_settings(discord_gateway_url="ws://127.0.0.1:9/gateway")) as app:
        adapter = DiscordAdapter(app, Pauses(connect=0.3, guilds=0.05, identify=0.05))
        with pytest.raises(BadInput, match="gateway doesn't answer"):
            await adapter.start(aiohttp.web.Application())
        await adapter.stop()


async def test_intents_that_discord_refuses_are_told(make_settings, server, monkeypatch):
    monkeypatch.setattr("tests.platforms.discord.gateway.PRIVILEGED", 1 << 0)
    assert "intents" in await refused(make_settings)


async def test_nothing_privileged_is_asked_for():
    assert not any((INTENTS.members, INTENTS.presences, INTENTS.message_content))


async def test_the_doctor_looks_at_token_gateway_and_channels(bot, make_settings):
    await bot.daily()
    async with unstarted(make_settings) as adapter:
        checks = await adapter.check()
    assert all(check.ok for check in checks), checks
    assert [check.name for check in checks] == [
        "discord token",
        "discord gateway",
        "discord: Study group, #study",
    ]


async def test_the_doctor_names_the_permissions_that_are_missing(bot, make_settings):
    await bot.daily()
    bot.channel.let_bot(INVITED & ~May.ADD_REACTIONS & ~May.EMBED_LINKS)
    async with unstarted(make_settings) as adapter:
        channel = (await adapter.check())[-1]
    assert not channel.ok
    assert channel.found == "lacks Embed Links, Add Reactions"


async def test_the_doctor_finds_a_channel_that_is_gone(bot, make_settings):
    await bot.daily()
    async with unstarted(make_settings) as adapter:
        del bot.server.world.channels[bot.channel.id]
        channel = (await adapter.check())[-1]
    assert not channel.ok
    assert "can't be looked at" in channel.found


async def test_the_doctor_says_so_where_the_token_is_wrong(make_settings):
    async with unstarted(make_settings, discord_token="wrong") as adapter:  # noqa: S106 - no secret: it is wrong
        (check,) = await adapter.check()
    assert not check.ok
    assert "Reset Token" in check.mend
