"""What is known of an item while a draft is made of it."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from bot.domain.accepted import AcceptedNumber
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.moodle.weighted import quoted
from bot.importers.qti.item import MARK, Interaction, Item, Option
from bot.importers.qti.keys import accepted
from bot.importers.qti.scoring import number_in
from bot.importers.qti.texts import Texts
from bot.importers.qti.weighing import Weighing
from bot.importers.reading.compose import collapse
from bot.importers.xml.album import Album
from bot.importers.xml.illustrated import Illustrated

_LEAST_REMARK = 40
"""The shortest remark to wrong answers, in characters, that says more than that they are wrong."""
_COUNTED = re.compile(r"(?:[A-Za-z_. -]{0,20}[0-9]{1,5})?")
"""Identifiers and titles that only count the items of a file."""
_UNTITLED = frozenset({"question", "item", "frage", "untitled", "untitled question"})
_BLANK = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


class Taking(Illustrated):
    """The draft of an item, and the findings about it.

    Attributes:
        item: what the item asks.
        texts: turns its texts into Markdown.
        weighing: finds out what is right.
    """

    def __init__(self, item: Item, texts: Texts, album: Album, *, line: int, topic: str | None) -> None:
        self.item = item
        self.texts = texts
        told = texts.told(item.html)
        title = texts.typed(item.title)
        shown = collapse(MARK.sub("", told.text))
        passing = _COUNTED.fullmatch(title) or title.casefold() in _UNTITLED or title == item.ident
        super().__init__(
            QuestionDraft(
                line=line,
                stem=told.text if shown else title,
                choices=(),
                section=None if passing or not shown or _begins_with(shown, title) else title,
                explanation="\n\n".join(filter(None, map(texts.text, item.always))),
                topic=topic,
                source_id=None if _COUNTED.fullmatch(item.ident) else item.ident,
            ),
            album,
        )
        self.weighing = Weighing(item, self)
        self.show(told.pictures)

    def show_gaps(self, shown: Mapping[int, str]) -> None:
        """Put what is shown for gaps into the stem instead of their marks, and take out all other marks."""
        stem = MARK.sub(lambda found: shown.get(int(found[1]), ""), self.draft.stem)
        self.draft = replace(self.draft, stem=_BLANK.sub("\n\n", stem).strip())

    def own_remarks(self, ident: str, answers: Mapping[str, Collection[str]]) -> dict[str, str]:
        """Return the feedback that only one answer gets, by its name.

        Args:
            ident: the response.
            answers: the values of each answer, by its name; the one without a name gets nothing of its own.
        """
        own: dict[str, list[str]] = {}
        for html, givers in self._givers(ident, answers):
            alone = [giver for giver in givers if giver]
            if len(alone) == 1 and len(answers) > 1:
                own.setdefault(alone[0], []).append(self.texts.text(html))
        return {answer: "\n\n".join(filter(None, texts)) for answer, texts in own.items()}

    def remark(self, ident: str, answers: Mapping[str, Collection[str]], right: Collection[str]) -> dict[str, str]:
        """Return the same as `own_remarks`; what several answers get becomes part of the explanation.

        Feedback that no right answer gets must say more than that an answer is wrong.

        Args:
            ident: the response.
            answers: the values of each answer, by its name.
            right: the names of the right ones.
        """
        for html, givers in self._givers(ident, answers):
            if len([giver for giver in givers if giver]) == 1 and len(answers) > 1:
                continue
            text = self.texts.text(html)
            if set(right) & set(givers) or len(text) > _LEAST_REMARK:
                self.explain([text])
        return self.own_remarks(ident, answers)

    def _givers(self, ident: str, answers: Mapping[str, Collection[str]]) -> Iterator[tuple[str, list[str]]]:
        """Yield each feedback that is shown to some answers, and the names of these."""
        told = {name: html for name, html in self.item.feedback.items() if html}
        shown = {name: self.weighing.shown(ident, values) for name, values in answers.items()} if told else {}
        for name, html in told.items():
            if givers := [answer for answer, names in shown.items() if name in names]:
                yield html, givers

    def side(self, option: Option) -> str:
        """Return what an option says, on one line."""
        return self.texts.side(option.html)

    def numbers(self, one: Interaction) -> tuple[AcceptedNumber, ...]:
        """Return the numbers that are right.

        Raises:
            BadInput: they have no end, or one of them isn't a number.
        """
        named = [number_in(text) for text in one.claimed]
        if None in named:
            text = next(text for text in one.claimed if number_in(text) is None)
            raise BadInput(_("“{text}” isn't a number.").format(text=quoted(text)))
        intervals = self.weighing.numbers(one)
        if intervals is None:
            return tuple(AcceptedNumber(value=number) for number in named if number is not None)
        if any(not interval.closed for interval in intervals):
            self.simplify(_("In the source, a number at the very limit is wrong; here it is right."))
        if named and not all(
            any(low <= number <= high for low, high, _end in intervals) for number in named if number is not None
        ):
            self.weighing.conflicts()
        return accepted(intervals, [*one.claimed, *self.item.scoring.named(one.ident)])


def _begins_with(stem: str, title: str) -> bool:
    """Whether a title is but the beginning of the stem, as programs make them."""
    return stem.casefold().startswith(title.rstrip(".… ").casefold())
