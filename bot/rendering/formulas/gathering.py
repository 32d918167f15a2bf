"""The formulas of a question, in the order in which it shows them."""

from collections.abc import Iterable, Iterator

from bot.domain.formulas import LabelledFormula
from bot.domain.views import MessageView
from bot.rendering.markdown import parser

MOST_SHOWN = 40
"""The most formulas of one picture; the source of all stands in the message."""

_parser = parser()


def formulas_of(view: MessageView, labels: Iterable[str]) -> tuple[LabelledFormula, ...]:
    """Return the formulas of a question's text and choices, each once behind the same label.

    Args:
        view: the question.
        labels: what stands before each choice, in the order of the choices.
    """
    found = [LabelledFormula("", source) for source in _sources(view.text)]
    for option, label in zip(view.listed, labels, strict=True):
        found += [LabelledFormula(label, source) for source in _sources(option.text)]
    for menu in view.menus:
        found += [LabelledFormula("", source) for source in _sources(menu.label)]
    return tuple(dict.fromkeys(found))[:MOST_SHOWN]


def has_formulas(view: MessageView) -> bool:
    """Whether a question's text or choices have formulas."""
    return bool(formulas_of(view, [""] * len(view.listed)))


def _sources(text: str) -> Iterator[str]:
    if "$" not in text:
        return
    for block in _parser.parse(text):
        for token in block.children or ():
            if token.type == "formula":
                yield token.content
