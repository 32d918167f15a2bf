"""Questions with blanks on Discord: the modal with a field for each, and what no honest client would send."""

import json

from adapters.discord.forms import modal
from bot.domain.identity import RoundId
from bot.domain.views import LONGEST_TYPED, Field
from bot.services.rounds.forms import AnswerForm
from tests.adapters.stages.questions import BLANKS
from tests.platforms.discord import render, render_modal


def form(fields):
    return AnswerForm(
        round_id=RoundId(1),
        title="Your answer",
        question="`____` (1) and `____` (2)",
        fields=tuple(Field(label=f"Blank {number}", longest=LONGEST_TYPED) for number in range(1, fields + 1)),
        typed=("", "x") + ("",) * (fields - 2),
    )


def test_a_modal_shows_the_question_above_its_fields_or_its_beginning_if_they_fill_it():
    assert render_modal(modal(form(2))) == "\n".join(
        ("┌ Your answer", r"│ `____` (1) and `____` (2)", "│ Blank 1: []", "│ Blank 2: [x]")
    )
    assert render_modal(modal(form(5))).startswith("┌ Your answer\n│ (____ (1) and ____ (2))\n│ Blank 1: []\n│ Blank 2")


async def test_a_modal_with_other_fields_than_the_blanks_stores_nothing(start_bot, clock):
    bot, _own = await start_bot(BLANKS, clock=clock)
    question = await bot.daily_question(reveal="at_close")
    click = await (await bot.server.click(bot.ada, question, question.button("Answer"))).replied()
    for fields in ({"2": "x"}, {"5": "x"}, {"2": "x", "3": "x", "4": "x", "5": "x"}, {"x": "y"}):
        sent = await (await bot.server.submit(click, {"0": "recall", **fields}, unchecked=True)).replied()
        assert sent.ephemeral
        assert "Saved" not in json.dumps([sent.content, sent.embeds])
    click.modal["components"].pop()
    sent = await (await bot.server.submit(click, {"0": "recall"}, unchecked=True)).replied()
    assert "doesn't fit the question's blanks" in render(sent.reply)
    assert await bot.answers(question) == {}
