"""The unit of a question with a number is shown as it is, also where text is Markdown."""

from bot.domain.answers import AnswerOutcome
from bot.domain.kinds.number import NumberKind, NumberRefusal
from bot.domain.kinds.number_typed import parse_numbers
from bot.domain.revisions import first_revision
from bot.rendering.questions import open_question
from bot.rendering.receipts import receipt
from bot.rendering.words import plain
from bot.testing import number
from tests.unit.domain.typed_rounds import a_round


def test_a_unit_is_shown_as_it_is_where_text_is_markdown():
    question = first_revision(number("How much?", unit="kg*m*s"), question_id=3, bank_id=1)
    round_ = a_round(NumberKind(), parse_numbers("5", "kg*m*s"))
    for text in (
        open_question(round_, question).hint,
        receipt(AnswerOutcome(status=NumberRefusal.OTHER_UNIT, round=round_), None).text,
    ):
        assert "kg*m*s" in plain(text)
        assert "kg*m*s" not in text
