"""The tables in docs/ are those that the program's declarations give, and the guide names commands that there are."""

import re
from dataclasses import replace

import pytest

from bot.importers import FORMATS
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.grammar import parse_command
from tests.supply.tables import DOCS, TABLES, marked, renewed, spelled

PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
GUIDE = PAGES["user-guide.md"]


@pytest.mark.parametrize("page", [name for name, text in PAGES.items() if marked(text)])
def test_the_tables_of_a_page_are_those_of_the_program(page):
    assert renewed(PAGES[page]) == PAGES[page], "run `make messages` and commit the page"


def test_every_table_has_its_page():
    assert {name: marked(text) for name, text in PAGES.items() if marked(text)} == {
        "formats.md": ["formats"],
        "interface.md": ["commands"],
        "user-guide.md": ["commands for everybody", "commands for hosts"],
    }


def test_a_table_is_written_between_its_marks_and_nowhere_else():
    before, after = "# Formats\n\n<!-- formats: written by make messages -->\n", "<!-- end -->\n\nMore.\n"
    page = renewed(f"{before}| an old row |\n{after}")
    assert page == f"{before}\n{TABLES['formats']()}\n{after}"
    assert renewed(page) == page


def test_a_table_shows_a_declared_line_as_it_is(monkeypatch):
    starred = replace(FORMATS[0], name="starred", about="the right choice between stars (*right*), or a | before it")
    monkeypatch.setattr("tests.supply.tables.FORMATS", (starred,))
    assert "| `starred` | the right choice between stars (\\*right\\*), or a \\| before it |\n" in TABLES["formats"]()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("quiz", "/quiz [TOPIC] [difficulty=easy|medium|hard] [count=1…5] [private=yes]"),
        ("leaderboard", "/quiz leaderboard [day|week|month|season|all|last-week] [player|team]"),
        ("stats", "/quiz stats"),
        ("team draw", "/quiz team draw TEAMS [confirm] [PREFIX]"),
        ("league public", "/quiz league public on|off"),
        ("daily pause", "/quiz daily pause [name=…] [until=…]"),
        ("daily set", "/quiz daily set TIME ZONE …"),
    ],
)
def test_a_command_is_spelled_with_what_can_be_typed(name, typed):
    assert spelled(COMMANDS[name]) == typed


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_typed_as_it_is_spelled_is_understood(name):
    words = re.sub(r"[\[\]]| …", "", spelled(COMMANDS[name])).split()
    typed = " ".join(word.replace("1…5", "2").partition("|")[0] for word in words)
    assert parse_command(typed).name == name


@pytest.mark.parametrize("table", ["commands for everybody", "commands for hosts", "commands"])
def test_the_tables_of_commands_hold_each_command_where_it_belongs(table):
    rows = [row.partition("` |")[0].removeprefix("| `").replace("\\|", "|") for row in TABLES[table]().splitlines()]
    wanted = {"commands for everybody": {False}, "commands for hosts": {True}, "commands": {False, True}}[table]
    assert [row for row in rows if row.startswith("/")] == [
        spelled(command) for command in COMMANDS.values() if command.for_hosts in wanted
    ]


def test_the_reference_says_what_only_hosts_may_choose():
    assert (
        "| … `[action=show\\|start\\|end]` | What to do (default: show) | `start`, `end`: hosts |"
        in TABLES["commands"]()
    )


def test_the_reference_says_where_an_option_is_missing():
    table = TABLES["commands"]()
    assert re.search(r"^\| … `\[member=…\]` \| .*; only in Discord's menu \| \|$", table, re.MULTILINE)
    assert re.search(r"^\| … `\[weekly=…\]` \| .*; only where commands are typed \| \|$", table, re.MULTILINE)


WRITTEN = sorted(set(re.findall(r"`(/[^`]+)`", re.sub(r"<!-- commands.*?<!-- end -->", "", GUIDE, flags=re.DOTALL))))


@pytest.mark.parametrize("span", WRITTEN)
def test_a_command_that_the_guide_names_is_in_the_table(span):
    command = parse_command(re.sub(r"(\w+):(?=\w)", r"\1=", span).replace(" …", ""))
    assert set(command.options) <= {option.name for option in COMMANDS[command.name].options}
    if command.name == "quiz":
        assert set(span.removeprefix("/quiz").split()) <= {"topic:S3"}, "a mistyped command is read as a topic"


def test_options_that_the_guide_names_are_declared():
    known = {option.name for command in COMMANDS.values() for option in command.options}
    named = {name for span in re.findall(r"`([^`]+)`", GUIDE) for name in re.findall(r"(\w+)=", span)}
    assert named >= {"days", "weekly_channel", "private"}
    assert named <= known
