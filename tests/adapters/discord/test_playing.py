"""A study group plays on Discord."""

from tests.platforms.discord import render


async def test_a_question_is_asked_answered_and_told_in_private(bot):
    question = await bot.ask()
    print(render(question))
    click = await bot.server.click(bot.ada, question, question.button("A"))
    await click.replied()
    print(render(click.reply))
    assert click.ephemeral
    assert await bot.answers(question) == {"Ada": [0]}
