"""Modals: opened by a click, filled in, submitted, and refused if they are beyond a limit."""

import discord
import pytest

from tests.platforms.discord import Callback, render_modal
from tests.platforms.discord.errors import Form, Refused
from tests.platforms.discord.modals import check_modal


def field(**entry):
    return {"type": 18, "label": "A number", "component": {"type": 4, "custom_id": "it", "style": 1, **entry}}


def modal(*parts, **fields):
    return {"custom_id": "form", "title": "Your answer", "components": list(parts or (field(),)), **fields}


def menu(options=2, **entry):
    count = options if isinstance(options, int) else 0
    choices = [{"label": f"{number}", "value": f"{number}"} for number in range(count)] or options
    return {"type": 18, "label": "One", "component": {"type": 3, "custom_id": "one", "options": choices, **entry}}


def check(one):
    form = Form()
    check_modal(one, form, ())
    form.settle()


AT_AND_BEYOND = {
    "custom_id": lambda n: modal(custom_id="x" * (100 + n)),
    "title": lambda n: modal(title="x" * (45 + n)),
    "components": lambda n: modal(*(field(custom_id=str(number)) for number in range(5 + n))),
    "components.0.content": lambda n: modal({"type": 10, "content": "x" * (4000 + n)}),
    "components.0.label": lambda n: modal(field() | {"label": "x" * (45 + n)}),
    "components.0.description": lambda n: modal(field() | {"description": "x" * (100 + n)}),
    "components.0.component.custom_id": lambda n: modal(field(custom_id="x" * (100 + n))),
    "components.0.component.placeholder": lambda n: modal(field(placeholder="x" * (100 + n))),
    "components.0.component.min_length": lambda n: modal(field(min_length=-n)),
    "components.0.component.max_length": lambda n: modal(field(max_length=4000 + n)),
    "components.0.component.options": lambda n: modal(menu(options=25 + n)),
    "components.0.component.max_values": lambda n: modal(menu(max_values=2 + n)),
    "components.0.component.options.0.label": lambda n: modal(menu(options=[{"label": "x" * (100 + n), "value": "0"}])),
    "components.0.component.value": lambda n: modal(field(max_length=10, value="x" * (10 + n))),
}


@pytest.mark.parametrize("path", AT_AND_BEYOND)
def test_a_modal_may_reach_its_limits_and_not_go_beyond(path):
    check(AT_AND_BEYOND[path](0))
    with pytest.raises(Refused) as error:
        check(AT_AND_BEYOND[path](1))
    assert list(discord.errors._flatten_error_dict(dict(error.value.refusal.errors))) == [path]


@pytest.mark.parametrize(
    "one",
    [
        modal(custom_id=""),
        modal(title=""),
        modal() | {"components": []},
        modal(field(custom_id=None)),
        modal(field(style=3)),
        modal(field(label="twice")),
        modal(field(), field()),
        modal({"type": 1, "components": [field()["component"]]}),
        modal(menu(disabled=True)),
        modal(menu(), menu()),
        modal({"type": 18, "label": "A button", "component": {"type": 2, "custom_id": "b", "style": 1}}),
    ],
)
def test_a_modal_is_complete_and_consistent(one):
    with pytest.raises(Refused):
        check(one)


class Number(discord.ui.Modal, title="Your answer"):
    it = discord.ui.Label(text="A number", component=discord.ui.TextInput(custom_id="it", max_length=10, default="3"))

    async def on_submit(self, interaction):
        await interaction.response.send_message(self.it.component.value, ephemeral=True)


class Side(discord.ui.Modal, title="Your answer"):
    one = discord.ui.Label(
        text="1. France",
        component=discord.ui.Select(
            custom_id="one",
            options=[discord.SelectOption(label="A. Paris"), discord.SelectOption(label="B. Rome", default=True)],
        ),
    )

    async def on_submit(self, interaction):
        await interaction.response.send_message(", ".join(self.one.component.values), ephemeral=True)


async def test_a_modal_may_have_menus(server, channel, venue, ada, bot):
    async def on_click(interaction):
        await interaction.response.send_modal(Side())

    bot.on_click = on_click
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Answer", custom_id="open"))
    await venue.send("Which capital?", view=view)
    opened = await (await server.click(ada, channel.last, "open")).replied()
    assert render_modal(opened.modal) == "┌ Your answer\n│ 1. France *:\n│   ☐ A. Paris\n│   ☑ B. Rome"
    for text, complaint in (("", "must be filled in"), ("C", "offers"), ("A. Paris,B. Rome", "takes")):
        with pytest.raises(AssertionError, match=complaint):
            await server.submit(opened, {"one": text})
    assert (await (await server.submit(opened, {})).replied()).content == "B. Rome"


@pytest.fixture
async def opened(server, channel, venue, ada, bot):
    async def on_click(interaction):
        await interaction.response.send_modal(Number())

    bot.on_click = on_click
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Answer", custom_id="open"))
    await venue.send("What is 7 x 5?", view=view)
    return await (await server.click(ada, channel.last, "open")).replied()


async def test_a_modal_is_opened_filled_in_and_submitted(server, opened):
    assert opened.callback is Callback.MODAL
    assert render_modal(opened.modal) == "┌ Your answer\n│ A number *: [3]"
    sent = await (await server.submit(opened, {"it": "35"})).replied()
    assert (sent.content, sent.ephemeral, sent.callback) == ("35", True, Callback.MESSAGE)


async def test_what_is_not_filled_in_keeps_what_it_held(server, opened):
    assert (await (await server.submit(opened, {})).replied()).content == "3"


async def test_a_client_submits_only_what_fits(server, opened):
    for texts, complaint in (({"it": ""}, "must be filled in"), ({"it": "x" * 11}, "takes"), ({"that": "x"}, "inputs")):
        with pytest.raises(AssertionError, match=complaint):
            await server.submit(opened, texts)


async def test_no_modal_follows_a_modal(server, opened, monkeypatch):
    met = []

    async def on_submit(_modal, interaction):
        with pytest.raises(discord.HTTPException) as error:
            await interaction.response.send_modal(Number())
        met.append(error.value.code)

    monkeypatch.setattr(Number, "on_submit", on_submit)
    await server.submit(opened, {"it": "35"})
    assert await server.until(lambda: met) == [50035]
