"""A question's picture on Discord: a file with words for those who can't see it, which no edit takes away."""

from dataclasses import replace

import pytest

from adapters.discord.outbound import FULL_TEXT, message
from bot.apart.painting import ApartPainter
from bot.domain.images import Image, choice_picture, image_file
from bot.domain.sheets import sheet_of
from bot.domain.views import MessageView, OptionView
from bot.services.rounds.closing import close_round
from tests.adapters.discord.conftest import MULTIPLE, SINGLE
from tests.pictures import png
from tests.platforms.discord import render

PICTURE = image_file(png())
PICTURED = replace(SINGLE, image=PICTURE, image_alt="A curve that falls to the right")


@pytest.fixture
async def bot(start_bot):
    """A bot that knows one question, with a picture."""
    return (await start_bot(PICTURED))[0]


def shown(question):
    """The files on a message, with their alt texts."""
    return [(one.content, one.content_type, one.description) for one in question.attachments]


SHOWN = [(PICTURE.data, "image/png", "A curve that falls to the right")]


async def test_a_question_comes_with_its_picture_and_its_words(bot):
    question = await bot.ask()
    assert shown(question) == SHOWN
    assert "metrics" not in question.attachments[0].filename


async def test_an_answer_counted_and_a_close_leave_the_picture_where_it_is(bot, server):
    question = await bot.ask()
    (right,) = await bot.right(question)
    await (await server.click(bot.ada, question, question.button("ABCD"[right]))).replied()
    await server.until(lambda: "1 answered." in render(question))
    assert shown(question) == SHOWN
    await close_round(bot.app, (await bot.round(question)).id)
    await server.until(lambda: "Closed." in render(question))
    assert shown(question) == SHOWN
    assert [request.method for request in server.requests if request.uploads] == ["POST"], "it is sent once"


async def test_a_question_for_one_alone_has_its_picture(bot, server):
    asked = await server.command(bot.ada, bot.channel, "quiz", {"private": True})
    await server.until(lambda: asked.reply is not None and asked.reply.attachments, "the picture")
    assert shown(asked.reply) == SHOWN


async def test_the_result_does_not_repeat_it(bot, server):
    question = await bot.ask()
    await close_round(bot.app, (await bot.round(question)).id)
    await server.until(lambda: bot.channel.last is not question)
    assert bot.channel.last.attachments == []


async def test_a_question_without_one_has_no_files(start_bot):
    bot, _own = await start_bot(MULTIPLE)
    assert (await bot.ask()).attachments == []


def test_a_question_that_is_too_long_has_its_text_as_a_file_beside_the_picture():
    image = Image(digest=PICTURE.digest, media_type=PICTURE.media_type, alt="A curve")
    options = tuple(OptionView(letter=letter, text="long " * 500) for letter in "ABCD")
    view = MessageView(text="Which?", image=image, options=options)
    files = message(view, pictures=[(image, PICTURE)]).files
    assert [file.name for file in files] == [image.file_name, FULL_TEXT]
    assert "A curve" in files[1].content.decode()
    edit = message(view, keeps_files=True)
    assert "attachments" not in edit.body
    assert edit.files == ()


DRAWN = replace(
    SINGLE,
    choices=("Recall", "Curve 1", "Curve 2", "Curve 3"),
    choice_pictures=tuple(choice_picture(image_file(png(n * 60)), f"Curve {n}", alone=n > 0) for n in range(4)),
)


async def sheet_of_round(bot, question):
    """What the sheet of a question must say."""
    round_ = await bot.round(question)
    return "; ".join(f"{letter}: Curve {choice}" for letter, choice in zip("ABCD", round_.order, strict=True))


async def test_pictures_of_choices_are_one_file_with_letters_and_words_that_stays(start_bot, server):
    bot, _own = await start_bot(replace(DRAWN, image=PICTURE, image_alt="A curve that falls to the right"))
    question = await bot.ask()
    own, sheet = shown(question)
    assert own == SHOWN[0]
    assert sheet[1:] == ("image/png", await sheet_of_round(bot, question))
    names = [one.filename.removesuffix(".png") for one in question.attachments]
    assert [int(name, 16) < 16**16 for name in names] == [True, True], "digests, which tell nothing"
    written = question.embeds[0]["description"]
    assert DRAWN.choices[0] in written
    assert not any(choice in written for choice in DRAWN.choices[1:]), "what is only a picture needs no words beside it"
    (right,) = await bot.right(question)
    await (await server.click(bot.ada, question, question.button("ABCD"[right]))).replied()
    await server.until(lambda: "1 answered." in render(question))
    await close_round(bot.app, (await bot.round(question)).id)
    await server.until(lambda: "Closed." in render(question))
    await server.until(lambda: bot.channel.last is not question)
    assert shown(question) == [own, sheet]
    assert bot.channel.last.attachments == [], "the result is below the question, and tells pictures in words"
    assert all(choice in render(bot.channel.last) for choice in DRAWN.choices)
    assert [request.method for request in server.requests if request.uploads] == ["POST"], "it is sent once"


@pytest.mark.parametrize("later", ["it can't be painted either", "it could be painted by now"])
@pytest.mark.parametrize("own", [True, False])
async def test_a_sheet_that_cannot_be_painted_is_told_in_words_that_stay(start_bot, server, monkeypatch, own, later):
    async def fails(_painter, _tiles):
        raise EOFError

    async def paints(_painter, _tiles):
        return png()

    monkeypatch.setattr(ApartPainter, "paint", fails)
    bot, _own = await start_bot(replace(DRAWN, image=PICTURE, image_alt=SHOWN[0][2]) if own else DRAWN)
    question = await bot.ask()
    if "could" in later:
        monkeypatch.setattr(ApartPainter, "paint", paints)
    (right,) = await bot.right(question)
    for seen in ("Which", "1 answered.", "Closed."):
        await server.until(lambda seen=seen: seen in render(question))
        assert shown(question) == (SHOWN if own else [])
        assert all(choice in question.embeds[0]["description"] for choice in DRAWN.choices)
        if seen == "Which":
            await (await server.click(bot.ada, question, question.button("ABCD"[right]))).replied()
        elif seen == "1 answered.":
            await close_round(bot.app, (await bot.round(question)).id)


def test_a_message_without_a_sheet_tells_pictures_of_choices_in_words():
    image = Image(digest=PICTURE.digest, media_type=PICTURE.media_type, alt="A curve")
    view = MessageView(
        title="Stored!", options=(OptionView(letter="A", text="A curve", image=image, picture_alone=True),)
    )
    assert message(view).embeds == [{"title": "Stored!", "description": "**A.** A curve"}]


def test_a_question_that_is_too_long_says_in_its_file_what_its_choices_show():
    image = Image(digest=PICTURE.digest, media_type=PICTURE.media_type, alt="A curve")
    options = tuple(OptionView(letter=letter, text="long " * 500, image=image) for letter in "ABCD")
    view = MessageView(text="Which?", options=options)
    files = message(view, pictures=[(sheet_of(view), PICTURE)]).files
    assert (files[0].name, files[0].alt_text) == (
        image.file_name,
        "A: A curve; B: A curve; C: A curve; D: A curve",
    )
    assert files[1].content.decode().count("A curve") == 4


async def test_stats_come_in_private_with_a_picture_or_without_one(start_bot, server, monkeypatch):
    painted, fails = [], []

    async def paints(_painter, charts):
        if fails:
            raise EOFError
        painted.append(charts)
        return png()

    monkeypatch.setattr(ApartPainter, "paint", paints)
    bot, _own = await start_bot(SINGLE)
    first = await (await server.command(bot.ada, bot.channel, "stats")).replied()
    assert shown(first.reply) == [], "there is nothing to paint yet"
    question = await bot.ask()
    await (await server.click(bot.ada, question, question.button("A"))).replied()
    for _time in range(2):
        asked = await (await server.command(bot.ada, bot.channel, "stats")).replied()
        assert asked.ephemeral
        assert "of 1 right" in render(asked.reply)
        alt_text = "Answers per day in the last 12 weeks\nRight answers by topic, all time and week by week"
        assert shown(asked.reply) == [(png(), "image/png", alt_text)]
    ((chart,),) = painted  # once
    assert (sum(chart.days), len(chart.topics), chart.theme) == (1, 1, "light")
    bot.app.forgotten()
    fails.append(True)
    asked = await (await server.command(bot.ada, bot.channel, "stats")).replied()
    assert shown(asked.reply) == []
    assert "of 1 right" in render(asked.reply)
