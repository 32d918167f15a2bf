"""Makes drafts of questions as Moodle has them, whatever the format of their file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.domain.accepted import AcceptedNumber, InBlank, NearMiss, check_accepted
from bot.domain.drafts import Finding, FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.selection import selection
from bot.domain.views import MOST_FIELDS
from bot.i18n import gettext as _
from bot.importers.bank.kinds import KINDS_IN_BANKS
from bot.importers.moodle.weighted import FULL, Weighted, best, quoted, with_weights
from bot.importers.reading.compose import collapse
from bot.importers.reading.html import taken_out

_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,3})?")
_PATTERN = re.compile(r"(?<!\\)\*")
_MOST_DISTRACTORS = 15
"""How many right sides that belong to no left one the project's own format has room for."""
_MOST_ITEMS = 8
"""How many items to put in order the project's own format has room for."""
_ALIKE = 1
"""How far apart two weights may be, in percent, and still count alike: thirds are written as 33, 33 and 34."""


class Building:
    """The draft of a question that asks something, and the findings about it.

    Attributes:
        draft: what has been read so far, and in the end all of it.
        findings: what the source says and a draft can't.
    """

    def __init__(self, draft: QuestionDraft) -> None:
        self.draft = draft
        self.findings: list[Finding] = []

    def finish(self, dropped: Sequence[str]) -> None:
        """Tell of the HTML tags that were taken out, and put the codes of all findings into the draft."""
        if dropped:
            self.simplify(taken_out(dropped))
        codes = dict.fromkeys(finding.code for finding in self.findings)
        self.draft = replace(self.draft, findings=tuple(codes))

    def take_truth(self, told: dict[str, bool], *, right: str, wrong: str) -> None:
        """Take a statement that is true or false, with the feedback to a right and to a wrong answer."""
        draft = replace(self.draft, kind="true_false")
        self.draft = KINDS_IN_BANKS["true_false"].read(draft, told)
        if wrong or right:
            self.draft = replace(
                self.draft, choice_explanations=(right, wrong) if told.get("answer", True) else (wrong, right)
            )

    def take_choices(self, some: Sequence[Weighted], *, single: bool) -> None:
        """Take choices: if ``single``, those that are worth most are right, otherwise all that are worth something."""
        most = self._best(some) if single else best(some)
        key = [at for at, one in enumerate(some) if one.weight > 0 and (one.weight == most or not single)]
        explained = tuple(one.feedback for one in some)
        self.draft = replace(
            self.draft,
            choices=tuple(one.text for one in some),
            key=tuple(key),
            select=selection(self.draft.stem, len(key)),
            choice_explanations=explained if any(explained) else None,
        )
        if single and len(key) > 1:
            message = _("In the source, one of the {count} right choices is enough; here all of them are to be chosen.")
            self.simplify(message.format(count=len(key)))
        if single:
            self._count_as_wrong(one for one in some if one.weight not in {0, most})
        elif any(one.weight and abs(abs(one.weight) - most) > _ALIKE for one in some):
            message = _(
                "The source weighs the choices: {choices}. Here right ones count alike, and a wrong one takes away as "
                "much as a right one adds."
            )
            self.simplify(message.format(choices=with_weights(one for one in some if one.weight)))

    def take_pairs(self, pairs: Sequence[tuple[str, str]], distractors: Sequence[str]) -> None:
        """Take the sides that are to be matched.

        Raises:
            BadInput: they are too few, too many, or don't tell one right side for each left one.
        """
        if not 1 < len(pairs) <= MOST_FIELDS:
            message = _("One question can ask for 2 to {most} pairs, not {number}.")
            raise BadInput(message.format(number=len(pairs), most=MOST_FIELDS))
        if len(distractors) > _MOST_DISTRACTORS:
            message = _("It has {number} right sides without a left one, but at most {most} are allowed.")
            raise BadInput(message.format(number=len(distractors), most=_MOST_DISTRACTORS))
        self._read("match", {"pairs": pairs, "distractors": distractors})

    def take_order(self, items: Sequence[str]) -> None:
        """Take items in their right order.

        Raises:
            BadInput: they are too few or too many, or one of them is there twice.
        """
        if not 1 < len(items) <= _MOST_ITEMS:
            message = _("One question can have 2 to {most} items to put in order, not {number}.")
            raise BadInput(message.format(number=len(items), most=_MOST_ITEMS))
        self._read("order", {"items": items})

    def take_texts(self, some: Sequence[Weighted], *, in_gap: bool, exact: bool = False) -> None:
        """Take what may be typed, ``in_gap`` of the stem or below it.

        Raises:
            BadInput: it is too much.
        """
        known = self.without_patterns(some)
        most = self._best(known)
        right = dict.fromkeys(one.text for one in known if one.text and one.weight == most > 0)
        near = {
            one.text: NearMiss(text=one.text, hint=one.feedback)
            for one in known
            if one.text and one.text not in right and one.feedback
        }
        check_accepted([*right, *near])
        self.draft = replace(
            self.draft,
            kind="blanks" if in_gap else "short",
            accepted=tuple(InBlank(0, text) for text in right) if in_gap else tuple(right),
            near_misses=tuple(near.values()),
            exact=exact,
        )
        self.explain(one.feedback for one in known if one.text in right)
        self._count_as_wrong(one for one in known if one.text not in right and one.weight)

    def take_numbers(self, some: Sequence[Weighted], otherwise: str = "") -> None:
        """Take numbers such as ``3.5``, ``3.5:0.1`` or ``3..4``, and what is told to those who give another one.

        Raises:
            BadInput: one of them is no number, or has too many digits.
        """
        most = self._best(some)
        right = [one for one in some if one.weight == most > 0]
        wrong = [one for one in some if not one.weight == most > 0]
        accepted = tuple(dict.fromkeys(number(one.text) for one in right))
        check_accepted(accepted)
        self.draft = replace(self.draft, kind="number", accepted=accepted)
        self.explain(one.feedback for one in right)
        self.explain(_labelled(one.text, one.feedback) for one in wrong if one.feedback)
        self.explain([otherwise])
        self._count_as_wrong(one for one in wrong if one.weight)

    def without_patterns(self, some: Sequence[Weighted]) -> list[Weighted]:
        """Leave out the patterns, which can't be kept, but not what is told to those whose answer matches one."""
        patterns = [one for one in some if _PATTERN.search(one.text)]
        if patterns:
            message = _("In {answers}, a star stands for any text. That can't be kept, so it was left out.")
            self.simplify(message.format(answers=with_weights(patterns)))
            self.explain(one.feedback for one in patterns)
        plain = (one for one in some if not _PATTERN.search(one.text))
        return [replace(one, text=one.text.replace("\\*", "*")) for one in plain]

    def explain(self, feedback: Iterable[str]) -> None:
        """Add feedback to the explanation, each text once."""
        parts = dict.fromkeys([self.draft.explanation, *feedback])
        self.draft = replace(self.draft, explanation="\n\n".join(filter(None, parts)))

    def simplify(self, message: str) -> None:
        """Tell that the source says something which can't be kept."""
        self.note(FindingCode.SIMPLIFIED, message)

    def note(self, code: FindingCode, message: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(line=self.draft.line, code=code, message=message))

    def _read(self, name: str, told: dict[str, Sequence[object]]) -> None:
        kind = KINDS_IN_BANKS[name]
        if misfit := kind.misfit(told):
            raise BadInput(misfit[1])
        self.draft = kind.read(replace(self.draft, kind=name), told)

    def _best(self, some: Sequence[Weighted]) -> Fraction:
        """Return the weight of the best answers, which are right here even if they earn but a part in the source."""
        most = best(some)
        if 0 < most < FULL:
            message = _("The best answer earns {weight} % in the source; here it earns all points.")
            self.simplify(message.format(weight=f"{float(most):g}"))
        return most

    def _count_as_wrong(self, some: Iterable[Weighted]) -> None:
        if named := with_weights(some):
            message = _("Here {answers} won't earn points, because an answer is either right or wrong.")
            self.simplify(message.format(answers=named))


def number(text: str) -> AcceptedNumber:
    """Return the number in ``3.5``, ``3.5:0.1`` or ``3..4``.

    Raises:
        BadInput: it isn't one.
    """
    told = collapse(text)
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


def _labelled(answer: str, feedback: str) -> str:
    """Put the answer that feedback is for before it, unless it is for any."""
    return feedback if answer == "*" else f"{quoted(answer.removesuffix(':0'))}: {feedback}"
