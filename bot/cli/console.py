"""What all commands share: settings, the event loop and output."""

import asyncio
import getpass
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress

from bot import logs, settings
from bot.application import Application
from bot.bootstrap import application

T = TypeVar("T")

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)

LARGEST_ID = 2**63 - 1
"""The largest id that a database can store."""

_PATIENCE_S = 1.0


def with_application(work: Callable[[Application], Awaitable[T]], config: Path | None = None) -> T:
    """Open the database in the settings, run ``work``, and close it."""
    loaded = settings.load(config)
    logs.configure("warning", as_json=False)

    async def run() -> T:
        async with application(loaded) as app:
            return await work(app)

    return asyncio.run(run())


def actor() -> str:
    """Return the name of the account that runs the command, for the audit."""
    try:
        return f"command line ({getpass.getuser()})"
    except (KeyError, OSError):  # in a container, the account may have no name
        return "command line"


def print_json(document: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print one JSON document."""
    typer.echo(_json(document))


def print_json_object(members: Mapping[str, Any]) -> None:
    """Print a JSON object like `print_json`, but take an iterator among its members for a list.

    The items of such a list are printed one after the other, so they need not be in memory together.
    """
    sys.stdout.writelines(_pieces(members))


def _pieces(members: Mapping[str, Any]) -> Iterator[str]:
    before = "{\n"
    for name, value in members.items():
        yield f"{before}  {_json(name)}: "
        if isinstance(value, Iterator):
            yield from _listed(value)
        else:
            yield _json(value, depth=1)
        before = ",\n"
    yield "\n}\n"


def _listed(items: Iterator[Any]) -> Iterator[str]:
    before = "[\n"
    for item in items:
        yield f"{before}    {_json(item, depth=2)}"
        before = ",\n"
    yield "[]" if before == "[\n" else "\n  ]"


def _json(value: Any, *, depth: int = 0) -> str:  # noqa: ANN401 - any JSON value
    """A value as JSON, with its lines below the first as far in as that one is."""
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + depth * "  ")


def fail(message: str) -> NoReturn:
    """Print what went wrong on stderr, and end the command with exit code 1."""
    typer.echo(f"quizbot: {message}", err=True)
    sys.exit(1)


def read_file(path: Path) -> bytes:
    """Return a file's bytes; if it can't be read, end the command with a line that says why."""
    try:
        return path.read_bytes()
    except OSError as error:
        fail(f"{path}: {error.strerror}")


@contextmanager
def progress_bar(description: str) -> Iterator[Callable[[float], None]]:
    """Show a progress bar on stderr once the work has taken a second; give what it yields the part done (0 to 1)."""
    began = time.monotonic()
    bar = Progress(console=err, transient=True)
    task = bar.add_task(description, total=1.0)

    def show(part: float) -> None:
        if not bar.live.is_started and time.monotonic() - began > _PATIENCE_S and err.is_terminal:
            bar.start()
        bar.update(task, completed=part)

    try:
        yield show
    finally:
        if bar.live.is_started:
            bar.stop()
