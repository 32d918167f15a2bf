"""``quizbot doctor``: check that everything works, and say what to do if not."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict

import typer

from bot import logs, settings
from bot.application import Check
from bot.bootstrap import application
from bot.cli.console import ConfigOption, JsonOption, out, print_json
from bot.cli.serve import plugin, wanted
from bot.domain.errors import QuizbotError
from bot.ports import BankSummary
from bot.settings import Settings


def doctor(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Check settings, database, banks, ports and tokens; exit code 1 where something is wrong."""
    try:
        loaded = settings.load(config)
    except QuizbotError as error:
        checks = [Check(name="settings", ok=False, found=str(error), mend="Correct the setting it names.")]
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
        return [Check(name="database", ok=False, found=str(error), mend="See QUIZBOT_DATABASE_URL.")]


async def _checks(loaded: Settings) -> list[Check]:
    async with application(loaded) as app:
        summaries = await app.storage.read(lambda unit: unit.banks.summaries())
        checks = [Check(name="database", ok=True, found="reachable, tables up to date"), _questions(summaries)]
        for name in wanted(loaded):
            checks += await plugin(name).load()(app).check()
        return checks


def _questions(summaries: Sequence[BankSummary]) -> Check:
    ready = sum(summary.ready for summary in summaries)
    return Check(
        name="questions",
        ok=ready > 0,
        found=f"ready: {ready}; banks: {len(summaries)}",
        mend="Start the bot once (it brings a starter bank), or: quizbot bank import FILE",
    )
