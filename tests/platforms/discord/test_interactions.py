"""Clicks, commands and typing, as discord.py hears and answers them."""

import discord
import pytest

from tests.platforms.discord import Callback, May


def buttons(*labels):
    view = discord.ui.View(timeout=None)
    for label in labels:
        view.add_item(discord.ui.Button(label=label, custom_id=f"answer:{label}"))
    return view


@pytest.fixture
async def question(channel, venue):
    await venue.send("Which one?", view=buttons("A", "B"))
    return channel.last


async def test_a_click_is_answered_for_the_clicker_alone(server, channel, ada, bot, question):
    async def on_click(interaction):
        await interaction.response.send_message(f"{interaction.user.display_name}: thanks", ephemeral=True)

    bot.on_click = on_click
    click = await server.click(ada, question, question.button("B"))
    await click.replied()

    assert click.callback is Callback.MESSAGE
    assert click.acknowledged_after < 1
    assert click.ephemeral
    assert click.content == "Ada: thanks"
    assert list(channel.messages.values()) == [question]


async def test_a_click_may_change_what_was_clicked_on(server, ada, bot, question):
    async def on_click(interaction):
        await interaction.response.edit_message(content="Closed", view=None)

    bot.on_click = on_click
    click = await server.click(ada, question, "answer:A")
    await click.replied()

    assert click.callback is Callback.UPDATE
    assert question.content == "Closed"
    with pytest.raises(AssertionError, match="no 'answer:A' on the message"):
        await server.click(ada, question, "answer:A")


async def test_a_deferred_reply_shows_once_it_is_edited(server, ada, bot, question):
    async def on_click(interaction):
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="Thought about")

    bot.on_click = on_click
    click = await server.click(ada, question, "answer:A")
    await click.replied()

    assert click.callback is Callback.DEFERRED_MESSAGE
    assert (click.content, click.ephemeral) == ("Thought about", True)


async def test_followups_come_after_a_deferred_update(server, channel, ada, bot, question):
    async def on_click(interaction):
        await interaction.response.defer()
        await interaction.followup.send("For you", ephemeral=True)
        await interaction.followup.send("For all")

    bot.on_click = on_click
    click = await server.click(ada, question, "answer:A")
    private, public = await click.followed_up(2)

    assert click.callback is Callback.DEFERRED_UPDATE
    assert (private.content, private.is_ephemeral, private.is_there) == ("For you", True, False)
    assert channel.last is public


async def test_an_interaction_left_alone_for_three_seconds_is_unknown(server, ada, bot, question):
    met = []

    async def on_click(interaction):
        server.clock.advance(3.1)
        with pytest.raises(discord.NotFound) as error:
            await interaction.response.send_message("Too late")
        met.append(error.value.code)

    bot.on_click = on_click
    await server.click(ada, question, "answer:A")
    assert await server.until(lambda: met) == [10062]


async def test_an_interaction_is_acknowledged_once(server, ada, bot, question):
    met = []

    async def on_click(interaction):
        await interaction.response.send_message("Once")
        twin = discord.Interaction(data=interaction_payload(interaction), state=bot._connection)
        with pytest.raises(discord.HTTPException) as error:
            await twin.response.send_message("Twice")
        met.append(error.value.code)

    bot.on_click = on_click
    await server.click(ada, question, "answer:A")
    assert await server.until(lambda: met) == [40060]


def interaction_payload(interaction):
    """As little as discord.py needs to answer the same interaction again."""
    return {
        "id": interaction.id,
        "application_id": interaction.application_id,
        "type": 3,
        "token": interaction.token,
        "version": 1,
        "attachment_size_limit": 0,
    }


async def test_followups_end_after_a_quarter_of_an_hour(server, ada, bot, question):
    met = []

    async def on_click(interaction):
        await interaction.response.defer()
        server.clock.advance(15 * 60 + 1)
        with pytest.raises(discord.HTTPException) as error:
            await interaction.followup.send("Hello again")
        met.append((error.value.status, error.value.code))

    bot.on_click = on_click
    await server.click(ada, question, "answer:A")
    assert await server.until(lambda: met) == [(401, 50027)]


async def test_a_menu_gives_its_values(server, channel, ada, bot, venue):
    chosen = []

    async def on_click(interaction):
        chosen.extend(interaction.data["values"])
        await interaction.response.defer()

    bot.on_click = on_click
    view = discord.ui.View(timeout=None)
    options = [discord.SelectOption(label=letter, value=letter.lower()) for letter in "ABC"]
    view.add_item(discord.ui.Select(custom_id="pick", options=options, min_values=2, max_values=2))
    await venue.send("Choose two", view=view)

    with pytest.raises(AssertionError, match="takes 2 to 2 values"):
        await server.select(ada, channel.last, "pick", ["a"])
    await server.select(ada, channel.last, "pick", ["a", "c"])
    assert await server.until(lambda: chosen) == ["a", "c"]


@pytest.fixture
async def daily(bot):
    """A group of commands, one with completion, as the bot registers it."""
    group = discord.app_commands.Group(
        name="daily", description="The daily question", default_permissions=discord.Permissions(manage_guild=True)
    )

    @group.command(name="set", description="Set it")
    @discord.app_commands.describe(time="When", whom="Whom to tell")
    async def set_it(interaction: discord.Interaction, time: str, whom: discord.Member | None = None):
        await interaction.response.send_message(f"{time} {whom.display_name if whom else ''}".strip())

    @set_it.autocomplete("time")
    async def times(interaction: discord.Interaction, current: str):
        return [discord.app_commands.Choice(name=f"{current}:00", value=f"{current}:00")]

    bot.tree.add_command(group)
    await bot.tree.sync()


async def test_a_command_arrives_with_its_options(server, guild, channel, bot, daily):
    boss = server.add_user("Grace", guild, may=May.MANAGE_GUILD)
    asked = await server.command(boss, channel, "daily set", {"time": "09:00", "whom": boss})
    await asked.replied()
    assert asked.content == "09:00 Grace"
    assert channel.last is asked.reply


async def test_a_command_is_hidden_from_who_may_not_use_it(server, channel, ada, bot, daily):
    with pytest.raises(AssertionError, match="/daily is hidden"):
        await server.command(ada, channel, "daily set", {"time": "09:00"})
    asked = await server.command(ada, channel, "daily set", {"time": "09:00"}, unchecked=True)
    await asked.replied()


async def test_a_command_is_typed_as_it_was_registered(server, channel, ada, bot, daily):
    with pytest.raises(AssertionError, match="no command /weekly"):
        await server.command(ada, channel, "weekly set")
    with pytest.raises(AssertionError, match="needs \\['time'\\]"):
        await server.command(ada, channel, "daily set")
    with pytest.raises(AssertionError, match="takes no 9"):
        await server.command(ada, channel, "daily set", {"time": 9})


async def test_what_is_typed_gets_completed(server, channel, ada, bot, daily):
    typing = await server.autocomplete(ada, channel, "daily set", "time", "09")
    await typing.replied()
    assert typing.choices == [{"name": "09:00", "value": "09:00"}]


async def test_commands_work_in_direct_messages(server, ada, bot, daily):
    asked = await server.command(ada, await server.direct(ada), "daily set", {"time": "09:00"})
    await asked.replied()
    assert asked.content == "09:00"
    assert asked.channel.last is asked.reply
