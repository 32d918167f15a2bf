"""Questions with a form: the modal that a button opens, what is typed into it, and words on buttons."""

import json
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from adapters.discord import inbound
from adapters.discord.controls import components, form_in, round_in
from adapters.discord.forms import answer_in, modal
from adapters.discord.outbound import message
from bot.domain.views import LONGEST_LABEL, LONGEST_TYPED, ControlKind, Controls, Field, MessageView, OptionView
from bot.services.rounds.closing import close_round
from bot.services.rounds.forms import AnswerForm
from tests.adapters.discord.looks import seen
from tests.adapters.stages.questions import NUMBER, SHORT
from tests.platforms.discord import Callback, render, render_modal
from tests.platforms.discord.errors import Form
from tests.platforms.discord.modals import check_modal, inputs

ROUND = 2**63 - 1
WIDE = "😀"  # two characters to Discord


def form(fields=1, *, typed="", question="What is **7 x 5**?", label="Your answer"):
    return AnswerForm(
        round_id=ROUND,
        title="Your answer" if fields < 5 else WIDE * LONGEST_LABEL,
        question=question,
        fields=(Field(label=label, longest=LONGEST_TYPED),) * fields,
        typed=(typed,) * fields,
    )


def checked(one):
    """A modal that Discord takes."""
    problems = Form()
    check_modal(one, problems, ())
    problems.settle()
    return one


def question(kind, *texts, letters=""):
    options = tuple(
        OptionView(letter=letter, text=text) for letter, text in zip(letters or [""] * 9, texts, strict=False)
    )
    controls = Controls(kind=kind, round_id=ROUND, fewest=1, most=1, fields=(Field(label="Your answer"),))
    return MessageView(title="Quick question", text="Is it?", options=options, controls=controls)


def test_a_question_with_fields_has_one_button_that_opens_the_form():
    (row,) = components(question(ControlKind.FIELDS).controls, ())
    (button,) = row["components"]
    assert (button["label"], form_in(button["custom_id"])) == ("Answer", ROUND)
    assert round_in([row]) == ROUND
    assert "[Answer]" in seen(message(question(ControlKind.FIELDS)))


def test_words_stand_on_buttons_alone_while_a_question_is_open():
    view = question(ControlKind.BUTTONS, "True", "**False**" + WIDE * 80)
    looks = seen(message(view))
    assert looks.count("True") == looks.count("False") == 1
    assert "[True] [False😀" in looks


def test_options_without_a_letter_are_listed_once_there_is_nothing_to_click():
    view = MessageView(text="Over.", options=(OptionView(letter="", text="- 5"), OptionView(letter="", text="True")))
    assert "\n│ \\- 5\n│ True\n" in seen(message(view))


@pytest.mark.parametrize("fields", range(1, 6))
@pytest.mark.parametrize("typed", ["", "x", WIDE * LONGEST_TYPED])
def test_a_modal_of_any_size_is_within_discords_limits(fields, typed):
    one = checked(modal(form(fields, typed=typed, question="*" * 9_000, label=WIDE * LONGEST_LABEL)))
    assert len(list(inputs(one))) == fields
    assert all(entry.get("value", "") == typed for _label, entry in inputs(one))


COLUMNS = " | ".join(f"a rather long heading {column}" for column in "abcde")
TABLE = "\n".join([f"| {COLUMNS} |", "|---" * 5 + "|", *["| 1 | 2 | 3 | 4 | 5 |"] * 40])


@pytest.mark.parametrize("text", [TABLE, TABLE * 3, "`" * 1_500, "||" * 1_000, WIDE * 2_000])
def test_a_modal_shows_as_much_of_a_question_as_it_has_room_for(text):
    one = checked(modal(form(question=text)))
    assert one["components"][0]["content"]


def test_a_question_that_nothing_is_left_of_has_no_text_in_its_modal():
    assert [part["type"] for part in checked(modal(form(question="")))["components"]] == [18]


def test_a_modal_shows_the_question_and_what_stands():
    looks = render_modal(checked(modal(form(typed="35"))))
    assert looks == "┌ Your answer\n│ What is **7 x 5**?\n│ Your answer: [35]"


@pytest.mark.parametrize(("fields", "typed", "required"), [(1, "", True), (1, "35", False), (2, "", False)])
def test_a_field_must_be_filled_in_unless_that_takes_the_answer_back(fields, typed, required):
    assert {entry["required"] for _label, entry in inputs(modal(form(fields, typed=typed)))} == {required}


def submitted(*texts, custom_id=f"typed:{ROUND}", names="01234"):
    fields = [
        {"type": 18, "component": {"type": 4, "custom_id": name, "value": text}}
        for name, text in zip(names, texts, strict=False)
    ]
    return {"custom_id": custom_id, "components": [{"type": 10}, *fields]}


def test_texts_are_read_by_their_fields_in_whatever_order_they_come():
    assert answer_in(submitted("a", "", "c")) == (ROUND, ("a", "", "c"))
    assert answer_in(submitted("b", "a", names="10")) == (ROUND, ("a", "b"))
    assert answer_in({"custom_id": "typed:1", "components": []}) == (1, ())


@pytest.mark.parametrize(
    "data",
    [
        *(
            submitted("a", custom_id=custom_id)
            for custom_id in (
                "",
                "typed",
                "typed:",
                "typed:x",
                f"typed:{2**63}",
                "typed:1:0",
                "typed:1 ",
                "form:1",
                "typed:١",
            )
        ),
        submitted("a", names="1"),
        submitted("a", "b", names="0x"),
        submitted(*"abcdef", names="012345"),
    ],
)
def test_a_modal_that_nobody_gave_out_means_nothing(data):
    assert answer_in(data) is None


@pytest.fixture
async def asked(start_bot, clock):
    """A bot on a clock that stands still, and a question that may be answered until it closes."""
    bot, _own = await start_bot(NUMBER, clock=clock)
    return bot, await bot.daily_question(reveal="at_close")


async def opened(bot, asked, user=None):
    return await (await bot.server.click(user or bot.ada, asked, asked.button("Answer"))).replied()


async def test_the_time_of_an_answer_is_when_the_modal_was_submitted(asked, clock):
    bot, question = asked
    click = await opened(bot, question)
    clock.advance(timedelta(minutes=40))
    sent = await (await bot.server.submit(click, {"0": "4"})).replied()
    assert "Saved: 4." in sent.content + render(sent.reply)
    round_ = await bot.round(question)
    (answer,) = await bot.app.storage.read(lambda unit: unit.answers.of_round(round_.id))
    assert answer.at == inbound.moment(str(sent.id))
    assert answer.at - inbound.moment(str(click.id)) >= timedelta(minutes=40)


async def test_a_form_is_opened_without_an_acknowledgement_before_it(asked):
    bot, question = asked
    click = await opened(bot, question)
    assert click.callback is Callback.MODAL
    assert not click.followups


async def test_a_modal_that_discord_refuses_comes_without_the_question(asked):
    bot, question = asked
    bot.server.fail_next(400, match="/callback")
    with capture_logs() as logs:
        click = await opened(bot, question)
    assert [part["type"] for part in click.modal["components"]] == [18]
    assert [line["log_level"] for line in logs if line["event"] == "modal_refused"] == ["error"]


async def test_an_answer_of_many_emoji_comes_back_whole(start_bot, clock):
    bot, _own = await start_bot(SHORT, clock=clock)
    words = await bot.daily_question(reveal="at_close")
    click = await opened(bot, words)
    await (await bot.server.submit(click, {"0": WIDE * LONGEST_TYPED})).replied()
    ((_label, entry),) = inputs((await opened(bot, words)).modal)
    assert entry["value"] == WIDE * LONGEST_TYPED


async def test_what_is_delivered_twice_opens_one_form_and_stores_one_answer(asked):
    bot, question = asked
    bot.server.deliver_twice("INTERACTION_CREATE")
    click = await opened(bot, question)
    sent = await (await bot.server.submit(click, {"0": "4"})).replied()
    assert "Saved: 4." in render(sent.reply)
    assert await bot.answers(question) == {"Ada": ["4"]}


async def test_a_modal_that_is_submitted_again_counts_once(asked):
    bot, question = asked
    click = await opened(bot, question)
    for _time in range(2):
        assert "Saved: 4." in render((await (await bot.server.submit(click, {"0": "4"})).replied()).reply)
    assert await bot.answers(question) == {"Ada": ["4"]}


async def test_a_receipt_that_repeats_what_was_typed_is_not_kept(asked):
    bot, question = asked
    await (await bot.server.submit(await opened(bot, question), {"0": "4"})).replied()
    assert bot.adapter._interactions._answers._message.cache_info().currsize == 0


async def test_a_closed_question_says_so_instead_of_opening_a_form(asked):
    bot, question = asked
    custom_id = question.button("Answer")
    await close_round(bot.app, (await bot.round(question)).id)
    click = await (await bot.server.click(bot.ada, question, custom_id, unchecked=True)).replied()
    assert click.modal is None
    assert click.ephemeral
    assert "This question has closed. The right answer is 4 bits." in render(click.reply)


@pytest.mark.parametrize("custom_id", ["form:1", f"form:{2**63}", "form:", "form:x"])
async def test_a_button_for_a_form_that_there_is_not_is_told_so(asked, custom_id):
    bot, question = asked
    click = await (await bot.server.click(bot.ada, question, custom_id, unchecked=True)).replied()
    assert click.ephemeral
    assert "isn't here any more" in click.content


async def test_forged_fields_are_refused_and_store_nothing(asked):
    bot, question = asked
    click = await opened(bot, question)
    for fields in ({"1": "4"}, {"0": "4", "x": "5"}, {"0": "4", "1": "5"}, {"0": "4" * 5_000}):
        sent = await (await bot.server.submit(click, fields, unchecked=True)).replied()
        assert sent.ephemeral
        assert "Saved" not in json.dumps([sent.content, sent.embeds])
    assert await bot.answers(question) == {}


async def test_a_modal_that_comes_without_its_field_takes_nothing_back(asked):
    bot, question = asked
    click = await opened(bot, question)
    await (await bot.server.submit(click, {"0": "4"})).replied()
    click.modal["components"] = []
    sent = await (await bot.server.submit(click, {})).replied()
    assert "Please type an answer first." in render(sent.reply)
    assert await bot.answers(question) == {"Ada": ["4"]}
