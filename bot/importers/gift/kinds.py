"""Makes drafts of GIFT items: what stands in the braces decides on the kind."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.domain.accepted import AcceptedNumber, InBlank, NearMiss, check_accepted
from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.gaps import count_gaps
from bot.domain.selection import selection
from bot.domain.views import MOST_FIELDS
from bot.i18n import gettext as _
from bot.importers.bank.kinds import KINDS_IN_BANKS
from bot.importers.gift.item import Item, released
from bot.importers.gift.options import FULL, Option, best, option, options, quoted, with_weights
from bot.importers.gift.wording import Wording
from bot.importers.reading.compose import collapse

_TRUE = {"t": True, "true": True, "f": False, "false": False}
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,3})?")
_MOST_DISTRACTORS = 15
"""How many right sides that belong to no left one the project's own format has room for."""


class ReadItem:
    """The draft of an item that asks something, and the findings about it.

    Attributes:
        draft: what has been read so far, and in the end all of it.
        findings: what the item says and a draft can't.
    """

    def __init__(self, item: Item, topic: str | None) -> None:
        self._item = item
        self._wording = Wording(item.stem)
        title = self._wording.typed(item.title)
        self.findings: list[Finding] = []
        self.draft = QuestionDraft(
            line=item.line,
            stem=self._wording.stem or title,
            choices=(),
            section=title or None,
            explanation=self._wording.text(item.feedback),
            topic=topic,
        )
        self._take(item.answers or "")
        if self._wording.dropped:
            tags = ", ".join(f"<{name}>" for name in self._wording.dropped)
            self._simplify(_("HTML that can't be shown here was taken out: {tags}.").format(tags=tags))
        codes = dict.fromkeys(finding.code for finding in self.findings)
        self.draft = replace(self.draft, findings=tuple(codes))

    def _take(self, answers: str) -> None:
        word, *feedback = answers.split("#", 2)
        if not answers:
            self.draft = replace(self.draft, kind="essay")
        elif answers.startswith("#"):
            self._take_numbers(answers[1:])
        elif "~" in answers:
            self._take_choices(options(answers))
        elif "=" in answers and "->" in answers:
            self._take_pairs(options(answers))
        elif (said := _TRUE.get(word.strip().casefold())) is not None:
            self._take_truth(feedback, said=said)
        else:
            self._take_texts(options(answers) if "=" in answers else [option(answers)])

    def _take_truth(self, feedback: Sequence[str], *, said: bool) -> None:
        wrong, right = (*map(self._wording.text, feedback), "", "")[:2]
        draft = replace(self.draft, kind="true_false")
        self.draft = KINDS_IN_BANKS["true_false"].read(draft, {"answer": said})
        if wrong or right:
            self.draft = replace(self.draft, choice_explanations=(right, wrong) if said else (wrong, right))

    def _take_choices(self, some: Sequence[Option]) -> None:
        """One choice is right if any stands behind ``=``; otherwise all that are worth something are to be chosen."""
        single = any(one.is_full for one in some)
        most = self._best(some) if single else best(some)
        key = [at for at, one in enumerate(some) if one.weight > 0 and (one.weight == most or not single)]
        explained = tuple(self._wording.text(one.feedback) for one in some)
        self.draft = replace(
            self.draft,
            choices=tuple(self._wording.line(one.text) for one in some),
            key=tuple(key),
            select=selection(self.draft.stem, len(key)),
            choice_explanations=explained if any(explained) else None,
        )
        if single and len(key) > 1:
            message = _("In the source, one of the {count} right choices is enough; here all of them are to be chosen.")
            self._simplify(message.format(count=len(key)))
        if single:
            self._count_as_wrong(one for one in some if one.weight not in {0, most})
        elif any(abs(one.weight) not in {0, most} for one in some):
            message = _(
                "The source weighs the choices: {choices}. Here right ones count alike, and a wrong one takes away as "
                "much as a right one adds."
            )
            self._simplify(message.format(choices=with_weights(one for one in some if one.weight)))

    def _take_pairs(self, some: Sequence[Option]) -> None:
        pairs, distractors = [], []
        for one in some:
            left, arrow, right = (self._wording.line(part) for part in one.whole.partition("->"))
            if not arrow or not right:
                message = _("“{text}” isn't a pair. Write it like “France -> Paris”.")
                raise BadInput(message.format(text=quoted(one.whole)))
            if left:
                pairs.append((left, right))
            else:
                distractors.append(right)
        if not 1 < len(pairs) <= MOST_FIELDS:
            message = _("One question can ask for 2 to {most} pairs, not {number}.")
            raise BadInput(message.format(number=len(pairs), most=MOST_FIELDS))
        if len(distractors) > _MOST_DISTRACTORS:
            message = _("It has {number} right sides without a left one, but at most {most} are allowed.")
            raise BadInput(message.format(number=len(distractors), most=_MOST_DISTRACTORS))
        kind, told = KINDS_IN_BANKS["match"], {"pairs": pairs, "distractors": distractors}
        if misfit := kind.misfit(told):
            raise BadInput(misfit[1])
        self.draft = kind.read(replace(self.draft, kind="match"), told)

    def _take_texts(self, some: Sequence[Option]) -> None:
        known = [(one, self._wording.typed(one.text)) for one in self._without_patterns(some)]
        most = self._best([one for one, _text in known])
        right = dict.fromkeys(text for one, text in known if text and one.weight == most > 0)
        near = {
            text: NearMiss(text=text, hint=hint)
            for one, text in known
            if text and text not in right and (hint := self._wording.text(one.feedback))
        }
        check_accepted([*right, *near])
        in_gap = self._item.has_gap and count_gaps(self.draft.stem) == 1
        self.draft = replace(
            self.draft,
            kind="blanks" if in_gap else "short",
            accepted=tuple(InBlank(0, text) for text in right) if in_gap else tuple(right),
            near_misses=tuple(near.values()),
        )
        self._explain(self._wording.text(one.feedback) for one, text in known if text in right)
        self._count_as_wrong(one for one, text in known if text not in right and (one.weight or text not in near))

    def _without_patterns(self, some: Sequence[Option]) -> list[Option]:
        """Leave out the patterns, which can't be kept, but not what is told to those whose answer matches one."""
        patterns = [one for one in some if "*" in one.text]
        if patterns:
            message = _("In {answers}, a star stands for any text. That can't be kept, so it was left out.")
            self._simplify(message.format(answers=with_weights(patterns)))
            self._explain(self._wording.text(one.feedback) for one in patterns)
        return [one for one in some if "*" not in one.text]

    def _take_numbers(self, answers: str) -> None:
        told, _mark, otherwise = answers.partition("~")
        some = options(told) if "=" in told else [option(told)]
        most = self._best(some)
        right = [one for one in some if one.weight == most > 0]
        wrong = [one for one in some if not one.weight == most > 0]
        accepted = tuple(dict.fromkeys(_number(one.text) for one in right))
        check_accepted(accepted)
        self.draft = replace(self.draft, kind="number", accepted=accepted)
        self._explain(self._wording.text(one.feedback) for one in right)
        self._explain(_labelled(one.text, self._wording.text(one.feedback)) for one in wrong if one.feedback)
        self._explain([self._wording.text(otherwise.partition("#")[2])])
        self._count_as_wrong(one for one in wrong if one.weight or not one.feedback)

    def _best(self, some: Sequence[Option]) -> Fraction:
        """Return the weight of the best answers, which are right here even if they earn but a part in the source."""
        most = best(some)
        if 0 < most < FULL:
            message = _("The best answer earns {weight} % in the source; here it earns all points.")
            self._simplify(message.format(weight=f"{float(most):g}"))
        return most

    def _explain(self, feedback: Iterable[str]) -> None:
        """Add feedback to the explanation, each text once."""
        parts = dict.fromkeys([self.draft.explanation, *feedback])
        self.draft = replace(self.draft, explanation="\n\n".join(filter(None, parts)))

    def _count_as_wrong(self, some: Iterable[Option]) -> None:
        if named := with_weights(some):
            message = _("Here {answers} won't earn points, because an answer is either right or wrong.")
            self._simplify(message.format(answers=named))

    def _simplify(self, message: str) -> None:
        self.findings.append(Finding(line=self._item.line, code=FindingCode.SIMPLIFIED, message=message))


def _labelled(answer: str, feedback: str) -> str:
    """Put the answer that feedback is for before it, unless it is for any."""
    return feedback if answer == "*" else f"{quoted(answer.removesuffix(':0'))}: {feedback}"


def _number(text: str) -> AcceptedNumber:
    """Return the number in ``3.5``, ``3.5:0.1`` or ``3..4``.

    Raises:
        BadInput: it isn't one.
    """
    told = collapse(released(text))
    low, dots, high = told.partition("..")
    value, _colon, tolerance = told.partition(":")
    parts = [part.strip() for part in ((low, high) if dots else (value, tolerance or "0"))]
    if not all(map(_NUMBER.fullmatch, parts)):
        message = _(
            "“{text}” isn't a number. Write it like 3.5, with a tolerance like 3.5:0.1, or as a range like 3..4."
        )
        raise BadInput(message.format(text=quoted(text)))
    one, other = map(Fraction, parts)
    return AcceptedNumber.between(one, other) if dots else AcceptedNumber(value=one, tolerance=abs(other))
