"""The ``quizbot`` command: the outermost layer."""

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typing_extensions import override

from bot.domain.errors import QuizbotError
from bot.garbage import collect_rarely

__all__ = ["main"]

COMMANDS = {
    "run": ("serve:run", "Start the bot: the web room, and every platform whose token is set."),
    "bank": ("banks:app", "Question banks: read, import, export, check, list."),
    "reading": ("readings:app", "Readings by example: learn, list, show, remove."),
    "series": ("series:app", "The daily questions: add, list, pause, resume, remove, ask now, preview."),
    "question": ("questions:app", "One question: show it, correct its key, accept an answer, withdraw it."),
    "leaderboard": ("scores:leaderboard", "Show the standings of players or teams."),
    "scores": ("scores:app", "Check the standings against the answers, and repair them."),
    "backup": ("safekeeping:backup", "Copy the whole database to a file, even while the bot runs."),
    "restore": ("safekeeping:restore", "Replace the database with a copy. Stop the bot first."),
    "doctor": (
        "doctor:doctor",
        "Check settings, database, banks, ports and tokens, and say how to mend what is wrong (then exit code 1).",
    ),
}
"""For each command the module and name of its function or `typer.Typer`, and the first sentence of its help."""


class CommandsOnDemand(TyperGroup):
    """The commands of ``quizbot``: the module of a command is imported when the command runs, not to list it."""

    @override
    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        return name, loaded(name) if name else command, rest


def loaded(name: str) -> Any:  # noqa: ANN401 - typer's own type has no public name
    """Return the command of this name, with its module imported."""
    module, attribute = COMMANDS[name][0].split(":")
    found = getattr(import_module(f"bot.cli.{module}"), attribute)
    group = typer.Typer()
    if isinstance(found, typer.Typer):
        group.add_typer(found, name=name)
    else:
        group.command(name)(found)
    return typer.main.get_group(group).commands[name]


def _listed() -> None:
    """Stand for a command whose module isn't imported yet."""


app = typer.Typer(
    name="quizbot",
    cls=CommandsOnDemand,
    help="The quiz bot for study groups: a question every morning, answers, explanations, standings.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for _name, (_where, _does) in COMMANDS.items():
    app.command(_name, help=_does)(_listed)


def main() -> None:
    """Run the command line; failures are one line on stderr, and exit code 1."""
    collect_rarely()
    try:
        app()
    except QuizbotError as error:
        from bot.cli.console import fail  # noqa: PLC0415 - the command that failed has imported it

        fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
