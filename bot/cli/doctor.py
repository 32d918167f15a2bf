"""``quizbot doctor``: is everything in place, and if not, what to do."""

import asyncio
import errno
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import entry_points

import typer

from bot import settings
from bot.bootstrap import application
from bot.cli.console import ConfigOption, JsonOption, out, print_json
from bot.domain.errors import QuizbotError
from bot.ports import BankSummary
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at; ``mend`` says what to do when it isn't ``ok``."""

    name: str
    ok: bool
    found: str
    mend: str = ""


def doctor(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Check settings, database, banks, ports and tokens; exit code 1 where something is wrong."""
    try:
        loaded = settings.load(config)
    except QuizbotError as error:
        checks = [Check(name="settings", ok=False, found=str(error), mend="Correct the setting it names.")]
    else:
        checks = [
            Check(name="settings", ok=True, found="readable"),
            *_database(loaded),
            _port(loaded),
            *_platforms(loaded),
        ]
    if as_json:
        print_json({"ok": all(check.ok for check in checks), "checks": [_check_json(check) for check in checks]})
    else:
        for check in checks:
            out.print(f"{'ok     ' if check.ok else 'PROBLEM'} {check.name}: {check.found}", markup=False)
            if not check.ok:
                out.print(f"        {check.mend}", markup=False)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def _check_json(check: Check) -> dict[str, object]:
    return asdict(check) | ({"mend": ""} if check.ok else {})


def _database(loaded: Settings) -> Iterator[Check]:
    async def look() -> list[BankSummary]:
        async with application(loaded) as app:
            return await app.storage.read(lambda unit: unit.banks.summaries())

    try:
        summaries = asyncio.run(look())
    except QuizbotError as error:
        yield Check(name="database", ok=False, found=str(error), mend="See QUIZBOT_DATABASE_URL.")
        return
    yield Check(name="database", ok=True, found="reachable, tables up to date")
    ready = sum(summary.ready for summary in summaries)
    yield Check(
        name="questions",
        ok=ready > 0,
        found=f"ready: {ready}; banks: {len(summaries)}",
        mend="Start the bot once (it brings a starter bank), or: quizbot bank import FILE",
    )


def _port(loaded: Settings) -> Check:
    address = f"{loaded.web_host}:{loaded.web_port}"
    with socket.socket(socket.AF_INET6 if ":" in loaded.web_host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((loaded.web_host, loaded.web_port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return Check(
                    name="web room",
                    ok=True,
                    found=f"{address} is in use: by the running bot, or else change QUIZBOT_WEB_PORT",
                )
            return Check(
                name="web room",
                ok=False,
                found=f"{address}: {error.strerror}",
                mend="Change QUIZBOT_WEB_HOST or QUIZBOT_WEB_PORT.",
            )
    return Check(name="web room", ok=True, found=f"{address} is free")


def _platforms(loaded: Settings) -> Iterator[Check]:
    known = {plugin.name for plugin in entry_points(group="quizbot.adapters")}
    for name, token in (("discord", loaded.discord_token), ("slack", loaded.slack_bot_token)):
        if token is not None:
            yield Check(
                name=name,
                ok=name in known,
                found="a token is set" + ("" if name in known else ", but this version can't speak to it"),
                mend="Take the token out, or update Quizbot.",
            )
