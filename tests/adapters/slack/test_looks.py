"""What the bot says on Slack, as people see it: compared with what was looked at and found good.

``RENEW_SNAPSHOTS=1 pytest tests/adapters/slack/test_looks.py`` writes the files anew; look at them then.
"""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.slack.outbound import contents
from bot.domain.accuracy import Accuracy
from bot.domain.answers import Answer, AnswerOutcome, AnswerStatus, graded_answer
from bot.domain.identity import BankId, ChoiceId, LeagueId, PlayerId, QuestionId, RoundId, SpaceId
from bot.domain.kinds import kind_of
from bot.domain.kinds.choice import ChoiceKey, Chosen
from bot.domain.questions import Choice, Question
from bot.domain.responses import Given, Row
from bot.domain.revisions import first_revision
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.standings import Ranked, Standing, Window
from bot.domain.streaks import Streak
from bot.domain.views import MessageView
from bot.rendering import boards, notices, questions, receipts
from bot.rendering.reveal import Highlights
from bot.testing import A_MONDAY
from tests.adapters.kept_help import kept_help
from tests.adapters.stages.questions import BLANKS, CARD, MATCH, NUMBER, ORDER, STATEMENT
from tests.platforms.slack import SlackServer
from tests.platforms.slack.blockkit import problems

KEPT = Path(__file__).with_name("snapshots")
ADA, BOB, EVE = PlayerId(1), PlayerId(2), PlayerId(3)
NAMES = {ADA: "Ada", BOB: "Bob *the* <b>", EVE: "@channel"}


def question(stem: str, *choices: str, key: tuple[int, ...] = (0,), explanation: str = "", why: str = "") -> Question:
    """A question; ``why`` explains the right choices."""
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


def asked(one: Question, answer_with: AnswerWith = AnswerWith.BUTTONS, reveal: Reveal = Reveal.ON_ANSWER) -> Round:
    """A round that asks it, its choices in their own order."""
    return Round(
        id=RoundId(7_000_000_000_000_000_001),
        space_id=SpaceId(1),
        league_id=LeagueId(1),
        channel="C1",
        question_id=one.id,
        revision=1,
        key=one.key,
        select=one.select,
        order=one.order,
        reveal=reveal,
        answer_with=answer_with,
        opened_at=A_MONDAY,
        closes_at=datetime(2026, 3, 2, 17, 0, tzinfo=UTC),
        kind=one.kind,
    )


PLAIN = question(
    "Which metric fits **rare** positives? `x < y`",
    "Recall",
    "Accuracy",
    "R² & <i>more</i>",
    "Perplexity",
    explanation="Accuracy is high for a model that finds none.",
    why="It asks how many of the rare ones are found.",
)
TWO = question("Which two reduce variance?", "Bagging", "Dropout", "A larger step", "More features", key=(0, 1))
CODE = question(
    "What does this print?\n\n```python\nprint([x for x in range(3) if x % 2])\n```",
    "```python\n[1]\n```",
    "`[0, 2]`",
    "Nothing: it has a `SyntaxError`",
    explanation="Only 1 is odd:\n\n- 0 % 2 is 0\n- 1 % 2 is 1",
)
STATEMENT_ASKED = first_revision(STATEMENT, question_id=QuestionId(1), bank_id=BankId(1))
BLANKS_ASKED = first_revision(BLANKS, question_id=QuestionId(1), bank_id=BankId(1))
CARD_ASKED = first_revision(CARD, question_id=QuestionId(1), bank_id=BankId(1))
NUMBER_ASKED = first_revision(NUMBER, question_id=QuestionId(1), bank_id=BankId(1))
TRICKY = question(
    "<!channel>: is ~this~ hidden?\n# no heading\n> no quote\n[click](https://evil.example)",
    "<@U123> pings",
    "*** stars ***",
    "a_b_c :smile: @here",
    "\\ backslash `lone tick",
)
ORDER_ASKED = first_revision(ORDER, question_id=QuestionId(1), bank_id=BankId(1))
MATCH_ASKED = first_revision(MATCH, question_id=QuestionId(1), bank_id=BankId(1))
MANY = question("Which of these are it?", *(f"Choice number {number}" for number in range(1, 13)), key=(2, 5))


def answer(player: PlayerId, *choices: int) -> Answer:
    return Answer(
        round_id=RoundId(1), player_id=player, response=Chosen(map(ChoiceId, choices)), at=A_MONDAY, event_id="1"
    )


def given(one: Question, player: PlayerId, given: Given) -> Answer:
    return replace(answer(player), response=kind_of(one).response(given, asked(one)))


def graded(one: Question, *answers: Answer) -> list[Answer]:
    return [graded_answer(each, asked(one)) for each in answers]


STANDINGS = [
    Standing(place=place, name=NAMES[player], points=points * 72_072, right=right, answered=3, player_id=player)
    for place, player, points, right in ((1, ADA, 20, 2), (2, BOB, 10, 1), (2, EVE, 10, 1))
]


def receipt(status: AnswerStatus, one: Answer, reveal: Reveal = Reveal.ON_ANSWER) -> MessageView:
    round_ = asked(PLAIN, reveal=reveal)
    given = graded_answer(one, round_) if reveal is Reveal.ON_ANSWER else one
    return receipts.receipt(AnswerOutcome(status=status, round=round_, answer=given), PLAIN)


LOOKS = {
    "question": questions.open_question(asked(PLAIN), PLAIN),
    "question-several": questions.open_question(asked(TWO, reveal=Reveal.AT_CLOSE), TWO),
    "question-many": questions.open_question(asked(MANY), MANY),
    "question-reactions": questions.open_question(asked(PLAIN, AnswerWith.REACTIONS, Reveal.AT_CLOSE), PLAIN),
    "question-code": questions.open_question(asked(CODE), CODE),
    "question-tricky": questions.open_question(asked(TRICKY), TRICKY),
    "question-true-false": questions.open_question(asked(STATEMENT_ASKED), STATEMENT_ASKED),
    "question-match": questions.open_question(asked(MATCH_ASKED), MATCH_ASKED),
    "question-card": questions.open_question(asked(CARD_ASKED), CARD_ASKED),
    "back-of-card": questions.back_of_card(asked(CARD_ASKED), CARD_ASKED, ""),
    "question-number": questions.open_question(asked(NUMBER_ASKED), NUMBER_ASKED),
    "question-blanks": questions.open_question(asked(BLANKS_ASKED), BLANKS_ASKED),
    "question-closed": questions.closed_question(asked(PLAIN), PLAIN, 3),
    "result": questions.result(
        asked(PLAIN),
        PLAIN,
        graded(PLAIN, answer(ADA, 0), answer(BOB, 1), answer(EVE, 0)),
        NAMES,
        STANDINGS,
        Highlights(
            among_fastest={ADA, BOB},
            streaks={BOB: Streak(days=12), EVE: Streak(days=3)},
            usually=Accuracy(right=71, answered=100),
        ),
    ),
    "result-true-false": questions.result(
        asked(STATEMENT_ASKED),
        STATEMENT_ASKED,
        graded(STATEMENT_ASKED, given(STATEMENT_ASKED, ADA, frozenset({1}))),
        NAMES,
        [],
    ),
    "result-number": questions.result(
        asked(NUMBER_ASKED),
        NUMBER_ASKED,
        graded(NUMBER_ASKED, given(NUMBER_ASKED, ADA, ("4.0",)), given(NUMBER_ASKED, BOB, ("8",))),
        NAMES,
        [],
    ),
    "result-blanks": questions.result(
        asked(BLANKS_ASKED),
        BLANKS_ASKED,
        graded(
            BLANKS_ASKED,
            given(BLANKS_ASKED, ADA, ("recal", "precision")),
            given(BLANKS_ASKED, BOB, ("f_1_", "")),
        ),
        NAMES,
        [],
    ),
    "result-order": questions.result(
        asked(ORDER_ASKED),
        ORDER_ASKED,
        graded(ORDER_ASKED, given(ORDER_ASKED, ADA, Row((0, 1, 2))), given(ORDER_ASKED, BOB, Row((1, 0, 2)))),
        NAMES,
        [],
    ),
    "result-code": questions.result(asked(CODE), CODE, [], NAMES, []),
    "receipt-right": receipt(AnswerStatus.SAVED, answer(ADA, 0)),
    "receipt-wrong": receipt(AnswerStatus.ALREADY_ANSWERED, answer(ADA, 1)),
    "receipt-saved": receipt(AnswerStatus.SAVED, answer(ADA, 1), Reveal.AT_CLOSE),
    "leaderboard": boards.leaderboard(STANDINGS, Window.WEEK, Ranked.PLAYER),
    "help-host": kept_help(),
    "welcome": notices.welcome(),
    "parked": notices.channel_parked("#study: The channel is archived."),
}


def seen(view: MessageView) -> str:
    """What people see of a view, and below it what is read aloud; nothing of it is beyond a limit."""
    server = SlackServer()
    team = server.add_team("Study")
    channel = team.add_channel("study")
    shown = []
    for part in contents(view):
        assert problems(part.blocks) == []
        shown.append(server.render(channel.write(team.bot, part.text, part.blocks)))
        shown.append(f"~~~~ as text\n{part.text}")
    return "\n".join(shown) + "\n"


@pytest.mark.parametrize("name", LOOKS)
async def test_it_looks_as_it_was_found_good(name: str) -> None:
    kept, shown = KEPT / f"{name}.txt", seen(LOOKS[name])
    if os.environ.get("RENEW_SNAPSHOTS"):
        KEPT.mkdir(exist_ok=True)
        kept.write_text(shown, encoding="utf-8")
    assert shown == kept.read_text(encoding="utf-8")


def test_every_snapshot_is_somebodys() -> None:
    assert {path.stem for path in KEPT.iterdir()} == set(LOOKS)
