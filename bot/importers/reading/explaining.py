"""Reads explanations: what they say about each choice, about all together, and which choice they call right."""

import re
from collections.abc import Iterator, Sequence

from bot.importers.reading.anatomy import RawQuestion
from bot.importers.reading.compose import continues, one_line
from bot.importers.reading.items import item_of
from bot.importers.reading.keys import bare
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import ChoiceMark

_CHOICE = r"(?:option|choice|answer)"
_SAID_RIGHT = re.compile(
    rf"\b(?:{_CHOICE}\s+)?[(\[\"']?(?P<label>[A-H])[)\]\"'.]{{0,2}}\s+(?:is|was)\s+(?:the\s+)?(?:correct|right)\b"
    r"(?!\s*(?:if|only|when|unless|but)\b)"
    rf"|\b(?:correct|right)\s+{_CHOICE}\s+is\s+(?:{_CHOICE}\s+)?[(\[\"']?(?P<named>[A-H]\b|[a-h](?=[)\]]|\.?\s*$))",
)
_CALLED_ANSWER = re.compile(
    r"(?:(?<!wrong )(?<!incorrect )(?<!common )\banswer\s+(?:is|was|should\s+be|must\s+be)"
    r"|\bit\s+(?:should|must)\s+be|\b(?:hence|thus|therefore),?"
    rf"|\b(?:correct|right|real|actual|new|updated|selected)\s+answer\s?:)\s+(?:{_CHOICE}\s+)?"
    rf"[(\[\"']?(?P<label>[A-H])"
    r"(?:[)\]\"';!]|\.(?!\s+(?-i:[a-z]))|,(?!\s*(?:(?:and|or)\s+)?[A-H]\b)|\s*$|\s+(?:because|since|as|not)\b)",
    re.IGNORECASE,
)
"""What calls a choice the answer, though in no words for right: "So the answer is (B).", "It should be B.".

Neither does "hence B, C are wrong", which goes on with other labels, nor "thus E. coli", a name.
"""
_NAMED_RIGHT = re.compile(rf"\b(?:correct|right)\s+{_CHOICE}\s+is:?\s+(?P<told>[^.;:!?]{{2,100}})(?:[.;:!?]|$)")
"""What gives the right choice by its text: "The correct answer is cork."."""
_LABEL_INSIDE = re.compile(r"[\s(\[\"'][A-H](?:[)\]\"'.,;!]|\s*$|\s(?:because|since|as|not)\b)")
"""A label as such a sentence has it: few lines have one."""
_DENIED = re.compile(
    r"(?:\b(?:not|nobody|never|neither|nor|myth|if|think|believe|claim)s?\b|n['’]t\b)[^.,;:!?]{0,60}$", re.IGNORECASE
)
"""What doubts, in the same clause, that the option named next is right."""
_SUPPOSED = re.compile(
    r"(?:\bif\b[^.;:!?]{0,60},\s+(?:then\s+)?(?:the\s+)?"
    r"|\b(?:otherwise|unless|might|guess(?:es)?|assumes?|supposes?)\b[^.,;:!?]{0,60})$",
    re.IGNORECASE,
)
"""What supposes something that isn't so: "If you forget the sign, the answer is B."."""
_THIS_IS = r"^\W{0,4}(?:(?:this|that|it)\s+is\s+)?"
_RIGHT = re.compile(rf"{_THIS_IS}(?:correct|right|true)\b", re.IGNORECASE)
_WRONG = re.compile(rf"{_THIS_IS}(?:incorrect|wrong|false|not\s+(?:correct|right))\b", re.IGNORECASE)
_FEWEST = 2
_SHORT = 60


def read_explanation(raw: RawQuestion, lines: Sequence[Line]) -> None:
    """Split an explanation into what it says about each choice and what it says in general."""
    run = _run_about(lines, [choice.label for choice in raw.choices]) if raw.labelled else []
    if run and _goes_further(lines, run, len(raw.choices)):
        run = []
    for choice in raw.choices:
        if choice.remarks:
            raw.choice_explanations[choice.label] = choice.remarks
    if not run:
        raw.explanation = list(lines)
        return
    bounds = [at for at, _ in run] + [_end_of_last(lines, run[-1][0])]
    for (at, mark), end in zip(run, bounds[1:], strict=True):
        raw.choice_explanations[mark.label.upper()] = [lines[at].with_text(mark.rest), *lines[at + 1 : end]]
    raw.explanation = [*lines[: run[0][0]], *lines[bounds[-1] :]]


def said_in_prose(raw: RawQuestion, lines: Sequence[Line]) -> str | None:
    """Return the label that an explanation says to be right, if it says so of one only."""
    labels = {choice.label for choice in raw.choices}
    said = {
        (found["label"] or found["named"]).upper()
        for line in lines
        if not line.code and ("correct" in line.text or "right" in line.text)
        for found in _SAID_RIGHT.finditer(line.text)
        if not _DENIED.search(line.text, max(found.start() - _SHORT, 0), found.start())
    }
    return said.pop() if len(said) == 1 and said <= labels else None


def called_answer(raw: RawQuestion, lines: Sequence[Line]) -> str | None:
    """Return the label of the only choice that an explanation calls the answer, if there is one."""
    texts = [line.text for line in lines if not line.code]
    labelling = (one for text in texts if _LABEL_INSIDE.search(text) for one in _CALLED_ANSWER.finditer(text))
    naming = (one for text in texts if "right" in text or "correct" in text for one in _NAMED_RIGHT.finditer(text))
    called = {one["label"] for one in labelling if _is_meant(one)}
    named = {bare(one["told"]) for one in naming if _is_meant(one)}
    labels = [
        choice.label
        for choice in raw.choices
        if choice.label in called or (named and bare(one_line(choice.lines)) in named)
    ]
    return labels[0] if len(labels) == 1 else None


def _is_meant(found: re.Match[str]) -> bool:
    """Whether nothing before a match, in its sentence, denies or only supposes what it says."""
    begin = max(found.start() - _SHORT, 0)
    return not any(before.search(found.string, begin, found.start()) for before in (_DENIED, _SUPPOSED))


def tick_what_is_called_right(raw: RawQuestion) -> None:
    """Tick the choices that their explanations call right, if they call all others wrong."""
    told = {label: one_line(lines) for label, lines in raw.choice_explanations.items()}
    right = {label for label, text in told.items() if _RIGHT.match(text)}
    if right and all(_WRONG.match(text) for label, text in told.items() if label not in right):
        raw.keyed_by = "told"
        for choice in raw.choices:
            choice.ticked = choice.label in right


def could_be_choices(raw: RawQuestion) -> int:
    """Return the number of the line at which texts behind letters begin that may be choices; 0: none do.

    They are short texts behind the letters of choices, or any text right below behind the letter that follows theirs.
    """
    first = next((line for line in raw.explanation if line.text.strip()), None)
    item = item_of(first) if first and raw.labelled else None
    if first and item and item.style == "letter" and any(at == len(raw.choices) for _family, at in item.positions):
        return first.number
    remarked = {choice.label for choice in raw.choices if choice.remarks}
    told = [lines for label, lines in raw.choice_explanations.items() if label not in remarked]
    if len(told) < _FEWEST or any(len(one_line(lines)) > _SHORT for lines in told):
        return 0
    return told[0][0].number


def _run_about(lines: Sequence[Line], labels: Sequence[str]) -> list[tuple[int, ChoiceMark]]:
    """The first run of lines that begin with the labels of choices, in their order, one missing at most in between."""
    return next((run for run in _counting(lines, labels) if len(run) > 1), [])


def _goes_further(lines: Sequence[Line], run: Sequence[tuple[int, ChoiceMark]], most: int) -> bool:
    """Whether the next label below a run is that of one choice more than there are, so that it counts other things."""
    at, mark = run[-1]
    item = next(filter(None, map(item_of, lines[at + 1 :])), None)
    return item is not None and (mark.family, most) in item.positions


def _counting(lines: Sequence[Line], labels: Sequence[str]) -> Iterator[list[tuple[int, ChoiceMark]]]:
    positions = {label: position for position, label in enumerate(labels)}
    run: list[tuple[int, ChoiceMark]] = []
    last = -1
    for at, line in enumerate(lines):
        item = item_of(line)
        position = positions.get(item.mark.label.upper(), -1) if item and item.positions else -1
        if item is None or position < 0:
            continue
        if position == 0:
            yield run
            run, last = [(at, item.mark)], 0
        elif run and 0 < position - last <= (2 if len(run) > 1 else 1):
            run.append((at, item.mark))
            last = position
    yield run


def _end_of_last(lines: Sequence[Line], at: int) -> int:
    """The index where the text about the last choice ends and the general text begins: at a new paragraph."""
    at += 1
    while at < len(lines) and lines[at].text.strip() and continues(lines[at - 1].text, lines[at].text.strip()):
        at += 1
    return at
