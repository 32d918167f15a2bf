"""Receipts are remembered for everybody who clicked the same, and change with whatever they tell."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.answers import AnswerOutcome, SubmitAnswer, decide
from bot.domain.drafts import QuestionDraft
from bot.domain.identity import Member
from bot.domain.kinds import kind_of
from bot.domain.kinds.choice import ChoiceKey
from bot.domain.revisions import first_revision
from bot.domain.rounds import Reveal
from bot.domain.views import Mark, MessageView
from bot.rendering.receipts import receipt
from tests.unit.domain.typed_rounds import a_round

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUESTION = first_revision(
    QuestionDraft(line=1, stem="Which?", choices=("one", "two"), key=(0,), explanation="So it is."),
    question_id=3,
    bank_id=1,
)
ROUND = a_round(kind_of(QUESTION), ChoiceKey({0}), order=(0, 1), reveal=Reveal.ON_ANSWER)


def outcome_in(round_) -> AnswerOutcome:
    ada = Member(space_id=round_.space_id, external_id="ada", name="Ada")
    click = SubmitAnswer(
        round_id=round_.id, channel=round_.channel, member=ada, given=frozenset({0}), at=NINE, event_id="e"
    )
    return decide(round_, None, click, 11)


def marks(view: MessageView) -> list[Mark]:
    return [option.mark for option in view.options]


def test_the_same_click_gets_the_same_receipt():
    assert receipt(outcome_in(ROUND), QUESTION) is receipt(outcome_in(replace(ROUND)), replace(QUESTION))


def test_a_corrected_key_changes_the_receipt():
    corrected = replace(ROUND, key=ChoiceKey({1}))
    before, after = receipt(outcome_in(ROUND), QUESTION), receipt(outcome_in(corrected), QUESTION)
    assert marks(before) == [Mark.RIGHT, Mark.WRONG]
    assert marks(after) == [Mark.WRONG, Mark.RIGHT]
    assert hash(ROUND) == hash(corrected)


def test_another_explanation_changes_the_receipt():
    mended = replace(QUESTION, explanation="It isn't.")
    assert "So it is." in receipt(outcome_in(ROUND), QUESTION).text
    assert "It isn't." in receipt(outcome_in(ROUND), mended).text
    assert hash(QUESTION) == hash(mended)


def test_views_that_differ_only_in_a_mark_stay_apart():
    view = receipt(outcome_in(ROUND), QUESTION)
    unmarked = replace(view, options=tuple(replace(option, mark=Mark.NONE) for option in view.options))
    assert len({view, unmarked, replace(view)}) == 2
