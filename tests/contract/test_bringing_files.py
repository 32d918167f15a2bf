"""A file that a host brings: what was found, what they decide about it, and what is stored at last."""

import asyncio

import pytest

from bot.domain.errors import BadInput, NotFound
from bot.domain.readings import Example
from bot.domain.views import LONGEST_COMMAND
from bot.services.banks import importing
from bot.services.banks.storing import summaries
from bot.services.chat.dispatch import handle
from bot.services.desks import Desks
from bot.testing import plain
from tests.contract.bringing import CLEAR, FILE, on_one_database, ready, stored


@on_one_database
async def test_the_summary_comes_first_and_nothing_is_stored_before_the_host_says_so(game, hana):
    told = await hana.brings()
    for words in ("5 questions found: 1 ready, 4 need you.", "Nothing is stored yet.", "1. Line 6", "bank “exam”"):
        assert words in told, told
    assert "isn't one of the choices; the most similar one was taken" in told
    assert "Amazon SQS (taken as right so far)" in told
    assert "1 more needs you after these." in told
    assert list(hana.buttons) == [
        *("1: It's A", "1: It's B", "1: Mend it", "1: Drop it"),
        *("2: It's A", "2: It's B", "2: Fine as it is", "2: Mend it", "2: Drop it"),
        *("3: Fine as it is", "3: Mend it", "3: Drop it"),
        *("Import the 1 that is ready", "Import all 4", "Cancel"),
    ]
    assert max(map(len, hana.buttons.values())) <= LONGEST_COMMAND
    assert await summaries(game.app, game.space.id) == []


async def test_questions_are_settled_with_clicks_and_a_form_and_then_stored_without_the_rest(game, hana):
    await hana.brings()
    assert "The key of the question on line 6 is set." in await hana.clicks("1: It's B")
    await hana.clicks("1: Mend it")
    told = await hana.fills_in(answers="* Amazon SQS\nAmazon SNS\n> It sends notices.")
    assert "Mended the question on line 10." in told
    assert "3 ready, 2 need you" in told
    assert "Dropped the question on line 21." in await hana.clicks("2: Drop it")
    told = await hana.clicks("Import the 3 ready ones")
    assert "3 new, 0 edited, 0 as before. 3 questions are ready" in told
    assert "1 question that needs you isn't stored. Import the file again to settle it." in told
    found = await stored(game)
    assert set(found) == {"Which service stores objects?", "Which service runs code?", "Which service is a queue?"}
    (lambda_,) = found["Which service runs code?"].key
    assert found["Which service runs code?"].choice(lambda_).text == "AWS Lambda"


@on_one_database
async def test_what_was_settled_stays_so_in_the_next_import_of_the_edited_file(game, hana):
    await hana.brings()
    await hana.clicks("1: It's B")
    await hana.clicks("2: Drop it")
    await hana.clicks("Import the 2 ready ones")
    told = await hana.brings(FILE.replace("stores objects?", "stores many objects?"))
    assert "4 questions found: 2 ready, 2 need you." in told
    assert "Line 10" in told
    assert "runs code" not in told


@on_one_database
async def test_everything_can_be_stored_and_what_needs_somebody_is_not_asked(game, hana):
    await hana.brings(bank="Our exam")
    assert "1 question can't be stored: it has too few choices, or too many." in plain(hana.shown)
    told = await hana.clicks("Import all 4")
    assert "Imported into “Our exam”" in told
    assert "4 new" in told
    assert "1 question can't be stored" in told
    assert await ready(game, "Our exam") == {"Which service stores objects?"}
    with pytest.raises(NotFound):
        await hana.types("/quiz bank settle")


@on_one_database
async def test_a_file_without_doubts_needs_one_click(game, hana):
    assert "1 question found: 1 ready." in await hana.brings(CLEAR)
    assert list(hana.buttons) == ["Import 1 question", "Cancel"]
    await hana.clicks("Import 1 question")
    assert await ready(game) == {"Which service stores objects?"}


@on_one_database
async def test_a_cancelled_file_is_gone(game, hana):
    await hana.brings()
    again = hana.buttons["Import all 4"]
    assert "Cancelled: nothing from “exam.txt” is stored." in await hana.clicks("Cancel")
    with pytest.raises(NotFound, match="No such file of yours is waiting"):
        await hana.types(again)
    assert await summaries(game.app, game.space.id) == []


async def test_another_process_goes_on_where_this_one_stopped(game, hana):
    await hana.brings()
    await hana.clicks("1: It's B")
    await hana.clicks("2: Drop it")
    object.__setattr__(game.app, "desks", Desks())
    assert "2 ready, 2 need you" in await hana.types("/quiz bank settle")
    await hana.clicks("Import the 2 ready ones")
    assert await ready(game) == {"Which service stores objects?", "Which service runs code?"}


async def test_a_file_that_was_read_by_example_is_read_so_again_by_another_process(game, hana):
    await hana.brings("Task 1 >> Which is right?\n(-) one\n(+) two\n\nTask 2 >> And which here?\n(+) a\n(-) b\n")
    brought = await importing.find(game.app, hana.caller)
    example = Example(question=1, choices=(2, 3), right=(1,))
    after = await importing.read_like(game.app, brought, example)
    assert [draft.key for draft in after.desk.document.questions] == [(1,), (0,)]
    object.__setattr__(game.app, "desks", Desks())
    assert "2 questions found: 2 ready." in await hana.types("/quiz bank settle")
    assert (await importing.find(game.app, hana.caller)).waiting.examples == (example,)
    with pytest.raises(BadInput, match="Something has changed"):
        await importing.read_like(game.app, brought, example)


@on_one_database
async def test_a_button_that_was_clicked_twice_or_is_old_changes_nothing_more(game, hana):
    await hana.brings()
    old, out = hana.buttons["1: It's A"], hana.buttons["1: Drop it"]
    await hana.clicks("1: It's B")
    for line in (old, out, hana.buttons["Import all 4"].replace("seen=1", "seen=0")):
        assert "Something has changed since that button was shown. Here is the latest." in await hana.types(line)
    assert "2 ready, 3 need you" in plain(hana.shown)
    await hana.clicks("Import the 2 ready ones")
    assert (await stored(game))["Which service runs code?"].status == "ready"


@on_one_database
async def test_two_clicks_at_once_store_the_questions_once(game, hana):
    await hana.brings()
    line = hana.buttons["Import all 4"]
    first, second = await asyncio.gather(
        *(handle(game.app, hana.caller, line) for _click in range(2)), return_exceptions=True
    )
    assert "4 new, 0 edited" in plain(first)
    assert "No such file of yours is waiting" in str(second)


async def test_a_file_that_is_cancelled_while_it_is_read_again_is_told_to_be_gone(game, hana):
    await hana.brings()
    brought = await importing.find(game.app, hana.caller)
    await hana.clicks("Cancel")
    with pytest.raises(NotFound, match="No such file of yours is waiting"):
        await importing.read_like(game.app, brought, Example(question=1, choices=(2, 3), right=(0,)))


async def test_a_large_file_keeps_nobody_waiting_while_it_is_packed(game, hana, monkeypatch):
    monkeypatch.setattr(importing.zlib, "compress", elsewhere(importing.zlib.compress))
    monkeypatch.setattr(importing.zlib, "decompress", elsewhere(importing.zlib.decompress))
    await hana.brings()
    brought = await importing.find(game.app, hana.caller)
    assert await importing.data_of(game.app, brought.waiting) == FILE.encode()


def elsewhere(function):
    """Wrap a function so that it refuses to run on the event loop."""

    def wrapped(*arguments):
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        return function(*arguments)

    return wrapped


@on_one_database
async def test_a_mistake_in_the_form_comes_back_and_can_be_corrected(game, hana):
    await hana.brings()
    await hana.clicks("1: Mend it")
    told = await hana.fills_in(question="What runs code?", answers="Amazon S3\nAWS Lambda")
    assert hana.shown.refuses
    assert "Which choice is right?" in told
    await hana.clicks("Correct it")
    assert {field.name: field.value for field in hana.shown.form.fields}["question"] == "What runs code?"
    assert "Mended the question on line 6." in await hana.fills_in(answers="Amazon S3\n* AWS Lambda")


@on_one_database
async def test_a_form_without_a_question_opens_with_the_next_one_that_needs_somebody(game, hana):
    await hana.brings()
    await hana.types("/quiz bank mend")
    assert {field.name: field.value for field in hana.shown.form.fields}["question"] == "Which service runs code?"


@on_one_database
async def test_what_still_is_wrong_is_said(game, hana):
    await hana.brings()
    await hana.clicks("3: Mend it")
    told = await hana.fills_in(
        question="Which two does the figure above show? (Choose TWO.)", answers="* S3\n* EBS\nIAM"
    )
    assert "The question on line 15 still needs you." in told
