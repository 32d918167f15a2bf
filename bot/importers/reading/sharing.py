"""Shares out answers that stand together below the last question: "Answers: B, A, A", "Answers:" above a list."""

import re
from collections.abc import Sequence

from bot.domain.drafts import Finding, FindingCode
from bot.domain.selection import asked
from bot.i18n import gettext as _
from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.answer_lines import key_text
from bot.importers.reading.compose import one_line
from bot.importers.reading.keys import bare, resolve
from bot.importers.reading.marks import without_bullet

_FEWEST = 2
_NUMBERED = re.compile(r"(?:^|(?<=[\s,;]))\(?(?P<number>\d{1,4})\)?\s?[.):–-]\s?(?P<answer>[^\s,;][^,;\n]{0,200})")
_NEXT = re.compile(r"\s+\(?\d{1,4}\)?\s?[.):–-].*$")
_BETWEEN = re.compile(r"[\s,;]+")


def share_answers(raws: Sequence[RawQuestion]) -> None:
    """Give each question its answer if the last one alone has answers, and they are as many as the questions.

    Where several answers stand there that aren't, the last question has none, and a finding. A question that says how
    many to choose has its letters alone.
    """
    if len(raws) < _FEWEST or any(raw.key or raw.is_ticked for raw in raws[:-1]):
        return
    last = raws[-1]
    if last.keyed_by not in {"line", "alone"}:
        return
    lines = [line.text for line in last.tail if line.text.strip()]
    if not lines:
        return
    first = key_text(lines[0]) if last.keyed_by == "line" else lines[0]
    text = "\n".join([first or "", *lines[1:]])
    is_own = asked(one_line(last.stem)) is not None
    answers = _by_number(raws, text) or ([] if is_own else _in_order(raws, text)) or _by_text(raws, text)
    if answers:
        _clear(last)
        for raw, answer in zip(raws, answers, strict=True):
            raw.key, raw.keyed_by = answer, "apart"
    elif len(_NUMBERED.findall(text)) > 1 or (not is_own and _names_several(last, raws[:-1])):
        _clear(last)
        message = _("The answers below this question may be those of all questions. Write each below its question.")
        last.doubts.append(Finding(line=last.line, code=FindingCode.KEY_NOT_A_CHOICE, message=message))


def _by_number(raws: Sequence[RawQuestion], text: str) -> list[str]:
    """The answer for the number of each question; empty if the numbers aren't those of the questions."""
    entries = _entries(text)
    found = {int(entry["number"]): _NEXT.sub("", entry["answer"]).strip() for entry in entries}
    numbers = [raw.number for raw in raws if raw.number is not None]
    fits = len(entries) == len(numbers) == len(raws) and sorted(found) == sorted(numbers)
    return [found[number] for number in numbers] if fits else []


def _entries(text: str) -> list[re.Match[str]]:
    found = []
    at = 0
    while entry := _NUMBERED.search(text, at):
        found.append(entry)
        rest = _NEXT.search(entry["answer"])
        at = entry.start("answer") + rest.start() if rest else entry.end()
    return found


def _in_order(raws: Sequence[RawQuestion], text: str) -> list[str]:
    """A label for each question, in their order; empty if there aren't as many."""
    words = [word.strip("().").upper() for word in _BETWEEN.split(text) if word.strip("().")]
    if len(words) == 1 and len(words[0]) == len(raws):
        words = list(words[0])
    if len(words) != len(raws):
        return []
    known = [{choice.label for choice in raw.choices} for raw in raws]
    return words if all(word in labels for word, labels in zip(words, known, strict=True)) else []


def _by_text(raws: Sequence[RawQuestion], text: str) -> list[str]:
    """The text of a choice for each question, in their order, a line each; empty if they aren't all choices."""
    answers = [without_bullet(line).strip() for line in text.split("\n") if line.strip()]
    choices = [{bare(one_line(choice.lines)) for choice in raw.choices} for raw in raws]
    fits = len(answers) == len(raws) and all(bare(one) in known for one, known in zip(answers, choices, strict=True))
    return answers if fits else []


def _names_several(raw: RawQuestion, others: Sequence[RawQuestion]) -> bool:
    """Whether an answer names several choices, some of which may be those of other questions: open ones have none."""
    if not any(other.choices for other in others):
        return False
    if raw.key is None:
        return sum(choice.ticked for choice in raw.choices) > 1
    return len(resolve(raw.key, [one_line(choice.lines) for choice in raw.choices], raw.labels).positions) > 1


def _clear(raw: RawQuestion) -> None:
    raw.key, raw.keyed_by, raw.explanation = None, "", []
    for choice in raw.choices:
        choice.ticked = False
