"""Reads a question whose choices have no letters: a stem, then a paragraph or a line for each choice.

Assumptions: the stem is the first paragraph, unless a later one asks the question; whatever has a sign or a bullet
is a choice; a line that starts with a small letter continues the line above.
"""

import re
from collections.abc import Sequence

from bot.domain.selection import asked
from bot.importers.reading.anatomy import RawChoice, RawQuestion, settle_ticks
from bot.importers.reading.answer_lines import explanation_text, key_text
from bot.importers.reading.compose import FENCE, WIDEST_WRAP, ends_sentence, is_code
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import bullet
from bot.importers.reading.tail import read_tail
from bot.importers.reading.verdicts import verdict

_ASKS_AT_END = re.compile(r"\?[\"'”’)*_]*$|_{3,}|\?\s*[(\[][^()]{1,60}[)\]]\.?$")
_FEEDBACK = re.compile(
    r"^(?:your\s+(?:answer|selection)\s+is\s+(?P<yours>correct|incorrect)|correct\s+(?:answer|selection))$",
    re.IGNORECASE,
)
_STATUS = re.compile(r"^(?:correct|incorrect|skipped|unattempted)$", re.IGNORECASE)
_SHORTEST_WRAP = 60
_SHORT = 40
_FEWEST_LINES = 3

Unit = list[Line]


def read_plain(lines: Sequence[Line], number: int | None) -> tuple[RawQuestion, Sequence[Line]]:
    """The question on ``lines``, and the lines after it that belong to something else."""
    end = next((at for at in range(1, len(lines)) if _begins_tail(lines, at)), len(lines))
    stem, units = _stem_and_units(_paragraphs(_without_status(lines[:end])))
    raw = RawQuestion(number, stem[0].number if stem else lines[0].number, stem, labelled=False)
    ticked = False
    for unit in units:
        feedback = _FEEDBACK.match(unit[0].text.strip()) if len(unit) == 1 else None
        alone = verdict(unit[0].text.strip()) if len(unit) == 1 else ("", False)
        if feedback:
            ticked = feedback["yours"] is None or feedback["yours"].lower() == "correct"
        elif alone[0] == "" and raw.choices:
            raw.choices[-1].ticked = raw.choices[-1].ticked or alone[1]
        else:
            raw.choices.append(_choice(unit, ticked))
            ticked = False
    settle_ticks(raw.choices)
    own = read_tail(raw, lines[end:])
    raw.last_line = lines[end + own - 1].number
    return raw, lines[end + own :]


def read_choiceless(lines: Sequence[Line], number: int | None) -> tuple[RawQuestion, Sequence[Line]]:
    """A question without letters among lettered ones, and the lines after it; it has choices only if one is marked."""
    raw, rest = read_plain(_without_end_of_bold(lines), number)
    if raw.is_ticked:
        return raw, rest
    for choice in raw.choices:
        raw.stem += choice.lines
    raw.choices.clear()
    return raw, rest


def _without_end_of_bold(lines: Sequence[Line]) -> Sequence[Line]:
    """``lines`` without the first two stars, if they end bold type on a wrapped line: it began before the number."""
    at = next((at for at, line in enumerate(lines) if "**" in line.text or not line.text.strip()), 0)
    text = lines[at].text.rstrip()
    if not at or text.find("**") != len(text) - 2 or len(lines[at - 1].text) < _SHORTEST_WRAP:
        return lines
    return [*lines[:at], lines[at].with_text(text[:-2]), *lines[at + 1 :]]


def _without_status(lines: Sequence[Line]) -> Sequence[Line]:
    """``lines`` without the "Incorrect" or "Skipped" that a results page shows above the stem."""
    first = next((at for at, line in enumerate(lines) if line.text.strip()), 0)
    has_more = sum(bool(line.text.strip()) for line in lines) > _FEWEST_LINES
    return lines[first + 1 :] if has_more and _STATUS.match(lines[first].text.strip()) else lines


def _begins_tail(lines: Sequence[Line], at: int) -> bool:
    """Whether the answer or the explanation begins at ``at``."""
    text = lines[at].text
    if explanation_text(text) is not None:
        return True
    key = key_text(text)
    if key == "" and _FEEDBACK.match(text.strip()):
        named = next((line.text.strip() for line in lines[at + 1 :] if line.text.strip()), "")
        return any(named == line.text.strip() for line in lines[:at])
    return key is not None


def _paragraphs(lines: Sequence[Line]) -> list[Unit]:
    """The paragraphs of ``lines``; fenced code is one, even with blank lines in it."""
    paragraphs: list[Unit] = [[]]
    in_code = False
    for line in lines:
        in_code ^= bool(FENCE.match(line.text))
        if line.text.strip() or in_code:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _stem_and_units(paragraphs: list[Unit]) -> tuple[list[Line], list[Unit]]:
    """The stem's lines, and the lines of each choice."""
    size = _stem_size(paragraphs)
    stem = [line for paragraph in paragraphs[:size] for line in (*paragraph, paragraph[-1].with_text(""))][:-1]
    rest = paragraphs[size:]
    if rest and (cut := _end_of_asking(paragraphs[size - 1])):
        rest = [paragraphs[size - 1][cut:], *rest]
        stem = stem[: cut - len(paragraphs[size - 1])]
    if not rest and stem:
        cut = _last_asking_line(stem)
        stem, rest = stem[:cut], [stem[cut:]] if stem[cut:] else []
    if any(bullet(paragraph[0].text) for paragraph in rest):
        return stem, _bulleted(rest)
    # Blank lines part the choices, so that one can be wrapped; but not where a line is longer than any wrapped one.
    parted = len(rest) > 1 and all(len(line.text) <= WIDEST_WRAP for paragraph in paragraphs for line in paragraph)
    whole = [parted and _is_wrapped(paragraph) for paragraph in rest]
    return stem, [
        unit for paragraph, one in zip(rest, whole, strict=True) for unit in ([paragraph] if one else _split(paragraph))
    ]


def _stem_size(paragraphs: Sequence[Unit]) -> int:
    """How many paragraphs the stem has."""
    if len(paragraphs) < 2:
        return len(paragraphs)
    asking = [position for position, paragraph in enumerate(paragraphs) if _ASKS_AT_END.search(paragraph[-1].text)]
    size = 1
    later = [position for position in asking if position]
    if 0 not in asking and len(later) == 1 and not any(_marked(paragraph) for paragraph in paragraphs[: later[0]]):
        size = later[0] + 1
    while size < len(paragraphs) and is_code(paragraphs[size]):
        size += 1
    if size < len(paragraphs) and _instructs(paragraphs[size]):
        size += 1
    return size if size < len(paragraphs) else 1


def _end_of_asking(paragraph: Unit) -> int:
    """The index after the line of a stem's last paragraph that asks, if other lines follow; 0 if none do."""
    asking = [at for at, line in enumerate(paragraph, start=1) if _ASKS_AT_END.search(line.text)]
    return asking[-1] if asking and asking[-1] < len(paragraph) and not is_code(paragraph[asking[-1] :]) else 0


def _marked(paragraph: Unit) -> bool:
    return any(verdict(line.text)[1] or bullet(line.text) for line in paragraph)


def _instructs(paragraph: Unit) -> bool:
    """Whether a paragraph only says how many to choose."""
    text = paragraph[0].text.strip()
    return len(paragraph) == 1 and len(text) <= 60 and asked(text) is not None


def _last_asking_line(lines: Sequence[Line]) -> int:
    """The index after the line that asks, in a stem whose choices follow without a blank line."""
    for at in range(len(lines) - 1, -1, -1):
        if _ASKS_AT_END.search(lines[at].text) or _instructs([lines[at]]):
            return at + 1
    return 1


def _bulleted(paragraphs: Sequence[Unit]) -> list[Unit]:
    units: list[Unit] = []
    for line in (line for paragraph in paragraphs for line in paragraph):
        found = bullet(line.text)
        if found or not units:
            units.append([line])
        else:
            units[-1].append(line)
    return units


def _is_wrapped(paragraph: Unit) -> bool:
    """Whether each line of a paragraph but the last is long enough to have been wrapped, and says nothing else."""
    return all(len(line.text) >= _SHORT and not verdict(line.text)[1] for line in paragraph[:-1])


def _split(paragraph: Unit) -> list[Unit]:
    """A paragraph's choices, one a line; a wrapped line joins the line above."""
    small = [line.text.strip()[:1].islower() for line in paragraph]
    is_wrapped = any(small) and not small[0]
    units = [[paragraph[0]]]
    for line in paragraph[1:]:
        before = units[-1][-1].text.strip()
        is_full = _SHORTEST_WRAP <= len(before) <= WIDEST_WRAP and not ends_sentence(before) and not verdict(before)[1]
        if is_wrapped and (is_full or line.text.strip()[:1].islower()):
            units[-1].append(line)
        else:
            units.append([line])
    return units


def _choice(unit: Unit, ticked: bool) -> RawChoice:
    found = bullet(unit[0].text)
    lines = [unit[0].with_text(found[0]), *unit[1:]] if found else list(unit)
    text, right = verdict(lines[-1].text.strip())
    lines[-1] = lines[-1].with_text(text)
    return RawChoice("", lines, ticked or right or bool(found and found[1]))
