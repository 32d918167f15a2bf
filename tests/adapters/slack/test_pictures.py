"""Questions with pictures: shown where Slack can, and told in words for whoever doesn't see them."""

from dataclasses import replace
from typing import Any

import pytest

from adapters.slack.outbound import labels
from bot.apart.painting import ApartPainter
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.images import choice_picture, image_file
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
    """The pictures in a message, without their ids, which are new at each edit."""
    found = (block for block in message.blocks if block["type"] == "image")
    return [{name: value for name, value in block.items() if name != "block_id"} for block in found]


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


def drawn() -> QuestionDraft:
    """A question whose choices are pictures of a kind that Slack doesn't show, one of them with a text."""
    pictures = [choice_picture(file, f"Curve <{n}>") for n in range(3) if (file := image_file(WEBP + bytes([n])))]
    alone = tuple(replace(picture, alone=n > 0) for n, picture in enumerate(pictures))
    texts = ("The *first* one", "Curve <1>", "Curve <2>")
    return QuestionDraft(line=1, stem="Which curve?", choices=texts, key=(0,), topic="curves", choice_pictures=alone)


async def ask_drawn(bot: Bot) -> Any:
    await import_document(bot.app, ParsedDocument(format="quizbot", questions=(drawn(),)), bank="pictures")
    return await bot.asks("curves")


async def told(bot: Bot, question: Any) -> str:
    """What the sheet of a question must say."""
    round_ = await bot.round(question)
    return "; ".join(f"{letter}: Curve <{choice}>" for letter, choice in zip("ABC", round_.order, strict=True))


async def test_pictures_of_choices_are_one_picture_with_letters_and_words_that_stays(bot: Bot) -> None:
    question = await ask_drawn(bot)
    await bot.server.until(lambda: images(question), "the sheet")
    (sheet,) = images(question)
    assert sheet["alt_text"] == await told(bot, question)
    file = bot.server.files.by_id[sheet["slack_file"]["id"]]
    assert file.content.startswith(b"\x89PNG")
    assert int(file.name.removesuffix(".png"), 16) < 16**16, "a digest, which tells nothing"
    written = "\n".join(block["text"]["text"] for block in question.blocks if block["type"] == "section")
    assert "first" in written
    assert "Curve" not in written, "what is only a picture needs no words beside it"
    assert "Curve &lt;1&gt;" in question.text
    await bot.clicks(bot.ada, question, "A")
    await bot.channel.sees("1 answered.")
    assert images(question) == [sheet]
    assert len(bot.server.calls("files.getUploadURLExternal")) == 1


async def test_what_choices_show_is_told_in_words_until_slack_has_the_picture(bot: Bot) -> None:
    with bot.server.stuck("files.completeUploadExternal"):
        question = await ask_drawn(bot)
        assert images(question) == []
        assert (await told(bot, question)) in bot.server.render(question)
    await bot.server.until(lambda: images(question), "the sheet")
    assert len(bot.questions()) == 1


async def test_a_sheet_that_cannot_be_painted_is_told_in_words(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    async def paints(_painter: object, _tiles: object) -> bytes:
        return b"no picture"

    monkeypatch.setattr(ApartPainter, "_painted", paints)
    question = await ask_drawn(bot)
    assert images(question) == []
    assert (await told(bot, question)) in bot.server.render(question)


async def test_a_choice_that_is_only_a_picture_has_its_sign_where_it_is_reacted_to(bot: Bot) -> None:
    await import_document(bot.app, ParsedDocument(format="quizbot", questions=(drawn(),)), bank="pictures")
    await bot.says("daily set 09:00 Europe/Berlin topic=curves answer_with=reactions")
    question = await bot.asks("daily now")
    await bot.server.until(lambda: images(question), "the sheet")
    assert len(images(question)) == 1
    written = "\n".join(block["text"]["text"] for block in question.blocks if block["type"] == "section")
    assert [sign in written for sign in (":one: *A*", ":two: *B*", ":three: *C*")] == [True] * 3


async def test_all_pictures_of_a_question_come_later_and_again_when_somebody_deleted_one(bot: Bot) -> None:
    more = {"stem": "Which curve is $x^2$?", "image": image_file(PNG), "image_alt": ALT}
    document = ParsedDocument(format="quizbot", questions=(replace(drawn(), **more),))
    await import_document(bot.app, document, bank="pictures")
    with bot.server.stuck("files.completeUploadExternal"):
        question = await bot.asks("curves")
        assert images(question) == []
        written = bot.server.render(question)
        assert written.index(ALT) < written.index(await told(bot, question)), "formulas are in the text"
    await bot.server.until(lambda: len(images(question)) == 3, "the pictures")
    shown = images(question)
    assert [image["alt_text"] for image in shown] == [ALT, await told(bot, question), "x^2"]
    del bot.server.files.by_id[shown[-1]["slack_file"]["id"]]
    await bot.clicks(bot.ada, question, "A")
    await bot.channel.sees("1 answered.")
    await bot.clicks(bot.bob, question, "A")
    await bot.channel.sees("2 answered.")
    assert len(images(question)) == 3
    assert {image["slack_file"]["id"] for image in images(question)} <= bot.server.files.by_id.keys()
