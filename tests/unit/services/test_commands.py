"""The one table of commands: what it declares fits together, and texts name what is in it."""

import ast
import re
from pathlib import Path

import pytest

from bot.domain.commands import Slot
from bot.domain.typed import typed
from bot.services.chat.commands.table import COMMANDS, GROUPS, help_text, in_group
from bot.services.chat.grammar import parse_command
from bot.testing import plain

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_one_word_or_two_of_which_the_first_is_a_group(name):
    first, _space, second = name.partition(" ")
    assert re.fullmatch("[a-z]+", first)
    assert (first in GROUPS) == bool(second)


@pytest.mark.parametrize("word", GROUPS)
def test_the_word_of_a_group_alone_means_one_of_its_commands(word):
    assert len([command for command in in_group(word) if command.opens_group]) == 1
    assert parse_command(f"/quiz {word}").name in COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_options_can_be_told_apart(name):
    options = COMMANDS[name].options
    assert len({option.name for option in options}) == len(options)
    bare = [option for option in options if option.slot is Slot.NEXT]
    assert not [option.name for option in bare[:-1] if option.takes_rest], "what takes the rest comes last"
    for option in options:
        assert set(option.hosts_choices) <= set(option.choices)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_that_can_be_typed_is_understood_by_its_name(name):
    for option in COMMANDS[name].options:
        if option.is_typed:
            value = option.choices[0] if option.choices else "7"
            assert parse_command(f"/{name} {option.name.upper()}={value}").options == {option.name: value}


def test_help_names_every_command_but_itself():
    told = plain(help_text(is_host=True))
    lines = [line for line in told.splitlines() if line.startswith("- ")]
    for name, command in COMMANDS.items():
        if command.help is None and name not in {"help", "league decline", "league public"}:
            word = name.rpartition(" ")[2]
            here = [line for line in lines if line.startswith(f"- `/quiz {command.group}")] if command.group else lines
            assert any(re.search(rf"\b{word}\b", line) for line in here), name


def test_help_tells_only_hosts_what_is_theirs():
    everybody, hosts = plain(help_text(is_host=False)), plain(help_text(is_host=True))
    for line in hosts.splitlines():
        if found := re.match(r"- `(/[^`]+)`", line):
            command = parse_command(found[1])
            assert (line in everybody) != COMMANDS[command.name].is_for_hosts(command.options), line


def calls_of_typed():
    """Every spot in the program that names a command, with what of it is written down there."""
    for path in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("adapters/**/*.py")]:
        source = path.read_text(encoding="utf-8")
        for call in ast.walk(ast.parse(source)) if "typed(" in source else ():
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "typed":
                yield f"{path.relative_to(ROOT)}:{call.lineno}", call


CALLS = {spot: call for spot, call in calls_of_typed() if isinstance(call.args[0], ast.Constant)}


def written_down(value):
    """A value that a call has, or another one if that is known only when the program runs."""
    return value.value if isinstance(value, ast.Constant) else "3"


def test_texts_name_commands():
    assert len(CALLS) > 30


@pytest.mark.parametrize("spot", CALLS)
def test_a_command_that_a_text_names_is_understood_as_it_is_spelled(spot):
    call = CALLS[spot]
    (name,) = [one.value for one in call.args]
    if name in GROUPS:
        assert not call.keywords
        return
    assert name in COMMANDS
    written = {one.arg: one.value for one in call.keywords if one.arg != "named"}
    more = next((one.value for one in call.keywords if one.arg == "named"), ast.Dict(keys=[], values=[]))
    if isinstance(more, ast.Dict):
        named = {key.value: written_down(value) for key, value in zip(more.keys, more.values, strict=True)}
    else:
        named = {"days": "mon"}
    values = {key: written_down(one) for key, one in written.items()}
    understood = parse_command(typed(name, named=named, **values).plain)
    expected = {key: "yes" if value is True else value for key, value in values.items()} | named
    assert (understood.name, understood.options) == (name, expected)
