"""``quizbot reading``: read files like an example."""

import shlex
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot import importers
from bot.application import Application
from bot.cli.banks import AdapterOption, SpaceOption, owner
from bot.cli.console import fail, out, print_json, read_file, with_application
from bot.cli.options import ConfigOption, JsonOption
from bot.domain.errors import BadInput
from bot.domain.excerpts import is_ready
from bot.domain.readings import Reading, parse_example
from bot.importers.example.trying import in_words
from bot.services.banks.reading import keep_reading, kept_reading, kept_readings, remove_reading

app = typer.Typer(help="Readings by example: learn, list, show, remove.", no_args_is_help=True)


@app.command()
def learn(
    file: Path,
    example: Annotated[
        list[str],
        typer.Option(
            help="A question of the file by its line numbers: “question 3, choices 5-8, right 6, answer 9, "
            "explanation 10”. Can be given several times."
        ),
    ],
    name: Annotated[str, typer.Option(help="Keep the reading under this name, for other files like this one.")] = "",
    space: SpaceOption = None,
    adapter: AdapterOption = "web",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Learn how to read a file from one of its questions, and show how many questions that finds."""
    try:
        document = importers.learn(read_file(file), [parse_example(text) for text in example])
    except BadInput as error:
        fail(f"{file}: {error}")
    learned = document.learned
    if learned is None:
        raise AssertionError  # it was read by example
    if name:

        async def work(app: Application) -> None:
            await keep_reading(app, name, learned.reading, await owner(app, adapter, space))

        with_application(work, config)
    ready = sum(map(is_ready, document.questions))
    if as_json:
        found = {"questions": len(document.questions), "ready": ready, "unsure": learned.unsure}
        print_json({"name": name or None, "reading": asdict(learned.reading), **found})
        return
    _print(learned.reading)
    out.print(f"Questions found: {len(document.questions)}; {ready} ready.", highlight=False)
    if learned.unsure:
        out.print(f"Line {learned.unsure} can be read in more than one way.", highlight=False)
        out.print("Give the question there as another --example.")
    if name:
        out.print(
            f"Kept as “{name}”. Use it with: quizbot bank import FILE --like {shlex.quote(name)}", highlight=False
        )


@app.command("list")
def list_(
    space: SpaceOption = None, adapter: AdapterOption = "web", as_json: JsonOption = False, config: ConfigOption = None
) -> None:
    """List the readings that are kept: the operator's, and those of a space if one is named."""

    async def work(app: Application) -> dict[str, Reading]:
        return await kept_readings(app, await owner(app, adapter, space))

    kept = with_application(work, config)
    if as_json:
        print_json([{"name": name, **asdict(reading)} for name, reading in kept.items()])
        return
    for name, reading in kept.items():
        out.print(f"{name}: {'; '.join(in_words(reading))}", markup=False, highlight=False)
    if not kept:
        out.print("No readings are kept. Make one with: quizbot reading learn FILE --example … --name NAME")


@app.command()
def show(
    name: str,
    space: SpaceOption = None,
    adapter: AdapterOption = "web",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what marks the lines of files that are read like this."""

    async def work(app: Application) -> Reading:
        return await kept_reading(app, name, await owner(app, adapter, space))

    reading = with_application(work, config)
    if as_json:
        print_json({"name": name, **asdict(reading)})
    else:
        _print(reading)


@app.command()
def remove(name: str, space: SpaceOption = None, adapter: AdapterOption = "web", config: ConfigOption = None) -> None:
    """Remove a reading. Questions that were imported with it stay."""

    async def work(app: Application) -> None:
        await remove_reading(app, name, await owner(app, adapter, space))

    with_application(work, config)
    out.print(f"Removed the reading “{name}”.", highlight=False)


def _print(reading: Reading) -> None:
    for line in in_words(reading):
        out.print(line, markup=False, highlight=False)
    if reading.answer_above:
        out.print("The answer stands above its question.")
