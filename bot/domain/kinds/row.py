"""What kinds of question that are answered in several menus have in common."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from bot.domain.drafts import QuestionDraft, Select
from bot.domain.identity import ChoiceId
from bot.domain.kinds.kind import Kind, ShownOption
from bot.domain.questions import LETTERS, Question
from bot.domain.responses import Given, Key, Refusal, Row
from bot.domain.rounds import Reveal, Round
from bot.domain.views import ControlKind, Controls, Menu, OptionView
from bot.i18n import gettext as _


class RowRefusal(Refusal):
    """Why what was picked in a row of menus is refused."""

    NOTHING_PICKED = "nothing_picked"
    ROW_UNREADABLE = "row_unreadable"
    NO_SUCH_LETTER = "no_such_letter"
    LETTER_MISSING = "letter_missing"
    LETTER_TWICE = "letter_twice"


class RowKind(Kind):
    """Questions that are answered by picking an option, which has a letter, in each of several menus."""

    blank_first: ClassVar[Refusal | None] = RowRefusal.NOTHING_PICKED
    lettered: ClassVar[bool] = True
    fewest_choices: ClassVar[int] = 2

    @abstractmethod
    def length(self, round_: Round) -> int:
        """Return how many options must be picked."""

    @abstractmethod
    def offered(self, round_: Round) -> tuple[ChoiceId, ...]:
        """Return the choices that each menu offers, in its order."""

    @abstractmethod
    def uses_once(self, round_: Round) -> bool:
        """Whether no option may be picked in two menus."""

    @abstractmethod
    def labels(self, round_: Round, question: Question) -> Sequence[str]:
        """Return what each menu picks an option for, as Markdown."""

    @abstractmethod
    def signs(self, choices: int, select: Select) -> Sequence[str]:
        """Return the number or letter before each choice of a question with so many choices and this ``select``."""

    def row(self, given: Given, _round: Round) -> Row | None:
        """Return what was given as a row of picks; None if it can't be read as one."""
        return given if isinstance(given, Row) else None

    def picked(self, given: Given, round_: Round) -> tuple[ChoiceId, ...]:
        """Return the choices that were picked, in the order of the menus; none if the row isn't whole."""
        row = self.row(given, round_)
        if row is None or self._misfit(row, round_):
            return ()
        offered = self.offered(round_)
        return tuple(offered[pick] for pick in row.picks if pick is not None)

    def keyed(self, question: Question, key: Key) -> Question:
        """Return the question with another key; nothing else follows from it."""
        return replace(question, key=key)

    def controls(self, round_: Round) -> Controls:
        """Return a row of menus."""
        length = self.length(round_)
        return Controls(kind=ControlKind.MENUS, round_id=round_.id, fewest=length, most=length)

    def menus(self, round_: Round, question: Question) -> tuple[Menu, ...]:
        """Return a menu for each label; all have the same options."""
        options = tuple(
            OptionView(letter=letter, text=question.choice(choice_id).text)
            for letter, choice_id in zip(LETTERS, self.offered(round_), strict=False)
        )
        return tuple(Menu(label=label, options=options) for label in self.labels(round_, question))

    def refusal(self, given: Given, round_: Round) -> Refusal | None:
        """Refuse a row that isn't whole or names what doesn't exist, and an empty one where the first answer counts."""
        row = self.row(given, round_)
        if row is None:
            return RowRefusal.ROW_UNREADABLE
        if any(pick is not None for pick in row.picks):
            return self._misfit(row, round_)
        # A submission that lost its menus says nothing.
        may_be_empty = len(row.picks) == self.length(round_) and round_.reveal is Reveal.AT_CLOSE
        return None if may_be_empty else RowRefusal.NOTHING_PICKED

    def _misfit(self, row: Row, round_: Round) -> RowRefusal | None:
        """Return what is wrong with a row that isn't empty; None: nothing."""
        named = [pick for pick in row.picks if pick is not None]
        length, offered = self.length(round_), len(self.offered(round_))
        if not all(0 <= pick < offered for pick in named):
            return RowRefusal.NO_SUCH_LETTER
        if self.uses_once(round_) and len(set(named)) < len(named):
            return RowRefusal.LETTER_TWICE
        if len(named) < length:
            return RowRefusal.LETTER_MISSING
        return None if len(row.picks) == length else RowRefusal.ROW_UNREADABLE

    def explained(self, refusal: Refusal, round_: Round) -> str:
        """Say what to pick instead."""
        if refusal is RowRefusal.NO_SUCH_LETTER:
            last = LETTERS[len(self.offered(round_)) - 1]
            return _("There is no such letter: use A to {last}.").format(last=last)
        if refusal is RowRefusal.LETTER_TWICE:
            return _("That isn't saved yet, because a letter is in it twice: use each one only once.")
        if refusal is RowRefusal.LETTER_MISSING:
            return _("That isn't saved yet, because something is missing: pick a letter in each menu.")
        return _("Please pick a letter in each menu.")

    def options(self, round_: Round, question: Question) -> tuple[ShownOption, ...]:
        """All choices in the order of the round."""
        signs = self.signs(len(round_.order), round_.select)
        return tuple(
            ShownOption(letter=sign, text=question.choice(choice_id).text)
            for sign, choice_id in zip(signs, round_.order, strict=True)
        )

    def listed(self, draft: QuestionDraft) -> tuple[ShownOption, ...]:
        """All choices, none of which is right by itself, and then the key."""
        ids = tuple(ChoiceId(position) for position in range(len(draft.choices)))
        signs = self.signs(len(ids), draft.select)
        choices = [ShownOption(letter=sign, text=text) for sign, text in zip(signs, draft.choices, strict=True)]
        key = self.drafted_key(draft, ids).spelled(ids)
        return (*choices, *(ShownOption(letter="", text=part, right=True, is_plain=True) for part in key))
