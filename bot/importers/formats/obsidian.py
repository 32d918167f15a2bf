"""Reads Obsidian notes with flashcards: a heading asks, a list gives the choices, the answer follows a ``#card`` tag.

Assumptions: the question is the last heading above the tag; bullets below it are choices; everything from the tag
to the next heading is the answer, its first sentence or lines naming choices; headings above are sections.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.importers.format import Progress, format_of_lines
from bot.importers.reading.anatomy import RawChoice, RawQuestion, settle_ticks
from bot.importers.reading.answer_lines import key_text
from bot.importers.reading.assembly import assemble
from bot.importers.reading.compose import one_line
from bot.importers.reading.doubts import choices_lost
from bot.importers.reading.headings import Heading, markdown_heading
from bot.importers.reading.inline import one_choice_a_line
from bot.importers.reading.items import item_of
from bot.importers.reading.lines import Line, texts_in
from bot.importers.reading.lost import cards_lost, swallowed
from bot.importers.reading.marks import bullet, choice_mark, is_ruler, question_mark
from bot.importers.reading.markup import front_matter_end, front_matter_tags, with_code_marked, without_tags
from bot.importers.reading.meanings import settle_meanings
from bot.importers.reading.notes import Beside
from bot.importers.reading.verdicts import verdict

_REPORT_EVERY = 1000

_TAG = re.compile(r"(?:^|\s)#(?:flash)?cards?(?:[-/][\w-]++)*+\s*$", re.IGNORECASE)
_OUTLINE = 7
"""An item stands below the headings of all six depths."""
_PARTINGS = frozenset(("?", "??"))
_IDENTIFIER = re.compile(r"^\^[\w-]+$|\s\^\d{6,}$")


def ends_front(text: str) -> bool:
    """Whether a line ends the front of a card: it has a card tag, or is the lone question mark that some use."""
    text = text.strip()
    return bool(_TAG.search(text)) or text in _PARTINGS


def _may_end_front(text: str) -> bool:
    return ("#" in text and "card" in text.lower()) or text.lstrip().startswith("?")


def _ends_front(line: Line) -> bool:
    return not line.code and ends_front(line.text)


def likelihood(lines: Sequence[Line]) -> float:
    """The number of card tags plus a half, because a tag is a surer sign than letters or rulers."""
    if not any(map(_may_end_front, texts_in(lines))):  # this is quick, and true of most files
        return 0
    body = with_code_marked(lines[front_matter_end(lines) :])
    likely = (line for line in body if _may_end_front(line.text))
    cards = sum(1 for line in one_choice_a_line(likely) if _ends_front(line))
    return cards + 0.5 if cards else 0


def parse(lines: Sequence[Line], progress: Progress) -> ParsedDocument:
    """Read a document in this format."""
    parts = _parts(list(without_tags(lines[front_matter_end(lines) :])))
    raws: list[RawQuestion] = []
    turned = set[int]()
    beside = Beside()
    between: list[Line] = []
    trail: list[Heading] = []
    for position, (heading, part) in enumerate(parts, start=1):
        if heading:
            trail = [above for above in trail if above.depth < heading.depth]
        tag_at = next((at for at, line in enumerate(part) if _ends_front(line)), None)
        if tag_at is None or (heading is None and _is_deck(part, tag_at)):
            trail += [heading] if heading else []
            between += part
            continue
        _take(beside, between)
        between = []
        raw = _card(part, tag_at, is_headed=heading is not None)
        raw.section = trail[-1].text if trail else None
        raws.append(raw)
        if _is_parting(part[tag_at]) and _is_card(raw):
            turned.add(raw.line)
        if position % _REPORT_EVERY == 0:
            progress(position / len(parts))
    _take(beside, between)
    settle_meanings(raws)
    document = assemble(FORMAT.name, raws, beside, [])
    tags = front_matter_tags(lines)
    drafts = (_turned(draft) if draft.line in turned else draft for draft in document.questions)
    return replace(document, questions=tuple(replace(draft, tags=tags) for draft in drafts))


def _is_card(raw: RawQuestion) -> bool:
    """Whether a question has two sides, and no choices on either."""
    back = [line for line in raw.explanation if line.text.strip() and not line.code]
    lettered = [found for line in back if (found := choice_mark(line.text)) and found.family != "number"]
    is_chosen = raw.choices or len(lettered) > 1 or any(key_text(line.text) is not None for line in back)
    return bool(raw.stem and raw.explanation) and not is_chosen


def _turned(draft: QuestionDraft) -> QuestionDraft:
    """A question that was answered below a lone question mark, as the card that it is."""
    return replace(draft, kind="card", back=draft.explanation, explanation="") if draft.explanation else draft


def _take(beside: Beside, lines: Sequence[Line]) -> None:
    beside.take(lines)
    beside.findings += [*choices_lost(lines), *cards_lost(lines)]


def _parts(lines: Sequence[Line]) -> list[tuple[Heading | None, list[Line]]]:
    """The note split before each heading, and before each item with a tag; a part begins with the line of its head.

    Where no heading is above, blank lines part the cards.
    """
    parts: list[tuple[Heading | None, list[Line]]] = [(None, [])]
    in_item: int | None = None
    card: int | None = None
    for at, line in enumerate(lines):
        heading = None if line.code else markdown_heading(line.text, at)
        item = None if line.code or heading else item_of(line)
        if heading:
            parts.append((heading, []))
            in_item = None
        elif item and item.style == "bullet" and _TAG.search(line.text):
            in_item = item.indent
            parts.append((Heading(_TAG.sub("", item.mark.rest), _OUTLINE, at + 1), []))
        elif item and in_item is not None and item.indent <= in_item:
            in_item = None
            parts.append((None, []))
        elif card is not None and not line.text.strip() and _ends_card(*parts[-1], card):
            parts.append((None, []))
        if not parts[-1][1]:
            card = None
        if card is None and _is_parting(line):
            card = len(parts[-1][1])
        parts[-1][1].append(line)
    return [part for headed in parts for part in _blocks(*headed)]


def _blocks(heading: Heading | None, lines: list[Line]) -> list[tuple[Heading | None, list[Line]]]:
    """A part as it is or, if its card has no heading of its own, what stands above the card apart from it."""
    card = next((at for at, line in enumerate(lines) if _is_parting(line)), None)
    if card is None or not _is_apart(heading, lines, card):
        return [(heading, lines)]
    begin = _begin(lines, card)
    return [(heading, lines[:begin]), (None, lines[begin:])]


def _is_parting(line: Line) -> bool:
    """Whether a line is the lone question mark between the front and the back of a card."""
    return not line.code and line.text.strip() in _PARTINGS


def _ends_card(heading: Heading | None, lines: Sequence[Line], card: int) -> bool:
    """Whether a card ends with these lines that began apart from the heading, and has something on its back."""
    is_filled = any(lines[at].text.strip() for at in range(card + 1, len(lines)))
    return is_filled and _is_apart(heading, lines, card)


def _is_apart(heading: Heading | None, lines: Sequence[Line], card: int) -> bool:
    """Whether a card has no heading, or one that asks nothing, with the card's front in a paragraph of its own."""
    if heading is None:
        return True
    begin = _begin(lines, card)
    front = lines[begin:card]
    return 0 < begin < card and not heading.text.endswith("?") and not any(map(_choice_text, front))


def _begin(lines: Sequence[Line], card: int) -> int:
    """The index where the paragraph begins that ends at a line."""
    return next((at + 1 for at in range(card, -1, -1) if not (lines[at].code or lines[at].text.strip())), 0)


def _card(lines: Sequence[Line], tag_at: int, *, is_headed: bool) -> RawQuestion:
    """The question of one card: the lines above the tag ask, the lines below answer."""
    if is_headed and tag_at == 0:
        tag_at = _end_of_front(lines)
    front = [line if line.code else line.with_text(_TAG.sub("", line.text)) for line in lines[: tag_at + 1]]
    if _is_parting(front[-1]):
        front.pop()
    if is_headed:
        found = bullet(front[0].text)
        front[0] = front[0].with_text(found[0] if found else front[0].text.lstrip("# "))
    first_choice = next((at for at, line in enumerate(front) if at and _choice_text(line)), len(front))
    stem = [line for line in front[:first_choice] if line.text.strip()]
    mark = question_mark(stem[0].text) if stem else None
    if mark and mark.rest:
        stem[0] = stem[0].with_text(mark.rest)
    raw = RawQuestion(mark.number if mark else None, stem[0].number if stem else lines[0].number, stem, labelled=False)
    back = [
        line
        for line in lines[tag_at + 1 :]
        if line.code or not (_IDENTIFIER.match(line.text.strip()) or is_ruler(line.text))
    ]
    in_front = front[first_choice:]
    if not in_front and _are_ticked_choices(back):
        end = next((at for at, line in enumerate(back) if line.text.strip() and not bullet(line.text)), len(back))
        in_front, back = back[:end], back[end:]
    raw.doubts += [swallowed(line.number) for line in back if _ends_front(line)][:1]
    _read_choices(raw, in_front)
    _read_answer(raw, back)
    raw.last_line = lines[-1].number
    return raw


def _is_deck(lines: Sequence[Line], tag_at: int) -> bool:
    """Whether a tag stands alone above a note, so that it says which deck all of its cards are in."""
    return not any(line.text.strip() for line in lines[:tag_at]) and _TAG.sub("", lines[tag_at].text).strip() == ""


def _end_of_front(lines: Sequence[Line]) -> int:
    """The index of the last line of the choices right below a heading with a tag; 0 if no choices are there."""
    end = 0
    labels: set[str] = set()
    for at in range(1, len(lines)):
        if not lines[at].text.strip() or lines[at].code:
            continue
        choice = _choice_text(lines[at])
        parted = end and not lines[at - 1].text.strip() and not bullet(lines[at].text)
        if choice is None or parted or choice[0] in labels or key_text(lines[at].text) is not None:
            break
        labels |= {choice[0]} - {""}
        end = at
    boxed = any((item := bullet(line.text)) and item[1] is not None for line in lines[1 : end + 1])
    return 0 if boxed else end


def _are_ticked_choices(lines: Sequence[Line]) -> bool:
    """Whether the back of a card begins with choices, some of them ticked."""
    found = [bullet(line.text) for line in lines if line.text.strip()]
    boxes = [item[1] for item in found if item and item[1] is not None]
    return len(boxes) > 1 and found[0] is not None and any(boxes)


def _choice_text(line: Line) -> tuple[str, str, bool] | None:
    """Label, text and tick of a line that begins a choice; None if the line doesn't."""
    if line.code:
        return None
    text = line.text
    lettered = choice_mark(text)
    if lettered and (lettered.family == "upper" or bullet(text) is None):
        return lettered.label.upper(), lettered.rest, lettered.ticked
    found = bullet(text)
    return ("", found[0], bool(found[1])) if found else None


def _read_choices(raw: RawQuestion, lines: Sequence[Line]) -> None:
    for line in lines:
        found = _choice_text(line)
        if found:
            label, text, ticked = found
            raw.choices.append(RawChoice(label, [line.with_text(text)], ticked))
        elif line.text.strip() and raw.choices:
            raw.choices[-1].lines.append(line)
    for choice in raw.choices:
        text, right = verdict(choice.lines[-1].text)
        choice.lines[-1] = choice.lines[-1].with_text(text)
        choice.ticked = choice.ticked or right
    settle_ticks(raw.choices)
    raw.labelled = bool(raw.choices) and all(choice.label for choice in raw.choices)


def _read_answer(raw: RawQuestion, lines: Sequence[Line]) -> None:
    """Read the back of a card: bullets name several choices, otherwise its first paragraph is the answer."""
    written = [line for line in lines if line.text.strip()]
    if not raw.choices or any(choice.ticked for choice in raw.choices):
        raw.explanation = list(lines)
        return
    listed = [line.with_text(found[0]) for line in written if (found := bullet(line.text))]
    if listed and len(listed) == len(written):
        raw.key = "\n".join(key_text(line.text) or one_line([line]) for line in listed)
        return
    end = next(
        (at for at, line in enumerate(lines) if at and not line.text.strip() and lines[at - 1].text.strip()), len(lines)
    )
    answer = one_line(lines[:end])
    raw.key = key_text(answer) or answer or None
    raw.explanation = list(lines[end:])


FORMAT = format_of_lines(
    name="obsidian", about="Obsidian notes with flashcards (#card)", likelihood=likelihood, parse=parse
)
