"""Formulas, prices and code are what they were after an export and another import."""

import pytest

from bot.domain.drafts import QuestionDraft
from bot.domain.identity import BankId, QuestionId
from bot.domain.revisions import first_revision
from bot.importers import export, parse

DRAFT = QuestionDraft(
    line=1,
    stem="Which $x_1^2 * y$ for $5, \\$6 or `$z$`?\n\n$$\n\\frac{a}{b}\n- c\n$$",
    choices=(r"$\frac{1}{2}$", "$a * b * c$", r"$\{x\} ~ y$", "$10"),
    key=(0,),
    explanation=r"As $x<y$ & $\text{if } 1$.",
)
DUMP = r"""
1. Which $x_1^2 * y$ for $5, \$6 or `$z$`?
A. $\frac{1}{2}$
B. $a * b * c$
Answer: A
Explanation: As $x<y$.
"""


@pytest.mark.parametrize("form", ["quizbot", "json"])
def test_they_come_back_unchanged(form):
    question = first_revision(DRAFT, question_id=QuestionId(1), bank_id=BankId(1))
    (read,) = parse(export([question], form, name="b", title="B").encode(), format="quizbot").questions
    assert (read.stem, read.choices, read.explanation) == (DRAFT.stem, DRAFT.choices, DRAFT.explanation)


def test_a_list_of_questions_keeps_its_dollar_signs():
    (read,) = parse(DUMP.encode()).questions
    assert read.stem == r"Which $x_1^2 * y$ for $5, \$6 or `$z$`?"
    assert read.choices == (r"$\frac{1}{2}$", "$a * b * c$")
    assert read.explanation == "As $x<y$."
