"""What is asked on a stage."""

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
