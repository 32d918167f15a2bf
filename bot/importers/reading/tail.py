"""Reads what stands below the choices of a question: the key in one of its many places, and the explanations."""

import re
from collections.abc import Collection, Iterator, Sequence

from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.compose import continues, ends_sentence, one_line
from bot.importers.reading.doubts import LONE_LABELS, swallowed
from bot.importers.reading.headings import is_titled, strict_heading
from bot.importers.reading.items import item_of
from bot.importers.reading.keys import bare
from bot.importers.reading.marks import (
    RULER,
    ChoiceMark,
    bullet,
    explanation_text,
    key_text,
    part_inline_explanation,
    plain,
)
from bot.importers.reading.text import Line

_MOST_STRAY_WORDS = 8
_AROUND = " *_-#>["
_WORD = 6
_FEWEST = 2
_SHORT = 60
_SAID_RIGHT = re.compile(
    r"\b(?:(?:the\s+)?(?:correct|right)\s+(?:answer|option|choice)\s+is\s+(?:(?:option|choice)\s+)?|(?:option|choice|answer)\s+)?"
    r"[(\[\"']?(?P<label>[A-H])[)\]\"'.]{0,2}\s+(?:is|was)\s+(?:the\s+)?(?:correct|right)\b(?!\s*(?:if|only|when|unless|but))"
    r"|\b(?:correct|right)\s+(?:answer|option|choice)\s+is\s+(?:(?:option|choice)\s+)?[(\[\"']?(?P<named>[A-H])\b",
)
_JUDGED = re.compile(
    r"^\W{0,4}(?:(?:this|that|it)\s+is\s+)?(?P<wrong>in|not\s+)?(?P<word>correct|right|true)\b", re.IGNORECASE
)
_WRONG = re.compile(
    r"^\W{0,4}(?:(?:this|that|it)\s+is\s+)?(?:incorrect|wrong|false|not\s+(?:correct|right))\b", re.IGNORECASE
)


def read_tail(raw: RawQuestion, lines: Sequence[Line]) -> int:
    """Read key and explanation from the lines below the choices, and return how many of them the question takes up.

    Headings and rulers end the question, except a heading that gives the answer. Without an answer, a tick or an
    explanation, none of the lines belong to it.
    """
    end = _end_of_tail(raw, lines)
    explanation: list[Line] = []
    awaiting = explaining = False
    begun: set[str] = set()
    """The words that explanations began with."""
    listed: list[str] = []
    for line in lines[:end]:
        text = line.text
        key = None if line.code else key_text(text)
        marked = None if line.code else explanation_text(text)
        if marked is not None:
            word = text.strip(_AROUND).lower()[:_WORD]
            if word in begun:
                raw.doubts.append(swallowed(line.number))
            begun.add(word)
            awaiting, explaining = False, True
            explanation.append(line._replace(text=marked))
        elif key is not None and raw.key is None and explaining:
            # Some sources give the answer only in the words of its explanation.
            raw.key, raw.keyed_by = None if raw.is_ticked else key or None, "told"
            explanation.append(line)
        elif key is not None and raw.key is None and not listed:
            key, told = part_inline_explanation(key)
            raw.key, raw.keyed_by, awaiting, explaining = key or None, "line", not key, bool(told)
            explanation.append(line._replace(text=told))
        elif awaiting and listed and not text.strip():
            awaiting = False
        elif awaiting and text.strip():
            named = _named_choice(raw, line)
            if named:
                listed.append(named)
            elif listed:
                awaiting = False
                raw.doubts += [swallowed(line.number)] if key is not None else []
                explanation.append(line)
            else:
                raw.key, awaiting = text.strip(), False
        elif raw.key is None and not listed and not raw.is_ticked and (lone := _lone_key(raw, line, explanation)):
            raw.key, raw.keyed_by = lone, "alone"
        else:
            if key is not None and (listed or _answers_anew(raw, key, explaining=explaining)):
                raw.doubts.append(swallowed(line.number))
            explanation.append(line)
    if listed:
        raw.key = "\n".join(listed)
    if raw.key is None and not raw.is_ticked:
        raw.key, raw.keyed_by = _said_in_prose(raw, explanation), "told"
    read_explanation(raw, explanation)
    if not begun and raw.choice_explanations and (line_number := _could_be_choices(raw)):
        raw.doubts.append(swallowed(line_number))
    if raw.key is None and not raw.is_ticked:
        _judge_by_explanations(raw)
    return end


def _answers_anew(raw: RawQuestion, key: str, *, explaining: bool) -> bool:
    """Whether a further answer line differs from the one that was taken; an explanation may speak of answers."""
    if key and LONE_LABELS.match(key):
        return raw.key is not None and _letters(key) != _letters(raw.key)
    return not explaining and bare(key) != bare(raw.key or "")


def _could_be_choices(raw: RawQuestion) -> int:
    """The number of the line at which short texts stand behind letters although nothing says they explain; else 0."""
    told = [lines for label, lines in raw.choice_explanations.items() if not _is_listed_below(raw, label)]
    if len(told) < _FEWEST or any(len(one_line(lines)) > _SHORT for lines in told):
        return 0
    return told[0][0].number


def _is_listed_below(raw: RawQuestion, label: str) -> bool:
    return any(choice.label == label and choice.remarks for choice in raw.choices)


def _letters(key: str) -> list[str]:
    return [sign.upper() for sign in re.findall(r"[^\W\d_]", re.sub(r"\band\b", " ", key))]


def _named_choice(raw: RawQuestion, line: Line) -> str:
    """The choice that a line repeats below "Answer:", by its label or else its text; empty if it repeats none."""
    item = item_of(line)
    text = line.text.strip()
    if item and raw.labelled and item.mark.label.upper() in {choice.label for choice in raw.choices}:
        return item.mark.label.upper()
    found = bullet(text)
    told = bare(found[0] if found else item.mark.rest if item else text)
    texts = [bare(one_line(choice.lines)) for choice in raw.choices]
    if told in texts and (found or item):
        return raw.choices[texts.index(told)].label if raw.labelled else one_line(raw.choices[texts.index(told)].lines)
    return ""


def _lone_key(raw: RawQuestion, line: Line, above: Sequence[Line]) -> str:
    """The labels that stand alone on a folded line, or right below the choices; empty if they don't."""
    if line.code or not raw.labelled or any(one.text.strip() for one in above):
        return ""
    text = plain(line.text)
    if not (line.folded or len(text) <= 4) or not LONE_LABELS.match(text):
        return ""
    labels = {choice.label for choice in raw.choices}
    named = _letters(text)
    return " ".join(named) if named and set(named) <= labels else ""


def _said_in_prose(raw: RawQuestion, lines: Sequence[Line]) -> str | None:
    """The label that the explanation says to be right, if it says so of one only."""
    labels = {choice.label for choice in raw.choices}
    said = {
        found["label"] or found["named"]
        for line in lines
        if not line.code and ("correct" in line.text or "right" in line.text)
        for found in _SAID_RIGHT.finditer(line.text)
    }
    return said.pop() if len(said) == 1 and said <= labels else None


def _judge_by_explanations(raw: RawQuestion) -> None:
    """Tick the choices that their explanations call correct, if the others are called wrong, or aren't judged."""
    judged = {label: one_line(told) for label, told in raw.choice_explanations.items()}
    right = [label for label, told in judged.items() if (found := _JUDGED.match(told)) and not found["wrong"]]
    if (
        right
        and len(right) < len(raw.choices)
        and all(_WRONG.match(told) for label, told in judged.items() if label not in right)
    ):
        raw.keyed_by = "told"
        for choice in raw.choices:
            choice.ticked = choice.label in right


def _end_of_tail(raw: RawQuestion, lines: Sequence[Line]) -> int:
    """The index after the last line below the choices that belongs to the question."""
    end = next((at for at in range(len(lines)) if lines[at].text.strip() and _ends_question(lines, at)), len(lines))
    parts = {at for at in range(end) if _gives_answer(lines[at])}
    first = next((at for at in range(end) if lines[at].text.strip()), -1)
    if not parts and first >= 0 and _answers_alone(raw, lines[first]):
        parts.add(first)
    if not parts and not raw.is_ticked:
        return 0
    while end and (not lines[end - 1].text.strip() or _is_stray_title(lines, end - 1, parts)):
        end -= 1
    return end


def _gives_answer(line: Line) -> bool:
    return not line.code and (key_text(line.text) is not None or explanation_text(line.text) is not None)


def _answers_alone(raw: RawQuestion, line: Line) -> bool:
    """Whether the line right below the choices gives their key without a word such as "Answer"."""
    return bool(_lone_key(raw, line, [])) or line.folded or _said_in_prose(raw, [line]) is not None


def _is_stray_title(lines: Sequence[Line], at: int, parts: Collection[int]) -> bool:
    """Whether the last line of an explanation is really a heading of what follows, or a website's footer."""
    text = lines[at].text
    if at == 0 or at in parts or lines[at].code or len(text.split()) > _MOST_STRAY_WORDS or not is_titled(text):
        return False
    above = lines[at - 1].text
    return not above.strip() or (ends_sentence(above) and at - 1 not in parts)


def _ends_question(lines: Sequence[Line], at: int) -> bool:
    if lines[at].code or lines[at].folded or _gives_answer(lines[at]):
        return False
    return bool(RULER.match(lines[at].text) or strict_heading(lines, at))


def read_explanation(raw: RawQuestion, lines: Sequence[Line]) -> None:
    """Split an explanation into what it says about each choice and what it says in general."""
    run = _run_about(lines, [choice.label for choice in raw.choices]) if raw.labelled else []
    for choice in raw.choices:
        if choice.remarks:
            raw.choice_explanations[choice.label] = choice.remarks
    if not run:
        raw.explanation = list(lines)
        return
    bounds = [at for at, _ in run] + [_end_of_last(lines, run[-1][0])]
    for (at, mark), end in zip(run, bounds[1:], strict=True):
        raw.choice_explanations[mark.label.upper()] = [lines[at]._replace(text=mark.rest), *lines[at + 1 : end]]
    raw.explanation = [*lines[: run[0][0]], *lines[bounds[-1] :]]


def _run_about(lines: Sequence[Line], labels: Sequence[str]) -> list[tuple[int, ChoiceMark]]:
    """The first run of lines that begin with the labels of choices, in their order, one missing at most in between."""
    for run in _counting(lines, labels):
        if len(run) > 1:
            return run
    return []


def _counting(lines: Sequence[Line], labels: Sequence[str]) -> Iterator[list[tuple[int, ChoiceMark]]]:
    places = {label: place for place, label in enumerate(labels)}
    run: list[tuple[int, ChoiceMark]] = []
    last = -1
    for at, line in enumerate(lines):
        item = item_of(line)
        place = places.get(item.mark.label.upper(), -1) if item and item.style in {"letter", "number"} else -1
        if item is None or place < 0:
            continue
        if place == 0:
            if run:
                yield run
            run, last = [(at, item.mark)], 0
        elif run and 0 < place - last <= (2 if len(run) > 1 else 1):
            run.append((at, item.mark))
            last = place
    yield run


def _end_of_last(lines: Sequence[Line], at: int) -> int:
    """The index where the text about the last choice ends and the general text begins: at a new paragraph."""
    at += 1
    while at < len(lines) and lines[at].text.strip() and continues(lines[at - 1].text, lines[at].text.strip()):
        at += 1
    return at
