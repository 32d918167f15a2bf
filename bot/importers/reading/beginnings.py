"""Doubts where questions begin: what stands above one may be a part of its stem, or hold its answer."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot.domain.drafts import Finding, FindingCode
from bot.domain.selection import asked
from bot.i18n import gettext as _
from bot.importers.reading.anatomy import RawQuestion, stem_above
from bot.importers.reading.answer_lines import key_text
from bot.importers.reading.compose import ends_sentence, markdown
from bot.importers.reading.headings import markdown_heading
from bot.importers.reading.lost import swallowed
from bot.importers.reading.page import Page, Span, within
from bot.importers.reading.starts import asks
from bot.importers.reading.words import leaves_open, may_ask

_MOSTLY_NUMBERED = 0.5
_FEW_WORDS = 4
_MOST_TITLE_WORDS = 6
_FEWEST_ALIKE = 3
"""How many choices must be equally many to tell that they are choices; two things stand in many a list."""


def doubt_beginnings(page: Page, raws: Sequence[RawQuestion], rests: Sequence[Span]) -> None:
    """Note on each question what is doubtful about the place where it begins.

    Args:
        page: the document.
        raws: its questions, in order.
        rests: the lines before the first question and after each one that belong to none; one more than questions.
    """
    _doubt_parts_above(page, raws, rests)
    _doubt_unnumbered(page, raws, rests)
    _doubt_titles(raws)
    _doubt_lists_in_stems(raws)
    _doubt_wrapped_numbers(page, raws, rests)
    _doubt_keys_above(page, raws, rests)


def _doubt_parts_above(page: Page, raws: Sequence[RawQuestion], rests: Sequence[Span]) -> None:
    """Doubt questions below the heading "Question" that have a part above it, such as a scenario."""
    for raw, (start, end) in zip(raws, rests, strict=False):
        if end in page.openers and _has_part_above(page, start, end):
            raw.doubts.append(stem_above(raw))


def _has_part_above(page: Page, start: int, at: int) -> bool:
    """Whether a heading such as "Scenario" with a sentence below it is above the heading "Question", in one section."""
    asking = markdown_heading(page.lines[at].text, at)
    heads = within(page.heading_lines, start, at)
    if asking is None or not heads or page.headings[heads[-1]].depth != asking.depth:
        return False
    told = any(ends_sentence(line.text) for line in page.lines[heads[-1] + 1 : at] if line.text.strip())
    return told and any(page.headings[head].depth < asking.depth for head in heads)


def _doubt_unnumbered(page: Page, raws: Sequence[RawQuestion], rests: Sequence[Span]) -> None:
    """Doubt questions without numbers among numbered ones: where they begin, or whether they are any."""
    numbered = sum(raw.number is not None for raw in raws)
    if numbered == len(raws):
        return
    mostly = numbered >= _MOSTLY_NUMBERED * len(raws)
    for position, (raw, (start, end)) in enumerate(zip(raws, rests, strict=False)):
        if not mostly and not _is_rest_of_stem(raw):
            continue
        above = page.text_above(end)
        goes_on = mostly and above == end - 1 and bool(raw.stem) and raw.stem[0].text[:1].islower()
        if raw.number is None and (goes_on or _is_written(page, above, start)):
            raw.doubts.append(stem_above(raw))
            if goes_on and position:
                raws[position - 1].doubts.append(stem_above(raw))
        elif mostly and raw.number is None and position and start == end == above + 1 and len(_written(raw)) > 1:
            raw.doubts.append(swallowed(raw.line))  # its first line may explain the answer above
        elif mostly and raw.number is None and _is_beside(raw):
            message = _("This may not be a question: it is quoted or a checklist, and the others have numbers.")
            raw.doubts.append(Finding(line=raw.line, code=FindingCode.SWALLOWED, message=message))


def _doubt_titles(raws: Sequence[RawQuestion]) -> None:
    """Doubt questions that are but titles above signs for right and wrong: a list of things done has those, too.

    Where hardly any question asks, as in a list of terms, titles with one right choice each are what they seem. So are
    titles with as many choices as most questions that ask, and as many right ones as some of those.
    """
    titled = [raw for raw in raws if raw.number is None and raw.key is None and _is_ticked_below_title(raw)]
    if 2 * len(titled) >= len(raws) and all(_right(raw) == 1 for raw in titled):
        return
    lines = {raw.line for raw in titled}
    shapes = Counter((len(raw.choices), _right(raw)) for raw in raws if raw.choices and raw.line not in lines)
    sizes = Counter(size for size, _count in shapes.elements())
    for raw in titled:
        size, right = len(raw.choices), _right(raw)
        is_usual = size >= _FEWEST_ALIKE and 2 * sizes[size] > shapes.total() and right < size and shapes[size, right]
        if not raw.doubts and not is_usual:
            message = _("It has choices but no question.")
            raw.doubts.append(Finding(line=raw.line, code=FindingCode.SWALLOWED, message=message))


def _doubt_lists_in_stems(raws: Sequence[RawQuestion]) -> None:
    """Doubt questions without numbers that have an answer, below one without: its choices may be a list in the stem."""
    for one, other in pairwise(raws):
        if one.key or one.is_ticked or other.number is not None or not (other.key or other.is_ticked):
            continue
        announced = one.last_line + 1 == other.line and markdown(one.stem).endswith((":", "："))
        if one.choices and (one.number is not None or announced):
            one.doubts.append(stem_above(other))
            other.doubts.append(stem_above(other))


def _doubt_wrapped_numbers(page: Page, raws: Sequence[RawQuestion], rests: Sequence[Span]) -> None:
    """Doubt questions right below a number that begins none: theirs may be a quantity at the beginning of a line."""
    for raw, (start, end) in zip(raws, rests, strict=False):
        begin = end
        while begin > start and not page.is_blank(begin - 1):
            begin -= 1
        if raw.number is not None and within(page.number_lines, begin, end):
            raw.doubts.append(stem_above(raw))


def _doubt_keys_above(page: Page, raws: Sequence[RawQuestion], rests: Sequence[Span]) -> None:
    """Doubt all answers if one is above the first question and none below the last: each may be above its question."""
    above = page.text_above(rests[0][1])
    if not raws or raws[-1].key or raws[-1].is_ticked or above < rests[0][0] or not page.keys.get(above):
        return
    for raw in raws:
        key = next((line for line in raw.tail if not line.code and key_text(line.text)), None)
        if key:
            raw.doubts.append(swallowed(key.number))


def _is_written(page: Page, at: int, start: int) -> bool:
    """Whether the line at an index from ``start`` on is text, not a heading or a ruler."""
    return at >= start and at not in page.headings and at not in page.rulers


def _is_rest_of_stem(raw: RawQuestion) -> bool:
    """Whether a stem is a few words that ask nothing, such as "Then" after the text that it continues."""
    written = _written(raw)
    return len(written) == 1 and len(written[0].split()) <= _FEW_WORDS and not asks(written[0])


def _is_ticked_below_title(raw: RawQuestion) -> bool:
    """Whether signs mark choices without letters as right, the last line of the stem is a title, and none asks.

    If all are marked, what is above is a title whatever words it has: "What is done".
    """
    line = next((line for line in reversed(raw.stem) if line.text.strip()), None)
    if line is None or line.code or not raw.is_ticked or not _is_title(line.text) or any(map(asks, _written(raw))):
        return False
    if _right(raw) < len(raw.choices) and may_ask(line.text):
        return False
    return all(choice.item and choice.item.style != "letter" for choice in raw.choices)


def _right(raw: RawQuestion) -> int:
    """How many choices signs mark as right."""
    return sum(choice.ticked for choice in raw.choices)


def _is_title(text: str) -> bool:
    """Whether a line is a few words that ask nothing and end no sentence: "Before next week"."""
    if len(text.split()) > _MOST_TITLE_WORDS or asked(text) is not None:
        return False
    return not (asks(text) or ends_sentence(text) or leaves_open(text))


def _written(raw: RawQuestion) -> Sequence[str]:
    """The lines of a stem that aren't blank."""
    return [line.text for line in raw.stem if line.text.strip()]


def _is_beside(raw: RawQuestion) -> bool:
    """Whether a question is quoted, or asks nothing and has boxes, as a list of things to do has."""
    written = _written(raw)
    boxed = any(choice.item and choice.item.style == "box" for choice in raw.choices)
    if not written:
        return False
    is_title = not asks(written[-1]) or (_is_title(written[-1].rstrip(":")) and not may_ask(written[-1]))
    return written[0].lstrip().startswith(">") or (boxed and is_title)
