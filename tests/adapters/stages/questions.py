"""What is asked on a stage."""

from fractions import Fraction

from bot.domain.accepted import AcceptedNumber, InBlank
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
BLANKS = QuestionDraft(
    line=49,
    stem="____ is the share of positives that are found, and ____ the share of finds that are positive.",
    choices=(),
    accepted=(InBlank(0, "recall"), InBlank(0, "sensitivity"), InBlank(1, "precision")),
    explanation=IN_GENERAL,
    topic="gaps",
    kind="blanks",
)
ORDER = QuestionDraft(
    line=49,
    stem="Put these units in order, the smallest first.",
    choices=("nibble", "byte", "kilobyte"),
    key=(0, 1, 2),
    explanation=IN_GENERAL,
    topic="units",
    kind="order",
)
LONG_ORDER = QuestionDraft(
    line=57,
    stem="Put these prefixes in order, the smallest first.",
    choices=("nano", "micro", "milli", "kilo", "mega", "giga"),
    key=(0, 1, 2, 3, 4, 5),
    explanation=IN_GENERAL,
    topic="prefixes",
    kind="order",
)
MATCH = QuestionDraft(
    line=65,
    stem="Which task does each one solve?",
    choices=("k-means", "Ridge", "Clustering", "Regression", "Translation"),
    key=(2, 3),
    select=2,
    explanation=IN_GENERAL,
    topic="tasks",
    kind="match",
)
