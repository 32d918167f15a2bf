"""``quizbot doctor``: check that everything works, and say what to do if not."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

import typer

from bot import logs, settings
from bot.application import Application, Check
from bot.bootstrap import application
from bot.cli.console import out, print_json
from bot.cli.options import ConfigOption, JsonOption
from bot.cli.serve import adapter, wanted
from bot.domain.errors import QuizbotError
from bot.ports import BankSummary
from bot.settings import Settings
from bot.storage.database_file import set_aside, sqlite_file

BACKUPS_LAST = timedelta(days=30)
"""How long a copy of the database may be kept: people who ask to be forgotten are told so."""


def doctor(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Check settings, database, banks, ports and tokens, and say how to mend what is wrong (then exit code 1)."""
    try:
        loaded = settings.load(config)
    except QuizbotError as error:
        checks = [Check(name="settings", ok=False, found=str(error), mend="Correct the setting named above.")]
    else:
        logs.configure("warning", as_json=False)
        checks = [Check(name="settings", ok=True, found="readable"), *_checks_run(loaded)]
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


def _checks_run(loaded: Settings) -> list[Check]:
    try:
        return asyncio.run(_checks(loaded))
    except QuizbotError as error:
        return [
            Check(
                name="database",
                ok=False,
                found=str(error),
                mend="Check the database's address in QUIZBOT_DATABASE_URL.",
            )
        ]


async def _checks(loaded: Settings) -> list[Check]:
    async with application(loaded) as app:
        summaries = await app.storage.read(lambda unit: unit.banks.summaries())
        checks = [Check(name="database", ok=True, found="reachable, tables up to date"), _questions(summaries)]
        checks += _backups(loaded.database_url, app.clock.now())
        for name in wanted(loaded):
            checks += await _of_adapter(app, name)
        return checks


async def _of_adapter(app: Application, name: str) -> Sequence[Check]:
    try:
        return await adapter(app, name).check()
    except QuizbotError as error:
        return [Check(name=name, ok=False, found="can't be served", mend=str(error))]


def _backups(database_url: str, now: datetime) -> list[Check]:
    """Look for databases that `restore` replaced: they may still hold people who have been forgotten since.

    Copies in other folders can't be found.
    """
    database = sqlite_file(database_url)
    if database is None:
        return []
    kept = set_aside(database)
    old = [file.name for file in kept if now.timestamp() - file.stat().st_mtime > BACKUPS_LAST.total_seconds()]
    days, named = BACKUPS_LAST.days, ", ".join(old) or "none"
    return [
        Check(
            name="backups",
            ok=not old,
            found=f"old databases kept by restore: {len(kept)}; older than {days} days: {named}",
            mend=f"Delete the old ones: people who delete their data are told that backups are gone after {days} days.",
        )
    ]


def _questions(summaries: Sequence[BankSummary]) -> Check:
    ready = sum(summary.ready for summary in summaries)
    return Check(
        name="questions",
        ok=ready > 0,
        found=f"ready: {ready}; banks: {len(summaries)}",
        mend="Start the bot once, which imports a starter bank, or import your own: quizbot bank import FILE",
    )
