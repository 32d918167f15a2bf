"""Who may read what: every message is searched for the key before anybody may know it."""

import re
from collections.abc import Collection
from string import ascii_uppercase

from bot.domain.views import Mark, MessageView
from bot.testing import plain
from tests.simulation.model import Question, Round

_NUMBERED = re.compile(r"^Question \d+$")
"""The title of a series' question that has no topic, as here."""


class Secrecy:
    """Looks at messages; remembers what it saw, because what varies with the key tells it."""

    def __init__(self) -> None:
        self._worded: dict[tuple, str] = {}

    def of_question(self, view: MessageView, round_: Round, question: Question) -> list[str]:
        """What is wrong with a question as it is shown to all, open or closed."""
        found = _options(view, round_, question)
        if view.text != question.stem:
            found.append("the question isn't the stem alone")
        named = "Asked by" if round_.series is None else "Set up by"
        if any(section.title != named for section in view.sections) or view.table is not None:
            found.append("more than the question is shown")
        shape = round_.select, round_.reactions, round_.at_close, round_.series is None, len(round_.order)
        for name in ("title", "hint"):
            text = _NUMBERED.sub("Question N", getattr(view, name))
            worded = self._worded.setdefault((name, view.controls is None, *shape), text)
            if worded != text:
                found.append(f"the {name} isn't the same for all such rounds: {getattr(view, name)!r}")
        frame = " ".join((view.title, view.hint, view.footer))
        return found + _letters(frame, allowed="") + _words(frame, question)

    def of_receipt(self, view: MessageView, round_: Round, question: Question, own: Collection[int]) -> list[str]:
        """What is wrong with a private reply that may tell the player's own choice, but no verdict."""
        found = ["a receipt shows more than words"] if view.options or view.sections or view.table else []
        allowed = "".join(ascii_uppercase[round_.order.index(choice)] for choice in own)
        return found + _letters(plain(view), allowed) + _words(plain(view), question)

    def of_notice(self, view: MessageView, questions: Collection[Question]) -> list[str]:
        """What is wrong with a message that is about no round."""
        return [problem for question in questions for problem in _words(plain(view), question)]


def _options(view: MessageView, round_: Round, question: Question) -> list[str]:
    found = []
    if [(o.letter, o.text) for o in view.options] != [
        (letter, question.texts[choice]) for letter, choice in zip(ascii_uppercase, round_.order, strict=False)
    ]:
        found.append("the choices aren't those of the round, in its order")
    if any(o.mark is not Mark.NONE or o.mark_text or o.note or o.tally or o.share is not None for o in view.options):
        found.append("a choice carries a mark, a note or a tally")
    controls = view.controls
    if controls is not None:
        most = len(round_.order) if round_.select == "all" else round_.select
        if (controls.round_id, controls.most) != (round_.id, most):
            found.append("the controls tell more than the round's number and how many to choose")
    return found


def _letters(text: str, allowed: str) -> list[str]:
    told = set(re.findall(r"(?<![\w'])[A-Z](?![\w'])", text)) - set(allowed)
    return [f"letters {sorted(told)} are told in {text!r}"] if told else []


def _words(text: str, question: Question) -> list[str]:
    return [f"{secret!r} is told in {text!r}" for secret in question.secrets if secret in text]
