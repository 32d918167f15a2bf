"""Commands that texts name: data on the way, spelled at the end, and nothing that people type can pass for one."""

import re

import pytest

from bot.domain.errors import BadInput
from bot.domain.typed import plainly, spelled, typed, without_marks
from bot.rendering.words import explained, literal, plain

ODD = [
    *("The Owls", "a_b *c* `d`", 'one " quote', "it's", "- [x](http://y) <@1>", "ünï ²", "日本 👩‍🏫", "%41", "a\nb"),
    "\ud800x",
]

PLAIN = [
    (typed("quiz"), "/quiz"),
    (typed("quiz", topic="TOPIC"), "/quiz TOPIC"),
    (typed("daily resume"), "/quiz daily resume"),
    (typed("daily set", time="09:00", zone="Europe/Berlin"), "/quiz daily set 09:00 Europe/Berlin"),
    (
        typed("daily set", time="9:00", zone="UTC", named={"days": "mon,tue", "topic": "deep nets"}),
        "/quiz daily set 9:00 UTC days=mon,tue topic='deep nets'",
    ),
    (typed("team draw", teams="3", confirm=True), "/quiz team draw 3 confirm"),
    (typed("team draw", teams="3", confirm=True, prefix=""), "/quiz team draw 3 confirm"),
    (typed("team draw", teams="3", confirm=True, prefix="House"), "/quiz team draw 3 confirm House"),
    (typed("league set", named={"account_age": "7d", "card": "dark"}), "/quiz league set account_age=7d card=dark"),
]


@pytest.mark.parametrize(("command", "expected"), PLAIN, ids=[expected for _command, expected in PLAIN])
def test_a_command_is_spelled_plainly(command, expected):
    assert plainly(f"Type {command}, please.") == f"Type {expected}, please."


@pytest.mark.parametrize("value", ODD)
def test_a_mark_holds_whatever_stands_in_an_option_and_nothing_that_markdown_reads(value):
    command = typed("team join", name=value)
    assert re.fullmatch(r"[\ufdd0-\ufdd2\w% ]+", str(command))
    assert "_" not in str(command)
    found = []
    spelled(f"x {command} y", lambda one: found.append(one) or "")
    assert [one.command for one in found] == ["team join"]
    assert found[0].options[0].value == value.replace("\ud800", "\ufffd" * 3)


def test_the_text_of_an_error_is_plain_and_its_commands_are_still_there():
    error = BadInput(f"No team “a_b”. Found it: {typed('team create', name='a_b')}")
    assert str(error) == "No team “a_b”. Found it: /quiz team create a_b"
    assert explained(error) == rf"No team “a\_b”\. Found it\: {typed('team create', name='a_b')}"


def test_markdown_that_is_shown_elsewhere_has_its_commands_spelled():
    assert plain(f"`{typed('bank review', name='a*b')}` {literal('c*d')}") == "`/quiz bank review a*b` c*d"


def test_what_people_type_is_no_command():
    forged = f"Join {typed('daily stop')}"
    assert plainly(literal(forged)) == "Join daily stop"
    assert without_marks(forged) == "Join daily stop"
    assert plainly(str(typed("team join", name=str(typed("daily stop"))))) == "/quiz team join daily stop"


@pytest.mark.parametrize(
    "broken",
    [
        "\ufdd0",
        "\ufdd0\ufdd2",
        "\ufdd0daily set\ufdd1vtime",
        "\ufdd0daily set\ufdd1vtime\ufdd2",
        "\ufdd0daily\ufdd1\ufdd1\ufdd2",
        "\ufdd0daily\ufdd1xtime\ufdd109\ufdd2",
        "\ufdd2\ufdd0\ufdd1",
        "\ufdd0a\ufdd0b\ufdd2",
        f"{typed('daily set', time='09:00')}"[:-1],
    ],
)
def test_a_mark_that_was_cut_or_broken_leaves_no_signs(broken):
    assert not re.search("[\ufdd0-\ufdd2]", plainly(f"before {broken} after"))
    assert plainly(f"before {broken} after").startswith("before ")
