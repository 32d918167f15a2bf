"""Questions with blanks on Slack: a form with a field for each, and what no honest client would send."""

from collections.abc import Callable
from typing import Any

from bot.domain.drafts import ParsedDocument
from bot.services.banks.storing import import_document
from tests.adapters.stages.questions import BLANKS


async def test_a_form_that_lost_a_field_stores_nothing_and_says_so_beside_the_first(start: Callable[..., Any]) -> None:
    bot = await start()
    await import_document(bot.app, ParsedDocument(format="test", questions=(BLANKS,)), bank="typed")
    asked = await bot.asks("gaps")
    await (await bot.ada.press(asked, "Answer")).acked()
    await bot.server.until(lambda: bot.ada.modal, "a modal")
    view = bot.ada.modal
    inputs = [block for block in view.content["blocks"] if block["type"] == "input"]
    assert [block["label"]["text"] for block in inputs] == ["Blank 1", "Blank 2"]
    assert all(block["optional"] for block in inputs)
    view.content["blocks"].remove(inputs[1])
    await (await bot.ada.submits(view, {"field0": "recall"}, unchecked=True)).acked()
    assert view.open
    assert "doesn't fit the question's blanks" in view.errors["field0"]
    await bot.until_answers(asked, {})
