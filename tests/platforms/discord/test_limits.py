"""Whatever is one beyond a limit is refused, and names its position; what is at the limit passes."""

import discord
import pytest

from tests.platforms.discord.commands import check_command
from tests.platforms.discord.errors import Form, Refused
from tests.platforms.discord.limits import check_message


def button(**fields):
    return {"type": 2, "style": 1, "label": "A", "custom_id": "a", **fields}


def menu(count=2, **fields):
    options = [{"label": f"{number}", "value": f"{number}"} for number in range(count)]
    return {"type": 3, "custom_id": "m", "options": options, **fields}


def row(*controls):
    return {"type": 1, "components": list(controls)}


def buttons(count, start=0):
    return row(*(button(custom_id=f"{number}") for number in range(start, start + count)))


def field(name="n", value="v"):
    return {"name": name, "value": value}


def message(name, value):
    return {name: value}


def embed(**fields):
    return {"embeds": [fields]}


def option(**fields):
    return {"components": [row({"type": 3, "custom_id": "m", "options": [{"label": "l", "value": "v", **fields}]})]}


def refused(check, body):
    """The flattened errors: what discord.py makes of them."""
    with pytest.raises(Refused) as error:
        check(body)
    assert error.value.refusal.code == 50035
    return discord.errors._flatten_error_dict(dict(error.value.refusal.errors))


AT_AND_BEYOND = {
    "content": lambda n: {"content": "x" * (2000 + n)},
    "nonce": lambda n: {"nonce": "x" * (25 + n)},
    "embeds.0.title": lambda n: embed(title="x" * (256 + n)),
    "embeds.0.description": lambda n: embed(description="x" * (4096 + n)),
    "embeds.0.footer.text": lambda n: embed(footer={"text": "x" * (2048 + n)}),
    "embeds.0.fields": lambda n: embed(fields=[field()] * (25 + n)),
    "embeds.0.fields.0.name": lambda n: embed(fields=[field(name="x" * (256 + n))]),
    "embeds.0.fields.0.value": lambda n: embed(fields=[field(value="x" * (1024 + n))]),
    "embeds": lambda n: {"embeds": [{"title": "x"}] * (10 + n)},
    "attachments.0.description": lambda n: {"attachments": [{"id": 0, "description": "x" * (1024 + n)}]},
    "components": lambda n: {"components": [buttons(1, start) for start in range(5 + n)]},
    "components.0.components": lambda n: {"components": [buttons(5 + n)]},
    "components.0.components.0.custom_id": lambda n: {"components": [row(button(custom_id="x" * (100 + n)))]},
    "components.0.components.0.label": lambda n: {"components": [row(button(label="x" * (80 + n)))]},
    "components.0.components.0.placeholder": lambda n: {"components": [row(menu(placeholder="x" * (150 + n)))]},
    "components.0.components.0.options": lambda n: {"components": [row(menu(25 + n))]},
    "components.0.components.0.max_values": lambda n: {"components": [row(menu(max_values=2 + n))]},
    "components.0.components.0.options.0.label": lambda n: option(label="x" * (100 + n)),
    "components.0.components.0.options.0.value": lambda n: option(value="x" * (100 + n)),
    "components.0.components.0.options.0.description": lambda n: option(description="x" * (100 + n)),
}


@pytest.mark.parametrize("path", AT_AND_BEYOND)
def test_a_message_may_reach_its_limits_and_not_go_beyond(path):
    check_message(AT_AND_BEYOND[path](0))
    assert list(refused(check_message, AT_AND_BEYOND[path](1))) == [path]


def test_embeds_share_a_total():
    texts = {"description": "x" * 3000}
    check_message({"embeds": [texts, texts]})
    errors = refused(check_message, {"embeds": [texts, {**texts, "title": "x"}]})
    assert errors == {"embeds": "Embed size exceeds maximum size of 6000"}


def test_a_custom_id_is_unique_in_a_message():
    errors = refused(check_message, {"components": [row(button()), row(button())]})
    assert errors == {"components.1.components.0.custom_id": "Component custom id cannot be duplicated"}


def test_a_menu_has_its_row_for_itself():
    errors = refused(check_message, {"components": [row(button(), menu())]})
    assert list(errors) == ["components.0.components.1"]


@pytest.mark.parametrize(
    ("control", "path"),
    [
        (button(custom_id=None), "custom_id"),
        (menu(0), "options"),
        (menu(min_values=2), "max_values"),
        (menu(options=[{"label": "l", "value": "v"}] * 2), "options.1.value"),
    ],
)
def test_controls_are_complete_and_consistent(control, path):
    assert list(refused(check_message, {"components": [row(control)]})) == [f"components.0.components.0.{path}"]


def check(command):
    form = Form()
    check_command(command, form, ())
    form.settle()


def command(**fields):
    return {"name": "quiz", "description": "Asks", **fields}


def topic(**fields):
    return command(options=[{"type": 3, "name": "topic", "description": "About", **fields}])


@pytest.mark.parametrize(
    ("fits", "too_much", "path"),
    [
        (command(name="x" * 32), command(name="x" * 33), "name"),
        (command(name="fragen-über_2"), command(name="Quiz"), "name"),
        (command(description="x" * 100), command(description="x" * 101), "description"),
        (command(), command(description=""), "description"),
        (topic(name="x" * 32), topic(name="two words"), "options.0.name"),
        (topic(description="x" * 100), topic(description="x" * 101), "options.0.description"),
        (
            topic(choices=[{"name": str(n), "value": str(n)} for n in range(25)]),
            topic(choices=[{"name": str(n), "value": str(n)} for n in range(26)]),
            "options.0.choices",
        ),
    ],
)
def test_a_command_is_checked_when_it_is_registered(fits, too_much, path):
    check(fits)
    assert list(refused(check, too_much)) == [path]


async def test_discord_py_meets_the_refusal_as_from_discord(channel, venue):
    with pytest.raises(discord.HTTPException) as error:
        await venue.send("x" * 2001)
    assert (error.value.status, error.value.code) == (400, 50035)
    assert "In content: Must be 2000 or fewer in length." in str(error.value)
    assert not channel.messages


async def test_a_message_is_not_empty(venue):
    with pytest.raises(discord.HTTPException) as error:
        await venue.send(" ")
    assert error.value.code == 50006


async def test_completion_offers_at_most_25(server, channel, ada, bot):
    met = []

    @bot.tree.command(name="quiz", description="Asks")
    async def quiz(interaction: discord.Interaction, topic: str):
        pass

    @quiz.autocomplete("topic")
    async def topics(interaction: discord.Interaction, current: str):
        choices = [discord.app_commands.Choice(name=str(number), value=str(number)) for number in range(26)]
        with pytest.raises(discord.HTTPException) as error:
            await interaction.response.autocomplete(choices)
        met.append(error.value.code)
        return []

    await bot.tree.sync()
    await server.autocomplete(ada, channel, "quiz", "topic", "a")
    assert await server.until(lambda: met) == [50035]


async def test_commands_keep_their_ids_when_they_are_registered_again(server, guild, bot):
    @bot.tree.command(name="help", description="Helps")
    async def help_(interaction: discord.Interaction):
        pass

    first = await bot.tree.sync()
    again = await bot.tree.sync()
    assert [each.id for each in first] == [each.id for each in again]
    bot.tree.copy_global_to(guild=discord.Object(guild.id))
    own = await bot.tree.sync(guild=discord.Object(guild.id))
    assert server.commands.known(guild)["help"]["id"] == str(own[0].id)
    assert server.commands.known()["help"]["id"] == str(first[0].id)
