"""Messages as people see them, without a network: a view, sent through Discord's limits."""

from datetime import UTC, datetime

from adapters.discord.outbound import Outgoing
from bot.domain.identity import BankId, ChoiceId, LeagueId, PlayerId, QuestionId, RoundId, SpaceId
from bot.domain.kinds.choice import ChoiceKey
from bot.domain.questions import Choice, Question
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.testing import A_MONDAY
from tests.platforms.discord import render
from tests.platforms.discord.changes import Changes
from tests.platforms.discord.clock import ServerClock
from tests.platforms.discord.limits import check_message
from tests.platforms.discord.messages import compose
from tests.platforms.discord.model import Message
from tests.platforms.discord.recording import Upload
from tests.platforms.discord.world import World

CLOSES = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
ADA, BOB, EVE = PlayerId(1), PlayerId(2), PlayerId(3)


def sent(outgoing: Outgoing) -> Message:
    """The message that Discord makes of it.

    Raises:
        Refused: something is beyond a limit.
    """
    check_message(outgoing.body)
    world = World(ServerClock(A_MONDAY.timestamp), Changes())
    guild = world.add_guild("Study group", owner=world.add_user("Owner"))
    uploads = [Upload(f"files[{number}]", file.name, file.content) for number, file in enumerate(outgoing.files)]
    return compose(world, guild.add_channel("study"), outgoing.body, uploads)


def seen(outgoing: Outgoing) -> str:
    """What people see of it."""
    return render(sent(outgoing)) + "\n"


def question(stem: str, *choices: str, key: tuple[int, ...] = (0,), explanation: str = "", why: str = "") -> Question:
    """A question; its first choice is right unless told, and ``why`` explains that one."""
    return Question(
        id=QuestionId(1),
        revision=1,
        bank_id=BankId(1),
        stem=stem,
        choices=tuple(
            Choice(id=ChoiceId(number), text=text, explanation=why if number in key else "")
            for number, text in enumerate(choices)
        ),
        key=ChoiceKey(map(ChoiceId, key)),
        select=len(key),
        explanation=explanation,
    )


def asked(one: Question, *, answer_with: AnswerWith = AnswerWith.BUTTONS, reveal: Reveal = Reveal.ON_ANSWER) -> Round:
    """A round that asks a question, its choices in their own order."""
    return Round(
        id=RoundId(7_000_000_000_000_000_001),
        space_id=SpaceId(1),
        league_id=LeagueId(1),
        channel="1",
        question_id=one.id,
        revision=1,
        key=one.key,
        select=one.select,
        order=one.order,
        reveal=reveal,
        answer_with=answer_with,
        opened_at=A_MONDAY,
        closes_at=CLOSES,
        kind=one.kind,
    )
