"""Long texts take a while to write for the platform: nobody else waits for that."""

import asyncio
from typing import Any

from bot.process import spare_the_collector
from bot.services.banks.storing import import_document
from bot.testing import document, draft
from tests.security.watchdog import LONGEST_S, Watchdog

Bot = Any  # the fixtures' classes: test folders aren't packages

STEM = "a|b\n-|-\n" * 4_500


async def test_a_long_question_keeps_nobody_waiting(bot: Bot) -> None:
    await import_document(bot.app, document(draft(STEM, "x", "y", topic="hostile")), bank="hostile")
    spare_the_collector()
    watchdog = Watchdog()
    watching = asyncio.create_task(watchdog.watch())
    await bot.asks("hostile")
    watching.cancel()
    assert watchdog.longest < LONGEST_S
