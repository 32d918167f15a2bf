"""The ``quizbot`` command: the outermost layer."""

import sys

import typer

from bot.cli import banks, doctor, questions, readings, safekeeping, scores, series, serve
from bot.cli.console import fail
from bot.domain.errors import QuizbotError
from bot.garbage import collect_rarely

__all__ = ["main"]

app = typer.Typer(
    name="quizbot",
    help="The quiz bot for study groups: a question every morning, answers, explanations, standings.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("run")(serve.run)
app.add_typer(banks.app, name="bank")
app.add_typer(readings.app, name="reading")
app.add_typer(series.app, name="series")
app.add_typer(questions.app, name="question")
app.command("leaderboard")(scores.leaderboard)
app.add_typer(scores.app, name="scores")
app.command("backup")(safekeeping.backup)
app.command("restore")(safekeeping.restore)
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command line; failures are one line on stderr, and exit code 1."""
    collect_rarely()
    try:
        app()
    except QuizbotError as error:
        fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
