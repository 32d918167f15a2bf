"""``quizbot run``: the bot itself."""

import asyncio
import os
import signal
import socket
from importlib.metadata import EntryPoint, entry_points
from typing import Annotated

import structlog
import typer

from bot import logs, settings
from bot.application import Adapter, Application
from bot.bootstrap import application, import_starter_bank
from bot.cli.console import ConfigOption
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.scheduling.runner import Runner
from bot.settings import Settings

_log = structlog.get_logger(__name__)


def run(
    adapter: Annotated[list[str] | None, typer.Option(help="Serve this platform (may be given several times).")] = None,
    config: ConfigOption = None,
) -> None:
    """Start the bot: the web room, and every platform whose token is set."""
    loaded = settings.load(config)
    logs.configure(loaded.log_level, as_json=loaded.log_format.casefold() == "json")
    asyncio.run(serve(loaded, adapter or _wanted(loaded)))


async def serve(loaded: Settings, names: list[str]) -> None:
    """Run these adapters until SIGINT or SIGTERM, then stop in order."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    plugins = [_plugin(name) for name in names]
    async with application(loaded) as app:
        await import_starter_bank(app)
        adapters: list[Adapter] = [plugin.load()(app) for plugin in plugins]
        await _serve_until(stop, app, adapters)


async def _serve_until(stop: asyncio.Event, app: Application, adapters: list[Adapter]) -> None:
    messengers = {adapter.name: adapter.messenger for adapter in adapters}
    runner = Runner(app, messengers, worker=_worker(), grace=app.settings.late_grace)
    started: list[Adapter] = []
    try:
        for adapter in adapters:
            await adapter.start()
            started.append(adapter)
        runner.start()
        await stop.wait()
        _log.info("stopping")
    finally:
        await runner.stop()
        for adapter in reversed(started):
            await adapter.stop()


def _wanted(loaded: Settings) -> list[str]:
    """The web room, and every platform whose token is set, as far as this version speaks to it."""
    tokens = {"discord": loaded.discord_token, "slack": loaded.slack_bot_token}
    known = {plugin.name for plugin in entry_points(group="quizbot.adapters")}
    with_token = [name for name, token in tokens.items() if token is not None]
    for name in with_token:
        if name not in known:
            _log.warning("platform_not_served", platform=name, reason="this version has no adapter for it")
    return ["web", *(name for name in with_token if name in known)]


def _plugin(name: str) -> EntryPoint:
    plugins = {plugin.name: plugin for plugin in entry_points(group="quizbot.adapters")}
    if name not in plugins:
        raise BadInput(
            _("There is no adapter “{name}”. There are: {names}.").format(name=name, names=", ".join(sorted(plugins)))
        )
    return plugins[name]


def _worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
