"""Commands that texts name are spelled as slash commands, and can be clicked where that works."""

import pytest

from adapters.discord.outbound import error, full_text, message
from bot.domain.errors import BadInput
from bot.domain.typed import typed
from bot.domain.views import MessageView, OptionView, Section
from bot.rendering.words import literal

IDS = {"daily resume": "77", "quiz": "88", "team join": "99"}

SPELLED = [
    (typed("daily set", time="09:00", zone="Europe/Berlin"), "/daily set time:09:00 zone:Europe/Berlin"),
    (
        typed("daily set", time="9:00", zone="America/New_York", named={"days": "mon,tue", "topic": "deep nets"}),
        "/daily set time:9:00 zone:America/New_York days:mon,tue topic:deep nets",
    ),
    (typed("team draw", teams="3", confirm=True, prefix="House"), "/team draw teams:3 confirm:True prefix:House"),
    (typed("league season", action="start", name="NAME"), "/league season action:start name:NAME"),
    (
        typed("league set", named={"account_age": "7d", "card": "dark"}),
        "/league set account_age:7d card:dark",
    ),
    (typed("link", code="7QJ2-0XKD-1111"), "/link code:7QJ2-0XKD-1111"),
    (typed("privacy"), "/privacy"),
    (typed("quiz", topic="TOPIC"), "/quiz topic:TOPIC"),
    (typed("stats"), "/stats"),
    (typed("team join", name="it's \" odd"), "/team join name:it's \" odd"),
]


@pytest.mark.parametrize(("command", "expected"), SPELLED, ids=[expected for _command, expected in SPELLED])
def test_a_command_is_spelled_as_it_is_typed_here(command, expected):
    assert message(MessageView(text=f"Type `{command}` now."), ids=IDS).content == f"Type `{expected}` now."


def test_outside_of_code_nothing_in_it_is_markup():
    text = f"Join it: {typed('team join', name='a_b <@1> ||x||')}"
    assert message(MessageView(text=text)).content == r"Join it: /team join name:a\_b \<@1> \|\|x\|\|"


def test_code_holds_whatever_is_typed():
    shown = message(MessageView(text=f"`{typed('team join', name='a`b')}`")).content
    assert shown == "`` /team join name:a`b ``"


@pytest.mark.parametrize("text", ["Paused. {} goes on.", "Paused. `{}` goes on."])
def test_a_command_without_options_becomes_a_mention(text):
    """In code Discord would show the mention's source, so it takes the place of the code."""
    view = MessageView(text=text.format(typed("daily resume")))
    assert message(view, ids=IDS).content == "Paused. </daily resume:77> goes on."
    assert message(view).content == text.replace("{}", "/daily resume").format()


def test_an_error_is_spelled_and_names_commands_to_click():
    told = BadInput(f"No “a_b”. Found it: {typed('team create', name='a_b')}, or {typed('quiz')}")
    assert error(told, IDS).content == r"No “a\_b”. Found it: /team create name:a\_b, or </quiz:88>"


def test_every_part_of_a_message_is_spelled():
    name = typed("quiz")
    view = MessageView(
        title=f"Title {name}",
        text=f"Text {name}",
        hint=f"Hint {name}",
        sections=(Section(title="Help", text=f"- `{name}` asks\n- {name}"),),
        footer=f"Footer {name}",
    )
    (embed,) = message(view, ids=IDS).embeds
    assert embed["title"] == "Title /quiz"  # where Discord makes no mentions
    assert embed["description"] == (
        "Text </quiz:88>\n\nHint </quiz:88>\n\n**Help**\n- </quiz:88> asks\n- </quiz:88>\n\n-# Footer </quiz:88>"
    )
    assert full_text(view).count("/quiz") == 6
    assert "\ufdd0" not in full_text(view)


def test_a_text_too_long_for_a_message_keeps_no_half_of_a_command():
    options = tuple(OptionView(letter=letter, text="long " * 400) for letter in "ABCDE")
    for padding in range(40, 70):
        shown = message(MessageView(text="x" * padding + str(typed("daily resume")) * 40, options=options), ids=IDS)
        assert not {"\ufdd0", "\ufdd1", "\ufdd2"} & set(shown.embeds[0]["description"])


def test_nobody_types_a_command_that_can_be_clicked():
    assert message(MessageView(text=literal(f"I am {typed('quiz')}")), ids=IDS).content == "I am quiz"


def test_a_sentence_that_was_finished_before_reads_well():
    text = 'Set one: `/quiz daily set 09:00 Europe/Berlin`, or type it with a lone " quote'
    assert message(MessageView(text=text), ids=IDS).content == text
