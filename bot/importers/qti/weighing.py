"""Finds out what is right in an interaction, and says where that is in doubt."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.importers.moodle.building import Building
from bot.importers.moodle.weighted import FULL, quoted
from bot.importers.qti.item import Interaction, Item, Way
from bot.importers.qti.keys import Interval, Trial
from bot.importers.qti.scoring import CannotTellError

_ZERO = Fraction(0)


class Weighing:
    """What is right in the interactions of one item.

    Attributes:
        trial: the item's scoring, while responses are tried.
    """

    def __init__(self, item: Item, building: Building) -> None:
        self.trial = Trial(item.scoring, {one.ident: one.claimed for one in item.interactions})
        self._scoring = item.scoring
        self._building = building
        self._unread = False

    def settle(self, interactions: Sequence[Interaction]) -> None:
        """Give each response a likely right value, so that each can be tried while the others are right.

        Raises:
            BadInput: they are too many values.
        """
        values = {one.ident: self.values(one) for one in interactions if not one.claimed}
        for ident, some in values.items():
            self.trial.given[ident] = tuple(some[:1])
        try:
            for ident, some in values.items():
                self.trial.settle(ident, some)
        except CannotTellError:
            return

    def values(self, one: Interaction) -> list[str]:
        """Return the values that may be right."""
        known = {option.ident for option in one.options}
        return [value for value in self._scoring.named(one.ident) if not known or value in known]

    def weights(self, one: Interaction) -> Mapping[str, Fraction]:
        """Return what options are worth, in percent; one that is right has 100, and others may be left out.

        Raises:
            BadInput: they are too many.
        """
        idents = [option.ident for option in one.options]
        claimed = self._claimed(one, idents)
        whole = dict.fromkeys(claimed, FULL)
        if not self._scoring.scores:
            return whole
        try:
            found = self._of_one(one.ident, idents) if one.single else self._of_several(one.ident, idents, claimed)
        except CannotTellError:
            self._tell_unread(claimed)
            return whole
        right = {ident for ident, weight in found.items() if weight == FULL or (weight > 0 and not one.single)}
        if not right:
            return whole
        if not claimed:
            return found
        if not set(claimed) <= right or (not one.single and set(claimed) != right):
            self._tell_conflict()
            return whole
        return found

    def texts(self, one: Interaction) -> tuple[Mapping[str, Fraction], bool]:
        """Return what texts are worth, in percent, and whether each letter of them counts.

        Raises:
            BadInput: they are too many.
        """
        whole = dict.fromkeys(filter(None, one.claimed), FULL)
        if not self._scoring.scores:
            return whole, False
        try:
            found = self._of_one(one.ident, [*dict.fromkeys(filter(None, [*one.claimed, *self.values(one)]))])
            right = [text for text, weight in found.items() if weight == FULL]
            if self._scoring.lenient:
                self._building.simplify(
                    _("In the source, other texts are right, too, such as some that contain a right one.")
                )
            if whole and right and not set(whole) & set(right):
                self._tell_conflict()
                return whole, False
            return (found, self._is_exact(one.ident, right)) if right else (whole, False)
        except CannotTellError:
            self._tell_unread(one.claimed)
            return whole, False

    def numbers(self, one: Interaction) -> Sequence[Interval] | None:
        """Return the numbers that are right; None if the scoring doesn't tell.

        Raises:
            BadInput: they have no end, or are too many.
        """
        if not self._scoring.scores:
            return None
        try:
            return self.trial.intervals(one.ident, one.claimed) or None
        except CannotTellError:
            self._tell_unread(one.claimed)
            return None

    def together(self, one: Interaction) -> Sequence[str]:
        """Return the values that are right together, such as pairs, in their order."""
        claimed = list(one.claimed)
        groups = [group for group in self._scoring.groups(one.ident) if group]
        if not self._scoring.scores:
            return claimed
        try:
            earned = {group: self.trial.score(one.ident, group) for group in [tuple(claimed), *groups]}
            most = max(earned.values(), default=_ZERO)
            if most <= max(_ZERO, self.trial.score(one.ident, ())):
                return claimed
        except CannotTellError:
            self._tell_unread(claimed)
            return claimed
        if claimed:
            if earned[tuple(claimed)] < most:
                self._tell_conflict()
            return claimed
        best = [group for group in earned if earned[group] == most]
        same = len({group if one.way is Way.ORDER else frozenset(group) for group in best}) == 1
        return best[0] if same else ()

    def check_together(self, rights: Mapping[str, Sequence[str]]) -> None:
        """Check that what is right for one response doesn't depend on another.

        Raises:
            BadInput: it does.
        """
        if not self._scoring.scores:
            return
        try:
            others = self.trial.others(rights)
        except CannotTellError:
            self._tell_unread([*rights])
            return
        if others:
            raise BadInput(_("What is right in one of its gaps depends on what stands in another."))

    def shown(self, ident: str, values: Collection[str]) -> frozenset[str]:
        """Return the names of the feedback to a response; none if the scoring can't be run."""
        try:
            return self.trial.shown(ident, values)
        except CannotTellError:
            return frozenset()

    def conflicts(self) -> None:
        """Say that what the source calls correct isn't what it gives points for."""
        self._tell_conflict()

    def _claimed(self, one: Interaction, idents: Sequence[str]) -> list[str]:
        for value in one.claimed:
            if value not in idents:
                message = _("The source names “{text}” as right, which isn't one of its choices.")
                self._building.note(FindingCode.KEY_NOT_A_CHOICE, message.format(text=quoted(value)))
        return [value for value in dict.fromkeys(one.claimed) if value in idents]

    def _of_one(self, ident: str, values: Sequence[str]) -> dict[str, Fraction]:
        earned = self.trial.each(ident, values)
        nothing = self.trial.score(ident, ())
        most = max(earned.values(), default=nothing)
        if most <= nothing:  # as where only wrong choices are named
            nothing = min(earned.values(), default=nothing)
        if most <= max(_ZERO, nothing):
            return {}
        return {value: FULL * (score - nothing) / (most - nothing) for value, score in earned.items()}

    def _of_several(self, ident: str, idents: Sequence[str], claimed: Sequence[str]) -> dict[str, Fraction]:
        best = self.trial.best_set(ident, idents)
        most = self.trial.score(ident, best)
        if claimed and self.trial.score(ident, claimed) == most:
            best = tuple(claimed)
        if not best or most <= 0:
            return {}
        changes = {value: most - self.trial.score(ident, sorted({*best} ^ {value})) for value in idents}
        largest = max(changes[value] for value in best)
        weights = {value: (FULL * change / largest if largest > 0 else FULL) for value, change in changes.items()}
        return {
            value: max(weight, Fraction(1)) if value in best else -max(weight, _ZERO)
            for value, weight in weights.items()
        }

    def _is_exact(self, ident: str, right: Sequence[str]) -> bool:
        """Whether the case of a right text counts; not if the source lists one in several cases."""
        if len({text.casefold() for text in right}) < len(right):
            return False
        cased = [text for text in right if text.swapcase() != text]
        return any(self._of_one_text(ident, text) for text in cased)

    def _of_one_text(self, ident: str, text: str) -> bool:
        return self.trial.score(ident, (text.swapcase(),)) < self.trial.score(ident, (text,))

    def _tell_conflict(self) -> None:
        message = _("What the source calls the correct response isn't what it gives most points for. Check the key.")
        self._building.note(FindingCode.KEY_NOT_A_CHOICE, message)

    def _tell_unread(self, claimed: Collection[str]) -> None:
        if self._unread:
            return
        self._unread = True
        if claimed:
            message = _("Its scoring has rules that can't be read here; what the source calls correct was taken.")
            self._building.simplify(message)
        else:
            message = _("Its scoring has rules that can't be read here, so nothing is known to be right.")
            self._building.note(FindingCode.UNKEYED, message)
