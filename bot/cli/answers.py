"""What questions offer and accept, as commands print it."""

from collections.abc import Iterator

from bot.domain.drafts import QuestionDraft
from bot.domain.kinds import kind_of


def answer_lines(draft: QuestionDraft) -> Iterator[str]:
    """A line for each choice or accepted answer, with a star before what is right.

    Choices have letters where the key names them so; true and false are named by their words.
    """
    for option in kind_of(draft).listed(draft):
        label = f"{option.letter}) " if option.letter else ""
        text = "" if option.picture_alone else option.text
        picture = f"[picture: {option.image.alt}]" if option.image else ""
        yield f"  {'*' if option.right else ' '} {label}{' '.join(filter(None, (text, picture)))}"
