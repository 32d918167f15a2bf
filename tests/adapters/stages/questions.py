"""What is asked on a stage."""

from fractions import Fraction

from bot.domain.accepted import AcceptedNumber
from bot.domain.drafts import QuestionDraft

RIGHT_WHY, WRONG_WHY, IN_GENERAL = "itfindsthem", "itdoesnotfindthem", "explainedtoall"
SECRETS = (RIGHT_WHY, WRONG_WHY, IN_GENERAL)
"""What nobody may know before the verdict; words without a sign that any platform would escape."""

METRIC = QuestionDraft(
    line=1,
    stem="Which metric fits rare positives?",
    choices=("Recall", "Accuracy", "Explained variance", "Perplexity"),
    key=(0,),
    explanation=IN_GENERAL,
    choice_explanations=(RIGHT_WHY, WRONG_WHY, WRONG_WHY, WRONG_WHY),
    topic="metrics",
)
PAIR = QuestionDraft(
    line=9,
    stem="Which two reduce variance? (Choose TWO.)",
    choices=("Bagging", "Dropout", "A larger step", "More features"),
    key=(0, 1),
    select=2,
    explanation=IN_GENERAL,
    topic="ensembles",
)
UNKEYED = QuestionDraft(line=17, stem="Which one has no key?", choices=("This", "That"), topic="metrics")

STATEMENT = QuestionDraft(
    line=25,
    stem="A median is moved by one far outlier.",
    choices=("True", "False"),
    key=(1,),
    explanation=IN_GENERAL,
    topic="statements",
    kind="true_false",
)
NUMBER = QuestionDraft(
    line=33,
    stem="How many bits does a nibble have?",
    choices=(),
    accepted=(AcceptedNumber(value=Fraction(4)),),
    unit="bits",
    explanation=IN_GENERAL,
    topic="numbers",
    kind="number",
)
CARD = QuestionDraft(
    line=49,
    stem="What does a *learning rate* set?",
    choices=(),
    back="How far each step goes:\n\n- too small is slow\n- too large overshoots",
    explanation=IN_GENERAL,
    topic="cards",
    kind="card",
)
SHORT = QuestionDraft(
    line=41,
    stem="What is the opposite of **overfitting**?",
    choices=(),
    accepted=("underfitting", "high bias"),
    explanation=IN_GENERAL,
    topic="words",
    kind="short",
)
