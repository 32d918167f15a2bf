"""Questions with pictures: shown where Slack can, and told in words for whoever doesn't see them."""

from typing import Any

import pytest

from adapters.slack.outbound import labels
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.images import image_file
from bot.domain.views import ControlKind, Controls, MessageView, OptionView
from bot.services.banks.storing import import_document

Bot = Any  # the fixtures' classes: test folders aren't packages

PNG, WEBP = b"\x89PNG\r\n\x1a\n" + b"pixels", b"RIFF\x00\x00\x00\x00WEBP" + b"pixels"
ALT = "Two curves that cross at <5>"


async def ask(bot: Bot, data: bytes) -> Any:
    question = QuestionDraft(
        line=1, stem="Which curve?", choices=("a", "b"), key=(0,), topic="curves", image=image_file(data), image_alt=ALT
    )
    await import_document(bot.app, ParsedDocument(format="quizbot", questions=(question,)), bank="pictures")
    return await bot.asks("curves")


def images(message: Any) -> list[dict[str, Any]]:
    return [block for block in message.blocks if block["type"] == "image"]


async def test_a_picture_is_shown_with_what_it_shows_in_words(bot: Bot) -> None:
    question = await ask(bot, PNG)
    (image,) = images(question)
    assert image["alt_text"] == ALT
    assert bot.server.files.by_id[image["slack_file"]["id"]].content == PNG
    assert "Two curves that cross at &lt;5&gt;" in question.text


async def test_it_stays_when_the_question_is_edited_and_is_uploaded_once(bot: Bot) -> None:
    question = await ask(bot, PNG)
    await bot.round(question)
    await bot.clicks(bot.ada, question, "A")
    await bot.channel.sees("1 answered.")
    assert len(images(question)) == 1
    assert len(bot.server.calls("files.getUploadURLExternal")) == 1


async def test_its_name_says_nothing_of_it(bot: Bot) -> None:
    question = await ask(bot, PNG)
    (image,) = images(question)
    assert bot.server.files.by_id[image["slack_file"]["id"]].name.removesuffix(".png").isalnum()


async def test_what_a_message_cannot_show_is_shared_in_its_thread(bot: Bot) -> None:
    question = await ask(bot, WEBP)
    assert images(question) == []
    assert ALT in bot.server.render(question)
    await bot.server.until(lambda: question.replies, "a file in the thread")
    assert question.replies[0].files[0].content == WEBP


@pytest.mark.parametrize("error", [500, "missing_scope"])
async def test_without_its_picture_a_question_still_comes_with_words(bot: Bot, error: int | str) -> None:
    bot.server.fail_next(error, "files.getUploadURLExternal")
    question = await ask(bot, PNG)
    assert images(question) == []
    assert ALT in bot.server.render(question)


async def test_a_picture_that_slack_has_not_looked_through_yet_comes_later(bot: Bot) -> None:
    bot.server.fail_next("invalid_blocks", lambda sent: "slack_file" in str(sent.args))
    question = await ask(bot, PNG)
    assert ALT in bot.server.render(question)
    await bot.server.until(lambda: images(question), "the picture")
    assert len(bot.questions()) == 1


async def test_a_slow_upload_keeps_nobody_waiting(bot: Bot) -> None:
    with bot.server.stuck("files.completeUploadExternal"):
        question = await ask(bot, PNG)
        assert ALT in bot.server.render(question)
        assert images(question) == []
    await bot.server.until(lambda: images(question), "the picture")
    assert len(bot.server.calls("files.getUploadURLExternal")) == 1


async def test_the_count_stays_when_a_late_picture_takes_its_place(bot: Bot) -> None:
    with bot.server.stuck("files.completeUploadExternal"):
        question = await ask(bot, PNG)
        await bot.round(question)
        await bot.clicks(bot.ada, question, "A")
    await bot.channel.sees("1 answered.")
    await bot.server.until(lambda: images(question), "the picture")
    await bot.channel.sees("1 answered.")


async def test_a_question_whose_picture_somebody_deleted_still_closes(bot: Bot) -> None:
    draft = QuestionDraft(
        line=1, stem="Which curve?", choices=("a", "b"), key=(0,), topic="curves", image=image_file(PNG), image_alt=ALT
    )
    await import_document(bot.app, ParsedDocument(format="quizbot", questions=(draft,)), bank="pictures")
    await bot.says("daily set 09:00 Europe/Berlin topic=curves")
    question = await bot.asks("daily now")
    await bot.round(question)
    (image,) = images(question)
    del bot.server.files.by_id[image["slack_file"]["id"]]
    await bot.types("daily now")
    await bot.server.until(lambda: not any(b["type"] == "actions" for b in question.blocks), "a closed question")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ControlKind.BUTTONS, [*"ABCDEFGHIJK"]),
        (ControlKind.REACTIONS, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", ""]),
    ],
)
def test_formulas_stand_behind_what_stands_before_their_choices(kind: ControlKind, expected: list[str]) -> None:
    options = tuple(OptionView(letter=letter, text="$x$") for letter in "ABCDEFGHIJK")
    view = MessageView(options=options, controls=Controls(kind=kind, round_id=1, fewest=1, most=1))
    assert labels(view) == expected


async def test_formulas_whose_upload_is_late_come_later(bot: Bot) -> None:
    draft = QuestionDraft(line=1, stem="Is $x^2$ even?", choices=("a", "$y$"), key=(0,), topic="powers")
    await import_document(bot.app, ParsedDocument(format="quizbot", questions=(draft,)), bank="formulas")
    with bot.server.stuck("files.completeUploadExternal"):
        question = await bot.asks("powers")
        assert "`x^2`" in str(question.blocks)
        assert images(question) == []
    await bot.server.until(lambda: images(question), "the formulas")
    (image,) = images(question)
    assert image["alt_text"].startswith("x^2; ")
    await bot.round(question)
    await bot.clicks(bot.ada, question, "A")
    await bot.channel.sees("1 answered.")
    assert images(question) == [image]
    assert len(bot.server.calls("files.getUploadURLExternal")) == 1
