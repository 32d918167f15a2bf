"""What the bot says, as people see it: compared with what was looked at and found good.

``RENEW_SNAPSHOTS=1 pytest tests/adapters/discord/test_looks.py`` writes the files anew; look at them then.
"""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.discord.controls import submit_row
from adapters.discord.outbound import error, message
from bot.domain.accuracy import Accuracy
from bot.domain.answers import Answer, AnswerOutcome, AnswerStatus, graded_answer
from bot.domain.errors import BadInput
from bot.domain.identity import BankId, QuestionId
from bot.domain.kinds import kind_of
from bot.domain.responses import Row
from bot.domain.revisions import first_revision
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.standings import Ranked, Standing, Window
from bot.domain.streaks import Streak
from bot.domain.typed import typed
from bot.ports import Bank, BankSummary
from bot.rendering import boards, notices, questions, receipts, replies, series
from bot.rendering.reveal import Highlights
from bot.testing import A_MONDAY
from tests.adapters.discord.looks import ADA, BOB, EVE, asked, question, seen
from tests.adapters.kept_help import kept_help
from tests.adapters.stages.questions import BLANKS, CARD, MATCH, NUMBER, ORDER, STATEMENT

KEPT = Path(__file__).with_name("snapshots")

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
NUMBER_ASKED = first_revision(NUMBER, question_id=QuestionId(1), bank_id=BankId(1))
ORDER_ASKED = first_revision(ORDER, question_id=QuestionId(1), bank_id=BankId(1))
MATCH_ASKED = first_revision(MATCH, question_id=QuestionId(1), bank_id=BankId(1))
CARD_ASKED = first_revision(CARD, question_id=QuestionId(1), bank_id=BankId(1))
TRICKY = question(
    "@everyone: is || this || hidden?\n# no heading\n> no quote\n[click](https://evil.example)",
    "<@123> pings",
    "*** stars ***",
    "a_b_c ~~gone~~",
    "\\ backslash `lone tick",
)
MANY = question("Which of these 25 is it?", *(f"The {number}th, as it were" for number in range(1, 26)))
WHOLE = question("The stem. " * 90, *(f"{letter * 990} end" for letter in "wxyz"), explanation="E " * 400)
TOO_LONG = question("Stem " * 100, *(f"{number} " + "long " * 200 for number in range(25)))


def answers(asked_round, *given):
    """Graded answers of players, as positions or texts."""
    for number, (player, picks) in enumerate(given):
        answer = Answer(
            round_id=asked_round.id,
            player_id=player,
            response=kind_of(asked_round).response(picks, asked_round),
            at=A_MONDAY + timedelta(seconds=number),
            event_id=str(number),
        )
        yield graded_answer(answer, asked_round)


def receipt(one, picks, status=AnswerStatus.SAVED, **how):
    round_ = asked(one, **how)
    (answer,) = answers(round_, (ADA, picks))
    return receipts.receipt(AnswerOutcome(status=status, round=round_, answer=answer), one)


def result(one, *given):
    round_ = asked(one)
    names = {ADA: "Ada", BOB: "Bob_the_*builder*", EVE: "Eve"}
    standings = [
        Standing(place=1, name="Ada", points=20 * 72_072, right=2, answered=2),
        Standing(place=2, name="日本太郎", points=5 * 72_072, right=0, answered=2),
    ]
    told = Highlights(
        among_fastest={ADA, BOB},
        streaks={ADA: Streak(days=12), BOB: Streak(days=2), EVE: Streak(days=3)},
        usually=Accuracy(right=71, answered=100),
    )
    return questions.result(round_, one, list(answers(round_, *given)), names, standings, told)


def not_sent_yet(one, picks):
    round_ = asked(one)
    told = receipts.not_sent_yet(round_, kind_of(round_).response(picks, round_))
    return replace(message(told), components=[submit_row(round_.id, picks)])


LINK = "https://discord.com/channels/1/2/3"
MESSAGES = {
    "question": message(questions.open_question(asked(PLAIN), PLAIN), answered=0),
    "question-answered": message(questions.open_question(asked(PLAIN), PLAIN), answered=12),
    "question-multiple": message(questions.open_question(asked(TWO, reveal=Reveal.AT_CLOSE), TWO), answered=1),
    "question-reactions": message(
        questions.open_question(asked(PLAIN, answer_with=AnswerWith.REACTIONS, reveal=Reveal.AT_CLOSE), PLAIN),
        answered=0,
    ),
    "question-private": message(questions.open_question(asked(PLAIN), PLAIN)),
    "question-code": message(questions.open_question(asked(CODE), CODE), answered=0),
    "question-tricky": message(questions.open_question(asked(TRICKY), TRICKY), answered=0),
    "question-25-choices": message(questions.open_question(asked(MANY), MANY), answered=0),
    "question-long": message(questions.open_question(asked(WHOLE), WHOLE), answered=0),
    "question-too-long": message(questions.open_question(asked(TOO_LONG), TOO_LONG), answered=0),
    "question-true-false": message(questions.open_question(asked(STATEMENT_ASKED), STATEMENT_ASKED), answered=0),
    "question-number": message(questions.open_question(asked(NUMBER_ASKED), NUMBER_ASKED), answered=0),
    "question-blanks": message(questions.open_question(asked(BLANKS_ASKED), BLANKS_ASKED), answered=0),
    "question-match": message(questions.open_question(asked(MATCH_ASKED), MATCH_ASKED), answered=0),
    "question-card": message(questions.open_question(asked(CARD_ASKED), CARD_ASKED), answered=0),
    "back-of-card": message(questions.back_of_card(asked(CARD_ASKED), CARD_ASKED, "")),
    "question-closed": message(questions.closed_question(asked(PLAIN), PLAIN, 12)),
    "result": message(result(PLAIN, (ADA, frozenset({0})), (BOB, frozenset({1})), (EVE, frozenset({0}))), link=LINK),
    "result-multiple": message(result(TWO, (ADA, frozenset({0, 1})), (BOB, frozenset({0, 2}))), link=LINK),
    "result-code": message(result(CODE, (ADA, frozenset({0}))), link=LINK),
    "result-true-false": message(result(STATEMENT_ASKED, (ADA, frozenset({1}))), link=LINK),
    "result-number": message(result(NUMBER_ASKED, (ADA, ("4.0",)), (BOB, ("8",)), (EVE, ("8 bits",))), link=LINK),
    "result-blanks": message(
        result(BLANKS_ASKED, (ADA, ("recal", "precision")), (BOB, ("f_1_", "")), (EVE, ("F_1_", "precision"))),
        link=LINK,
    ),
    "result-order": message(result(ORDER_ASKED, (ADA, Row((0, 1, 2))), (BOB, Row((1, 0, 2)))), link=LINK),
    "result-card": message(result(CARD_ASKED, (ADA, frozenset({0})), (BOB, frozenset({2})))),
    "result-nobody": message(result(PLAIN), link=LINK),
    "receipt-right": message(receipt(PLAIN, frozenset({0}))),
    "receipt-wrong": message(receipt(PLAIN, frozenset({1}))),
    "receipt-stands": message(receipt(PLAIN, frozenset({0}), AnswerStatus.ALREADY_ANSWERED)),
    "receipt-saved": message(receipt(TWO, frozenset({0, 2}), reveal=Reveal.AT_CLOSE)),
    "not-sent-yet": not_sent_yet(TWO, frozenset({0, 2})),
    "receipt-number": message(receipt(NUMBER_ASKED, ("4,0 bits",))),
    "receipt-number-saved": message(receipt(NUMBER_ASKED, ("4,0",), reveal=Reveal.AT_CLOSE)),
    "receipt-blanks": message(receipt(BLANKS_ASKED, ("recal", "f_1_"))),
    "receipt-blanks-saved": message(receipt(BLANKS_ASKED, ("recal", ""), reveal=Reveal.AT_CLOSE)),
    "receipt-order-saved": message(receipt(ORDER_ASKED, Row((1, 0, 2)), reveal=Reveal.AT_CLOSE)),
    "receipt-card": message(receipt(CARD_ASKED, frozenset({0}))),
    "welcome": message(notices.welcome()),
    "parked": message(notices.channel_parked("In #study I lack: Send Messages.")),
    "help": message(kept_help()),
    "no-question": message(series.no_question_ready()),
    "leaderboard": message(
        boards.leaderboard(
            [
                Standing(place=1, name="Ada", points=120 * 72_072, right=11, answered=14),
                Standing(place=2, name="a very long name of somebody", points=48_048, right=0, answered=2),
            ],
            Window.WEEK,
            Ranked.PLAYER,
        )
    ),
    "leaderboard-empty": message(boards.leaderboard([], Window.DAY, Ranked.PLAYER)),
    "banks": message(
        replies.bank_list(
            [
                BankSummary(
                    bank=Bank(id=1, name="exam", title="", version=1),
                    ready=80,
                    unkeyed=2,
                    needs_attention=1,
                    withdrawn=0,
                )
            ]
        )
    ),
    "export": message(replies.own_data('{\n "answers": ' + '"x",' * 2000 + "\n}")),
    "error": error(BadInput(f"There is a team “a_b” already. Join it: {typed('team join', name='a_b')}")),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_it_looks_as_it_did(name):
    kept, looks = KEPT / f"{name}.txt", seen(MESSAGES[name])
    if os.environ.get("RENEW_SNAPSHOTS"):
        KEPT.mkdir(exist_ok=True)
        kept.write_text(looks, encoding="utf-8")
    assert looks == kept.read_text(encoding="utf-8")


def test_no_kept_look_is_of_nothing():
    assert {path.stem for path in KEPT.iterdir()} == set(MESSAGES)
