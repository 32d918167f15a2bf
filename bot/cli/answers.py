"""What questions offer and accept, as commands print it."""

from collections.abc import Iterator

from bot.domain.drafts import QuestionDraft
from bot.domain.kinds import kind_of
from bot.domain.questions import LETTERS
from bot.domain.revisions import accepted_answers


def answer_lines(draft: QuestionDraft) -> Iterator[str]:
    """A line for each choice or accepted answer, with a star before those that are right.

    Choices have letters where the key names them so; true and false are named by their words.
    """
    for position, choice in enumerate(draft.choices):
        letter = LETTERS[position] if position < len(LETTERS) else "?"
        label = f"{letter}) " if kind_of(draft).lettered else ""
        yield f"  {'*' if position in draft.key else ' '} {label}{choice}"
    for text in accepted_answers(draft):
        yield f"  * {text}"
