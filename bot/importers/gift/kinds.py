"""Makes drafts of GIFT items: what stands in the braces decides on the kind."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.gaps import count_gaps
from bot.i18n import gettext as _
from bot.importers.gift.item import Item, released
from bot.importers.gift.options import Option, option, options
from bot.importers.gift.wording import Wording
from bot.importers.moodle.building import Building
from bot.importers.moodle.weighted import Weighted, quoted
from bot.importers.reading.compose import ends_sentence

_FEEDBACK = re.compile(r"(?:(?<=[^\W_]{2})#|(?<=\w)\s#\s)(?=[^\W\d_]{2})")
"""The sign before feedback to a pair, which Moodle would show; between other signs it is part of a name: "C#"."""
_PICTURE = re.compile(r"!\[[^\[\]]*\]\((?P<name>[^()]*)\)")
_TRUE = {"t": True, "true": True, "f": False, "false": False}


class ReadItem(Building):
    """The draft of an item that asks something, and the findings about it."""

    def __init__(self, item: Item, topic: str | None) -> None:
        self._wording = Wording(item.stem)
        title = self._wording.typed(item.title)
        super().__init__(
            QuestionDraft(
                line=item.line,
                stem=self._wording.stem or title,
                choices=(),
                section=title or None,
                explanation=self._wording.text(item.feedback),
                topic=topic,
            )
        )
        self._take(item.answers or "", in_gap=item.has_gap and count_gaps(self.draft.stem) == 1)
        self._tell_pictures()
        self.finish(self._wording.dropped)

    def _take(self, answers: str, *, in_gap: bool) -> None:
        word, *feedback = answers.split("#", 2)
        if not answers:
            self.draft = replace(self.draft, kind="essay")
        elif answers.startswith("#"):
            self._take_numerical(answers[1:])
        elif "~" in answers:
            some = options(answers)
            self.take_choices(
                [self._answer(one, self._wording.line(one.text)) for one in some],
                single=any(one.is_full for one in some),
            )
        elif "=" in answers and "->" in answers:
            self._take_sides(options(answers))
        elif (said := _TRUE.get(word.strip().casefold())) is not None:
            wrong, right = (*map(self._wording.text, feedback), "", "")[:2]
            self.take_truth({"answer": said}, right=right, wrong=wrong)
        else:
            some = options(answers) if "=" in answers else [option(answers)]
            self.take_texts([self._answer(one, self._wording.typed(one.text)) for one in some], in_gap=in_gap)

    def _take_sides(self, some: Sequence[Option]) -> None:
        pairs, distractors, told = [], [], []
        for one in some:
            # What is no sentence may as well be part of a name: "div#main", "Array#map".
            whole, *feedback = _FEEDBACK.split(one.whole, maxsplit=1) if ends_sentence(one.whole) else [one.whole]
            left, arrow, right = (self._wording.line(part) for part in whole.partition("->"))
            if not arrow or not right:
                message = _("“{text}” isn't a pair. Write it like “France -> Paris”.")
                raise BadInput(message.format(text=quoted(released(one.whole))))
            if left:
                pairs.append((left, right))
            else:
                distractors.append(right)
            told += [f"{left or right}: {self._wording.text(one)}" for one in feedback]
        self.take_pairs(pairs, distractors)
        self.explain(told)

    def _take_numerical(self, answers: str) -> None:
        told, _mark, otherwise = answers.partition("~")
        some = options(told) if "=" in told else [option(told)]
        self.take_numbers(
            [self._answer(one, released(one.text)) for one in some], self._wording.text(otherwise.partition("#")[2])
        )

    def _tell_pictures(self) -> None:
        """Tell of the pictures beside the stem, where nobody looks for them: the file has only their names."""
        draft = self.draft
        beside = (draft.explanation, *(draft.choice_explanations or ()), *(near.hint for near in draft.near_misses))
        for texts, code in ((draft.choices, FindingCode.NEEDS_FIGURE), (beside, FindingCode.SIMPLIFIED)):
            if found := next(filter(None, map(_PICTURE.search, texts)), None):
                message = _("Its picture isn't in the file: “{name}”.")
                self.note(code, message.format(name=quoted(found["name"])))

    def _answer(self, one: Option, text: str) -> Weighted:
        return Weighted(text=text, weight=one.weight, feedback=self._wording.text(one.feedback))
