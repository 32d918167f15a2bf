"""Each kind of message has its colour, and a result says when the next question comes."""

from datetime import UTC, datetime

from adapters.discord.outbound import error, message
from bot.domain.errors import BadInput
from bot.domain.views import MessageView
from bot.ports import PostKind

MESSAGES = [kind for kind in PostKind if kind is not PostKind.THREAD]
VIEW = MessageView(title="A title", text="x\n" * 3_000)


def colours(outgoing):
    return {embed.get("color") for embed in outgoing.embeds}


def test_kinds_of_messages_differ_in_colour_and_every_part_of_one_has_it():
    found = {kind: colours(message(VIEW, kind=kind)) for kind in MESSAGES}
    assert all(len(one) == 1 for one in found.values())
    assert found[PostKind.WEEK] == found[PostKind.SEASON] == found[PostKind.NIGHT], "all are standings"
    assert len({one for (one,) in found.values()}) == len(MESSAGES) - 2


def test_a_reply_has_no_colour_unless_it_refuses_something():
    assert colours(message(VIEW)) == {None}
    refused = colours(message(MessageView(title="A title", refuses=True)))
    assert refused == colours(error(BadInput("x" * 3_000))) != {None}


def test_the_next_question_comes_in_the_readers_own_time():
    view = MessageView(title="Right answer: A", next_at=datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert "-# Next question <t:1772438400:f>" in message(view).embeds[0]["description"]
