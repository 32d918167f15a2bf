"""Several choices where the first answer counts: a menu's picks come back in private, and a button sends them.

Discord's pages: https://docs.discord.com/developers/components/reference (Custom ID, at most 100 characters; String
Select) and https://docs.discord.com/developers/interactions/receiving-and-responding (flag EPHEMERAL).
"""

import pytest

from adapters.discord import inbound
from adapters.discord.controls import answer_in, components, picked_in, submit_row
from bot.domain.questions import MAX_CHOICES
from bot.domain.views import ControlKind, Controls, OptionView
from bot.services.rounds.closing import close_round
from tests.adapters.discord.conftest import MULTIPLE, SINGLE
from tests.platforms.discord import render

ROUND = 2**63 - 1
NOT_SENT = "It isn't sent yet."


@pytest.mark.parametrize(
    ("first_counts", "read", "other"), [(True, picked_in, answer_in), (False, answer_in, picked_in)]
)
def test_a_menu_says_in_its_id_whether_it_answers_at_once(first_counts, read, other):
    controls = Controls(kind=ControlKind.SELECT, round_id=ROUND, fewest=1, most=2, first_counts=first_counts)
    ((menu,),) = (row["components"] for row in components(controls, (OptionView(letter="A", text="a"),)))
    assert read(menu["custom_id"], ["2", "0"]) == (ROUND, {0, 2})
    assert other(menu["custom_id"], ["2", "0"]) is None


@pytest.mark.parametrize("given", [frozenset({0}), frozenset({2, 0, 11}), frozenset(range(MAX_CHOICES))])
def test_the_button_holds_all_that_it_sends_in_an_id_that_discord_takes(given):
    (button,) = submit_row(ROUND, given)["components"]
    assert len(button["custom_id"]) <= 100
    assert answer_in(button["custom_id"], ()) == (ROUND, given)


@pytest.mark.parametrize(
    "custom_id",
    ["submit", "submit:", "submit:1", "submit:1:", "submit:1:x", "submit:1:,", "submit:1:0,", "submit:1:,0",
     "submit:1:0,,1", "submit:1:100", "submit:1:-1", "submit:1:0 ", "submit:1:٣",
     f"submit:{2**63}:0", f"submit:1:{','.join('0' * 26)}"],
)  # fmt: skip
def test_a_button_that_nobody_gave_out_sends_nothing(custom_id):
    assert answer_in(custom_id, ()) is None


@pytest.mark.parametrize(
    ("custom_id", "values"),
    [
        *((wrong, ["0"]) for wrong in ("", "unsent", "unsent:", "unsent:x", "unsent:1:0", "unsent:1 ", "unsent:١")),
        (f"unsent:{2**63}", ["0"]),
        *(("unsent:1", [wrong]) for wrong in ("", "x", "-1", "100", "٣", "0,1")),
    ],
)
def test_a_menu_that_nobody_gave_out_holds_no_picks(custom_id, values):
    assert picked_in(custom_id, values) is None


@pytest.fixture
async def asked(start_bot, clock):
    """A bot on a clock that stands still, and a question with several choices whose first answer counts."""
    bot, _own = await start_bot(MULTIPLE, clock=clock)
    return bot, await bot.daily_question()


async def pick(bot, question, positions, *, custom_id="", user=None):
    """Pick in the menu, as no client would if told another id; the private reply."""
    menu = custom_id or question.controls[0]["custom_id"]
    values = list(map(str, positions))
    picked = await bot.server.select(user or bot.ada, question, menu, values, unchecked=bool(custom_id))
    return (await picked.replied()).reply


async def submit(bot, unsent, *, custom_id="", user=None):
    """Press Submit, or forge it with another id; what is said to that."""
    button = custom_id or unsent.button("Submit")
    forged = bool(custom_id or user)
    sent = await (await bot.server.click(user or bot.ada, unsent, button, unchecked=forged)).replied()
    assert sent.ephemeral
    return render(sent.reply)


async def test_what_is_picked_is_shown_to_its_player_alone_and_is_no_answer_until_it_is_sent(asked):
    bot, question = asked
    unsent = await pick(bot, question, [2, 0])
    assert unsent.is_ephemeral
    assert f"Your choice: A, C. {NOT_SENT}" in render(unsent)
    assert await bot.answers(question) == {}
    await submit(bot, unsent)
    assert await bot.answers(question) == {"Ada": [0, 2]}


async def test_whoever_picks_again_sends_what_they_picked_last(asked):
    bot, question = asked
    right = await bot.right(question)
    await pick(bot, question, sorted({0, 1, 2, 3} - set(right)))
    assert "all right! 10 points." in await submit(bot, await pick(bot, question, right))
    assert await bot.answers(question) == {"Ada": right}


async def test_of_two_that_are_sent_the_first_counts(asked):
    bot, question = asked
    first, second = await pick(bot, question, [0, 1]), await pick(bot, question, [2, 3])
    await submit(bot, second)
    assert "Your first answer stands." in await submit(bot, first)
    assert await bot.answers(question) == {"Ada": [2, 3]}


async def test_what_is_sent_twice_counts_once_and_is_told_alike(asked):
    bot, question = asked
    bot.server.deliver_twice("INTERACTION_CREATE")
    unsent = await pick(bot, question, [0, 1])
    assert await submit(bot, unsent) == await submit(bot, unsent)
    assert await bot.answers(question) == {"Ada": [0, 1]}


async def test_whoever_has_answered_is_told_so_when_they_pick_again(asked):
    bot, question = asked
    await submit(bot, await pick(bot, question, [0, 1]))
    again = await pick(bot, question, [2, 3])
    assert "Your first answer stands." in render(again)
    assert again.controls == []


async def test_what_is_sent_after_the_close_is_told_so(asked):
    bot, question = asked
    menu, unsent = question.controls[0]["custom_id"], await pick(bot, question, await bot.right(question))
    await close_round(bot.app, (await bot.round(question)).id)
    told = "This question has closed. That came too late for points"
    assert told in await submit(bot, unsent)
    late = await pick(bot, question, await bot.right(question), custom_id=menu)
    assert told in render(late)
    assert late.controls == []
    assert await bot.answers(question) == {}


async def test_what_is_not_sent_yet_outlives_a_restart(start_bot, clock):
    bot, own = await start_bot(MULTIPLE, clock=clock)
    question = await bot.daily_question()
    right = await bot.right(question)
    unsent = await pick(bot, question, right)
    await own.aclose()
    bot, _own = await start_bot(clock=clock)
    assert "all right! 10 points." in await submit(bot, unsent)
    assert await bot.answers(question) == {"Ada": right}


@pytest.mark.parametrize(
    ("positions", "told"),
    [
        ([0], "Please choose exactly 2."),
        ([0, 1, 2], "Please choose exactly 2."),
        ([], "Please choose exactly 2."),
        ([0, 9], "That choice doesn't exist."),
    ],
)
async def test_picks_that_the_question_cannot_take_are_refused_at_once(asked, positions, told):
    bot, question = asked
    refused = await pick(bot, question, positions, custom_id=question.controls[0]["custom_id"])
    assert told in render(refused)
    assert refused.controls == []


async def test_what_is_sent_is_checked_again(asked):
    bot, question = asked
    unsent, round_id = await pick(bot, question, [0, 1]), (await bot.round(question)).id
    assert "Please choose exactly 2." in await submit(bot, unsent, custom_id=f"submit:{round_id}:0")
    assert "Please choose exactly 2." in await submit(bot, unsent, custom_id=f"submit:{round_id}:0,0")
    assert "That choice doesn't exist." in await submit(bot, unsent, custom_id=f"submit:{round_id}:0,99")
    for gone in ("submit:1,0", "submit:999:0,1", f"submit:{ROUND}:0,1", f"submit:{2**63}:0,1"):
        assert "isn't here any more" in await submit(bot, unsent, custom_id=gone)
    for gone in ("unsent:x", "unsent:999", f"unsent:{ROUND}", f"unsent:{2**63}"):
        assert "isn't here any more" in render(await pick(bot, question, [0, 1], custom_id=gone))
    assert await bot.answers(question) == {}


async def test_a_question_that_is_answered_with_buttons_takes_no_picks(start_bot, clock):
    bot, _own = await start_bot(SINGLE, clock=clock)
    question = await bot.daily_question()
    refused = await pick(bot, question, [0], custom_id=f"unsent:{(await bot.round(question)).id}")
    assert "isn't here any more" in render(refused)


async def test_where_answers_may_be_changed_a_menu_answers_at_once(start_bot, clock):
    bot, _own = await start_bot(MULTIPLE, clock=clock)
    question = await bot.daily_question(reveal="at_close")
    for positions in ([0, 1], [2, 3]):
        told = await pick(bot, question, positions)
        assert NOT_SENT not in render(told)
        assert told.controls == []
        assert await bot.answers(question) == {"Ada": positions}


async def test_a_menu_from_before_picks_were_shown_goes_on_answering(asked):
    bot, question = asked
    told = await pick(bot, question, [0, 1], custom_id=f"answers:{(await bot.round(question)).id}")
    assert NOT_SENT not in render(told)
    assert await bot.answers(question) == {"Ada": [0, 1]}


async def test_a_private_question_is_sent_by_the_one_who_sees_it(start_bot, clock):
    bot, _own = await start_bot(MULTIPLE, clock=clock)
    command = await bot.server.command(bot.ada, bot.channel, "quiz", {"private": True})
    await bot.server.until(lambda: command.followups or command.is_shown)
    question = command.followups[-1] if command.followups else command.reply
    bob = bot.server.add_user("Bob", bot.guild)
    menu = question.controls[0]["custom_id"]
    assert "isn't here any more" in render(await pick(bot, question, [0, 1], custom_id=menu, user=bob))
    unsent = await pick(bot, question, [0, 1])
    assert NOT_SENT in render(unsent)
    assert "isn't here any more" in await submit(bot, unsent, user=bob)
    told = await submit(bot, unsent)
    assert any(verdict in told for verdict in ("all right!", "partly right", "not this time"))


async def test_picks_count_from_when_they_are_sent(asked, clock):
    bot, question = asked
    unsent = await pick(bot, question, [0, 1])
    clock.advance(minutes=20)
    sent = await (await bot.server.click(bot.ada, unsent, unsent.button("Submit"))).replied()
    round_ = await bot.round(question)
    (answer,) = await bot.app.storage.read(lambda unit: unit.answers.of_round(round_.id))
    assert answer.at == inbound.moment(str(sent.id))
