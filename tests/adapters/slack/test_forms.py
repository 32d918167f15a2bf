"""Questions with a form: the modal that a button opens, what is typed into it, and words on buttons."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters.slack.forms import modal, texts_in
from adapters.slack.inbound import From
from adapters.slack.outbound import contents
from bot.domain.drafts import ParsedDocument
from bot.domain.identity import RoundId
from bot.domain.views import LONGEST_LABEL, LONGEST_TYPED, ControlKind, Controls, Field, MessageView, OptionView
from bot.ports import StorageUnavailable
from bot.services.banks.storing import import_document
from bot.services.rounds.forms import AnswerForm
from bot.testing import FakeClock
from tests.adapters.stages.questions import NUMBER
from tests.platforms.slack.blockkit import problems, view_problems
from tests.platforms.slack.payloads import view_submission
from tests.platforms.slack.surfaces import elements

Bot = Any  # the fixtures' classes: test folders aren't packages

ROUND = RoundId(2**63 - 1)
ASKED = From("T1", "C1", "U1", "ada", "https://hooks.slack.com/actions/T1/1/x")


def form(fields: int = 1, *, typed: str = "", question: str = "What is **7 x 5**?") -> AnswerForm:
    return AnswerForm(
        round_id=ROUND,
        title="Your answer" * 4,
        question=question,
        fields=(Field(label="x" * LONGEST_LABEL),) * fields,
        typed=(typed,) * fields,
    )


def question(kind: ControlKind, *texts: str) -> MessageView:
    options = tuple(OptionView(letter="", text=text) for text in texts)
    controls = Controls(kind=kind, round_id=ROUND, fewest=1, most=1, fields=(Field(label="Your answer"),))
    return MessageView(title="Quick question", text="Is it?", options=options, controls=controls)


def test_a_question_with_fields_has_one_button_that_opens_the_form() -> None:
    (content,) = contents(question(ControlKind.FIELDS))
    ((_block, button),) = elements(content.blocks)
    assert (button["text"]["text"], button["value"]) == ("Answer", str(ROUND))
    assert problems(content.blocks) == []


def test_a_question_is_shown_whole_above_its_fields() -> None:
    """https://docs.slack.dev/reference/block-kit/blocks/section-block: Slack may fold a section, unless ``expand``."""
    sections = [one for one in modal(form(question="Why?\n\n" * 40), ASKED)["blocks"] if one["type"] == "section"]
    assert sections
    assert all(one["expand"] for one in sections)


def test_words_stand_on_buttons_alone_while_a_question_is_open() -> None:
    (content,) = contents(question(ControlKind.BUTTONS, "True", "**False** " + "x" * 80))
    labels = [button["text"]["text"] for _block, button in elements(content.blocks)]
    assert labels == ["True", "False " + "x" * 68 + "…"]
    assert [block["text"]["text"] for block in content.blocks if block["type"] == "section"] == ["Is it?"]
    assert problems(content.blocks) == []


def test_options_without_a_letter_are_listed_once_there_is_nothing_to_click() -> None:
    (content,) = contents(MessageView(text="Over.", options=(OptionView(letter="", text="True"),)))
    assert [block["text"]["text"] for block in content.blocks] == ["Over.", "True"]
    assert content.text.endswith("\nTrue")


@pytest.mark.parametrize("fields", range(1, 6))
@pytest.mark.parametrize("typed", ["", "x" * LONGEST_TYPED, "x" * 5_000])
def test_a_form_of_any_size_is_within_slacks_limits(fields: int, typed: str) -> None:
    view = modal(form(fields, typed=typed, question="<!channel> * " * 2_000), ASKED)
    assert view_problems(view) == []
    assert sum(block["type"] == "input" for block in view["blocks"]) == fields


@pytest.mark.parametrize(("fields", "typed", "optional"), [(1, "", False), (1, "35", True), (2, "", True)])
def test_a_field_must_be_filled_in_unless_that_takes_the_answer_back(fields: int, typed: str, optional: bool) -> None:
    inputs = [block for block in modal(form(fields, typed=typed), ASKED)["blocks"] if block["type"] == "input"]
    assert {block["optional"] for block in inputs} == {optional}


def test_texts_are_read_in_the_order_of_their_fields() -> None:
    values = {
        f"field{at}": {f"field{at}": {"type": "plain_text_input", "value": text}} for at, text in ((1, "b"), (0, None))
    }
    assert texts_in(values) == ("", "b")
    assert texts_in({"field9": {"field9": {"value": "x"}}}) == ()


async def imports(bot: Bot) -> Bot:
    await import_document(bot.app, ParsedDocument(format="test", questions=(NUMBER,)), bank="typed")
    return bot


async def at_close(bot: Bot) -> Any:
    """A question that may be answered until it closes."""
    typed = "daily set 09:00 Europe/Berlin topic=numbers reveal=at_close close_after=8h"
    assert "The daily question is set" in await bot.says(typed)
    return await bot.asks("daily now")


async def opens(bot: Bot, asked: Any, who: Any = None) -> Any:
    """Press the button; the modal that comes."""
    who = who or bot.ada
    before = who.modal
    await (await who.press(asked, "Answer")).acked()
    await bot.server.until(lambda: who.modal is not before, "a modal")
    return who.modal


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
async def test_a_number_is_typed_and_its_receipt_comes_in_private(start: Callable[..., Any], http: bool) -> None:
    bot = await imports(await start(http=http))
    asked = await bot.asks("numbers")
    sent = await bot.ada.submits(await opens(bot, asked), {"field0": "4"})
    await sent.acked()
    await bot.ada.sees("4 is right! 10 points.")
    assert bot.ada.modal is None
    assert bot.bob.ephemerals == []
    await bot.until_answers(asked, {"Ada": "4"})


async def test_what_is_refused_is_told_beside_the_field_and_the_form_stays(start: Callable[..., Any]) -> None:
    bot = await imports(await start())
    view = await opens(bot, await bot.asks("numbers"))
    await (await bot.ada.submits(view, {"field0": "many"})).acked()
    assert view.open
    assert "I can't read that as a number" in view.errors["field0"]
    assert bot.ada.ephemerals == []


async def test_a_click_is_acknowledged_before_the_form_is_open(start: Callable[..., Any]) -> None:
    bot = await imports(await start())
    asked = await bot.asks("numbers")
    with bot.server.stuck("views.open"):
        await (await bot.ada.press(asked, "Answer")).acked()
        assert bot.ada.modal is None
    await bot.server.until(lambda: bot.ada.modal, "a modal")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("expired_trigger_id", "Please try again."),
        ("view_too_large", "Something broke here."),
        (429, "Please try again in 30 seconds."),
        (500, "Please try again"),
    ],
)
async def test_a_form_that_does_not_open_is_no_silence(start: Callable[..., Any], trouble: Any, words: str) -> None:
    bot = await imports(await start())
    asked = await bot.asks("numbers")
    bot.server.fail_next(trouble, "views.open", retry_after=30)
    assert words in await bot.clicks(bot.ada, asked, "Answer")
    assert bot.ada.modal is None


async def test_what_breaks_before_a_form_opens_is_no_silence(
    start: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = await imports(await start())
    asked = await bot.asks("numbers")
    monkeypatch.setattr("adapters.slack.forms.modal", None)
    assert "Something broke here." in await bot.clicks(bot.ada, asked, "Answer")


async def test_a_click_that_comes_twice_opens_one_form_and_says_nothing(start: Callable[..., Any]) -> None:
    bot = await imports(await start())
    asked = await bot.asks("numbers")
    pressed = await bot.ada.press(asked, "Answer")
    await bot.server.until(lambda: bot.ada.modal, "a modal")
    await pressed.again()
    await bot.server.until(lambda: len(bot.server.calls("views.open")) == 2, "another try")
    await bot.adapter._background.finish(5)
    assert len(bot.ada.modals) == 1
    assert bot.ada.ephemerals == []


async def test_one_person_cannot_use_up_everybodys_forms(
    start: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZBOT_LIMIT_FORMS", "1/1h")
    bot = await imports(await start(FakeClock()))
    asked = await bot.asks("numbers")
    await opens(bot, asked)
    assert "That was a lot at once. Try again in 1 hour." in await bot.clicks(bot.ada, asked, "Answer")
    assert await opens(bot, asked, bot.bob)


async def test_a_receipt_finds_its_way_when_the_clicks_response_url_has_ended(start: Callable[..., Any]) -> None:
    clock = FakeClock()
    bot = await imports(await start(clock))
    asked = await at_close(bot)
    view = await opens(bot, asked, bot.bob)
    clock.advance(minutes=50)
    await (await bot.bob.submits(view, {"field0": "4"})).acked()
    await bot.bob.sees("Saved: 4.")
    assert len(bot.server.calls("chat.postEphemeral")) == 1


async def test_an_answer_has_the_time_when_it_first_came(start: Callable[..., Any]) -> None:
    clock = FakeClock()
    bot = await imports(await start(clock))
    asked = await at_close(bot)
    view = await opens(bot, asked)
    clock.advance(minutes=10)
    first = await bot.ada.submits(view, {"field0": "4"})
    await first.acked()
    submitted = clock.now()
    clock.advance(minutes=10)
    await first.again()
    round_ = await bot.round(asked)
    await bot.server.until(lambda: len(bot.ada.ephemerals) >= 2, "two receipts")
    (answer,) = await bot.app.storage.read(lambda unit: unit.answers.of_round(round_.id))
    assert answer.at == submitted


async def test_an_old_submission_that_comes_again_never_wins(start: Callable[..., Any]) -> None:
    clock = FakeClock()
    bot = await imports(await start(clock))
    asked = await at_close(bot)
    first = await bot.ada.submits(await opens(bot, asked), {"field0": "4"})
    await first.acked()
    clock.advance(minutes=1)
    await (await bot.ada.submits(await opens(bot, asked), {"field0": "5"})).acked()
    clock.advance(minutes=1)
    await first.again()
    await bot.ada.sees("Your later choice stands: 5.")
    await bot.until_answers(asked, {"Ada": "5"})


async def test_what_cannot_be_stored_now_stays_in_the_form(
    start: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = await imports(await start())
    asked = await at_close(bot)
    view = await opens(bot, asked)

    async def full(_submitted: object) -> None:
        raise StorageUnavailable("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(bot.app.answers, "submit", full)
        await (await bot.ada.submits(view, {"field0": "4"})).acked()
    assert view.errors == {"field0": "The disk is full."}
    await (await bot.ada.submits(view, {"field0": "4"})).acked()
    await bot.until_answers(asked, {"Ada": "4"})


@pytest.mark.parametrize("values", [{}, []], ids=str)
async def test_a_form_that_comes_without_what_was_typed_takes_nothing_back(
    start: Callable[..., Any], values: Any
) -> None:
    bot = await imports(await start())
    asked = await at_close(bot)
    await (await bot.ada.submits(await opens(bot, asked), {"field0": "4"})).acked()
    view = await opens(bot, asked)
    lost = view_submission(bot.ada, view, values, bot.server.triggers.issue(bot.ada))
    await (await bot.server.dispatch("interactive", lost, bot.ada, view=view)).acked()
    assert view.errors == {"field0": "Please type an answer first."}
    await bot.until_answers(asked, {"Ada": "4"})


@pytest.mark.parametrize(
    "metadata", ["", "x", "1", "-1 C1 ", "1 C1 ", f"{2**63} C1 ", "١ C1 ", "{round}", "{round} C9 "]
)
async def test_forged_metadata_stores_nothing(start: Callable[..., Any], metadata: str) -> None:
    bot = await imports(await start())
    asked = await bot.asks("numbers")
    view = await opens(bot, asked)
    round_ = await bot.round(asked)
    view.content["private_metadata"] = metadata.format(round=round_.id)
    await (await bot.ada.submits(view, {"field0": "4"})).acked()
    await bot.adapter._background.finish(5)
    assert await bot.answers(asked) == {}


async def test_a_form_for_a_round_that_there_is_not_is_told_so(start: Callable[..., Any]) -> None:
    bot = await imports(await start())
    asked = await bot.asks("numbers")
    for value in ("1", "x", str(2**63), ""):
        forged = await bot.ada.forge(asked, {"action_id": "fill_in", "value": value})
        await forged.acked()
        told = bot.server.render(await forged.reply())
        assert "isn't here any more" in told or "doesn't work any more" in told
    assert bot.ada.modal is None
