"""``quizbot run``: the bot itself."""

import asyncio
import signal
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import Annotated

import structlog
import typer

from bot import logs, settings
from bot.application import Adapter, Application
from bot.bootstrap import application, import_starter_bank
from bot.cli.options import ConfigOption
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.settings import Settings

_log = structlog.get_logger(__name__)


def run(
    platforms: Annotated[
        list[str] | None,
        typer.Option(
            "--adapter", help="Serve only this platform; repeat it for several. Default: web, and all with a token."
        ),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Start the bot: the web room, and every platform whose token is set."""
    loaded = settings.load(config)
    logs.configure(loaded.log_level, as_json=loaded.log_format.casefold() == "json", whole_process=True)
    asyncio.run(serve(loaded, platforms or wanted(loaded)))


async def serve(loaded: Settings, names: list[str]) -> None:
    """Run the bot with these adapters until SIGINT or SIGTERM, then stop it in order."""
    from bot.process import running, spare_the_collector  # noqa: PLC0415 - no other command serves HTTP

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    for name in names:
        plugin(name)  # a name that is wrong is refused before anything is opened
    async with application(loaded) as app:
        await import_starter_bank(app)
        adapters = [adapter(app, name) for name in names]
        async with running(app, adapters) as address:
            spare_the_collector()
            for greeting in filter(None, (one.greeting(address) for one in adapters)):
                print(greeting, flush=True)  # noqa: T201 - for the terminal, not the log
            await stop.wait()
            _log.info("stopping")


def wanted(loaded: Settings) -> list[str]:
    """Return the names of the adapters to start: the web room, and every platform whose token is set."""
    return ["web", *(one.adapter for one in loaded.adapters if one.is_wanted)]


def adapter(app: Application, name: str) -> Adapter:
    """Create the adapter with this name; it isn't started.

    Raises:
        BadInput: there is no such adapter, or a package that it needs isn't installed.
    """
    try:
        create: Callable[[Application], Adapter] = plugin(name).load()
        return create(app)
    except ModuleNotFoundError as missing:
        text = _("{name} can't be served: the package {package} is missing. Install quizbot with [{name}].")
        raise BadInput(text.format(name=name, package=missing.name)) from missing


def plugin(name: str) -> EntryPoint:
    """Return the entry point of the adapter with this name.

    Raises:
        BadInput: there is no such adapter.
    """
    plugins = {plugin.name: plugin for plugin in entry_points(group="quizbot.adapters")}
    if name not in plugins:
        raise BadInput(
            _("There is no adapter “{name}”. There are: {names}.").format(name=name, names=", ".join(sorted(plugins)))
        )
    return plugins[name]
