"""Long texts take a while to write for the platform: nobody else waits for that."""

import asyncio
from dataclasses import replace
from typing import Any

from bot.process import spare_the_collector
from bot.services.banks.storing import import_document
from bot.testing import document, draft
from tests.security.watchdog import LONGEST_S, Watchdog

Bot = Any  # the fixtures' classes: test folders aren't packages

TEXT = "a|b\n-|-\n" * 2_500
LONG = replace(draft(TEXT, "x", "y", topic="hostile"), explanation=TEXT)


async def test_a_long_question_and_its_receipt_keep_nobody_waiting(bot: Bot) -> None:
    await import_document(bot.app, document(LONG), bank="hostile")
    spare_the_collector()
    watchdog = Watchdog()
    watching = asyncio.create_task(watchdog.watch())
    question = await bot.asks("hostile")
    await bot.clicks(bot.ada, question, "A")
    watching.cancel()
    assert watchdog.longest < LONGEST_S
