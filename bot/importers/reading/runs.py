"""Finds runs: items that belong together because they look alike and count up, ``A. … B. … C. …``.

A run may be the choices of a question, or a list in a stem, an explanation or a note. What speaks for choices is
weighed in `evidence`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.importers.reading.compose import FENCE
from bot.importers.reading.items import Item, boxed, indent_of, item_of
from bot.importers.reading.keys import bare, parts_of
from bot.importers.reading.lines import Line
from bot.importers.reading.marks import ChoiceMark
from bot.importers.reading.page import Page
from bot.importers.reading.verdicts import verdict
from bot.importers.reading.words import truth_of

_FARTHEST = 400
"""How many lines may stand between two items of a run."""

_OTHER_CASE = {"upper": "lower", "lower": "upper"}
_FEWEST = 2
_MOST_BARE = 40
"""How many lines above an answer line its choices may take up if nothing marks them."""


@dataclass(slots=True)
class Run:
    """Items that belong together.

    Attributes:
        style: ``letter``, ``number``, ``box``, ``sign`` (plus and minus), ``bullet``, or ``bare`` if nothing marks the
            items.
        items: for each, the index of its line and its mark; the family of a label is its alphabet.
        in_code: whether the items are the lines of a code fence.
        positions: where the labels stand in their alphabet, from 0; empty if the items have none.
    """

    style: str
    items: list[tuple[int, ChoiceMark]] = field(default_factory=list)
    in_code: bool = False
    positions: list[int] = field(default_factory=list)

    @property
    def start(self) -> int:
        """The index of the first item's line."""
        return self.items[0][0]

    @property
    def last(self) -> int:
        """The index of the last item's line."""
        return self.items[-1][0]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in order, letters as capitals; numbers from 1 if the items have none."""
        if self.style in {"letter", "number"}:
            return tuple(mark.label.upper() for _, mark in self.items)
        return tuple(str(position) for position in range(1, len(self.items) + 1))


def find_runs(page: Page) -> list[Run]:
    """Return every run of a document, in the order of their first lines; runs of different styles can overlap.

    Of runs on the same lines, the one that leaves out fewer comes first: a Cyrillic В goes on from A in two alphabets.
    """
    found = [*_labelled(page), *_listed(page), *_unmarked(page), *_judged(page), *_fenced(page)]
    return sorted(found, key=lambda run: (run.start, -run.last, -len(run.items)))


@dataclass(slots=True)
class _Open:
    """A run of letters or numbers that may go on."""

    run: Run
    position: int


def _labelled(page: Page) -> Iterator[Run]:
    """The runs of letters and numbers; one choice in between may be missing from the source.

    A ruler, a heading, a named question number, an answer line and an explanation end them.
    """
    ends = iter(_ends(page))
    end = next(ends, -1)
    opened: dict[str, _Open] = {}
    for at, item in page.items.items():
        while 0 <= end <= at:
            if end < at or item.style not in {"letter", "number"}:
                opened.clear()
            end = next(ends, -1)
        if item.style not in {"letter", "number"}:
            continue
        continued = [
            name for name, position in item.positions if name in opened and _goes_on(opened[name], position, at)
        ]
        if not continued and (case := _in_other_case(item, opened, at)):
            opened[case].run.items.append((at, item.mark))
            opened[case].run.positions.append(opened[case].position + 1)
            opened[case].position += 1
            continue
        if continued and item.style == "number" and _counts_a_list(page, at, item):
            continued, opened = [], {}
        for name, position in item.positions:
            mark = item.mark if item.mark.family == name else item.mark._replace(family=name)
            if name in continued:
                opened[name].run.items.append((at, mark))
                opened[name].run.positions.append(position)
                opened[name].position = position
            elif position <= 1 and not continued:
                # Where the first choice is missing, or stands elsewhere, the others are still no part of the stem.
                run = _begun(opened, at, item.style, mark, position)
                opened[name] = _Open(run, position)
                yield run


def _begun(opened: Mapping[str, _Open], at: int, style: str, mark: ChoiceMark, position: int) -> Run:
    """The run that begins with an item, or above it: people type a Latin A for the Cyrillic or Greek one above б."""
    if position and not mark.label.isascii():
        runs = [one.run for case in _OTHER_CASE if (one := opened.get(case))]
        latin = next((run for run in runs if run.positions == [0] and at - run.start <= _FARTHEST), None)
        if latin:
            return Run(style, [*latin.items, (at, mark)], positions=[0, position])
    return Run(style, [(at, mark)], positions=[position])


def _in_other_case(item: Item, opened: Mapping[str, _Open], at: int) -> str:
    """The family of the run that goes on with the next letter in the other case, such as c below B; empty if none."""
    family, position = item.positions[0]
    case = _OTHER_CASE.get(family, "")
    follows = position > 1 and case in opened and position == opened[case].position + 1
    return case if follows and at - opened[case].run.last <= _FARTHEST else ""


def _goes_on(opened: _Open, position: int, at: int) -> bool:
    ahead = position - opened.position
    return 1 <= ahead <= 2 and at - opened.run.last <= _FARTHEST


def _counts_a_list(page: Page, at: int, item: Item) -> bool:
    """Whether a number is that of a question, not of a choice: a blank line is above, and a list from 1 on below."""
    if not page.is_blank(at - 1):
        return False
    below = page.items.get(page.text_below(at))
    return below is not None and below.style == "number" and below.positions[0][1] == 0 and below.indent <= item.indent


def _ends(page: Page) -> list[int]:
    named = [at for at, mark in page.numbers.items() if mark.named]
    headings = [at for at in page.headings if at not in page.items]
    return sorted({*page.rulers, *page.keys, *page.explanations, *named, *headings})


def _listed(page: Page) -> Iterator[Run]:
    """The runs of boxes, of bullets, and of plus and minus signs: equal items, equally far in.

    Text that stands less far in than the items, below a blank line, ends a run, and so does whatever begins another
    part.
    """
    ends = {*_ends(page), *page.headings, *page.labels}
    ends.update(at for at in page.numbers if at not in page.items or not page.items[at].sign)
    opened: list[tuple[Item, Run]] = []
    previous = -1
    for at, line in enumerate(page.lines):
        text = line.text
        if not text:
            continue
        item = page.items.get(at)
        if opened and item and item.style == "letter" and any(run.style == "box" for _first, run in opened):
            item = boxed(line, item)
        if at in ends and (item is None or item.style != "box"):
            opened.clear()
        elif item is None:
            if opened and not line.code and (at != previous + 1 or len(page.lines[previous].text) < WRAPPED):
                far_in = indent_of(text)
                opened = [(first, run) for first, run in opened if first.indent < far_in]
        elif item.style in {"box", "bullet"}:
            opened = [(first, run) for first, run in opened if first.indent <= item.indent]
            alike = next((run for first, run in opened if first.indent == item.indent and _alike(first, item)), None)
            if alike is None:
                opened = [(first, run) for first, run in opened if first.indent != item.indent]
                alike = Run(item.style)
                opened.append((item, alike))
                yield alike
            if item.style == "bullet" and item.sign != opened[-1][0].sign:
                alike.style = "sign"
            alike.items.append((at, item.mark))
        else:
            opened = [(first, run) for first, run in opened if first.indent < item.indent]
        previous = at


def _alike(one: Item, other: Item) -> bool:
    return one.style == other.style and (
        one.sign == other.sign or one.style == "box" or frozenset((one.sign, other.sign)) in _PAIRS
    )


def ticked_by_sign(page: Page, run: Run) -> Run:
    """Return a run of two signs, such as plus and minus, with the items behind the one for right ticked."""
    items = [(at, mark._replace(ticked=page.items[at].sign in _RIGHT_SIGNS)) for at, mark in run.items]
    return Run(run.style, items)


def _unmarked(page: Page) -> Iterator[Run]:
    """The runs of lines without any mark that end at an answer line which names one of them word for word.

    A line "True" above a line "False" is a run as well.
    """
    for at in page.key_lines:
        named = page.keys[at]
        if not named:
            below = page.text_below(at)
            named = page.lines[below].text.strip() if below < len(page.lines) else ""
        if not named or len(named) > 1000:
            continue
        block = _block_above(page, at)
        if len(block) < _FEWEST:
            continue
        wanted = {bare(named), *map(bare, parts_of(named))}
        texts = [bare(page.lines[line].text) for line in block]
        first = next((position for position, text in enumerate(texts) if position and text in wanted), None)
        if first is not None:
            begin = _first_choice(page, block, first)
            if len(block) - begin > 1:
                yield _bare_run(page, block[begin:])
    before = -1
    for at, line in enumerate(page.lines):
        if line.text and len(line.text) <= _LONGEST_TRUTH and at not in page.items and truth_of(line.text) is not None:
            if (
                before >= 0
                and truth_of(page.lines[before].text) is not truth_of(line.text)
                and page.text_above(at) == before
            ):
                yield _bare_run(page, [before, at])
            before = at


_LONGEST_VERDICT = 60
_OPENING = frozenset("([（【✓✔✅✗✘❌")
_RIGHT_SIGNS = frozenset("+●■")
_PAIRS = frozenset(map(frozenset, ("+-", "●○", "■□")))
"""Signs that mark right and wrong choices in one list."""
WRAPPED = 50
"""A line that is shorter, in characters, was not wrapped: what stands below it is no part of it."""
_LONGEST_TRUTH = 20


def _bare_run(page: Page, lines: Iterable[int]) -> Run:
    return Run("bare", [(at, ChoiceMark("", "bare", page.lines[at].text.strip(), ticked=False)) for at in lines])


def _judged(page: Page) -> Iterator[Run]:
    """The runs of unmarked lines, each with a line below it that says only "(Correct)" or "(Incorrect)"."""
    run, past = Run("bare"), -1
    for at, line in enumerate(page.lines):
        text = line.text
        if not text or at in page.items or line.code or len(text) > _LONGEST_VERDICT:
            continue
        if text.lstrip()[:1] not in _OPENING or verdict(text.strip())[0]:
            continue
        above = page.text_above(at)
        if above < 0 or above in page.items or above in page.keys:
            continue
        if not run.items or page.text_above(above) != past:
            run = Run("bare")
        run.items.append(
            (above, ChoiceMark("", "bare", page.lines[above].text.strip(), ticked=verdict(text.strip())[1]))
        )
        past = at
        if len(run.items) == _FEWEST:
            yield run


def _block_above(page: Page, at: int) -> list[int]:
    """The indexes of the lines with text above an answer line, up to whatever else begins a question or ends one."""
    block: list[int] = []
    at -= 1
    while at >= 0 and len(block) < _MOST_BARE:
        line = page.lines[at]
        if (
            at in page.keys
            or at in page.explanations
            or at in page.rulers
            or (at in page.items and at not in page.numbers)
        ):
            break
        if line.code:
            break
        if line.text.strip() and at not in page.labels:
            block.append(at)
        if at in page.numbers or at in page.headings:
            break
        at -= 1
    block.reverse()
    return block


def _first_choice(page: Page, block: Sequence[int], named: int) -> int:
    """The place in a block at which the choices begin: below the line that asks, or below the first line."""
    for position in range(named - 1, -1, -1):
        if page.lines[block[position]].text.rstrip().endswith(("?", ":", "_", "？", "：")):
            return position + 1
    gaps = [position + 1 for position, (one, other) in enumerate(pairwise(block[: named + 1])) if other - one > 1]
    return gaps[0] if gaps else 1


def _fenced(page: Page) -> Iterator[Run]:
    """The runs that fill a code fence from its first line to its last."""
    opened: int | None = None
    for at, line in enumerate(page.lines):
        if not line.code:
            opened = None
        elif opened is None:
            opened = at
        elif FENCE.match(line.text) and (run := _filling(page.lines, range(opened + 1, at))):
            yield run
            opened = None


def _filling(lines: Sequence[Line], inside: range) -> Run | None:
    run = Run("letter", in_code=True)
    for at in inside:
        if not lines[at].text.strip():
            continue
        item = item_of(lines[at]._replace(code=False))
        if not item or item.style != "letter" or item.positions[0][1] != len(run.items):
            return None
        run.items.append((at, item.mark))
        run.positions.append(item.positions[0][1])
    return run if len(run.items) > 1 else None
